"""Every piece that pages are put together from, on one page, for those who build and check them."""

from datetime import date, datetime, time

from django.contrib.admin.views.decorators import staff_member_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from annual_plan.models import Outcome
from calendars.opening import Interval, Schedule, Span, SpecialDay, grouped_week, status_at
from calendars.wall_time import HELSINKI
from centres.levels import LevelWords
from centres.models import FamilyCentre, Level, Place
from perhekeskus.sections import Section
from services.detail import Door
from services.models import ONLINE, Contact, Offering, Service, ServicePoint

# A Wednesday: open at noon, closed in the evening.
NOON = datetime(2026, 11, 18, 12, tzinfo=HELSINKI)
EVENING = datetime(2026, 11, 18, 20, tzinfo=HELSINKI)


@staff_member_required
@require_safe
def style_guide(request):
    """The pieces with made-up rows, which are in no database."""
    centre = FamilyCentre(slug="esimerkki", name="Esimerkin perhekeskus", municipality="Esimerkki")
    levels = [LevelWords(level.value, str(level.label)) for level in Level]
    online = LevelWords(ONLINE, _("Support online"))
    offerings = [_offering(centre, level) for level in (1, 2, 3)]
    context = {
        "centre": centre,
        "accents": FamilyCentre.Accent.choices,
        "outcomes": Outcome.choices,
        "offering": offerings[0],
        "steps": {words.level: words for words in levels},
        "levels": [
            Section(words, offerings[: words.level - 1], has_more=words.level == 4) for words in levels
        ],
        "online": Section(online, offerings[:1], has_more=False),
        "contacts": [Contact(kind=kind, value=value, label=label) for kind, value, label in _CONTACTS],
        "doors": [_door(NOON), _door(EVENING)],
        "page": Paginator(range(270), 30).page(4),
        "held_in": (),
    }
    return render(request, "perhekeskus/style_guide.html", context)


_CONTACTS = (
    (Contact.Kind.PHONE, "116111", "Lasten ja nuorten puhelin"),
    (Contact.Kind.PHONE, "0600 12345", "Maksullinen numero"),
    (Contact.Kind.EMAIL, "nimi@example.fi", ""),
    (Contact.Kind.WEB, "https://example.fi/", "Palvelun omat sivut"),
    (Contact.Kind.CHAT, "https://example.fi/chat", "Chat"),
)


def _offering(centre, level):
    service = Service(
        name="Perheiden olohuone",
        summary="Täällä voit leikkiä, jutella ja tavata muita perheitä.",
        level=level,
        charge=Service.Charge.FREE,
        anonymous=True,
        from_month=0,
        to_month=84,
    )
    return Offering(centre=centre, slug=f"esimerkki-{level}", service=service)


def _door(now):
    schedule = Schedule(
        spans=tuple(Span(weekday, time(9), time(15, 30)) for weekday in range(5)),
        special_days=(
            SpecialDay(date(2026, 11, 27), date(2026, 11, 27), (Interval(time(9), time(11)),), "Koulutus"),
        ),
    )
    place = Place(
        name="Perhetalo",
        street_address="Koivukuja 3",
        postcode="00000",
        town="Esimerkki",
        directions="Bussi 8 pysähtyy oven edessä.",
        accessibility="Sisään pääsee ilman portaita.",
    )
    point = ServicePoint(place=place, note="2. kerros, hissi.")
    return Door(point, schedule, status_at(schedule, now), grouped_week(schedule, now.date()))
