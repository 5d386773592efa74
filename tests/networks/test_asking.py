"""Asking for access: a form for everybody, whose answer is the same whoever asks."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override
from lxml import html
from reversion.models import Version

from centres.models import Membership
from networks.models import AccessRequest
from networks.throttle import MOST_REQUESTS
from tests.factories import (
    AccessRequestFactory,
    AreaFactory,
    FamilyCentreFactory,
    MembershipFactory,
    OrganisationFactory,
)
from tests.harness.mail import arrived

pytestmark = pytest.mark.django_db

HERE = "http://testserver"


@pytest.fixture
def client():
    """A browser that, as all of our readers' do, has no CSRF cookie to show."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def organisation(centre):
    return OrganisationFactory(name_fi="Esimerkkikunta")


def address(name="ask"):
    return reverse(f"professionals:{name}", kwargs={"centre": "keskus"})


def wish(organisation=None, **changes):
    """What somebody writes."""
    return {
        "given_name": "Testi",
        "family_name": "Esimerkki",
        "title": "Terveydenhoitaja",
        "email": "Testi@Esimerkki.example",
        "phone": "",
        "organisation": organisation.pk if organisation else "",
        "organisation_name": "",
        "message": "Neuvolassa.",
    } | changes


def send(client, data, origin=HERE, sender="192.0.2.1", **headers):
    headers = ({"origin": origin} if origin else {}) | headers
    return client.post(address(), data, headers=headers, REMOTE_ADDR=sender)


def text(answer):
    return " ".join(html.fromstring(answer.content.decode()).find(".//main").text_content().split())


