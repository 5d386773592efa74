"""One's own card and access: kept, renewed and ended by whoever they are of, and by nobody else."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db.models.signals import pre_save
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext
from lxml import html
from reversion.models import Version

from accounts.models import User
from centres.history.recording import recording
from centres.models import Membership
from networks.models import AccessRequest, Professional, Seat
from tests.conftest import NOW
from tests.factories import (
    AccessRequestFactory,
    FamilyCentreFactory,
    MembershipFactory,
    OrganisationFactory,
    ProfessionalFactory,
    SeatFactory,
    SpokenLanguageFactory,
    TopicFactory,
    UserFactory,
)
from tests.harness.mail import arrived
from tests.networks.conftest import ENDS_ON, let_in_to, signed_in

pytestmark = pytest.mark.django_db

TODAY = NOW.date()


def address(name="own", centre="keskus"):
    return reverse(f"professionals:{name}", kwargs={"centre": centre})


def tree(answer):
    return html.fromstring(answer.content.decode())


def text(answer):
    return " ".join(tree(answer).find(".//main").text_content().split())


def filled(answer):
    """The fields of the page's own form, as a browser would send them untouched."""
    (form,) = tree(answer).xpath("//main//form[.//input[@name='given_name']]")
    values = {}
    for name, value in form.form_values():
        values.setdefault(name, []).append(value)
    return values


def save(client, **changes):
    return client.post(address("own_edit"), filled(client.get(address("own_edit"))) | changes)


PAGES = ("own", "own_edit", "leave")
WRITES = ("right", "own_edit", "stay", "leave")


class TestWhoMay:
    def test_whoever_has_not_signed_in_is_led_there(self, client, professional):
        for name in (*PAGES, "right", "stay"):
            answer = client.post(address(name)) if name in WRITES else client.get(address(name))
            assert answer.headers["Location"] == f"/kirjaudu/?next={address(name)}", name

    def test_whoever_is_not_let_in_is_told_so_and_nothing_is_done(self, professional):
        Membership.objects.update(ends_on=TODAY - timedelta(days=1))
        client = signed_in(professional.user)
        for name in PAGES:
            assert client.get(address(name)).status_code == 403
        for name in WRITES:
            assert client.post(address(name)).status_code == 403
        professional.refresh_from_db()
        assert (professional.active, professional.confirmed_on) == (True, date(2026, 9, 1))

    def test_a_professional_of_another_centre_is_not_let_in_here(self, professional):
        client = signed_in(let_in_to(FamilyCentreFactory()))
        assert {client.get(address(name)).status_code for name in PAGES} == {403}

    def test_the_pages_are_kept_private(self, let_in):
        for name in PAGES:
            answer = let_in.get(address(name))
            assert "no-store" in answer.headers["Cache-Control"]
            assert answer.headers["X-Robots-Tag"] == "noindex"
            assert answer.headers["Referrer-Policy"] == "same-origin"

    @pytest.mark.parametrize("name", ["right", "stay"])
    def test_what_writes_is_posted(self, let_in, name):
        assert let_in.get(address(name)).status_code == 405

    @pytest.mark.parametrize("name", WRITES)
    def test_what_writes_needs_the_forms_token(self, professional, name):
        client = Client(enforce_csrf_checks=True)
        client.force_login(professional.user)
        assert client.post(address(name)).status_code == 403
        professional.refresh_from_db()
        assert (professional.active, professional.confirmed_on) == (True, date(2026, 9, 1))


