"""What is typed at the desk: taken as people write it, and refused in words that say how, beside the field."""

from datetime import date, time
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override
from lxml import html

from centres.models import AgeGroup, Theme
from services.models import Contact, Offering, OpeningSpan, Service, SpecialHours
from tests.admin.forms import address, errors, filled, save
from tests.factories import (
    AgeGroupFactory,
    ContactFactory,
    OfferingFactory,
    OpeningSpanFactory,
    ServiceFactory,
    ServicePointFactory,
    SpecialHoursFactory,
    ThemeFactory,
    TopicFactory,
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
        assert beside(self.contact(desk, kind="", value="", hours_fi="8–15")) == {"value": [NEEDED]}

    @pytest.mark.parametrize(
        ("typed", "kind", "kept"),
        [
            ("040 1234567", "phone", "040 1234567"),
            ("+358 40 123 4567", "phone", "+358 40 123 4567"),
            ("016.322.1234", "phone", "016.322.1234"),
            ("116 111", "phone", "116 111"),
            ("neuvola@posio.fi", "email", "neuvola@posio.fi"),
            ("www.posio.fi", "web", "https://www.posio.fi"),
            ("Posio.fi/neuvola?a=b", "web", "https://Posio.fi/neuvola?a=b"),
            ("http://posio.fi/", "web", "http://posio.fi/"),
        ],
    )
    def test_its_kind_is_told_from_what_is_typed(self, desk: Client, typed: str, kind: str, kept: str):
        assert self.contact(desk, kind="", value=typed).status_code == 302
        contact = Contact.objects.get()
        assert (contact.kind, contact.value) == (kind, kept)

    def test_its_kind_is_told_on_its_own_form_too(self, desk: Client):
        service = ServiceFactory()

        save(desk, f"/en{address('add', Contact)}", service=service.pk, kind="", value="neuvola@posio.fi")

        assert service.contacts.get().kind == "email"

    @pytest.mark.parametrize("typed", ["soita", "12", "neuvola@posio", "@", "040 1234567 arkisin", "posio"])
    def test_a_kind_that_cannot_be_told_is_asked_for(self, desk: Client, typed: str):
        answer = self.contact(desk, kind="", value=typed)

        assert beside(answer) == {"kind": ["Choose what this is: it cannot be told from what you typed."]}
        assert Contact.objects.count() == 0

    def test_a_kind_that_was_chosen_stays(self, desk: Client):
        assert self.contact(desk, kind="chat", value="www.posio.fi").status_code == 302
        assert Contact.objects.get().kind == "chat"

    def test_the_form_says_that_the_kind_may_be_left_empty(self, desk: Client):
        page = desk.get(f"/en{address('add', Contact)}").content.decode()

        assert "Recognised if left empty." in page
        assert "an e-mail and a web address are recognised by themselves" in page


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


class TestAges:
    """They are kept in months, and nobody has to reckon in them."""

    @pytest.mark.parametrize(
        ("first", "under", "months"),
        [
            ("8 kk", "4 v", (8, 48)),
            ("1 år 6 mån", "16-vuotias", (18, 192)),
            ("pregnancy", "", (-9, None)),
            ("", "18 vuotta", (None, 216)),
        ],
    )
    def test_they_are_typed_with_their_unit(
        self, desk: Client, first: str, under: str, months: tuple[int | None, int | None]
    ):
        for row in (AgeGroupFactory(), ServiceFactory()):
            save(desk, change(row), from_month=first, to_month=under)

            row.refresh_from_db()
            assert (row.from_month, row.to_month) == months

    @pytest.mark.parametrize(
        ("language", "words"),
        [("", ("8 kk", "4 v")), ("/sv", ("8 mån", "4 år")), ("/en", ("8 months", "4 years"))],
    )
    def test_the_form_shows_them_in_the_language_of_the_desk_and_saves_them_as_they_were(
        self, desk: Client, language: str, words: tuple[str, str]
    ):
        group = AgeGroupFactory(from_month=8, to_month=48)
        path = language + address("change", group, group.pk)
        shown = filled(desk.get(path))
        assert (shown["from_month"], shown["to_month"]) == ([words[0]], [words[1]])

        save(desk, path)

        group.refresh_from_db()
        assert (group.from_month, group.to_month) == (8, 48)

    def test_a_service_is_asked_for_them_on_the_page_of_its_offering_too(self, desk: Client):
        offering = OfferingFactory()
        save(desk, change(offering), **{"service-0-from_month": "8 kk"})

        offering.service.refresh_from_db()
        assert offering.service.from_month == 8

    @pytest.mark.parametrize("typed", ["7", "vauva", "100 v", "v"])
    def test_what_is_no_age_is_refused_in_plain_words_and_left_as_it_was_typed(
        self, desk: Client, typed: str
    ):
        answer = save(desk, f"/en{address('add', AgeGroup)}", from_month=typed)

        assert beside(answer)["from_month"] == [
            "Write the age with its unit, for example 8 months or 4 years. Ages go from pregnancy to 99 years."
        ]
        assert filled(answer)["from_month"] == [typed]


class TestFaults:
    """What is to be corrected stands on top too, each with the way to its box."""

    def listed(self, answer: Any) -> list[tuple[str, str]]:
        page = html.fromstring(answer.content.decode())
        for link in page.xpath("//ul[@class='faults']//a"):
            assert len(page.xpath(f"//*[@id='{link.get('href')[1:]}']")) == 1, link.get("href")
        return [
            (item.text_content().strip(), item.find("a").get("href"))
            for item in page.xpath("//ul[@class='faults']/li")
        ]

    def test_of_the_form_itself(self, desk: Client):
        answer = save(desk, f"/en{address('add', AgeGroup)}", name_fi="", from_month="7", slug="A b")

        assert [box for _words, box in self.listed(answer)] == [
            *("#id_centre", "#id_name_fi", "#id_slug", "#id_from_month")
        ]
        assert self.listed(answer)[3][0] == (
            "From age: Write the age with its unit, for example 8 months or 4 years. "
            "Ages go from pregnancy to 99 years."
        )

    def test_of_a_row_on_the_form_with_its_kind(self, desk: Client):
        contact = ContactFactory(offering=OfferingFactory(), kind="phone", value="040 123 4567")
        answer = save(desk, change(contact.offering), **{"contacts-0-value": "xyz"})

        ((words, box),) = self.listed(answer)
        assert box == "#id_contacts-0-value"
        assert words.startswith("Contacts: Number or address: ")

    def test_of_boxes_to_tick_the_first_is_where_one_is_led(self, desk: Client):
        TopicFactory()
        answer = save(desk, change(ServiceFactory()), topics="999999")

        assert [box for _words, box in self.listed(answer)] == ["#id_topics_0"]

    def test_a_form_without_any_lists_none(self, desk: Client):
        assert b'faults"' not in desk.get(change(ServiceFactory())).content


class TestBesideTheField:
    def test_ages_that_run_backwards(self, desk: Client):
        sentence = "The upper age must be above the lower one."

        for row in (AgeGroupFactory(), ServiceFactory()):
            answer = save(desk, change(row), from_month="7 v", to_month="12 kk")
            assert beside(answer) == {"to_month": [sentence]}
            assert errors(answer) == [sentence]

    def test_ages_from_before_pregnancy(self, desk: Client):
        answer = save(desk, f"/en{address('add', AgeGroup)}", from_month="-10 months")

        assert beside(answer)["from_month"] == [
            "Write the age with its unit, for example 8 months or 4 years. Ages go from pregnancy to 99 years."
        ]

    def test_a_break_in_summer_is_told_where_the_days_are(self, desk: Client):
        for model in (Service, Offering, Theme):
            assert "For a summer break" in desk.get(f"/en{address('add', model)}").content.decode()


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


def test_a_text_that_is_too_long_is_refused_in_a_plain_sentence(desk: Client):
    service = ServiceFactory(summary_fi="Apua.")

    answer = save(desk, f"/en{address('change', service, service.pk)}", summary_fi="a" * 251)

    assert errors(answer) == ["Here is room for 250 characters, and this has 251. Make it shorter."]
    service.refresh_from_db()
    assert service.summary_fi == "Apua."
