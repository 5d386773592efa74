"""Offerings: who sees them, how they are narrowed, and what they are called."""

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from centres.languages import column
from centres.models import Level
from centres.publishing import Status
from services.models import ONLINE, Offering, Provision, Service
from tests.factories import (
    FamilyCentreFactory,
    OfferingFactory,
    OrganisationFactory,
    ProvisionFactory,
    ServiceFactory,
    SpokenLanguageFactory,
    TopicFactory,
    WayFactory,
)

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2026, 6, 1), date(2026, 8, 31)
DAY = timedelta(days=1)
LANGUAGES = ["fi", "fi-simple", "sv", "en", "se"]


class TestPublic:
    @pytest.mark.parametrize(
        ("of_offering", "of_service", "public"),
        [
            (Status.PUBLISHED, Status.PUBLISHED, True),
            (Status.DRAFT, Status.PUBLISHED, False),
            (Status.PUBLISHED, Status.DRAFT, False),
            (Status.DRAFT, Status.DRAFT, False),
        ],
    )
    def test_the_offering_and_its_service_must_both_be_published(
        self, of_offering, of_service, public, today
    ):
        offering = OfferingFactory(status=of_offering, service__status=of_service)
        assert list(Offering.objects.public(today)) == [offering] * public

    @pytest.mark.parametrize("whose", ["", "service__"])
    @pytest.mark.parametrize(
        ("today", "public"), [(FIRST - DAY, False), (FIRST, True), (LAST, True), (LAST + DAY, False)]
    )
    def test_the_days_of_either_of_them_hold(self, whose, today, public):
        offering = OfferingFactory(**{f"{whose}published_from": FIRST, f"{whose}published_until": LAST})
        assert list(Offering.objects.public(today)) == [offering] * public

    @pytest.mark.parametrize("whose", ["", "service__"])
    @pytest.mark.parametrize(
        ("today", "public"), [(FIRST, True), (FIRST + DAY, False), (LAST - DAY, False), (LAST, True)]
    )
    def test_a_break_of_either_of_them_hides_it(self, whose, today, public):
        offering = OfferingFactory(**{f"{whose}published_from": LAST, f"{whose}published_until": FIRST})
        assert list(Offering.objects.public(today)) == [offering] * public
        assert offering.is_public(today) is public
        assert list(Offering.objects.with_a_page(today)) == [offering]
        assert offering.is_public_or_away(today)
        assert offering.comes_back_on(today) == (None if public else LAST)

    def test_it_is_back_when_both_are(self):
        breaks = {"published_until": FIRST, "published_from": LAST, "service__published_until": FIRST}
        assert (
            OfferingFactory(**breaks, service__published_from=LAST + DAY).comes_back_on(LAST - DAY)
            == LAST + DAY
        )

    def test_a_service_that_ends_meanwhile_is_promised_for_no_day(self):
        offering = OfferingFactory(
            published_until=FIRST, published_from=LAST, service__published_until=LAST - DAY
        )
        assert offering.comes_back_on(FIRST + DAY) is None

    def test_what_is_yet_to_come_has_no_page(self):
        unseen = [
            OfferingFactory(published_from=LAST),
            OfferingFactory(status=Status.DRAFT, published_from=LAST, published_until=FIRST),
        ]
        assert list(Offering.objects.with_a_page(FIRST + DAY)) == []
        assert [row.is_public_or_away(FIRST + DAY) for row in unseen] == [False, False]


