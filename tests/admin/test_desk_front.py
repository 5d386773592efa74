"""The desk's front page: what needs a person, how many rows each, and a list of exactly these."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, ClassVar

import pytest
from dateutil.relativedelta import relativedelta
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db.models import Model
from django.test import Client
from lxml import html

from annual_plan.models import Plan
from centres.languages import column
from centres.models import (
    AgeGroup,
    CheckInterval,
    FamilyCentre,
    Invitation,
    LinkCheck,
    Organisation,
    Place,
    Theme,
)
from meetingplaces.models import MeetingPlace, Season, Session
from networks.models import LocalNetwork, Network
from perhekeskus.desk.front import URGENCY
from perhekeskus.management.commands.make_many import make_many
from services.models import Contact, Offering, Service
from tests.admin.forms import address
from tests.admin.test_finding import cost
from tests.conftest import NOW
from tests.factories import (
    FACTORIES,
    PASSWORD,
    ContactFactory,
    ContinuationFactory,
    FamilyCentreFactory,
    LinkCheckFactory,
    MembershipFactory,
    NetworkLinkFactory,
    OfferingFactory,
    OrganisationFactory,
    PlaceFactory,
    ProfessionalFactory,
    ResponsibleFactory,
    SeatFactory,
    ServiceFactory,
    ServicePointFactory,
    ThemeFactory,
    UserFactory,
)

TODAY = NOW.date()
BROKEN = "https://rikki.example/?a=1&b=2"
LINK = '<p><a href="https://rikki.example/?a=1&amp;b=2">Lue lisää</a></p>'
LANGUAGES = ["fi", "fi-simple", "sv", "en", "se"]
PAIRS = [(pages.model, need) for pages in admin.site._registry.values() for need in pages.needs]

# The texts of each kind that its versions are told by, as the tests fill them in.
TEXTS: dict[type[Model], tuple[str, ...]] = {
    AgeGroup: ("name", "intro"),
    FamilyCentre: ("name", "intro"),
    LocalNetwork: ("name", "how_to_reach"),
    MeetingPlace: ("name", "summary"),
    Network: ("name", "summary", "when_to_turn"),
    Offering: ("name", "how_to_get"),
    Organisation: ("name", "summary"),
    Place: ("name", "directions"),
    Service: ("name", "summary"),
    Theme: ("name", "intro"),
}
# Where each kind holds a link.
LINKING = {
    Contact: {"value": BROKEN},
    FamilyCentre: {"ask_for_help_url": BROKEN},
    LocalNetwork: {"url": BROKEN},
    MeetingPlace: {"url": BROKEN},
    Network: {"purpose_sv": LINK},
    Organisation: {"url": BROKEN},
    Service: {"description_sv": LINK},
}


def translated(model: type[Model], **changes: str) -> Any:
    """A row of `model` with its texts in every language, but `changes`."""
    texts = {column(field, code): f"Sana {code}" for field in TEXTS[model] for code in LANGUAGES}
    return FACTORIES[model](**texts | changes)


def changed(row: Any) -> Any:
    """`row` with another Finnish text than its versions were made from."""
    row.name_fi = "Uusi nimi"
    row.save()
    return row


def changed_or_lacking(model: type[Model]) -> Any:
    """A row that lacks plain Finnish; of a place nothing must be told in it, but what is told may be too old."""
    if model is Place:
        return changed(translated(model))
    return translated(model, **{f"{TEXTS[model][1]}_fi_simple": ""})


def reachable(model: type[Model]) -> Any:
    if model is Service:
        return ContactFactory(service=ServiceFactory(urgent_order=1)).service
    ContactFactory(offering=OfferingFactory())
    ServicePointFactory()
    return OfferingFactory(service=ContactFactory().service)


def can_be_turned_to(model: type[Model]) -> Any:
    """One network for each way, and one that nobody brings cases to, in words or by a text that was taken away."""
    ways = [
        {"how_to_reach_fi": "Soita."},
        {"phone": "040 1234567"},
        {"email": "verkosto@esimerkki.example"},
        {"url": "https://esimerkki.example/"},
        {"network__how_to_bring_fi": "<p>Lomakkeella.</p>"},
        {"network__when_to_turn_fi": ""},
        {"network__when_to_turn_fi": None},
    ]
    return [FACTORIES[model](**way) for way in ways]


def held_by(model: type[Model], person: Any) -> Any:
    """A network with a seat of `person`, and one that nobody holds."""
    row = FACTORIES[model]()
    SeatFactory(local_network=row, person=person)
    SeatFactory(local_network=row)
    return row


def let_in_until(model: type[Model], day: date) -> Any:
    """The card of somebody who is let in to the centre that keeps it until `day`."""
    row = MembershipFactory(role="professional", ends_on=day)
    return FACTORIES[model](home=row.centre, user=row.user, confirmed_on=TODAY)


def row_of_plan(model: type[Model], **said: Any) -> Any:
    """A row of a plan that somebody is responsible for."""
    return ResponsibleFactory(item=FACTORIES[model](**said)).item


def rows_of_plans_in_time(model: type[Model]) -> Any:
    """Rows of this quarter, of the whole year, of a draft, of last year, and one that was evaluated."""
    ways = [
        {"quarter": 4},
        {"quarter": None},
        {"quarter": 1, "plan__phase": "drafting"},
        {"quarter": 1, "plan__year": 2025},
        {"quarter": 1, "outcome": "achieved"},
    ]
    return [row_of_plan(model, **way) for way in ways]


def rows_of_somebody(model: type[Model]) -> Any:
    """A row with somebody responsible, an action of such a goal, one that is achieved, and one of last year."""
    goal = row_of_plan(model, quarter=4)
    return [
        goal,
        FACTORIES[model](plan=goal.plan, kind="action", parent=goal, quarter=4),
        FACTORIES[model](outcome="achieved"),
        FACTORIES[model](plan__year=2025),
    ]


# By the need's slug: a row of a model that has it, and one that hardly has not.
IN_NEED: dict[str, Callable[[type[Model]], Any]] = {
    "links": lambda model: FACTORIES[model](**LINKING[model]),
    "address": lambda model: FamilyCentre.objects.first() or FACTORIES[model](),
    "contact": lambda model: FACTORIES[model](**({"urgent_order": 1} if model is Service else {})),
    "proposal": lambda model: FACTORIES[model](),
    "access": lambda model: FACTORIES[model](),
    "unconfirmed": lambda model: FACTORIES[model](confirmed_on=TODAY - relativedelta(years=1)),
    "renewal": lambda model: let_in_until(model, TODAY + timedelta(days=30)),
    "turning": lambda model: FACTORIES[model](),
    "convener": lambda model: FACTORIES[model](convener=None),
    "left": lambda model: held_by(model, ProfessionalFactory(active=False)),
    "outcome": lambda model: row_of_plan(model, quarter=3),
    "close": lambda model: FACTORIES[model](year=2025),
    "promise": lambda model: FACTORIES[model](plan__year=2025, outcome="partly"),
    "responsible": lambda model: FACTORIES[model](quarter=4),
    "ending": lambda model: FACTORIES[model](published_until=TODAY + timedelta(days=30)),
    "ended": lambda model: FACTORIES[model](published_until=TODAY - timedelta(days=1)),
    "stale": lambda model: FACTORIES[model](reviewed_on=TODAY - relativedelta(months=12)),
    "draft": lambda model: FACTORIES[model](status="draft"),
    "older": lambda model: changed(translated(model)),
    "plain": changed_or_lacking,
    "language": lambda model: translated(model, name_sv=""),
}
ALL_WELL: dict[str, Callable[[type[Model]], Any]] = {
    "links": lambda model: FACTORIES[model](),
    "address": lambda model: FACTORIES[model](coordinator_email="koordinaattori@esimerkki.example"),
    "contact": reachable,
    "proposal": lambda model: FACTORIES[model](answer="accepted"),
    "access": lambda model: FACTORIES[model](state="refused", decided_at=NOW),
    "unconfirmed": lambda model: FACTORIES[model](
        confirmed_on=TODAY - relativedelta(years=1) + timedelta(days=1)
    ),
    "renewal": lambda model: let_in_until(model, TODAY + timedelta(days=31)),
    "turning": can_be_turned_to,
    "convener": lambda model: FACTORIES[model](),
    "left": lambda model: held_by(model, ProfessionalFactory()),
    "outcome": rows_of_plans_in_time,
    "close": lambda model: [FACTORIES[model](), FACTORIES[model](year=2025, phase="evaluated")],
    "promise": lambda model: [
        ContinuationFactory().source,
        FACTORIES[model](plan__year=2025, outcome="achieved"),
        FACTORIES[model](plan__year=2025, outcome="dropped", drop_reason_fi="Ei enää tarvita."),
        FACTORIES[model](plan__year=2025, outcome="partly", drop_reason_fi="Ei enää tarvita."),
        FACTORIES[model](outcome="under-way"),
    ],
    "responsible": rows_of_somebody,
    "ending": lambda model: FACTORIES[model](published_until=TODAY + timedelta(days=31)),
    "ended": lambda model: FACTORIES[model](published_until=TODAY - timedelta(days=31)),
    "stale": lambda model: FACTORIES[model](reviewed_on=TODAY - relativedelta(months=12) + timedelta(days=1)),
    "draft": lambda model: FACTORIES[model](),
    "older": translated,
    "plain": translated,
    "language": translated,
}


@pytest.fixture
def broken(db: None) -> LinkCheck:
    return LinkCheckFactory(url=BROKEN, fault="gone", status=404, in_text=True, first_failed_at=NOW)


def told(desk: Client) -> dict[tuple[str, str], tuple[int, str]]:
    """What the front page tells: number and address by the slug of the need and the kind's name."""
    return {
        (task.need.slug, each.kind): (each.number, each.url)
        for task in desk.get("/hallinta/").context["tasks"]
        for each in task.kinds
    }


