"""The languages of a form as tabs: what each says of its version, and what a translator sees beside the text."""

import re
from typing import Any

import pytest
from django.test import Client
from lxml import html

from centres.models import Theme
from centres.versions import VersionState
from services.models import Offering, Service
from tests.admin.forms import address, save
from tests.factories import (
    PASSWORD,
    ContactFactory,
    FamilyCentreFactory,
    MembershipFactory,
    OfferingFactory,
    ServiceFactory,
    ThemeFactory,
    TopicFactory,
)


def change(row: Any) -> str:
    return f"/en{address('change', row, row.pk)}"


def page_of(desk: Client, row: Any) -> Any:
    return html.fromstring(desk.get(change(row)).content.decode())


def tabs(page: Any, prefix: str = "form") -> dict[str, str]:
    """What each tab of the form, or of a row of an inline, says under the name of its language."""
    found = page.xpath(f"//*[@role='tab'][starts-with(@id, '{prefix}-tab-')]")
    return {tab.get("data-language"): tab.xpath("string(*[@class='state'])") for tab in found}


def older_service() -> Service:
    """A service whose Finnish has changed since it was put into Swedish."""
    service = ServiceFactory(name_sv="Rådgivning", summary_sv="Hjälp.")
    service.summary_fi = "Apua ja tukea."
    service.save()
    return service


class TestStates:
    def test_each_tab_says_how_its_version_stands(self, desk: Client):
        service = OfferingFactory(
            service=older_service(), centre__languages=["fi", "fi-simple", "sv", "en"]
        ).service
        service.summary_fi_simple = "Saat apua."
        service.save()

        assert tabs(page_of(desk, service)) == {
            "fi": "the original",
            "fi-simple": "up to date",
            "sv": "older than the Finnish",
            "en": "missing",
            "se": "not published here",
        }

    def test_each_state_but_the_original_has_a_drawing_of_its_own(self, desk: Client):
        page = page_of(desk, OfferingFactory(service=older_service()).service)

        drawings = {
            tab.get("data-language"): tab.xpath("string(svg/use/@href)").partition("#")[2]
            for tab in page.xpath("//*[@role='tab'][starts-with(@id, 'form-tab-')]")
        }
        assert (drawings["fi"], drawings["sv"], drawings["en"]) == ("", "clock-alert", "pencil")

    def test_a_row_that_keeps_no_record_of_its_versions_lacks_what_finnish_has(self, desk: Client):
        topic = TopicFactory(name_sv="Skilsmässa")

        assert tabs(page_of(desk, topic)) == {
            "fi": "the original",
            "fi-simple": "missing",
            "sv": "up to date",
            "en": "missing",
            "se": "missing",
        }

    def test_a_version_without_its_description_is_there_in_part(self, desk: Client):
        service = ServiceFactory(name_sv="Rådgivning", summary_sv="Stöd.", description_fi="<p>Lisää.</p>")

        assert tabs(page_of(desk, service))["sv"] == "partly missing"

    def test_a_row_that_keeps_no_record_may_be_there_in_part_too(self, desk: Client):
        contact = ContactFactory(label_fi="Ajanvaraus", label_sv="Tidsbokning", hours_fi="ma–pe 9–15")

        assert tabs(page_of(desk, contact))["sv"] == "partly missing"
        assert tabs(page_of(desk, contact))["en"] == "missing"

    def test_a_centre_publishes_in_its_own_languages(self, desk: Client):
        centre = FamilyCentreFactory(languages=["fi", "sv"])

        assert tabs(page_of(desk, centre))["en"] == "not published here"
        assert tabs(page_of(desk, ThemeFactory(centre=centre)))["en"] == "not published here"

    def test_a_new_row_has_nothing_to_translate(self, desk: Client):
        page = html.fromstring(desk.get(f"/en{address('add', Theme)}").content.decode())

        assert set(tabs(page).values()) == {"the original", "nothing to translate"}

    def test_a_row_of_an_inline_has_tabs_of_its_own(self, desk: Client):
        offering = OfferingFactory(centre__languages=["fi", "sv"])
        ContactFactory(offering=offering, label_fi="Ajanvaraus", label_sv="Tidsbokning")
        page = page_of(desk, offering)

        assert tabs(page, "contacts-0") == {
            "fi": "the original",
            "fi-simple": "not published here",
            "sv": "up to date",
            "en": "not published here",
            "se": "not published here",
        }
        assert len(tabs(page, "contacts-__prefix__")) == 5

    def test_what_is_the_same_in_every_language_stands_beside_the_tabs(self, desk: Client):
        contact = ContactFactory(offering=OfferingFactory())
        page = page_of(desk, contact.offering)

        assert page.xpath("count(//input[@name='contacts-0-value'])") == 1
        assert page.xpath("//input[@name='contacts-0-value']/ancestor::*[@data-language]") == []
        assert len(page.xpath("//input[@name='contacts-0-label_fi']/ancestor::*[@data-language='fi']")) == 1