class TestTheCard:
    def test_shows_what_colleagues_see_and_until_when_one_is_let_in(self, let_in, professional):
        professional.topics.add(TopicFactory(name_fi="Uni"))
        professional.about_fi = "Kysy vauvan unesta."
        professional.save()
        said = text(let_in.get(address()))
        for words in (
            "Testi Esimerkki",
            "Terveydenhoitaja",
            "Uni",
            "Kysy vauvan unesta.",
            "30.6.2027",
            "1.9.2026",
        ):
            assert words in said

    def test_that_waits_for_its_person_becomes_theirs_at_the_first_visit(self, centre):
        user = let_in_to(centre)
        waits = ProfessionalFactory(home=centre, email=user.email.upper())
        assert waits.name in text(signed_in(user).get(address()))
        waits.refresh_from_db()
        assert waits.user == user
        assert Version.objects.get_for_object(waits).first().revision.user == user

    @pytest.mark.parametrize(
        "which", ["of somebody else", "of another address", "of another centre", "inactive"]
    )
    def test_of_somebody_else_is_not_taken(self, centre, which):
        user = let_in_to(centre)
        card = {
            "of somebody else": {"home": centre, "email": user.email, "user": UserFactory()},
            "of another address": {"home": centre, "email": f"x{user.email}"},
            "of another centre": {"home": FamilyCentreFactory(), "email": user.email},
            "inactive": {"home": centre, "email": user.email, "active": False},
        }[which]
        other = ProfessionalFactory(**card)
        answer = signed_in(user).get(address())
        assert gettext("Make your card") in text(answer)
        assert other.name not in text(answer)

    def test_is_not_taken_where_several_have_the_address(self, centre):
        user = let_in_to(centre)
        ProfessionalFactory.create_batch(2, home=centre, email=user.email)
        assert gettext("Make your card") in text(signed_in(user).get(address()))
        assert not Professional.objects.filter(user=user).exists()

    def test_that_was_taken_out_stays_out_and_says_whom_to_write_to(self, let_in, professional):
        Professional.objects.update(active=False)
        page = let_in.get(address())
        assert gettext(
            "Your card is not in the directory: the coordinator has taken it out. Write to them if you work here."
        ) in text(page)
        assert tree(page).xpath("//main//a[@href='mailto:koordinaattori@esimerkki.example']")
        assert save(let_in, phone="040 1234567").status_code == 302
        assert Professional.objects.values_list("active", "phone").get() == (False, "040 1234567")

    def test_is_confirmed_with_one_tap(self, let_in, professional):
        answer = let_in.post(address("right"), follow=True)
        professional.refresh_from_db()
        assert professional.confirmed_on == TODAY
        assert gettext("Thank you! Your card is confirmed.") in text(answer)

    def test_costs_at_most_ten_queries(self, let_in, professional, django_assert_num_queries):
        def more(number):
            professional.topics.add(*TopicFactory.create_batch(number))
            professional.languages.add(*SpokenLanguageFactory.create_batch(number))

        more(1)
        let_in.get(address())
        with django_assert_num_queries(9):
            let_in.get(address())
        more(10)
        with django_assert_num_queries(9):
            let_in.get(address())


