"""What an attacker tried, and what is answered now."""

import pytest
from django.test import Client

from services.models import Contact, Offering
from tests.factories import PASSWORD, UserFactory

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]


@pytest.mark.parametrize(
    "path",
    [
        "/rovaniemi/teemat/lahisuhdevakivalta",
        "/fi/rovaniemi/teemat/lahisuhdevakivalta/",
        "/posio/teemat/lahisuhdevakivalta/",
        "/rovaniemi/teemat/lahisuhdevakivalta/x",
    ],
)
def test_a_redirect_or_a_missing_page_keeps_no_trace_of_a_sensitive_address(path, client):
    response = client.get(path)
    assert response.status_code in (301, 302, 404)
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("cookie", ["csrftoken=x", "sessionid=x", 'sessionid="abcdefgh\\000"', 'a="\\000"'])
@pytest.mark.parametrize("path", ["/kirjaudu/", "/posio/", "/rovaniemi/palvelut/"])
def test_a_cookie_that_is_none_of_ours_is_passed_over(path, cookie, client):
    response = client.get(path, headers={"cookie": cookie})
    assert response.status_code == 200
    assert set(response.cookies) == ({"csrftoken"} if path == "/kirjaudu/" else set())


@pytest.mark.parametrize("path", ["/rovaniemi/teemat/lahisuhdevakivalta/", "/posio/apua-heti/"])
def test_an_error_or_a_redirect_to_https_keeps_no_trace_either(path, client, settings):
    settings.SECURE_SSL_REDIRECT = True
    for response in (Client().get(path), Client().get(path, headers={"host": "other.example"})):
        assert response.status_code in (301, 400)
        assert "no-store" in response.headers["Cache-Control"]
        assert response.headers["Referrer-Policy"] == "no-referrer"


def test_a_request_refused_early_is_answered_in_the_language_of_its_address(client):
    client.get("/en/posio/")
    html = client.get("/sv/posio/", headers={"host": "other.example"}).content.decode()
    assert '<html lang="sv"' in html


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_public_pages_are_read_and_nothing_else(method, client):
    assert getattr(client, method)("/posio/").status_code == 405


def test_a_nul_in_a_query_at_the_desk_is_refused(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    assert client.get("/hallinta/services/service/?status__exact=%00").status_code == 400


def test_unpublishing_a_centre_with_a_slip_elsewhere_shows_the_slip(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    centre = Offering.objects.filter(centre__slug="posio")[0].centre
    address = f"/hallinta/centres/familycentre/{centre.pk}/change/"
    form = client.get(address).context["adminform"].form
    values = {name: form[name].value() or "" for name in form.fields} | {
        "status": "draft",
        "feedback_url": "javascript:x",
    }
    for prefix in ("level_names", "local_tasks"):
        values |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    response = client.post(address, values)
    assert response.status_code == 400
    assert "feedback_url" in response.context["adminform"].form.errors


def test_a_row_that_came_past_the_form_does_not_take_the_page_down(client):
    offering = Offering.objects.get(slug="neuvola", centre__slug="posio")
    Contact.objects.bulk_create(
        [
            Contact(offering=offering, kind=Contact.Kind.WEB, value="http://[bad"),
            Contact(offering=offering, kind=Contact.Kind.PHONE, value="kysy neuvolasta"),
            Contact(offering=offering, kind=Contact.Kind.EMAIL, value="a?bcc=b@example.com"),
        ]
    )
    html = client.get("/posio/palvelut/neuvola/").content.decode()
    assert "kysy neuvolasta" in html
    assert 'href="mailto:a%3Fbcc%3Db@example.com"' in html


def test_who_signs_in_without_a_way_to_go_lands_on_the_desk(client):
    user = UserFactory(is_staff=True, enrolled=False)
    response = client.post("/kirjaudu/", {"login": user.email, "password": PASSWORD})
    assert response.headers["Location"] == "/hallinta/"
