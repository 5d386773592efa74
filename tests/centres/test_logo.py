"""A centre's logo: how it is uploaded, kept and thrown away, and how families see it."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from lxml import html
from PIL import Image

from centres.models import FamilyCentre
from tests.admin.forms import address, errors, filled
from tests.factories import PASSWORD, FamilyCentreFactory, UserFactory
from tests.uploaded import file_of, kept_files, picture


@pytest.fixture(autouse=True)
def _no_files() -> Any:
    yield
    for path in kept_files("logos"):
        path.unlink()


@pytest.fixture
def desk(db: Any) -> Client:
    client = Client()
    user = UserFactory(is_staff=True, is_superuser=True)
    assert client.login(username=user.email, password=PASSWORD)
    return client


def send(desk: Client, centre: FamilyCentre, **changes: Any) -> Any:
    path = address("change", centre, centre.pk)
    return desk.post(path, filled(desk.get(path)) | changes)


def test_a_logo_is_uploaded_shown_replaced_and_taken_away(
    desk: Client, client: Client, django_capture_on_commit_callbacks: Any
):
    centre = FamilyCentreFactory(slug="posio", name_fi="Posion perhekeskus")

    # Given one is uploaded
    assert send(desk, centre, logo=file_of(picture())).status_code == 302
    centre.refresh_from_db()
    (first,) = kept_files("logos")
    assert (centre.logo.name, centre.logo_width, centre.logo_height) == (f"logos/{first.name}", 480, 112)

    # Then families see it in the place of the mark
    page = client.get("/posio/").content.decode()
    image = f'<img class="brand__logo" src="/media/logos/{first.name}" alt="" width="480" height="112">'
    assert image in page
    assert "#mark" not in page

    # When another is uploaded, the first is gone once that is sure
    with django_capture_on_commit_callbacks(execute=True):
        send(desk, centre, logo=file_of(picture("JPEG"), "uusi.jpg"))
    (second,) = kept_files("logos")
    assert second != first

    # When it is taken away, the mark is back
    with django_capture_on_commit_callbacks(execute=True):
        send(desk, centre, **{"logo-clear": "on"})
    centre.refresh_from_db()
    assert (centre.logo.name, centre.logo_width, kept_files("logos")) == ("", 0, [])
    assert "#mark" in client.get("/posio/").content.decode()


def test_after_a_mistake_elsewhere_the_kept_logo_is_shown_and_the_new_one_asked_for_again(desk: Client):
    centre = FamilyCentreFactory(slug="posio")
    send(desk, centre, logo=file_of(picture()))
    centre.refresh_from_db()
    (kept,) = kept_files("logos")

    answer = send(desk, centre, logo=file_of(picture("JPEG"), "uusi.jpg"), feedback_url="x y")
    page = html.fromstring(answer.content.decode())

    assert page.xpath("//img[@class='picture-now']/@src") == [f"/media/logos/{kept.name}"]
    assert "Valitse kuva uudelleen" in page.xpath("string(//div[contains(@class, 'field-logo')])")
    assert kept_files("logos") == [kept]
    # A mistake without a new picture asks for none.
    answer = send(desk, centre, feedback_url="x y")
    page = html.fromstring(answer.content.decode())
    assert page.xpath("//img[@class='picture-now']/@src") == [f"/media/logos/{kept.name}"]
    assert "Valitse kuva uudelleen" not in answer.content.decode()
    assert kept.name not in page.xpath("string(//div[@id='content-main'])")


def test_saving_the_rest_keeps_the_logo(desk: Client, django_capture_on_commit_callbacks: Any):
    centre = FamilyCentreFactory()
    send(desk, centre, logo=file_of(picture()))

    with django_capture_on_commit_callbacks(execute=True):
        send(desk, centre, notice_fi="Suljettu.", logo_alt_fi="Posion kunta")

    centre.refresh_from_db()
    assert (centre.notice_fi, centre.logo_width, len(kept_files("logos"))) == ("Suljettu.", 480, 1)


def test_a_file_that_another_centre_shows_is_kept(desk: Client, django_capture_on_commit_callbacks: Any):
    centre = FamilyCentreFactory()
    send(desk, centre, logo=file_of(picture()))
    centre.refresh_from_db()
    FamilyCentreFactory(logo=centre.logo.name)

    with django_capture_on_commit_callbacks(execute=True):
        send(desk, centre, **{"logo-clear": "on"})

    assert len(kept_files("logos")) == 1


def test_a_deleted_centre_takes_its_logo_along(desk: Client, django_capture_on_commit_callbacks: Any):
    centre = FamilyCentreFactory()
    send(desk, centre, logo=file_of(picture()))

    with django_capture_on_commit_callbacks(execute=True):
        desk.post(address("delete", centre, centre.pk), {"post": "yes"})

    assert (FamilyCentre.objects.count(), kept_files("logos")) == (0, [])


def test_a_refused_picture_changes_nothing(desk: Client):
    centre = FamilyCentreFactory(notice_fi="Vanha")

    answer = send(desk, centre, notice_fi="Uusi", logo=file_of(b"<svg/>", "logo.svg"))

    assert (answer.status_code, len(errors(answer)), kept_files("logos")) == (400, 1, [])
    assert errors(answer)[0].startswith("SVG-piirrosta ei voi ottaa")
    centre.refresh_from_db()
    assert (centre.notice_fi, centre.logo.name) == ("Vanha", "")


def test_what_the_logo_says_is_read_in_the_readers_language(client: Client, db: Any):
    FamilyCentreFactory(
        slug="posio", logo="logos/x.webp", logo_alt_fi="Posion kunta", logo_alt_sv="Posio kommun"
    )

    assert 'alt="Posion kunta" width' in client.get("/posio/").content.decode()
    assert 'alt="Posio kommun" width' in client.get("/sv/posio/").content.decode()
    assert 'alt="Posion kunta" lang="fi" width' in client.get("/en/posio/").content.decode()


def test_the_picture_is_kept_by_browsers_for_good(desk: Client, client: Client):
    centre = FamilyCentreFactory()
    send(desk, centre, logo=file_of(picture()))
    centre.refresh_from_db()

    answer = client.get(centre.logo.url)

    assert answer.status_code == 200
    assert {name: answer[name] for name in ("Content-Type", "Cache-Control", "X-Content-Type-Options")} == {
        "Content-Type": "image/webp",
        "Cache-Control": "public, max-age=31536000, immutable",
        "X-Content-Type-Options": "nosniff",
    }
    assert answer.cookies == {}
    assert Image.open(BytesIO(b"".join(answer.streaming_content))).size == (480, 112)


@pytest.mark.parametrize(
    "path",
    [
        f"/media/logos/{'0' * 32}.webp",
        "/media/logos/../../secret_key",
        "/media/logos/..%2f..%2fsecret_key",
        "/media/logos/%2e%2e/%2e%2e/secret_key",
        f"/media/logos/{'0' * 32}.webp%00.png",
        f"/media/logos/{'0' * 32}.webp/",
        "/media/",
        "/media/logos/",
        "/media/waiting-tables/x.csv",
    ],
)
def test_nothing_else_is_reached_there(client: Client, db: Any, path: str):
    assert client.get(path).status_code == 404


def test_a_page_whose_logo_is_gone_is_still_a_page(client: Client, db: Any):
    FamilyCentreFactory(slug="posio", logo=f"logos/{'0' * 32}.webp", logo_width=480, logo_height=112)

    assert client.get("/posio/").status_code == 200


def test_a_logo_costs_a_page_no_query(client: Client, db: Any, django_assert_num_queries: Any):
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    centre = FamilyCentreFactory(slug="posio")
    client.get("/posio/")
    with CaptureQueriesContext(connection) as without:
        client.get("/posio/")
    FamilyCentre.objects.filter(pk=centre.pk).update(logo="logos/x.webp", notice_fi="Suljettu.")
    with django_assert_num_queries(len(without)):
        client.get("/posio/")
