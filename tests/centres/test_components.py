"""The pieces of a page, and how times and dates are said."""

import json
from datetime import date, time

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.utils.safestring import SafeString
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from calendars.opening import WHOLE_DAY, DayGroup, Interval, SpecialDay
from centres.models import LocalTask, Task
from centres.templatetags.centre import centre_url, main_menu
from centres.templatetags.components import (
    beside,
    filled,
    icon,
    json_ld,
    level_icon,
    pagination,
    rich,
    step_words,
    tasks_notice,
)
from centres.templatetags.dates import as_today, clock, dates, day, intervals
from perhekeskus.sections import Section
from services.templatetags.services import card
from tests.factories import FamilyCentreFactory, OfferingFactory

MORNING, AFTERNOON = Interval(time(8), time(12)), Interval(time(13), time(16, 30))


class TestClock:
    @pytest.mark.parametrize(
        ("moment", "finnish", "english"),
        [
            (time(16), "16", "16:00"),
            (time(16, 30), "16.30", "16:30"),
            (time(8), "8", "08:00"),
            (time(8, 5), "8.05", "08:05"),
            (time(0), "24", "24:00"),
            (time(0, 30), "0.30", "00:30"),
            (time(23, 59), "23.59", "23:59"),
        ],
    )
    def test_a_time_is_said_as_the_reader_says_it(self, moment, finnish, english):
        said = {}
        for language in ("fi", "fi-simple", "sv", "se", "en"):
            with override(language):
                said[language] = clock(moment)
        assert said == {"fi": finnish, "fi-simple": finnish, "sv": finnish, "se": finnish, "en": english}


def unbroken(times):
    """The times as `intervals` marks them."""
    return ", ".join(f'<span class="nobreak">{one}</span>' for one in times.split(", "))


class TestIntervals:
    @pytest.mark.parametrize(
        ("spans", "finnish", "english"),
        [
            ((MORNING,), "8–12", "08:00–12:00"),
            ((MORNING, AFTERNOON), "8–12, 13–16.30", "08:00–12:00, 13:00–16:30"),
            ((Interval(time(20), time(0)),), "20–24", "20:00–24:00"),
            ((Interval(time(0), time(2)),), "0–2", "00:00–02:00"),
            ((Interval(time(0, 30), time(2)),), "0.30–2", "00:30–02:00"),
        ],
    )
    def test_the_hours_of_a_day_stand_side_by_side_and_none_of_them_breaks(self, spans, finnish, english):
        assert intervals(spans) == unbroken(finnish)
        with override("en"):
            assert intervals(spans) == unbroken(english)

    def test_a_whole_day_and_no_hours_are_told_in_words(self):
        with override("en"):
            assert intervals((WHOLE_DAY,)) == "open day and night"
            assert intervals(()) == "closed"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", "24.12.2026"),
        ("fi-simple", "24.12.2026"),
        ("sv", "24.12.2026"),
        ("se", "24.12.2026"),
        ("en", "24 December 2026"),
    ],
)
def test_a_date_carries_its_year(language, words):
    with override(language):
        assert day(date(2026, 12, 24)) == words


class TestDays:
    def test_a_day_that_is_today_says_so_and_of_many_days_which_one(self):
        one, many = DayGroup(3, 3, (MORNING,)), DayGroup(2, 6, (MORNING,))
        with override("en"):
            assert as_today(one, date(2026, 11, 26)) == ", today"
            assert as_today(many, date(2026, 11, 26)) == " (today Thursday)"

    @pytest.mark.parametrize(
        ("language", "words"),
        [("fi", "to 24.12.2026"), ("sv", "tors 24.12.2026"), ("en", "Thu 24 December 2026")],
    )
    def test_a_special_day_is_said_with_its_weekday(self, language, words):
        christmas_eve = date(2026, 12, 24)
        with override(language):
            assert dates(SpecialDay(christmas_eve, christmas_eve)) == f'<span class="nobreak">{words}</span>'

    def test_special_days_are_said_from_first_to_last(self):
        said = dates(SpecialDay(date(2026, 12, 24), date(2026, 12, 26)))
        assert said == '<span class="nobreak">to 24.12.2026</span>–<span class="nobreak">la 26.12.2026</span>'


class TestJsonLd:
    def test_data_stands_in_a_block_that_runs_nothing(self):
        assert json_ld({"name": "Äiti"}) == '<script type="application/ld+json">{"name": "Äiti"}</script>'

    def test_a_text_cannot_end_the_block_or_open_a_comment(self):
        assert json_ld({"name": "</script><!-- & ]]>"}) == (
            '<script type="application/ld+json">{"name": '
            '"\\u003C/script\\u003E\\u003C!-- \\u0026 ]]\\u003E"}</script>'
        )

    @given(
        st.recursive(st.text() | st.none() | st.integers(), lambda inner: st.dictionaries(st.text(), inner))
    )
    def test_whatever_goes_in_is_read_out_again(self, data):
        html = json_ld(data)
        inside = html.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
        assert not set(inside) & set("<>&")
        assert json.loads(inside) == data


