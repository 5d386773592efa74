"""What about a row needs a person: said once, for the desk's counts, its lists and the tests.

A `Need` is a condition on the rows of a model; a `Measure` is what the condition goes by on a day. Which needs the
rows of a model can have stands on its ModelAdmin (`needs`), in any order: the desk knows what is most urgent.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from centres.languages import column
from centres.models import CheckInterval, FamilyCentre, LinkCheck
from centres.publishing import Published, Status, has_a_break
from centres.richtext import RichTextField, address_in_html
from centres.versions import OTHER_LANGUAGES, PLAIN_FINNISH, VersionState
from centres.webfield import WebField

# Days: what ends within these, or ended within these, is told.
SOON = timedelta(days=30)
NEVER = Q(pk__in=[])


@dataclass(frozen=True)
class Measure:
    """What rows are measured by on the date `today`.

    `months` is how long each kind of row counts as checked, by the name of its model; `publishing` are the keys of the
    centres that publish in each language; `broken_in_texts` are the broken links that stand in rich text.
    """

    today: date
    months: dict[str, int]
    publishing: dict[str, list[int]]
    broken_in_texts: list[str]

    @classmethod
    def on(cls, today):
        """As the database says it: three queries."""
        publishing: dict[str, list[int]] = {}
        for pk, languages in FamilyCentre.objects.values_list("pk", "languages"):
            for code in languages:
                publishing.setdefault(code, []).append(pk)
        return cls(
            today=today,
            months=dict(CheckInterval.objects.values_list("kind", "months")),
            publishing=publishing,
            broken_in_texts=list(
                LinkCheck.objects.broken().filter(in_text=True).values_list("url", flat=True)
            ),
        )


@dataclass(frozen=True)
class Need:
    """Something that only a person can put right. `slug` is its name in addresses (``?need=stale``).

    `condition` takes a model and a `Measure` and gives the rows that need it as a Q without joins to many rows.
    """

    slug: str
    title: Any
    guidance: Any
    condition: Callable[[type[Model], Measure], Q]


def standing(model, today):
    """The condition that families see a row of `model` on the date `today`, or will: no draft, and not over for good.

    Other needs are told of these alone: a draft is one task, not five.
    """
    fields = {field.name for field in model._meta.fields}
    condition = Q(status=Status.PUBLISHED) if "status" in fields else Q()
    if issubclass(model, Published):
        condition &= Q(published_until=None) | Q(published_until__gte=today) | has_a_break()
    return condition


def _is_draft(model, measure):
    return Q(status=Status.DRAFT)


def _ends_soon(model, measure):
    return standing(model, measure.today) & Q(published_until__lte=measure.today + SOON) & ~has_a_break()


def _has_ended(model, measure):
    lately = Q(published_until__gte=measure.today - SOON, published_until__lt=measure.today)
    return Q(status=Status.PUBLISHED) & lately & ~has_a_break()


def _is_stale(model, measure):
    months = measure.months.get(model._meta.model_name, CheckInterval.MONTHS)
    long_ago = Q(reviewed_on__lte=measure.today - relativedelta(months=months))
    return standing(model, measure.today) & (Q(reviewed_on=None) | long_ago)


def _leads_nowhere(model, measure):
    broken = LinkCheck.objects.broken().order_by().values("url")
    condition = NEVER
    for name in web_columns(model):
        condition |= Q(**{f"{name}__in": broken})
    for name in rich_columns(model):
        for url in measure.broken_in_texts:
            condition |= Q(**{f"{name}__contains": address_in_html(url)})
    return standing(model, measure.today) & condition


def _published_in(model, centres):
    """The condition that a row is of one of `centres` (keys), or shared by all and there is one."""
    if not centres:
        return NEVER
    fields = {field.name for field in model._meta.fields}
    if "home" in fields:
        return Q(home=None) | Q(home__in=centres)
    return Q(centre__in=centres) if "centre" in fields else Q(pk__in=centres)


def _has_no_address(model, measure):
    return standing(model, measure.today) & Q(coordinator_email="")


def _in_state(states, languages):
    """The condition of a need: a version is in one of `states`, in one of `languages` that its centre publishes in."""

    def condition(model, measure):
        versions = NEVER
        for code in languages:
            is_so = Q(**{f"{column('state', code)}__in": states})
            versions |= is_so & _published_in(model, measure.publishing.get(code))
        return standing(model, measure.today) & versions

    return condition


def web_columns(model):
    """The columns of `model` that may hold one web address each."""
    own = getattr(model, "web_columns", None)
    return own or [field.name for field in model._meta.concrete_fields if isinstance(field, WebField)]


def rich_columns(model):
    """The columns of `model` that hold rich text, with links in it, one for each language."""
    return [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, RichTextField) and hasattr(field, "translated_field")
    ]


NOBODY_TO_WRITE_TO = Need(
    "address",
    _("Readers have nobody to write to"),
    _("Give the coordinator's e-mail address: many pages end with it, and requests for access come there."),
    _has_no_address,
)
LINKS = Need(
    "links",
    _("Links that lead nowhere"),
    _("A family that follows these finds nothing. Give the new address, or take the link away."),
    _leads_nowhere,
)
ENDING = Need(
    "ending",
    _("Soon no longer shown"),
    _("Their last day is within 30 days. Does it hold, or do they go on?"),
    _ends_soon,
)
ENDED = Need(
    "ended",
    _("No longer shown"),
    _("Their last day was within the last 30 days. Will they come back? Then say from which day on."),
    _has_ended,
)
STALE = Need(
    "stale",
    _("Not checked for a long time"),
    _("Make sure that all of it still holds, and mark it as checked."),
    _is_stale,
)
DRAFT = Need(
    "draft",
    _("Drafts"),
    _("Families do not see these. Finish and publish them, or delete them."),
    _is_draft,
)
PLAIN = Need(
    "plain",
    _("Plain Finnish missing, in part or wholly, or older than the Finnish text"),
    _("Whoever reads Finnish with effort needs these texts in short and familiar words."),
    _in_state([VersionState.MISSING, VersionState.PARTLY, VersionState.OLDER], [PLAIN_FINNISH]),
)
_FOREIGN = [code for code in OTHER_LANGUAGES if code != PLAIN_FINNISH]
MISSING = Need(
    "language",
    _("A language is missing, in part or wholly"),
    _(
        "The centre publishes in a language that these are not wholly in yet: families read the rest in Finnish."
    ),
    _in_state([VersionState.MISSING, VersionState.PARTLY], _FOREIGN),
)
OLDER = Need(
    "older",
    _("A translation is older than the Finnish text"),
    _("The Finnish was changed, and the translation still says what it said before."),
    _in_state([VersionState.OLDER], _FOREIGN),
)
# Those that every row with language versions may have.
OF_VERSIONS = [OLDER, PLAIN, MISSING]