def rows(desk: Client, url: str) -> list[Any]:
    return list(desk.get(url).context["cl"].queryset)


@pytest.mark.parametrize(("model", "need"), PAIRS, ids=[f"{m.__name__}-{n.slug}" for m, n in PAIRS])
def test_each_need_is_counted_and_leads_to_exactly_its_rows(
    desk: Client, broken: None, model: Any, need: Any
):
    translated(FamilyCentre)  # shared rows need the languages of any centre
    row = IN_NEED[need.slug](model)
    ALL_WELL[need.slug](model)

    number, url = told(desk)[need.slug, model._meta.verbose_name_plural]

    assert (number, url) == (1, f"{address('changelist', model)}?need={need.slug}")
    assert rows(desk, url) == [row]


def test_every_need_has_its_place_among_the_urgent_ones():
    assert set(URGENCY) == {need for _model, need in PAIRS}
    assert len({need.slug for need in URGENCY}) == len(URGENCY)


def test_the_most_urgent_comes_first(desk: Client, broken: None):
    ThemeFactory(status="draft", reviewed_on=TODAY)
    OfferingFactory(reviewed_on=TODAY, published_until=TODAY)
    ContactFactory(value=BROKEN)

    slugs = [task.need.slug for task in desk.get("/hallinta/").context["tasks"]]

    assert slugs == [need.slug for need in URGENCY if need.slug in slugs]
    assert slugs[:4] == ["links", "contact", "address", "ending"]