class TestNarrowing:
    def test_a_centre_has_its_own_offerings(self):
        here, _there = OfferingFactory(), OfferingFactory()
        assert list(Offering.objects.in_centre(here.centre)) == [here]

    @pytest.mark.parametrize(
        ("from_month", "to_month", "found"),
        [
            (0, 12, {"vauvat", "kaikki", "alle 2"}),
            (12, 24, {"alle 2", "kaikki"}),
            (24, 84, {"kaikki"}),
            (84, 96, {"koululaiset", "kaikki"}),
            (-9, 0, {"odottavat", "kaikki", "alle 2"}),
            (None, None, {"odottavat", "vauvat", "alle 2", "koululaiset", "kaikki"}),
            (156, None, {"koululaiset", "kaikki"}),
        ],
    )
    def test_offerings_for_some_ages_share_a_month_with_them(self, from_month, to_month, found):
        ages = {
            "odottavat": (-9, 0),
            "vauvat": (0, 12),
            "alle 2": (None, 24),
            "koululaiset": (84, None),
            "kaikki": (None, None),
        }
        for name, (first, last) in ages.items():
            OfferingFactory(service__name_fi=name, service__from_month=first, service__to_month=last)
        rows = Offering.objects.for_ages(from_month, to_month).by_name("fi").for_list("fi")
        assert {row.title for row in rows} == found

    def test_offerings_are_about_any_of_the_topics_and_given_in_any_of_the_ways(self):
        ero, raha, chat, koti = TopicFactory(), TopicFactory(), WayFactory(), WayFactory()
        both = OfferingFactory(service=ServiceFactory(topics=[ero, raha], ways=[chat, koti]))
        one = OfferingFactory(service=ServiceFactory(topics=[ero], ways=[koti]))
        none = OfferingFactory()

        def about(**choice):
            return set(Offering.objects.about(**choice).by_name("fi"))

        assert about() == {both, one, none}
        assert about(topics=[ero]) == {both, one}
        assert about(topics=[raha]) == {both}
        assert about(topics=[ero, raha]) == {both, one}
        assert about(ways=[chat]) == {both}
        assert about(topics=[ero], ways=[chat]) == {both}
        assert about(topics=[raha], ways=[koti]) == {both}

    def test_no_offering_is_found_twice_for_having_two_of_the_tags(self):
        ero, raha = TopicFactory(), TopicFactory()
        offering = OfferingFactory(service=ServiceFactory(topics=[ero, raha]))
        assert list(Offering.objects.about(topics=[ero, raha])) == [offering]

    def test_offerings_are_given_in_any_of_the_languages(self):
        suomi, viitottu = SpokenLanguageFactory(slug="fi"), SpokenLanguageFactory(slug="fse")
        spoken = OfferingFactory(service=ServiceFactory(languages=[suomi]))
        both = OfferingFactory(service=ServiceFactory(languages=[suomi, viitottu]))
        OfferingFactory()
        assert set(Offering.objects.in_language([suomi]).by_name("fi")) == {spoken, both}
        assert list(Offering.objects.in_language([viitottu])) == [both]
        assert list(Offering.objects.in_language([suomi, viitottu]).by_name("fi")) == [spoken, both]

    @pytest.mark.parametrize("role", Provision.Role.values)
    def test_an_organisation_s_offerings_are_those_it_has_a_part_in_here_or_everywhere(self, role):
        organisation = OrganisationFactory()
        here, other_centre = OfferingFactory(), FamilyCentreFactory()
        ProvisionFactory(offering=here, organisation=organisation, role=role)
        there = OfferingFactory(service=here.service, centre=other_centre)
        everywhere = OfferingFactory()
        ProvisionFactory(service=everywhere.service, organisation=organisation, role=role)
        ProvisionFactory(offering=there)
        assert set(Offering.objects.of_organisation(organisation).by_name("fi")) == {here, everywhere}

    def test_no_offering_is_found_twice_for_two_parts_of_one_organisation(self):
        organisation, offering = OrganisationFactory(), OfferingFactory()
        for role in Provision.Role.values:
            ProvisionFactory(offering=offering, organisation=organisation, role=role)
            ProvisionFactory(service=offering.service, organisation=organisation, role=role)
        assert list(Offering.objects.of_organisation(organisation)) == [offering]


class TestSteps:
    def test_a_step_holds_its_level_and_online_support_stands_apart(self):
        early = OfferingFactory(service__level=3)
        strong = OfferingFactory(service__level=4)
        online = [OfferingFactory(service__level=level, service__online_support=True) for level in (4, 3)]
        assert list(Offering.objects.on_step(3, "fi")) == [early]
        assert list(Offering.objects.on_step(4, "fi")) == [strong]
        assert list(Offering.objects.on_step(1, "fi")) == []
        assert list(Offering.objects.on_step(ONLINE, "fi")) == online[::-1]

    def test_a_step_is_in_the_finnish_order_of_the_services_names(self):
        for name in ("Öljy", "Zeta", "Äiti", "Aamu"):
            OfferingFactory(service__name_fi=name)
        assert [row.title for row in Offering.objects.on_step(2, "fi")] == ["Aamu", "Zeta", "Äiti", "Öljy"]

    def test_the_first_of_each_step_are_fetched_at_once_and_in_its_order(self, django_assert_num_queries):
        steps = (*Level.values, ONLINE)
        for level in Level.values:
            for name in ("Öljy", "Aamu", "Zeta"):
                OfferingFactory(service__name_fi=name, service__level=level)
                OfferingFactory(service__name_fi=name, service__level=level, service__online_support=True)
        some = Offering.objects.exclude(service__level=2)
        expected = {step: list(some.on_step(step, "fi")[:2]) for step in steps}
        with django_assert_num_queries(1):
            found = list(some.first_of_steps(steps, 2, "fi").select_related("service"))
        assert {step: [row for row in found if row.service.step == step] for step in steps} == expected