class TestTheForm:
    def test_an_age_without_its_unit_is_in_years(self, let_in, professional):
        save(let_in, from_month="9", to_month=" 12 ")
        card = Professional.objects.get(pk=professional.pk)
        assert (card.from_month, card.to_month) == (9 * 12, 12 * 12)

    def test_says_which_fields_may_stand_empty(self, let_in, professional):
        page = tree(let_in.get(address("own_edit")))
        optional = gettext("%(label)s (optional)") % {"label": ""}
        labels = page.xpath(f"//main//label[contains(., '{optional}')]/@for")
        assert labels[:2] == ["id_phone", "id_email"]
        assert not {"id_given_name", "id_family_name", "id_title_fi", "id_organisation"} & set(labels)

    def test_that_came_back_leads_to_each_fault(self, let_in, professional):
        page = tree(save(let_in, given_name="", phone="12", topics=["99999"]))
        links = page.xpath("//main//*[@id='problems']//a/@href")
        assert links == ["#id_given_name", "#id_phone", "#id_topics_0"]

    def test_keeps_what_is_typed_and_says_that_it_is_right(self, let_in, professional):
        uni, raha = TopicFactory(), TopicFactory()
        professional.topics.add(raha)
        other = ProfessionalFactory(home=professional.home, email="Sijainen@esimerkki.example")
        organisation = OrganisationFactory()
        answer = save(
            let_in,
            given_name="  Tes \n ti ",
            title_sv="Hälsovårdare",
            phone="040 1234567",
            organisation=organisation.pk,
            about_fi="Unesta.",
            from_month="8 kk",
            to_month="4 v",
            topics=[uni.pk],
            stand_in_email="sijainen@esimerkki.example",
        )
        assert answer.headers["Location"] == address()
        card = Professional.objects.get(pk=professional.pk)
        assert (card.given_name, card.title_fi, card.title_sv) == (
            "Tes ti",
            "Terveydenhoitaja",
            "Hälsovårdare",
        )
        assert (card.phone, card.organisation, card.about_fi) == ("040 1234567", organisation, "Unesta.")
        assert (card.from_month, card.to_month, card.stand_in) == (8, 48, other)
        assert (list(card.topics.all()), card.confirmed_on) == ([uni], TODAY)
        newest = Version.objects.get_for_object(card).first()
        assert newest.revision.user == professional.user
        assert "Unesta." in newest.serialized_data

    def test_sent_untouched_changes_nothing(self, let_in, professional):
        professional.stand_in = ProfessionalFactory(home=professional.home)  # without an address
        professional.from_month = 8
        professional.save()
        professional.languages.add(SpokenLanguageFactory())
        before = Professional.objects.filter(pk=professional.pk).values().get()
        assert save(let_in).status_code == 302
        after = Professional.objects.filter(pk=professional.pk).values().get()
        assert after == before | {"confirmed_on": TODAY}
        assert professional.languages.count() == 1

    def test_makes_a_card_for_whoever_keeps_the_centre(self, centre):
        user = MembershipFactory(centre=centre, user=UserFactory(name="Kaisa Koo")).user
        client = signed_in(user)
        assert filled(client.get(address("own_edit")))["given_name"] == ["Kaisa"]
        save(client, title_fi="Koordinaattori", organisation=OrganisationFactory().pk)
        card = Professional.objects.get()
        assert (card.user, card.home, card.email, card.name) == (user, centre, user.email, "Kaisa Koo")
        assert Version.objects.get_for_object(card).first().revision.user == user

    def test_sent_by_a_second_click_leads_to_the_card_that_the_first_made(self, centre):
        user = let_in_to(centre)
        client = signed_in(user)

        def first(**kwargs):
            pre_save.disconnect(first, Professional)
            ProfessionalFactory(user=user, home=centre)

        typed = filled(client.get(address("own_edit"))) | {
            "given_name": "Testi",
            "family_name": "Koo",
            "title_fi": "Psykologi",
            "organisation": OrganisationFactory().pk,
        }
        pre_save.connect(first, Professional)
        answer = client.post(address("own_edit"), typed)
        assert (answer.status_code, answer.headers["Location"]) == (302, address())
        assert not Professional.objects.filter(family_name="Koo").exists()

    @pytest.mark.parametrize(
        "wrong",
        [
            {"given_name": ""},
            {"title_fi": ""},
            {"title_en": "x" * 121},
            {"about_fi": "x" * 10_000},
            {"about_sv": "x" * 1001},
            {"phone": "12"},
            {"email": "x" * 10_000},
            {"organisation": ""},
            {"organisation": "99999999999999999999999"},
            {"from_month": "seven"},
            {"from_month": "100"},
            {"from_month": "4 v", "to_month": "1 v"},
            {"topics": ["x"]},
            {"topics": ["999999"]},
            {"languages": ["1\0"]},
            {"stand_in_email": "kukaan@esimerkki.example"},
            {"stand_in_email": "x" * 10_000},
            {"family_name": "a\0"},
        ],
        ids=lambda wrong: str(wrong)[:40],
    )
    def test_refuses_what_cannot_be_kept_and_loses_nothing(self, let_in, professional, wrong):
        answer = save(let_in, **{"hours_fi": "Ma 9–11."} | wrong)
        assert answer.status_code == 400
        assert tree(answer).xpath("//*[@id='problems']//li")
        assert filled(answer)["hours_fi"] == ["Ma 9–11."]
        assert Professional.objects.get(pk=professional.pk).hours_fi == ""

    def test_opens_the_other_languages_where_something_is_wrong_in_them(self, let_in):
        assert tree(save(let_in, title_en="x" * 121)).xpath("//main//details[@open]")
        assert not tree(save(let_in, title_fi="")).xpath("//main//details[@open]")

    def test_finds_a_stand_in_among_those_who_work_in_the_centre_and_nobody_else(self, let_in, professional):
        ProfessionalFactory(home=FamilyCentreFactory(), email="muu@esimerkki.example")
        ProfessionalFactory(home=professional.home, email="poissa@esimerkki.example", active=False)
        professional.email = "oma@esimerkki.example"
        professional.save()
        for name in ("muu", "poissa", "oma"):
            assert save(let_in, stand_in_email=f"{name}@esimerkki.example").status_code == 400
        ProfessionalFactory.create_batch(2, home=professional.home, email="tiimi@esimerkki.example")
        assert save(let_in, stand_in_email="tiimi@esimerkki.example").status_code == 400

    def test_takes_no_organisation_that_another_centre_keeps(self, let_in):
        theirs = OrganisationFactory(home=FamilyCentreFactory())
        assert save(let_in, organisation=theirs.pk).status_code == 400

    def test_cannot_be_made_to_change_whose_card_it_is(self, let_in, professional):
        other = ProfessionalFactory(home=professional.home, given_name="Toinen")
        save(let_in, user=other.pk, home=FamilyCentreFactory().pk, uuid=str(uuid4()), id=other.pk)
        card = Professional.objects.get(pk=professional.pk)
        assert (card.user, card.home, card.uuid) == (professional.user, professional.home, professional.uuid)
        assert Professional.objects.get(pk=other.pk).given_name == "Toinen"

    def test_of_another_centres_card_names_none_of_its_people(self, professional):
        other = FamilyCentreFactory(slug="toinen")
        MembershipFactory(user=professional.user, centre=other, role="professional")
        page = signed_in(professional.user).get(address("own_edit", "toinen"))
        assert "stand_in_email" not in filled(page)

    def test_costs_at_most_ten_queries(self, let_in, professional, django_assert_num_queries):
        def more(number):
            professional.topics.add(*TopicFactory.create_batch(number))
            professional.languages.add(*SpokenLanguageFactory.create_batch(number))
            OrganisationFactory.create_batch(number)

        more(1)
        let_in.get(address("own_edit"))
        with django_assert_num_queries(8):
            let_in.get(address("own_edit"))
        more(10)
        with django_assert_num_queries(8):
            let_in.get(address("own_edit"))