def test_a_draft_is_one_task_and_no_other(desk: Client, broken: None):
    ServiceFactory(status="draft", urgent_order=1, description_fi=LINK)

    assert [slug for slug, _kind in told(desk)] == ["draft"]


def test_what_is_over_is_left_in_peace(desk: Client):
    ServiceFactory(published_until=TODAY - timedelta(days=31))

    assert told(desk) == {}


def test_what_comes_back_by_itself_needs_nobody_for_its_end_and_a_check_as_ever(desk: Client):
    back = TODAY + timedelta(days=60)
    for last_day in (TODAY + timedelta(days=1), TODAY - timedelta(days=1), TODAY - timedelta(days=50)):
        ServiceFactory(published_until=last_day, published_from=back)

    assert {slug: number for (slug, _kind), (number, _url) in told(desk).items()} == {"stale": 3}


class TestIntervals:
    def test_a_kind_may_have_its_own(self, desk: Client):
        OrganisationFactory(reviewed_on=TODAY - relativedelta(months=6))
        PlaceFactory(reviewed_on=TODAY - relativedelta(months=6))
        CheckInterval.objects.create(kind="organisation", months=6)

        assert [key for key in told(desk) if key[0] == "stale"] == [("stale", "organisaatiot")]

    def test_what_was_never_checked_is_to_be(self, desk: Client):
        PlaceFactory()

        assert told(desk)["stale", "paikat"][0] == 1