class TestForm:
    def test_no_id_stands_twice(self, desk: Client):
        offering = OfferingFactory()
        for _number in range(2):
            ContactFactory(offering=offering)
        for row in (offering, offering.service, offering.centre):
            ids = re.findall(r'\sid="([^"]+)"', desk.get(change(row)).content.decode())
            assert sorted(ids) == sorted(set(ids))

    def test_everything_is_there_without_scripts(self, desk: Client):
        page = page_of(desk, ServiceFactory())

        assert page.xpath("//*[@role='tablist']/@hidden") != []
        assert page.xpath("//*[@class='language-panel']/@hidden") == []
        headings = page.xpath("//*[@class='language-panel']//h2/text()")
        assert [
            each for each in headings if each in ("Plain Finnish", "Swedish", "English", "Northern Sámi")
        ] == [
            "Plain Finnish",
            "Swedish",
            "English",
            "Northern Sámi",
        ]

    def test_the_finnish_stands_beside_its_translation(self, desk: Client):
        service = ServiceFactory(
            summary_fi="Apua <perheille>.",
            description_fi="<p>Tule <strong>heti</strong>.</p><script>x()</script>",
        )
        page = page_of(desk, service)

        summary, description = (
            page.xpath(f"//*[@data-language='sv']//*[contains(@class, 'field-{name}_sv')]//*[@lang='fi']")[0]
            for name in ("summary", "description")
        )
        assert (summary.text, summary.get("data-original")) == ("Apua <perheille>.", "summary_fi")
        assert html.tostring(description[0], encoding="unicode") == "<p>Tule <strong>heti</strong>.</p>"
        assert len(description) == 1

    def test_an_error_opens_its_tab_and_is_told_on_it(self, desk: Client):
        service = ServiceFactory()

        answer = save(desk, change(service), name_en="x" * 121)

        page = html.fromstring(answer.content.decode())
        assert page.xpath("//*[@data-languages]/@data-languages")[0] == "en"
        assert tabs(page)["en"] == "missing, needs correcting"
        assert tabs(page)["sv"] == "missing"

    def test_a_form_without_errors_opens_in_finnish(self, desk: Client):
        page = page_of(desk, OfferingFactory())

        assert set(page.xpath("//@data-languages")) == {"fi"}


class TestVouching:
    def test_an_older_version_can_be_said_to_be_right(self, desk: Client):
        service = older_service()

        answer = save(desk, change(service), vouch_sv="on")

        service.refresh_from_db()
        assert answer.status_code == 302
        assert service.state_in("sv") == VersionState.WHOLE
        assert service.summary_sv == "Hjälp."

    def test_saving_without_a_word_leaves_it_older(self, desk: Client):
        service = older_service()

        save(desk, change(service), level="3")

        service.refresh_from_db()
        assert (service.level, service.state_in("sv")) == (3, VersionState.OLDER)

    def test_the_box_is_there_for_older_versions_alone(self, desk: Client):
        assert page_of(desk, older_service()).xpath("//input[starts-with(@name, 'vouch_')]/@name") == [
            "vouch_sv"
        ]
        assert page_of(desk, ServiceFactory()).xpath("//input[starts-with(@name, 'vouch_')]") == []


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "Families see this now."),
        ({"status": "draft"}, "A draft: families do not see this."),
        ({"published_from": "2027-08-01"}, "Appears on 1.8.2027."),
        ({"published_until": "2026-11-17"}, "Hidden: 17.11.2026 was the last day."),
        ({"published_until": "2026-11-18"}, "Families see this now, until 18.11.2026."),
        (
            {"published_until": "2026-11-18", "published_from": "2027-01-07"},
            "Families see this now, until 18.11.2026, and again from 7.1.2027.",
        ),
        (
            {"published_until": "2026-11-17", "published_from": "2026-11-19"},
            "Hidden: 17.11.2026 was the last day. Comes back on 19.11.2026.",
        ),
        ({"published_until": "2026-05-31", "published_from": "2026-11-18"}, "Families see this now."),
        (
            {"service__status": "draft"},
            "Published, but families do not see this: what it belongs to is hidden, or no centre has it.",
        ),
    ],
)
def test_a_form_says_what_its_status_and_days_mean_now(desk: Client, values: dict[str, str], sentence: str):
    offering = OfferingFactory(**values)

    page = page_of(desk, Offering.objects.get(pk=offering.pk))
    (shown,) = page.xpath("//*[contains(@class, 'field-what_families_see')]//*[@class='readonly']")
    assert shown.text == sentence