class TestPieces:
    def test_rich_text_is_safe_to_show_and_sanitised_first(self):
        shown = Template("{{ html|rich }}").render(Context({"html": "<p>Hei</p><script>x()</script>"}))
        assert shown == "<p>Hei</p>"
        assert isinstance(rich("<p>Hei</p>"), SafeString)

    def test_an_icon_is_for_the_eye_only_and_its_name_cannot_break_out(self):
        assert icon("phone") == (
            '<svg class="icon" aria-hidden="true" focusable="false">'
            '<use href="/static/icons/sprite.svg#phone"></use></svg>'
        )
        assert '"><script>' not in icon('"><script>')
        assert level_icon(3) == icon("level-3")

    @pytest.mark.parametrize(
        ("name", "number", "words"),
        [
            ("Päivystysapu 116 117", "116 117", "Päivystysapu"),
            ("Medical helpline 116 117 (Päivystysapu)", "116 117", "Medical helpline (Päivystysapu)"),
            ("Nollalinja", "080 005 005", "Nollalinja"),
            ("112", "112", "112"),
            ("Turvakoti", "", "Turvakoti"),
        ],
    )
    def test_a_name_beside_its_number_does_not_repeat_it(self, name, number, words):
        assert beside(name, number) == words

    def test_a_step_is_heard_with_its_number(self):
        with override("en"):
            assert step_words(3) == '<span class="hidden-text">Step 3 of 4: </span>'

    def test_only_steps_that_hold_something_are_shown_and_all_when_none_does(self):
        empty, full = (Section(None, rows, has_more=False) for rows in ([], ["a service"]))
        assert filled([empty, full]) == [full]
        assert filled([empty, empty]) == [empty, empty]

    def test_a_task_in_finnish_counts_for_the_notice(self):
        centre = FamilyCentreFactory.build(area=None, for_families_en="Hello")
        task = Task(name_fi="Nimi", name_en="Name", aim_fi="Tavoite", aim_en="Aim")
        here = LocalTask(how_fi="Näin")
        with override("en"):
            assert not tasks_notice([(task, None)], centre, "for_families")["falls_back"]
            assert tasks_notice([(task, here)], centre, "for_families")["falls_back"]

    @pytest.mark.django_db
    def test_a_card_is_given_the_offering_its_service_and_the_centre(self):
        offering = OfferingFactory()
        assert card({"centre": offering.centre}, offering, heading=2) == {
            "offering": offering,
            "service": offering.service,
            "heading": 2,
            "words": None,
            "centre": offering.centre,
        }


class TestPagination:
    def test_links_keep_the_rest_of_the_query(self, rf):
        page = Paginator(range(100), 10).page(3)
        given_to_template = pagination(
            {"request": rf.get("/", {"q": "äiti & lapsi", "level": ["1", "2"], "page": "3"})}, page
        )
        assert given_to_template["page"] == page
        assert given_to_template["query"] == "q=%C3%A4iti+%26+lapsi&level=1&level=2&"

    def test_many_pages_are_elided(self, rf):
        page = Paginator(range(1000), 10).page(50)
        numbers = list(pagination({"request": rf.get("/")}, page)["numbers"])
        gap = Paginator.ELLIPSIS
        assert numbers == [1, 2, gap, 47, 48, 49, 50, 51, 52, 53, gap, 99, 100]


class TestAddresses:
    def test_an_address_inside_the_centre_needs_no_slug_of_it(self):
        context = {"centre": FamilyCentreFactory.build(area=None, slug="posio")}
        assert centre_url(context, "front") == "/posio/"
        with override("sv"):
            assert centre_url(context, "front") == "/sv/posio/"
        assert centre_url(context, "services:detail", slug="neuvola").startswith("/posio/")
        assert centre_url(context, "services:detail", slug="neuvola").endswith("/neuvola/")

    def test_the_menu_marks_the_page_that_the_reader_is_on_and_the_way_in_above_it(self, rf):
        context = {"centre": FamilyCentreFactory.build(area=None, slug="posio")}
        services = centre_url(context, "services:index")
        on_the_list = main_menu({**context, "request": rf.get(services)})
        assert [item.url for item in on_the_list] == [
            services,
            f"{centre_url(context, 'meetingplaces:index')}#today",
            centre_url(context, "about"),
        ]
        assert [item.current for item in on_the_list] == ["page", "", ""]
        below = main_menu({**context, "request": rf.get(f"{services}neuvola/")})
        assert [item.current for item in below] == ["true", "", ""]