class TestLanguages:
    def lacking(self, desk: Client) -> dict[str, int]:
        return {kind: number for (slug, kind), (number, _url) in told(desk).items() if slug == "language"}

    def test_a_language_that_the_centre_does_not_publish_in_lacks_nobody(self, desk: Client):
        posio = FamilyCentreFactory(languages=["fi", "sv"])
        ThemeFactory(centre=posio, name_sv="Tema")
        ThemeFactory(centre=posio)
        translated(FamilyCentre)

        assert self.lacking(desk) == {"perhekeskukset": 1, "teemat": 1}

    def test_a_shared_row_needs_the_languages_of_any_centre_and_a_kept_one_its_own(self, desk: Client):
        posio = FamilyCentreFactory(languages=["fi"])
        FamilyCentreFactory(languages=["fi", "en"], name_en="Centre")
        PlaceFactory(name_en="Hall")
        shared = PlaceFactory()
        PlaceFactory(home=posio)

        assert self.lacking(desk) == {"paikat": 1}
        assert rows(desk, f"{address('changelist', Place)}?need=language") == [shared]

    @pytest.mark.parametrize(
        ("language", "slug"), [("sv", "language"), ("en", "language"), ("fi_simple", "plain")]
    )
    def test_a_version_that_is_there_in_part_is_not_whole(self, desk: Client, language: str, slug: str):
        translated(FamilyCentre)
        texts = {column("description", code): f"<p>Sana {code}</p>" for code in LANGUAGES}
        translated(Service, **texts)
        service = translated(Service, **texts | {f"description_{language}": ""})

        number, url = told(desk)[slug, "palvelut"]

        assert (number, rows(desk, url)) == (1, [service])

    def test_the_list_says_which_languages_lack_what(self, desk: Client):
        posio = FamilyCentreFactory(languages=["fi", "sv"])
        FamilyCentreFactory(languages=["fi", "en"])
        ThemeFactory(name_fi="Ero", centre=posio)
        PlaceFactory(name_fi="Sali", directions_fi="Sisään.")

        def said(model: type[Model]) -> list[str]:
            page = desk.get(f"/en{address('changelist', model)}?need=language").content.decode()
            return [
                cell.text_content()
                for cell in html.fromstring(page).xpath("//td[contains(@class, 'field-to_mend')]")
            ]

        assert said(Theme) == ["Swedish: missing"]
        assert said(Place) == ["Swedish: missing; English: missing"]

    def test_where_no_centre_publishes_in_it_nothing_lacks(self, desk: Client):
        FamilyCentreFactory(languages=["fi"])
        PlaceFactory()

        assert self.lacking(desk) == {}


