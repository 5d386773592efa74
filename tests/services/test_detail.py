"""Everything that the page of one service tells."""

from datetime import date, datetime, time

import pytest
from django.utils.translation import override

from calendars.opening import DayGroup, Interval
from calendars.wall_time import HELSINKI
from services.detail import RELATED, Tags, detail_of
from services.models import Contact, Offering, Provision, Weekday
from tests.factories import (
    ContactFactory,
    FamilyCentreFactory,
    OfferingFactory,
    OpeningSpanFactory,
    OrganisationFactory,
    PlaceFactory,
    ProvisionFactory,
    ServiceFactory,
    ServicePointFactory,
    SpecialHoursFactory,
    SpokenLanguageFactory,
    TopicFactory,
    WayFactory,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 18, 10, 0, tzinfo=HELSINKI)  # a Wednesday


def detail(offering, language="fi", now=NOW):
    offerings = Offering.objects.public(now.date()).in_centre(offering.centre)
    with override(language):
        return detail_of(offering, offerings, now, language, offering.centre)


class TestTags:
    def test_a_service_without_tags_has_none_and_is_not_sensitive(self):
        about = detail(OfferingFactory())
        assert about.tags == Tags([], [], [], [], sensitive=False)
        assert about.sensitive is False

    def test_tags_stand_by_kind_in_their_order(self):
        later, first = TopicFactory(name_fi="Arki", order=2), TopicFactory(name_fi="Ero", order=1)
        way, language = WayFactory(name_fi="Chat"), SpokenLanguageFactory(name_fi="suomi")
        service = ServiceFactory(topics=[later, first], ways=[way], languages=[language])
        TopicFactory(name_fi="Raha")
        assert detail(OfferingFactory(service=service)).tags == Tags(
            [first.pk, later.pk],
            [("Ero", ""), ("Arki", "")],
            [("Chat", "")],
            [("suomi", "")],
            sensitive=False,
        )

    def test_tags_are_in_the_reader_s_language_and_finnish_and_marked_where_that_is_missing(self):
        topics = [
            TopicFactory(name_fi="Ero", name_sv="Separation", order=1),
            TopicFactory(name_fi="Raha", name_sv="", order=2),
            TopicFactory(name_fi="Arki", name_sv=None, order=3),
        ]
        offering = OfferingFactory(service=ServiceFactory(topics=topics))
        assert detail(offering, "sv").tags.topics == [("Separation", ""), ("Raha", "fi"), ("Arki", "fi")]
        assert detail(offering, "fi-simple").tags.topics == [("Ero", "fi"), ("Raha", "fi"), ("Arki", "fi")]

    def test_on_a_page_whose_interface_is_finnish_the_tags_in_another_language_are_marked(self):
        topics = [
            TopicFactory(name_fi="Ero", name_se="Earru", order=1),
            TopicFactory(name_fi="Raha", order=2),
        ]
        offering = OfferingFactory(service=ServiceFactory(topics=topics))
        assert detail(offering, "se").tags.topics == [("Earru", "se"), ("Raha", "")]

    def test_one_sensitive_topic_makes_the_page_sensitive(self):
        topics = [TopicFactory(), TopicFactory(sensitive=True)]
        assert detail(OfferingFactory(service=ServiceFactory(topics=topics))).sensitive is True
        assert detail(OfferingFactory(service=ServiceFactory(topics=topics[:1]))).sensitive is False


class TestContacts:
    def test_those_of_the_service_and_of_the_offering_are_told_and_no_others(self):
        offering = OfferingFactory()
        other_centre = OfferingFactory(service=offering.service)
        everywhere = ContactFactory(service=offering.service, order=2)
        here = ContactFactory(offering=offering, order=1)
        ContactFactory(offering=other_centre)
        ContactFactory()
        assert detail(offering).contacts == [here, everywhere]

    def test_short_numbers_come_first_and_then_the_coordinator_s_order(self):
        offering = OfferingFactory()
        web = ContactFactory(offering=offering, order=1)
        long = ContactFactory(offering=offering, kind=Contact.Kind.PHONE, value="016 322 2020", order=2)
        helpline = ContactFactory(offering=offering, kind=Contact.Kind.PHONE, value="116 111", order=3)
        emergency = ContactFactory(service=offering.service, kind=Contact.Kind.PHONE, value="112", order=4)
        wrong = ContactFactory(offering=offering, kind=Contact.Kind.PHONE, value="vanha", order=5)
        assert detail(offering).contacts == [helpline, emergency, web, long, wrong]


