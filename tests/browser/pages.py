"""One page of the demo content for each template, in the states that look different, and the views to see them in."""

from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, override
from playwright.sync_api import Page

from perhekeskus.addresses import address_in

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@dataclass(frozen=True)
class Sample:
    """A page that stands for its template: the URL's name, the row's slug and centre, the query.

    A row of an annual plan has a year and a number for a slug.
    """

    name: str
    view: str
    slug: str | None = None
    centre: str = "rovaniemi"
    query: str = ""
    status: int = 200
    sensitive: bool = False
    year: int | None = None
    number: int | None = None

    def address(self, language: str) -> str:
        """Path and query in `language`."""
        if self.view in OUTSIDE_CENTRES:
            with override(language):
                return reverse(self.view)
        if self.year is not None:
            parts = {"year": self.year} | ({"number": self.number} if self.number else {})
            with override(language):
                return reverse(self.view, kwargs={"centre": self.centre, **parts}) + self.query
        return address_in(language, self.view, self.centre, self.slug) + self.query

    def __str__(self) -> str:
        return self.name


def said(text: str, language: str = "fi") -> str:
    """What the interface says in `language` for an English `text`."""
    with override(language):
        return gettext(text)


OUTSIDE_CENTRES = ("choose_centre", "account_login")

SAMPLES = [
    Sample("choose centre", "choose_centre"),
    Sample("front", "front"),
    Sample("age group", "age_group", "1-6-vuotiaat", "posio"),
    Sample("young age group", "age_group", "13-17-vuotiaat"),
    Sample("theme", "theme", "vanhemmuus-ja-parisuhde"),
    Sample("sensitive theme", "theme", "lahisuhdevakivalta", sensitive=True),
    Sample("compilation", "collection", "vertaisryhmat"),
    Sample("compilation out of season", "collection", "kesan-kerhot-ja-leirit", "esimerkkila"),
    Sample("services", "services:index"),
    Sample("chosen services", "services:index", query="?age=4&level=2&level=3&page=2"),
    Sample("wrong choice", "services:index", query="?age=nelja&level=3&page=99"),
    Sample("nothing found", "services:index", query="?q=xyzzy"),
    Sample("service", "services:detail", "neuvola", "posio"),
    Sample("service with points", "services:detail", "neuvola", "esimerkkila"),
    Sample("sensitive service", "services:detail", "turvakoti", "esimerkkila", sensitive=True),
    Sample("meeting places", "meetingplaces:index"),
    Sample("chosen meeting places", "meetingplaces:index", query="?age=0&weekday=2"),
    Sample("wrong choice of meeting places", "meetingplaces:index", query="?age=iso"),
    Sample("season of meeting places", "meetingplaces:season", "kevat-2027"),
    Sample("meeting place", "meetingplaces:detail", "perhekahvila-silta", "esimerkkila"),
    Sample(
        "counted at a meeting place",
        "meetingplaces:detail",
        "perhekahvila-silta",
        "esimerkkila",
        "?tap=first",
    ),
    Sample("networks", "networks:index"),
    Sample("chosen networks", "networks:index", query="?age=6&kind=team&q=puhe"),
    Sample("wrong choice of networks", "networks:index", query="?age=iso&tier=kuu&page=99"),
    Sample("no network found", "networks:index", query="?q=xyzzy"),
    Sample("structure of networks", "networks:structure"),
    Sample("network", "networks:detail", "motti"),
    Sample("steering network", "networks:detail", "rohkea"),
    Sample("sensitive network", "networks:detail", "marak", "posio", sensitive=True),
    Sample("network that meets", "networks:detail", "verkostokahvit", "esimerkkila"),
    Sample("meetings", "networks:meetings", centre="esimerkkila"),
    Sample("no meetings", "networks:meetings", centre="posio"),
    Sample("wrong choice of meetings", "networks:meetings", None, "esimerkkila", "?kind=kuu&network=ei-ole"),
    Sample("whom to call", "finder:find"),
    Sample("whom to call, chosen", "finder:find", query="?age=6&theme=vanhemmuus-ja-parisuhde"),
    Sample("whom to call, sensitive", "finder:find", query="?theme=lahisuhdevakivalta", sensitive=True),
    Sample("whom to call, wrong choice", "finder:find", query="?age=iso&theme=ei-ole"),
    Sample("whom to call, nothing found", "finder:find", query="?age=6&q=xyzzy"),
    Sample("annual plan", "annual_plan:detail", centre="posio", year=2026),
    Sample("evaluated annual plan", "annual_plan:detail", centre="posio", year=2025),
    Sample("annual plan with goals and actions", "annual_plan:detail", year=2025),
    Sample("asking for access", "professionals:ask"),
    Sample("all years", "annual_plan:index", centre="posio"),
    Sample("row of a plan", "annual_plan:item", centre="posio", year=2025, number=15),
    Sample("open promise", "annual_plan:item", centre="posio", year=2023, number=21),
    Sample("open promises", "annual_plan:open_promises", centre="rovaniemi"),
    Sample("wrong page of open promises", "annual_plan:open_promises", None, "posio", "?page=99"),
    Sample("unfinished promises", "annual_plan:open_promises", centre="posio"),
    Sample("area's plans", "annual_plan:area", centre="posio"),
    Sample("organisations", "organisations"),
    Sample("organisation", "organisation", "rovaniemen-kaupunki"),
    Sample("about", "about", centre="posio"),
    Sample("help now", "help_now", sensitive=True),
    Sample("accessibility", "accessibility"),
    Sample("privacy", "privacy"),
    Sample("not found", "services:detail", "tata-ei-ole", status=404),
    Sample("sign-in", "account_login"),
]
PUBLIC = [sample for sample in SAMPLES if sample.name != "sign-in"]
IN_CENTRES = [sample for sample in SAMPLES if sample.view not in OUTSIDE_CENTRES]
SENSITIVE = [sample for sample in SAMPLES if sample.sensitive]


@dataclass(frozen=True)
class View:
    """A window and the light it is read in."""

    name: str
    width: int
    height: int
    scheme: Literal["light", "dark"]

    def show(self, page: Page) -> None:
        """Makes the page's window this one, once the page and its stylesheet have come: after a click they lag."""
        page.wait_for_load_state()
        page.set_viewport_size({"width": self.width, "height": self.height})
        page.emulate_media(color_scheme=self.scheme)

    def __str__(self) -> str:
        return self.name


VIEWS = [
    View("wide, light", 1280, 800, "light"),
    View("wide, dark", 1280, 800, "dark"),
    View("narrow, light", 320, 640, "light"),
    View("narrow, dark", 320, 640, "dark"),
]