class TestPage:
    def test_when_nothing_waits_there_is_one_calm_line(self, desk: Client):
        page = html.fromstring(desk.get("/hallinta/").content.decode())

        (line,) = page.xpath("//section[@aria-labelledby='waiting']//p")
        assert line.text_content() == "Kaikki kunnossa. Mikään ei odota sinua."
        assert page.xpath("//section[@aria-labelledby='waiting']//li") == []

    def test_the_commonest_tasks_and_the_search_lead_where_they_say(self, desk: Client):
        offering = OfferingFactory(service__name_fi="Äitiryhmä")
        OfferingFactory()
        page = html.fromstring(desk.get("/hallinta/").content.decode())

        assert page.xpath("//a[@class='door']/@href") == [
            address("coming", Session),
            address("add", Service),
            address("changelist", Contact),
        ]
        (action,) = page.xpath("//form[@class='finding']/@action")
        assert rows(desk, f"{action}?q=AITI") == [offering]

    def test_a_link_in_a_row_of_its_own_is_told_of_its_network(self, desk: Client, broken: None):
        link = NetworkLinkFactory(url=BROKEN)
        NetworkLinkFactory()

        number, url = told(desk)["links", str(Network._meta.verbose_name_plural)]
        page = html.fromstring(desk.get("/hallinta/linkit/").content.decode())

        assert (number, rows(desk, url)) == (1, [link.network])
        assert page.xpath(f"//a[@href='{address('change', link.network, link.network.pk)}']")

    def test_what_is_done_seldom_is_within_reach_and_quieter(self, desk: Client):
        page = html.fromstring(desk.get("/hallinta/").content.decode())

        assert page.xpath("//ul[@class='side-doors']//a/@href") == [
            f"{address('changelist', Offering)}?need=stale",
            address("add", Invitation),
            address("changelist", FamilyCentre),
            address("coverage_now", Season),
            address("who_sits_where", LocalNetwork),
            address("changelist", Plan),
        ]

    def test_what_was_changed_last_is_a_tap_away(self, desk: Client):
        place = PlaceFactory(name_fi="Monitoimitalo")
        desk.post(address("changelist", place), {"action": "mark_as_checked", "_selected_action": [place.pk]})
        page = html.fromstring(desk.get("/hallinta/").content.decode())

        (link,) = page.xpath("//section[@aria-labelledby='recent']//a")
        assert (link.text, link.get("href")) == ("Monitoimitalo", address("change", place, place.pk))

    def test_a_list_says_what_it_holds_and_what_to_do(self, desk: Client):
        PlaceFactory()
        page = html.fromstring(desk.get(f"/en{address('changelist', Place)}?need=stale").content.decode())

        (said,) = page.xpath("//div[@id='content']/h2")
        assert said.text == (
            "Not checked for a long time. Make sure that all of it still holds, and mark it as checked."
        )

    def test_an_unknown_need_leads_back_to_the_whole_list(self, desk: Client):
        answer = desk.get(f"{address('changelist', Place)}?need=xyzzy")

        assert (answer.status_code, answer["Location"]) == (302, f"{address('changelist', Place)}?e=1")


