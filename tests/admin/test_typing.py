"""What is typed at the desk: taken as people write it, and refused in words that say how, beside the field."""

from datetime import date, time
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from centres.models import AgeGroup, Theme
from services.models import Contact, Offering, OpeningSpan, Service, SpecialHours
from tests.admin.forms import address, errors, filled, save
from tests.factories import (
    AgeGroupFactory,
    OfferingFactory,
    OpeningSpanFactory,
    ServiceFactory,
    ServicePointFactory,
    SpecialHoursFactory,
    ThemeFactory,
)

SLUG = (
    "Use only small letters a–z, digits and hyphens, for example mothers-group. "
    "No letters with dots or marks, and no spaces."
)
ADDRESS = "Write the whole address, for example https://www.posio.fi."
NEEDED = "This field is required."


def change(row: Any) -> str:
    return f"/en{address('change', row, row.pk)}"


def beside(answer: Any) -> dict[str, list[str]]:
    """What the form and its inlines complain of, by field."""
    forms = [answer.context["adminform"].form]
    forms += [form for formset in answer.context["inline_admin_formsets"] for form in formset.formset.forms]
    return {name: [str(each) for each in found] for form in forms for name, found in form.errors.items()}


class TestNameInAddress:
    @pytest.mark.parametrize(
        "slug", ["Äiti", "aiti ryhma", "AITI", "aiti_ryhma", "-aiti", "aiti-", "a--b", "äiti ryhmä"]
    )
    def test_it_is_refused_in_one_sentence(self, desk: Client, slug: str):
        for row in (ServiceFactory(), ThemeFactory()):
            assert beside(save(desk, change(row), slug=slug)) == {"slug": [SLUG]}

    def test_the_form_says_where_it_is_seen(self, desk: Client):
        page = desk.get(f"/en{address('add', Service)}").content.decode()

        assert "Seen in the page's address, for example mothers-group." in page

    def test_another_service_has_it_already(self, desk: Client):
        ServiceFactory(slug="neuvola")

        answer = save(desk, change(ServiceFactory()), slug="neuvola")

        assert beside(answer) == {
            "slug": ["Another page has this name in its address already. Choose another one."]
        }

    def test_another_row_of_the_centre_has_it_already(self, desk: Client):
        first = OfferingFactory(slug="neuvola")

        answer = save(desk, change(OfferingFactory(centre=first.centre)), slug="neuvola")

        assert beside(answer) == {"slug": ["This centre has a row with this name in its address already."]}


class TestContact:
    def contact(self, desk: Client, **values: str) -> Any:
        row = {f"contacts-0-{name}": value for name, value in ({"order": "0"} | values).items()}
        return save(desk, change(ServiceFactory()), **{"contacts-TOTAL_FORMS": "1"}, **row)

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("www.posio.fi", "https://www.posio.fi"),
            ("posio.fi/neuvola?a=b", "https://posio.fi/neuvola?a=b"),
            ("http://posio.fi/", "http://posio.fi/"),
        ],
    )
    def test_a_web_address_is_completed(self, desk: Client, typed: str, kept: str):
        assert self.contact(desk, kind="web", value=typed).status_code == 302
        assert Contact.objects.get().value == kept

    @pytest.mark.parametrize(
        "typed", ["posio", "katso www.posio.fi", "javascript:alert(1)", "ftp://posio.fi/", "112"]
    )
    def test_what_is_no_web_address_is_refused_in_words(self, desk: Client, typed: str):
        assert beside(self.contact(desk, kind="web", value=typed)) == {"value": [ADDRESS]}

    def test_an_address_that_grows_too_long_is_refused(self, desk: Client):
        (message,) = beside(self.contact(desk, kind="web", value=f"posio.fi/{'a' * 490}"))["value"]

        assert message.startswith("Ensure this value has at most 500 characters")

    @pytest.mark.parametrize("typed", ["040 123 4567 arkisin 8–15", "040 1234567, 016 1234567", "12"])
    def test_a_number_with_other_text_is_refused_in_words(self, desk: Client, typed: str):
        (message,) = beside(self.contact(desk, kind="phone", value=typed))["value"]

        assert message.startswith("This number does not work. Write one number and no other text")

    def test_what_is_empty_is_told_once(self, desk: Client):
        assert beside(self.contact(desk, kind="phone", value="")) == {"value": [NEEDED]}
        assert beside(self.contact(desk, kind="", value="040 1234567")) == {"kind": [NEEDED]}