class TestStaying:
    @pytest.fixture
    def soon(self, professional):
        """The access ends in sixty days."""
        Membership.objects.update(ends_on=TODAY + timedelta(days=60))
        return professional

    def buttons(self, client):
        return tree(client.get(address())).xpath(f"//form[@action='{address('stay')}']")

    def test_is_asked_for_with_one_tap(self, let_in, soon):
        assert len(self.buttons(let_in)) == 1
        answer = let_in.post(address("stay"), follow=True)
        row = AccessRequest.objects.get()
        assert (row.is_renewal, row.email, row.centre, row.organisation, row.title) == (
            True, soon.user.email, soon.home, soon.organisation, soon.title,
        )  # fmt: skip
        assert gettext("The coordinator has your request, and answers by e-mail.") in text(answer)
        (message,) = arrived()
        assert message.to == ["koordinaattori@esimerkki.example"]

    def test_is_not_asked_for_twice(self, let_in, soon):
        AccessRequestFactory(centre=soon.home, email=soon.user.email)
        assert self.buttons(let_in) == []
        let_in.post(address("stay"))
        assert AccessRequest.objects.count() == 1

    @pytest.mark.parametrize("until", [TODAY + timedelta(days=61), None])
    def test_is_not_asked_for_long_before_the_end(self, let_in, soon, until):
        Membership.objects.update(ends_on=until)
        assert self.buttons(let_in) == []
        let_in.post(address("stay"))
        assert AccessRequest.objects.count() == 0

    def test_needs_a_card(self, centre):
        client = signed_in(let_in_to(centre, ends_on=TODAY))
        answer = client.post(address("stay"), follow=True)
        assert gettext("Make your card first: the coordinator must know who asks.") in text(answer)
        assert AccessRequest.objects.count() == 0