class TestProviders:
    def test_those_who_answer_and_those_who_produce_are_told_apart(self):
        offering = OfferingFactory()
        county, company = OrganisationFactory(name_fi="Alue"), OrganisationFactory(name_fi="Yritys")
        answers = ProvisionFactory(service=offering.service, organisation=county)
        produces = ProvisionFactory(offering=offering, organisation=company, role=Provision.Role.PRODUCER)
        ProvisionFactory(offering=OfferingFactory(service=offering.service))
        about = detail(offering)
        assert (about.responsible, about.producers) == ([answers], [produces])

    def test_several_stand_in_finnish_order(self):
        offering = OfferingFactory()
        for name in ("Öljy", "Zeta", "Äiti", "Aamu"):
            ProvisionFactory(offering=offering, organisation__name_fi=name)
        assert [row.organisation.name for row in detail(offering).responsible] == [
            "Aamu",
            "Zeta",
            "Äiti",
            "Öljy",
        ]


class TestDoors:
    def test_a_door_tells_whether_it_is_open_now_and_its_week(self):
        point = ServicePointFactory()
        for weekday in (Weekday.MONDAY, Weekday.TUESDAY, Weekday.WEDNESDAY):
            OpeningSpanFactory(point=point, weekday=weekday)
        SpecialHoursFactory(
            point=point, first_day=date(2026, 11, 17), last_day=date(2026, 11, 17), reason_fi="Koulutus"
        )
        (door,) = detail(point.offering).doors
        hours = (Interval(time(8), time(16)),)
        assert door.point == point
        assert (door.status.open_now, door.status.until) == (
            True,
            datetime(2026, 11, 18, 16, tzinfo=HELSINKI),
        )
        assert door.week == [
            DayGroup(0, 0, hours),
            DayGroup(1, 1, (), "Koulutus"),
            DayGroup(2, 2, hours),
            DayGroup(3, 6, ()),
        ]

    def test_doors_stand_in_their_order_and_those_of_other_centres_elsewhere(self):
        offering = OfferingFactory()
        second, first = (ServicePointFactory(offering=offering, order=order) for order in (2, 1))
        ServicePointFactory(offering=OfferingFactory(service=offering.service))
        assert [door.point for door in detail(offering).doors] == [first, second]

    def test_a_reason_is_in_the_reader_s_language(self):
        point = ServicePointFactory()
        SpecialHoursFactory(
            point=point, first_day=NOW.date(), last_day=NOW.date(), reason_fi="Koulutus", reason_sv="Kurs"
        )
        assert detail(point.offering, "sv").doors[0].status.reason == "Kurs"
        assert detail(point.offering, "en").doors[0].status.reason == "Koulutus"


class TestRelated:
    def test_related_services_share_a_topic_the_level_and_the_centre_and_are_public(self, today):
        centre, topic = FamilyCentreFactory(), TopicFactory()

        def offer(name, **service):
            made = ServiceFactory(name_fi=name, **{"topics": [topic], "level": 3, **service})
            return OfferingFactory(centre=centre, service=made)

        this = offer("Tämä")
        second, first = offer("Öinen apu"), offer("Aamuapu")
        offer("Toinen taso", level=4)
        offer("Toinen aihe", topics=[TopicFactory()])
        offer("Luonnos", status="draft")
        offer("Verkossa", online_support=True)
        OfferingFactory(service=ServiceFactory(topics=[topic], level=3))
        assert detail(this).related == [first, second]

    def test_online_support_is_related_to_online_support(self):
        centre, topic = FamilyCentreFactory(), TopicFactory()
        this, other = (
            OfferingFactory(centre=centre, service=ServiceFactory(topics=[topic], online_support=True))
            for _ in "ab"
        )
        OfferingFactory(centre=centre, service=ServiceFactory(topics=[topic]))
        assert detail(this).related == [other]

    def test_a_service_about_nothing_is_related_to_nothing(self):
        this = OfferingFactory()
        OfferingFactory(centre=this.centre)
        assert detail(this).related == []

    def test_only_a_few_are_told(self):
        centre, topic = FamilyCentreFactory(), TopicFactory()
        this, *others = (
            OfferingFactory(centre=centre, service=ServiceFactory(topics=[topic])) for _ in range(RELATED + 3)
        )
        assert detail(this).related == others[:RELATED]