class TestHours:
    def hours(self, desk: Client, language: str, opens: str, closes: str) -> Any:
        row = {"spans-0-weekday": "0", "spans-0-opens": opens, "spans-0-closes": closes}
        point = ServicePointFactory()
        return save(
            desk, f"{language}{address('change', point, point.pk)}", **{"spans-TOTAL_FORMS": "1"}, **row
        )

    @pytest.mark.parametrize("language", ["", "/en", "/sv"])
    @pytest.mark.parametrize(
        ("opens", "closes"), [("9", "16.30"), ("9,00", "16,30"), ("9:00", "16:30"), ("09.00", "16.30")]
    )
    def test_they_are_taken_as_people_write_them(self, desk: Client, language: str, opens: str, closes: str):
        assert self.hours(desk, language, opens, closes).status_code == 302
        span = OpeningSpan.objects.get()
        assert (span.opens, span.closes) == (time(9), time(16, 30))

    def test_others_are_refused_in_words(self, desk: Client):
        answer = self.hours(desk, "/en", "yhdeksän", "25")

        assert beside(answer) == {name: ["Write the time like this: 9.00."] for name in ("opens", "closes")}

    def test_hours_that_run_backwards_are_told_beside_the_end(self, desk: Client):
        answer = self.hours(desk, "/en", "16", "9")

        assert beside(answer) == {
            "closes": ["Closing time must be after opening time. Split hours that pass midnight."]
        }

    def test_they_are_typed_on_the_pad_of_numbers_without_a_clock(self, desk: Client):
        point = ServicePointFactory()
        page = desk.get(address("change", point, point.pk)).content.decode()

        assert page.count('inputmode="decimal"') >= 2
        assert "vTimeField" not in page

    def test_they_are_called_by_day_and_time(self):
        span = OpeningSpanFactory.build(opens=time(9, 30), closes=time(11, 30), point=None)
        for language, words in (("fi", "maanantai 9.30–11.30"), ("en", "Monday 09:30–11:30")):
            with override(language):
                assert str(span) == words


class TestExceptions:
    def exception(self, desk: Client, **days: str) -> Any:
        row = {f"special_hours-0-{name}": value for name, value in days.items()}
        return save(desk, change(ServicePointFactory()), **{"special_hours-TOTAL_FORMS": "1"}, **row)

    def test_one_day_is_written_once(self, desk: Client):
        assert self.exception(desk, first_day="24.12.2026").status_code == 302
        hours = SpecialHours.objects.get()
        assert (hours.first_day, hours.last_day) == (date(2026, 12, 24), date(2026, 12, 24))

    def test_a_date_without_its_year_is_refused_in_words(self, desk: Client):
        answer = self.exception(desk, first_day="24.12.")

        assert beside(answer) == {"first_day": ["Write the date with its year, for example 1.6.2027."]}

    def test_days_that_run_backwards_are_told_beside_the_last(self, desk: Client):
        answer = self.exception(desk, first_day="24.12.2026", last_day="1.12.2026")

        assert beside(answer) == {"last_day": ["The last day cannot be before the first."]}

    @pytest.mark.parametrize(
        ("last_day", "words"),
        [(date(2026, 12, 24), "24.12.2026"), (date(2026, 12, 26), "24.12.2026–26.12.2026")],
    )
    def test_they_are_called_by_their_days(self, last_day: date, words: str):
        assert str(SpecialHoursFactory.build(last_day=last_day, point=None)) == words


class TestBesideTheField:
    def test_ages_that_run_backwards(self, desk: Client):
        sentence = "The upper age must be above the lower one."

        for row in (AgeGroupFactory(), ServiceFactory()):
            answer = save(desk, change(row), from_month="84", to_month="12")
            assert beside(answer) == {"to_month": [sentence]}
            assert errors(answer) == [sentence]

    def test_ages_from_before_pregnancy(self, desk: Client):
        answer = save(desk, f"/en{address('add', AgeGroup)}", from_month="-10")

        assert beside(answer)["from_month"] == ["Ages start from pregnancy, which is -9 months."]

    def test_days_shown_that_run_backwards(self, desk: Client):
        answer = save(desk, change(ThemeFactory()), published_from="2.6.2026", published_until="1.6.2026")

        assert beside(answer) == {"published_until": ["The last day shown cannot be before the first."]}

    def test_a_break_in_summer_is_told_where_the_days_are(self, desk: Client):
        for model in (Service, Offering, Theme):
            assert "Before a summer break" in desk.get(f"/en{address('add', model)}").content.decode()


def test_contacts_and_service_points_lie_open_on_the_form(desk: Client):
    offering = OfferingFactory()
    page = desk.get(address("change", offering, offering.pk)).content.decode()

    for rows in ("contacts", "points"):
        assert f'<fieldset class="module " aria-labelledby="{rows}-heading">' in page
    assert filled(desk.get(address("change", offering, offering.pk)))["contacts-TOTAL_FORMS"] == ["0"]


def test_each_button_says_what_it_adds(desk: Client):
    page = desk.get(f"/en{address('add', Service)}").content.decode()

    for words in ("Add a contact", "Add a provider", "Add a centre"):
        assert f"&quot;addText&quot;: &quot;{words}&quot;" in page