class TestARequest:
    def test_is_kept_and_thanked_for(self, client, centre, organisation):
        answer = send(client, wish(organisation))
        assert (answer.status_code, answer.headers["Location"]) == (303, address("asked"))
        row = AccessRequest.objects.get()
        assert (row.email, row.centre, row.organisation, row.state, row.language, row.is_renewal) == (
            "testi@esimerkki.example", centre, organisation, "waiting", "fi", False,
        )  # fmt: skip
        assert "koordinaattori@esimerkki.example" in text(client.get(address("asked")))

    def test_that_lacks_something_leads_to_each_fault(self, client, organisation):
        answer = send(client, wish(given_name="", email="x", title="Opettaja"))
        page = html.fromstring(answer.content.decode())
        (problems,) = page.xpath("//main//*[@id='problems']")
        links = problems.xpath(".//a/@href")
        assert links == ["#id_given_name", "#id_email", "#id_organisation"]
        assert [len(page.xpath(f"//form//*[@id='{link[1:]}']")) for link in links] == [1, 1, 1]
        assert "autofocus" in problems.attrib
        assert html.fromstring(client.get(address()).content.decode()).xpath("//*[@id='problems']") == []

    def test_says_which_fields_may_stand_empty(self, client, organisation):
        page = html.fromstring(client.get(address()).content.decode())
        optional = gettext("%(label)s (optional)") % {"label": ""}
        labels = [each for each in page.xpath("//main//label") if optional in each.text_content()]
        assert [each.get("for") for each in labels] == ["id_phone", "id_message"]

    def test_is_answered_in_the_language_of_the_page(self, client, organisation):
        with override("sv"):
            answer = client.post(address(), wish(organisation), headers={"origin": HERE})
        assert answer.headers["Location"].startswith("/sv/keskus/")
        assert AccessRequest.objects.get().language == "sv"

    def test_of_plain_finnish_is_answered_in_finnish(self, client, centre, organisation):
        centre.languages = ["fi", "fi-simple"]
        centre.save()
        with override("fi-simple"):
            client.post(address(), wish(organisation), headers={"origin": HERE})
        assert AccessRequest.objects.get().language == "fi"

    def test_may_name_an_organisation_that_is_not_in_the_list(self, client, centre):
        send(client, wish(organisation_name="Uusi yhdistys"))
        assert AccessRequest.objects.get().where_from == "Uusi yhdistys"

    def test_tells_the_coordinator_and_says_of_nobody_who_it_is(self, client, organisation):
        send(client, wish(organisation))
        (message,) = arrived()
        assert message.to == ["koordinaattori@esimerkki.example"]
        assert message.subject == gettext("Somebody asks for access")
        assert f"{HERE}{reverse('admin:networks_accessrequest_changelist')}" in message.body
        assert not {"Testi", "Esimerkki", "esimerkki.example"} & set(message.body.split())

    def test_tells_those_who_keep_the_centre_where_it_has_no_address_of_its_own(
        self, client, centre, organisation
    ):
        centre.coordinator_email = ""
        centre.save()
        of_area = Membership.Role.AREA_COORDINATOR
        keepers = [MembershipFactory(centre=centre).user.email for _number in range(2)]
        MembershipFactory(centre=centre, user__is_active=False)
        MembershipFactory(centre=centre, role=Membership.Role.PROFESSIONAL)
        MembershipFactory(centre=FamilyCentreFactory())
        MembershipFactory(centre=None, area=centre.area, role=of_area)
        send(client, wish(organisation))
        (message,) = arrived()
        assert message.to == sorted(keepers)

    def test_tells_those_who_keep_the_area_where_nobody_keeps_the_centre(self, client, centre, organisation):
        centre.coordinator_email = ""
        centre.area = AreaFactory()
        centre.save()
        keeper = MembershipFactory(centre=None, area=centre.area, role=Membership.Role.AREA_COORDINATOR)
        send(client, wish(organisation))
        (message,) = arrived()
        assert message.to == [keeper.user.email]

    def test_tells_nobody_where_nobody_keeps_anything(self, client, centre, organisation):
        centre.coordinator_email = ""
        centre.save()
        assert send(client, wish(organisation)).status_code == 303
        assert arrived() == []

    def test_sets_no_cookie_wherever_it_leads(self, client, organisation):
        answers = [client.get(address()), send(client, wish()), send(client, wish(organisation))]
        answers += [client.get(address("asked")), send(client, wish(organisation), origin="null")]
        assert [answer.cookies for answer in answers] == [{}] * len(answers)

    def test_of_an_address_that_waits_already_is_thanked_for_and_not_doubled(
        self, client, centre, organisation
    ):
        AccessRequestFactory(centre=centre, email="testi@esimerkki.example")
        answer = send(client, wish(organisation, email="TESTI@esimerkki.example"))
        assert (answer.status_code, answer.headers["Location"]) == (303, address("asked"))
        assert AccessRequest.objects.count() == 1
        assert arrived() == []

    def test_in_two_centres_is_two_requests(self, client, centre, organisation):
        AccessRequestFactory(centre=FamilyCentreFactory(), email="testi@esimerkki.example")
        send(client, wish(organisation))
        assert AccessRequest.objects.count() == 2

    def test_is_answered_the_same_whether_or_not_the_address_is_known(
        self, client, professional, organisation
    ):
        known = send(client, wish(organisation, email=professional.user.email))
        unknown = send(client, wish(organisation, email="joku@esimerkki.example"))
        assert (known.status_code, known.content, known.headers["Location"]) == (
            unknown.status_code, unknown.content, unknown.headers["Location"],
        )  # fmt: skip
        assert Membership.objects.count() == 1