class TestReading:
    """Whoever may only read a row reads it in words: no codes of languages, no markup, no reckoning in months."""

    def shared(self) -> Any:
        text = "<p>Tule <strong>käymään</strong>.</p><p>Kahvia on.</p>"
        return ServiceFactory(description_fi=text, description_sv="<p>Kom.</p>", from_month=8, to_month=48)

    def read(self, row: Any) -> Any:
        """The page of `row` as a coordinator has it who may not change it."""
        membership = MembershipFactory(user__is_staff=True)
        client = Client()
        assert client.login(username=membership.user.email, password=PASSWORD)
        return html.fromstring(client.get(f"/en{address('change', row, row.pk)}").content.decode())

    def test_texts_are_called_by_their_language(self, db: None):
        page = self.read(self.shared())

        labels = [label.text_content().strip(": ") for label in page.xpath("//fieldset//label")]
        assert {"Name", "Name in Swedish", "Description in plain Finnish"} <= set(labels)
        assert [label for label in labels if "[" in label] == []

    def test_rich_text_is_read_as_families_read_it(self, db: None):
        page = self.read(self.shared())

        (finnish,) = page.xpath(
            "//div[contains(@class, 'field-description_fi')]//div[@class='readonly'][@lang='fi']"
        )
        assert [paragraph.text_content() for paragraph in finnish.xpath("p")] == [
            "Tule käymään.",
            "Kahvia on.",
        ]
        assert (finnish.get("lang"), finnish.xpath("p/strong/text()")) == ("fi", ["käymään"])

    def test_what_is_dangerous_in_a_text_is_left_out(self, db: None):
        service = self.shared()
        Service.objects.filter(pk=service.pk).update(description_fi="<p>Tule</p><script>alert(1)</script>")

        (finnish,) = self.read(service).xpath(
            "//div[contains(@class, 'field-description_fi')]//div[@class='readonly'][@lang='fi']"
        )
        assert (finnish.text_content(), finnish.xpath(".//script")) == ("Tule", [])

    def test_nobody_is_told_how_to_change_what_they_may_not(self, db: None):
        page = self.read(OfferingFactory(service=self.shared()).service)

        assert page.xpath("//div[@class='word-before']") == []

    def test_ages_are_in_words(self, db: None):
        page = self.read(self.shared())

        ages = page.xpath("//div[contains(@class, 'fieldBox')]//div[@class='readonly']/text()")
        assert ages[:2] == ["8 months", "4 years"]


class TestLocalTexts:
    """On a service's page in one centre: what differs there stands under its heading, after what is the same."""

    HEADING = "Where it differs here"

    def block(self, page: Any) -> Any:
        (block,) = page.xpath(f"//section[.//summary[normalize-space()='{self.HEADING}']]")
        return block

    def test_its_heading_and_guidance_stand_above_its_languages(self, desk: Client):
        block = self.block(page_of(desk, OfferingFactory()))

        (guidance,) = block.xpath("./details/*[@class='description']")
        assert guidance.text.startswith("Leave empty what is the same as everywhere")
        assert block.xpath("./details/*[contains(@class, 'languages')]//*[@role='tab']/@data-language")[
            :3
        ] == [*("fi", "fi-simple", "sv")]
        assert block.xpath(f".//*[@role='tab']/following::*[normalize-space(text())='{self.HEADING}']") == []

    def test_it_comes_after_what_is_the_same_everywhere(self, desk: Client):
        page = page_of(desk, OfferingFactory())

        assert self.block(page).xpath("preceding::*[@name='service-0-summary_sv']")
        assert self.block(page).xpath("following::*[starts-with(@name, 'contacts-')]")

    @pytest.mark.parametrize(
        ("texts", "is_open"), [({}, False), ({"name_fi": "Oma"}, True), ({"how_to_get_sv": "Ring."}, True)]
    )
    def test_it_is_folded_unless_it_holds_something(self, desk: Client, texts: dict[str, str], is_open: bool):
        (details,) = self.block(page_of(desk, OfferingFactory(**texts))).xpath("./details")

        assert ("open" in details.attrib) is is_open

    def test_it_opens_where_something_is_to_be_corrected(self, desk: Client):
        offering = OfferingFactory()

        answer = save(desk, change(offering), name_fi="x" * 300)

        (details,) = self.block(html.fromstring(answer.content.decode())).xpath("./details")
        assert "open" in details.attrib

    def test_whoever_may_only_read_the_service_has_it_too(self, db: None):
        membership = MembershipFactory(user__is_staff=True)
        client = Client()
        assert client.login(username=membership.user.email, password=PASSWORD)

        page = page_of(client, OfferingFactory(centre=membership.centre))

        assert page.xpath("//*[@name='service-0-name_fi']") == []
        assert self.block(page).xpath(".//*[@name='name_fi']")