class TestNamesElsewhere:
    def named(self, offering, language="fi"):
        return [(code, name) for code, _own_name, name, _url in detail(offering, language).other_names]

    def test_the_other_languages_names_are_told_each_with_its_language_and_address(self):
        offering = OfferingFactory(
            centre__slug="posio",
            slug="neuvola",
            service__name_fi="Neuvola",
            service__name_sv="Rådgivning",
            service__name_en="Clinic",
            service__name_se="",
        )
        finnish = ("fi", "suomi", "Neuvola", "/posio/palvelut/neuvola/")
        swedish = ("sv", "svenska", "Rådgivning", "/sv/posio/tjanster/neuvola/")
        english = ("en", "English", "Clinic", "/en/posio/services/neuvola/")
        assert detail(offering).other_names == [swedish, english]
        assert detail(offering, "sv").other_names == [finnish, english]

    def test_a_name_in_a_language_that_the_centre_does_not_publish_has_no_address(self):
        offering = OfferingFactory(
            centre__languages=["sv"],
            service__name_fi="Neuvola",
            service__name_sv="Rådgivning",
            service__name_en="Clinic",
        )
        urls = {code: url for code, _own_name, _name, url in detail(offering, "sv").other_names}
        assert (bool(urls["fi"]), urls["en"]) == (True, "")

    def test_a_local_name_stands_before_the_service_s_in_its_own_languages_only(self):
        offering = OfferingFactory(
            name_fi="Coronarian neuvola",
            name_sv="Coronarias rådgivning",
            service__name_fi="Neuvola",
            service__name_sv="Rådgivning",
            service__name_en="Clinic",
        )
        assert self.named(offering) == [("sv", "Coronarias rådgivning"), ("en", "Clinic")]

    def test_a_local_finnish_name_hides_no_other_name_of_the_service(self):
        offering = OfferingFactory(
            name_fi="Coronarian neuvola", service__name_sv="Rådgivning", service__name_en="Clinic"
        )
        assert self.named(offering) == [("sv", "Rådgivning"), ("en", "Clinic")]
        assert self.named(offering, "sv") == [("sv", "Rådgivning"), ("en", "Clinic")]


class TestChecked:
    @pytest.mark.parametrize(
        ("here", "shared", "told"),
        [
            (None, None, None),
            (date(2026, 3, 1), None, "offering"),
            (None, date(2026, 3, 1), "service"),
            (date(2026, 3, 2), date(2026, 3, 1), "service"),
            (date(2026, 3, 1), date(2026, 3, 2), "offering"),
        ],
    )
    def test_the_page_is_as_fresh_as_the_older_of_its_two_checks(self, here, shared, told):
        offering = OfferingFactory(reviewed_on=here, service__reviewed_on=shared)
        rows = {None: None, "offering": offering, "service": offering.service}
        assert detail(offering).checked == rows[told]


SWEDISH = {"service__name_sv": "Rådgivning", "service__summary_sv": "Stöd i vardagen."}