class TestBadInput:
    def refused(self, answer):
        """The values that come back in the form, by name."""
        assert answer.status_code == 400
        assert AccessRequest.objects.count() == 0
        form = html.fromstring(answer.content.decode()).xpath("//main//form")[0]
        return dict(form.form_values())

    def test_without_an_organisation_says_so_and_loses_nothing(self, client, centre):
        answer = send(client, wish(phone="040 1234567"))
        shown = self.refused(answer)
        typed = {name: value for name, value in wish(phone="040 1234567").items() if value}
        assert {name: shown[name].strip() for name in typed} == typed
        (beside,) = html.fromstring(answer.content.decode()).xpath("//*[@id='id_organisation_error']")
        assert gettext("Choose your organisation, or write its name.") in beside.text_content()

    def test_a_number_that_cannot_be_dialled_is_told_beside_it(self, client, organisation):
        answer = send(client, wish(organisation, phone="12"))
        self.refused(answer)
        assert gettext("This number does not work. Write it for example as 040 1234567.") in text(answer)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"email": "ei osoite"},
            {"given_name": ""},
            {"given_name": "x" * 10_000},
            {"message": "x" * 10_000},
            {"title": "a\0b"},
            {"organisation": "999999999999999999999999"},
            {"organisation": "x' OR 1=1"},
        ],
        ids=str,
    )
    def test_is_refused_in_words(self, client, organisation, wrong):
        self.refused(send(client, wish(organisation) | wrong))

    def test_nothing_at_all_is_refused_in_words(self, client, centre):
        self.refused(send(client, {}))

    def test_an_organisation_that_another_centre_keeps_is_no_choice(self, client, centre):
        theirs = OrganisationFactory(home=FamilyCentreFactory())
        self.refused(send(client, wish(theirs)))
        assert theirs.name not in client.get(address()).content.decode()

    def test_state_and_centre_cannot_be_sent_along(self, client, centre, organisation):
        other = FamilyCentreFactory()
        send(client, wish(organisation, centre=other.pk, state="accepted", is_renewal="on"))
        row = AccessRequest.objects.get()
        assert (row.centre, row.state, row.is_renewal) == (centre, "waiting", False)

    @pytest.mark.parametrize("origin", ["", "null", "https://muu.example", "http://testserver.muu.example"])
    def test_a_form_from_elsewhere_is_refused(self, client, organisation, origin):
        answer = send(client, wish(organisation), origin=origin)
        assert answer.status_code == 403
        assert AccessRequest.objects.count() == 0

    def test_the_page_lets_browsers_say_where_the_form_comes_from(self, client, centre):
        policies = [client.get(address()), send(client, wish())]
        assert {each.headers["Referrer-Policy"] for each in policies} == {"strict-origin-when-cross-origin"}

    @pytest.mark.parametrize("method", ["put", "patch", "delete"])
    def test_anything_but_a_form_is_refused(self, client, centre, method):
        assert getattr(client, method)(address(), headers={"origin": HERE}).status_code == 405


class TestThrottle:
    def test_many_of_one_sender_are_too_many(self, client, organisation):
        def one(number, sender="192.0.2.1"):
            return send(client, wish(organisation, email=f"a{number}@esimerkki.example"), sender=sender)

        answers = [one(number).status_code for number in range(MOST_REQUESTS + 1)]
        assert answers == [303] * MOST_REQUESTS + [429]
        assert one("uusi", sender="192.0.2.2").status_code == 303
        assert AccessRequest.objects.count() == MOST_REQUESTS + 1

    def test_the_address_is_kept_nowhere(self, client, organisation):
        send(client, wish(organisation))
        assert "192.0.2.1" not in " ".join(f"{key} {cache._cache[key]}" for key in cache._cache)


class TestForgetting:
    def test_what_was_decided_goes_after_a_month_and_what_waits_after_three(self, centre):
        now = timezone.now()
        ages = {"waiting": (89, 91), "refused": (29, 31), "accepted": (29, 31)}
        for state, days in ages.items():
            for number in days:
                then = now - timedelta(days=number)
                decided = None if state == "waiting" else then
                row = AccessRequestFactory(
                    centre=centre, state=state, decided_at=decided, title=f"{state} {number}"
                )
                AccessRequest.objects.filter(pk=row.pk).update(asked_at=then)
        call_command("forget_old")
        kept = AccessRequest.objects.order_by("title").values_list("title", flat=True)
        assert list(kept) == ["accepted 29", "refused 29", "waiting 89"]

    def test_history_forgets_it_too(self, centre, desk_of, time_machine):
        row = AccessRequestFactory(centre=centre, family_name="Unohdettava")
        desk_of(centre).post(reverse("admin:networks_accessrequest_refuse", args=[row.pk]))
        assert Version.objects.filter(serialized_data__contains="Unohdettava").count() == 2
        time_machine.move_to(timezone.now() + timedelta(days=31))
        call_command("forget_old")
        assert Version.objects.count() == 0

    def test_history_forgets_what_was_deleted_at_the_desk(self, centre, desk_of, time_machine):
        row = AccessRequestFactory(centre=centre, family_name="Unohdettava")
        path = reverse("admin:networks_accessrequest_delete", args=[row.pk])
        desk_of(centre).post(path, {"post": "yes"})
        assert Version.objects.filter(serialized_data__contains="Unohdettava").exists()
        time_machine.move_to(timezone.now() + timedelta(days=31))
        call_command("forget_old")
        assert not Version.objects.filter(serialized_data__contains="Unohdettava").exists()


def test_the_page_costs_the_same_with_many_organisations(client, organisation, django_assert_num_queries):
    client.get(address())
    with django_assert_num_queries(2):
        client.get(address())
    OrganisationFactory.create_batch(20)
    with django_assert_num_queries(2):
        client.get(address())