class TestOneThing:
    """A service that its centre alone gives is one page of two rows: what it needs is told once."""

    BOTH: ClassVar[dict[str, dict[str, Any]]] = {
        "ending": {"published_until": TODAY + timedelta(days=30)},
        "ended": {"published_until": TODAY - timedelta(days=1)},
        "stale": {},
        "draft": {"status": "draft"},
    }

    def own(self, of_service: dict[str, Any], of_offering: dict[str, Any]) -> Any:
        """An offering of a service that its centre keeps."""
        posio = FamilyCentreFactory(languages=["fi"])
        service = {f"service__{name}": value for name, value in ({"home": posio} | of_service).items()}
        return OfferingFactory(centre=posio, **service, **of_offering)

    def listed(self, desk: Client, slug: str) -> list[Any]:
        """The rows of the lists that the counts of a need lead to; each count is right."""
        found = [
            (number, rows(desk, url)) for (each, _kind), (number, url) in told(desk).items() if each == slug
        ]
        assert [number for number, _rows in found] == [len(each) for _number, each in found]
        return [row for _number, each in found for row in each if isinstance(row, Offering | Service)]

    def test_where_both_need_it_the_centres_own_page_is_told_of(self, desk: Client):
        offering = self.own(self.BOTH["stale"], self.BOTH["stale"])

        assert self.listed(desk, "stale") == [offering]

    @pytest.mark.parametrize("slug", ["ending", "ended"])
    def test_the_days_of_each_stand_on_a_form_of_its_own(self, desk: Client, slug: str):
        """Whoever moves the last day of the one has not moved the other's."""
        offering = self.own(self.BOTH[slug], self.BOTH[slug])

        assert self.listed(desk, slug) == [offering, offering.service]

    def test_a_draft_of_both_is_told_of_the_form_that_publishes_both(self, desk: Client):
        offering = self.own(self.BOTH["draft"], self.BOTH["draft"])

        assert self.listed(desk, "draft") == [offering.service]

    def test_without_a_contact_it_is_one_task_on_the_page_of_help_now_too(self, desk: Client):
        offering = self.own({"urgent_order": 1}, {})

        assert self.listed(desk, "contact") == [offering]

    @pytest.mark.parametrize("slug", [*BOTH])
    def test_where_the_service_alone_needs_it_it_is_told_of_that(self, desk: Client, slug: str):
        offering = self.own(self.BOTH[slug], {"reviewed_on": TODAY})

        assert self.listed(desk, slug) == [offering.service]

    @pytest.mark.parametrize("slug", [*BOTH])
    def test_where_the_offering_alone_needs_it_it_is_told_of_that(self, desk: Client, slug: str):
        offering = self.own({"reviewed_on": TODAY}, self.BOTH[slug])

        assert self.listed(desk, slug) == [offering]

    @pytest.mark.parametrize("slug", [*BOTH])
    def test_a_shared_service_is_a_thing_of_its_own(self, desk: Client, slug: str):
        offering = self.own({"home": None} | self.BOTH[slug], self.BOTH[slug])

        assert self.listed(desk, slug) == [offering, offering.service]


class TestScope:
    """A coordinator is told of what is theirs to put right, and of nothing else."""

    @pytest.fixture
    def posio(self, db: None) -> FamilyCentre:
        return translated(FamilyCentre, slug="posio")

    def coordinator(self, posio: FamilyCentre) -> Client:
        membership = MembershipFactory(centre=posio, user__is_staff=True)
        client = Client()
        assert client.login(username=membership.user.email, password=PASSWORD)
        return client

    def test_what_others_keep_and_what_is_shared_does_not_wait_for_them(self, posio: FamilyCentre):
        own = PlaceFactory(home=posio)
        PlaceFactory(home=FamilyCentreFactory())
        PlaceFactory()
        desk = self.coordinator(posio)

        number, url = told(desk)["stale", "paikat"]

        assert number == 1
        assert rows(desk, url) == [own]

    def test_the_notice_is_that_of_their_own_centre(self, posio: FamilyCentre):
        page = html.fromstring(self.coordinator(posio).get("/hallinta/").content.decode())

        _checked, _invitation, notice, *_others = page.xpath("//ul[@class='side-doors']//a/@href")
        path, field = notice.split("#")
        form = html.fromstring(self.coordinator(posio).get(path).content.decode())
        assert path == address("change", posio, posio.pk)
        assert [box.get("name") for box in form.xpath(f"//*[@id='{field}']")] == ["notice_fi"]

    def test_links_of_others_are_not_their_task(self, posio: FamilyCentre, broken: LinkCheck):
        ContactFactory(offering=OfferingFactory(centre=posio, service__name_fi="Neuvola"), value=BROKEN)
        ContactFactory(offering=OfferingFactory(), value=BROKEN)
        ContactFactory(value=BROKEN)

        ((_link, places),) = self.coordinator(posio).get("/hallinta/linkit/").context["links"]

        assert [place.name for place in places] == [f"Neuvola ({posio.municipality})"]

    def test_their_front_page_is_within_the_budget(self, posio: FamilyCentre, broken: LinkCheck):
        for model, need in PAIRS:
            IN_NEED[need.slug](model)

        assert cost(self.coordinator(posio), "/hallinta/") <= 15

    def test_whoever_may_only_read_is_told_of_nothing(self, client: Client, db: None):
        PlaceFactory()
        reader = UserFactory(is_staff=True)
        reader.user_permissions.set(Permission.objects.filter(codename="view_place"))
        assert client.login(username=reader.email, password=PASSWORD)

        page = client.get("/hallinta/")

        shown = [page.context[name] for name in ("tasks", "doors", "side_doors", "finding")]
        assert shown == [[], [], [], ""]