class TestFallingBack:
    def test_a_page_whole_in_swedish_does_not_fall_back_and_no_finnish_page_does(self):
        offering = OfferingFactory(**SWEDISH)
        assert detail(offering, "sv").falls_back is False
        assert detail(OfferingFactory()).falls_back is False

    @pytest.mark.parametrize(
        "values",
        [
            {"name_fi": "Coronarian neuvola"},
            {"how_to_get_fi": "Soita."},
            {"service__how_to_get_fi": "Soita."},
            {"service__summary_sv": ""},
            {"service__description_fi": "<p>Teksti.</p>"},
            {"service__cost_fi": "10 euroa"},
        ],
    )
    def test_it_falls_back_for_any_text_of_the_service_that_is_shown(self, values):
        assert detail(OfferingFactory(**SWEDISH | values), "sv").falls_back is True

    def test_it_does_not_fall_back_for_a_text_that_another_stands_before(self):
        offering = OfferingFactory(
            name_fi="Coronarian neuvola",
            name_sv="Coronarias rådgivning",
            how_to_get_fi="Soita.",
            how_to_get_sv="Ring.",
            **SWEDISH | {"service__name_sv": "", "service__how_to_get_fi": "Tule."},
        )
        assert detail(offering, "sv").falls_back is False

    @pytest.mark.parametrize("values", [{"label_fi": "Ajanvaraus"}, {"hours_fi": "arkisin 8–15"}])
    def test_it_falls_back_for_the_words_of_a_contact(self, values):
        offering = OfferingFactory(**SWEDISH)
        contact = ContactFactory(offering=offering)
        assert detail(offering, "sv").falls_back is False
        Contact.objects.filter(pk=contact.pk).update(**values)
        assert detail(offering, "sv").falls_back is True

    @pytest.mark.parametrize(
        ("place", "point"),
        [
            ({"name_sv": ""}, {}),
            ({"accessibility_fi": "Luiska"}, {}),
            ({"directions_fi": "Portaat ylös"}, {}),
            ({}, {"note_fi": "2. kerros"}),
        ],
    )
    def test_it_falls_back_for_the_words_of_a_door(self, place, point):
        swedish = {"name_sv": "Hälsocentralen"}
        whole, half = OfferingFactory(**SWEDISH), OfferingFactory(**SWEDISH)
        ServicePointFactory(offering=whole, place=PlaceFactory(**swedish))
        ServicePointFactory(offering=half, place=PlaceFactory(**swedish | place), **point)
        assert [detail(row, "sv").falls_back for row in (whole, half)] == [False, True]

    def test_it_falls_back_for_the_reason_of_a_day_that_is_not_over(self):
        point = ServicePointFactory(offering=OfferingFactory(**SWEDISH), place__name_sv="Hälsocentralen")
        day = date(2026, 12, 24)
        SpecialHoursFactory(point=point, first_day=day, last_day=day, reason_fi="Koulutus")
        assert detail(point.offering, "sv").falls_back is True
        later = datetime(2026, 12, 28, 10, 0, tzinfo=HELSINKI)
        assert detail(point.offering, "sv", later).falls_back is False

    def test_it_falls_back_for_a_related_service(self):
        topic = TopicFactory(name_sv="Vardag")
        offering = OfferingFactory(service=ServiceFactory(topics=[topic], name_sv="A", summary_sv="B"))
        OfferingFactory(centre=offering.centre, service=ServiceFactory(topics=[topic]))
        assert detail(offering, "sv").falls_back is True


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize("rows", [1, 12])
def test_a_page_costs_seven_queries_whatever_the_number_of_rows(language, rows, django_assert_num_queries):
    centre, topic = FamilyCentreFactory(), TopicFactory()
    offering = OfferingFactory(centre=centre, service=ServiceFactory(topics=[topic]))
    for number in range(rows):
        ContactFactory(offering=offering, kind=Contact.Kind.PHONE, value="116 111")
        ProvisionFactory(offering=offering)
        ProvisionFactory(service=offering.service, role=Provision.Role.PRODUCER)
        point = ServicePointFactory(offering=offering, place=PlaceFactory(directions_fi="Portaat ylös"))
        OpeningSpanFactory(point=point, weekday=number % 7)
        SpecialHoursFactory(point=point)
        OfferingFactory(centre=centre, service=ServiceFactory(topics=[topic]))
    fetched = Offering.objects.select_related("service").get(pk=offering.pk)
    offerings = Offering.objects.public(NOW.date()).in_centre(centre)
    with override(language), django_assert_num_queries(7):
        about = detail_of(fetched, offerings, NOW, language, centre)
        told = [
            *((row.label, row.href, row.hours) for row in about.contacts),
            *((row.organisation.name, row.organisation.slug) for row in about.responsible + about.producers),
            *((door.point.place.name, door.point.place.directions, door.point.note) for door in about.doors),
            *((row.title, row.service.summary, row.slug) for row in about.related),
        ]
    assert len(told) == 4 * rows + min(rows, RELATED)