class TestLeaving:
    def test_says_first_what_happens(self, let_in, professional):
        said = text(let_in.get(address("leave")))
        assert gettext("Your private calendar address works no more.") in said
        assert Membership.objects.get().ends_on == ENDS_ON

    def test_ends_the_access_and_takes_the_card_away(self, let_in, professional):
        professional.calendar_key = uuid4()
        professional.save()
        seat = SeatFactory(person=professional)
        answer = let_in.post(address("leave"))
        assert answer.headers["Location"] == address("left")
        professional.refresh_from_db()
        assert (professional.active, professional.calendar_key) == (False, None)
        assert Membership.objects.count() == 0
        assert list(Seat.objects.left()) == [seat]
        assert let_in.get(address()).status_code == 403
        assert gettext("Your access has ended") in text(let_in.get(address("left")))

    def test_signs_nobody_out(self, let_in, professional):
        let_in.post(address("leave"))
        assert let_in.session["_auth_user_id"] == str(professional.user.pk)
        assert User.objects.get(pk=professional.user.pk).is_active

    def test_of_one_centre_opens_the_seats_there_and_says_so(self, let_in, professional):
        other = FamilyCentreFactory()
        professional.also_in.add(other)
        MembershipFactory(user=professional.user, centre=other, role="professional")
        here, there = (
            SeatFactory(person=professional, local_network__centre=centre)
            for centre in (professional.home, other)
        )
        said = text(let_in.get(address("leave")))
        assert gettext("Your private calendar address works no more.") not in said
        assert (
            gettext(
                "Your card leaves the directory of this family centre at once, and your seats in its networks are "
                "open. It stays with the other family centres that let you in."
            )
            in said
        )
        let_in.post(address("leave"))
        assert dict(Seat.objects.values_list("pk", "person")) == {here.pk: None, there.pk: professional.pk}
        assert Version.objects.get_for_object(here.local_network).first().revision.user == professional.user

    def test_does_not_count_access_that_is_over(self, let_in, professional):
        other = FamilyCentreFactory()
        professional.also_in.add(other)
        MembershipFactory(
            user=professional.user, centre=other, role="professional", ends_on=TODAY - timedelta(days=1)
        )
        assert gettext("Your private calendar address works no more.") in text(let_in.get(address("leave")))
        let_in.post(address("leave"))
        professional.refresh_from_db()
        assert (professional.active, professional.home.slug) == (False, "keskus")

    def test_takes_back_the_wish_to_stay(self, let_in, professional):
        Membership.objects.update(ends_on=TODAY)
        let_in.post(address("stay"))
        elsewhere = AccessRequestFactory(email=professional.user.email)
        row = AccessRequest.objects.exclude(pk=elsewhere.pk).get()
        with recording([row]):
            AccessRequest.objects.filter(pk=row.pk).update(phone="040 1234567")
        let_in.post(address("leave"))
        assert AccessRequest.objects.get() == elsewhere
        assert not Version.objects.get_for_object(row).exists()

    def test_is_in_the_history(self, let_in, professional):
        let_in.post(address("leave"))
        for row in (professional, professional.user):
            assert Version.objects.get_for_object(row).first().revision.user == professional.user

    def test_of_one_centre_leaves_the_others(self, let_in, professional):
        other, third = FamilyCentreFactory(), FamilyCentreFactory()
        professional.also_in.add(other, third)
        MembershipFactory(user=professional.user, centre=other, role="professional")
        let_in.post(address("leave"))
        professional.refresh_from_db()
        assert (professional.active, professional.home, list(professional.also_in.all())) == (
            True,
            other,
            [third],
        )
        assert Membership.objects.get().centre == other

    def test_of_a_visited_centre_takes_the_card_out_of_its_directory_alone(self, let_in, professional):
        other = FamilyCentreFactory(slug="toinen")
        professional.also_in.add(other)
        MembershipFactory(user=professional.user, centre=other, role="professional")
        let_in.post(address("leave", "toinen"))
        professional.refresh_from_db()
        assert (professional.active, professional.home.slug, list(professional.also_in.all())) == (
            True,
            "keskus",
            [],
        )

    def test_does_not_take_a_coordinators_rights(self, centre):
        user = MembershipFactory(centre=centre).user
        client = signed_in(user)
        assert client.post(address("leave")).status_code == 302
        assert user.memberships.count() == 1

    def test_without_a_card_ends_the_access_all_the_same(self, centre):
        client = signed_in(let_in_to(centre))
        client.post(address("leave"))
        assert Membership.objects.count() == 0

    def test_the_last_page_says_nothing_of_anybody_and_sets_no_cookie(self, client, professional):
        answer = client.get(address("left"))
        assert (answer.status_code, answer.cookies) == (200, {})
        assert "Esimerkki" not in text(answer)