class TestOrder:
    def test_names_stand_in_finnish_order_local_names_among_them(self):
        for name, local_name in (
            ("Öljymäki", ""),
            ("Aurinko", "Äitien tupa"),
            ("Zeppeliini", ""),
            ("Åbo", ""),
            ("Ärjä", "Aamu"),
        ):
            OfferingFactory(service__name_fi=name, name_fi=local_name)
        titles = [row.title for row in Offering.objects.by_name("fi")]
        assert titles == ["Aamu", "Zeppeliini", "Åbo", "Äitien tupa", "Öljymäki"]

    def test_the_order_is_that_of_the_names_the_reader_sees(self):
        OfferingFactory(service__name_fi="Aamu", service__name_sv="Öppet")
        OfferingFactory(service__name_fi="Ilta", service__name_sv="Aftonen")
        OfferingFactory(service__name_fi="Keskus")
        for language, titles in (
            ("fi", ["Aamu", "Ilta", "Keskus"]),
            ("sv", ["Aftonen", "Keskus", "Öppet"]),
            ("en", ["Aamu", "Ilta", "Keskus"]),
        ):
            with override(language):
                assert [row.title for row in Offering.objects.by_name(language)] == titles


class TestNames:
    def test_an_offering_is_called_by_its_local_name_and_without_one_by_the_service_s(self):
        local = OfferingFactory(name_fi="Coronarian neuvola", service__name_fi="Neuvola")
        shared = OfferingFactory(service=local.service)
        assert (local.title, local.named) == ("Coronarian neuvola", local)
        assert (shared.title, shared.named) == ("Neuvola", shared.service)

    def test_the_desk_tells_the_offerings_of_a_service_apart_by_their_towns(self):
        offering = OfferingFactory(service__name_fi="Neuvola", centre__municipality_fi="Posio")
        assert str(offering) == "Neuvola (Posio)"

    def test_a_local_finnish_name_wins_over_the_service_s_own_in_another_language(self):
        offering = OfferingFactory(
            name_fi="Coronarian neuvola", service__name_fi="Neuvola", service__name_en="Clinic"
        )
        with override("en"):
            assert offering.title == "Coronarian neuvola"

    def test_an_offering_s_address_is_its_slug_in_its_centre(self):
        offering = OfferingFactory(slug="neuvola", centre__slug="posio")
        with override("en"):
            assert offering.get_absolute_url() == "/en/posio/services/neuvola/"

    def test_fixtures_name_services_and_offerings_by_slug(self):
        offering = OfferingFactory(slug="neuvola", centre__slug="posio", service__slug="aitiysneuvola")
        assert offering.natural_key() == ("posio", "neuvola")
        assert Offering.objects.get_by_natural_key("posio", "neuvola") == offering
        assert Service.objects.get_by_natural_key("aitiysneuvola") == offering.service


class TestList:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("rows", [1, 20])
    def test_a_list_costs_one_query_and_its_cards_cost_none(self, language, rows, django_assert_num_queries):
        for number in range(rows):
            local_name = {column("name", language): "Paikallinen nimi"} if number % 2 else {}
            texts = (
                {column("name", language): "Nimi", column("summary", language): "Lause"} if number % 3 else {}
            )
            OfferingFactory(**local_name, **{f"service__{name}": text for name, text in texts.items()})
        with override(language):
            with django_assert_num_queries(1):
                cards = list(Offering.objects.by_name(language).for_list(language))
            with django_assert_num_queries(0):
                shown = [
                    (
                        row.slug,
                        row.centre_id,
                        row.title,
                        row.service.summary,
                        row.service.ages,
                        row.service.level,
                        row.service.get_charge_display(),
                        row.service.get_access_display(),
                        row.service.get_audience_display(),
                        row.service.anonymous,
                        row.service.online_support,
                    )
                    for row in cards
                ]
        assert len(shown) == rows

    def test_a_list_does_not_fetch_what_no_card_shows(self):
        OfferingFactory()
        row = Offering.objects.for_list("sv").get()
        assert {"search_fi", "how_to_get_fi", "name_en"} <= row.get_deferred_fields()
        assert {"description_fi", "search_fi", "summary_en"} <= row.service.get_deferred_fields()


class TestHelpNow:
    def test_help_is_the_same_everywhere_and_the_centre_s_own(self, today):
        here, elsewhere = FamilyCentreFactory(), FamilyCentreFactory()
        emergency = ServiceFactory(urgent_order=1)
        shelter = ServiceFactory(urgent_order=2, home=here)
        ServiceFactory(urgent_order=3, home=elsewhere)
        ServiceFactory(urgent_order=4, status=Status.DRAFT)
        ServiceFactory(home=here)
        assert list(Service.objects.help_now(here, today)) == [emergency, shelter]

    def test_help_stands_in_its_order(self, today):
        third, first, second = (ServiceFactory(urgent_order=order) for order in (3, 1, 2))
        assert list(Service.objects.help_now(FamilyCentreFactory(), today)) == [first, second, third]