class TestLinks:
    def test_each_broken_link_says_what_is_wrong_and_where_it_stands(self, desk: Client, broken: LinkCheck):
        contact = ContactFactory(service__name_fi="Neuvola", value=BROKEN)
        text = ServiceFactory(name_fi="Perheneuvola", description_en=LINK)
        ContactFactory(value="https://toimii.example/")
        page = html.fromstring(desk.get("/hallinta/linkit/").content.decode())

        (item,) = page.xpath("//li[@class='broken']")
        assert item.xpath("h2/a/@href") == [BROKEN]
        assert item.xpath("p")[0].text_content() == "Sivua ei enää ole (18.11.2026 alkaen)"
        assert [(link.text, link.get("href")) for link in item.xpath("ul/li/a")] == [
            ("Perheneuvola", address("change", text, text.pk)),
            ("Neuvola", address("change", contact, contact.pk)),
        ]

    def test_a_link_that_was_put_right_leaves_at_once(self, desk: Client, broken: LinkCheck):
        contact = ContactFactory(value=BROKEN)
        assert "links" in {slug for slug, _kind in told(desk)}
        contact.value = "https://uusi.example/"
        contact.save()

        assert "links" not in {slug for slug, _kind in told(desk)}
        assert desk.get("/hallinta/linkit/").context["links"] == []

    def test_a_longer_address_is_another_one(self, desk: Client, broken: LinkCheck):
        ServiceFactory(description_fi=LINK.replace("b=2", "b=23"))

        assert desk.get("/hallinta/linkit/").context["links"] == []

    def test_before_the_first_night_it_says_so(self, desk: Client):
        page = desk.get("/en/hallinta/linkit/").content.decode()

        assert "Links have not been tried yet" in page

    def test_it_is_for_the_desk_alone(self, client: Client, db: None):
        assert client.get("/hallinta/linkit/").status_code == 302

    def test_it_costs_the_same_with_many(self, desk: Client, broken: LinkCheck):
        ContactFactory(value=BROKEN)
        one = cost(desk, "/hallinta/linkit/")
        for _number in range(5):
            ContactFactory(value=BROKEN)
            ContactFactory(offering=OfferingFactory(), value=BROKEN)
            ContactFactory(value=LinkCheckFactory(fault="gone").url)

        assert cost(desk, "/hallinta/linkit/") == one <= 15


def test_the_front_page_costs_the_same_with_few_rows_and_with_many(desk: Client, broken: LinkCheck):
    for model, need in PAIRS:
        IN_NEED[need.slug](model)
    few = cost(desk, "/hallinta/")
    make_many(FamilyCentre.objects.all()[0], 60, first=100_000)
    for number in range(3):
        LinkCheckFactory(url=f"{BROKEN}{number}", fault="gone", in_text=True)

    assert cost(desk, "/hallinta/") == few <= 15


@pytest.mark.parametrize(("model", "need"), PAIRS, ids=[f"{m.__name__}-{n.slug}" for m, n in PAIRS])
def test_a_list_of_a_need_is_within_the_budget(desk: Client, broken: None, model: Any, need: Any):
    IN_NEED[need.slug](model)

    assert cost(desk, f"{address('changelist', model)}?need={need.slug}") <= 15
