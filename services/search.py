"""The door to search: whatever finds rows by words stands behind this one module."""

from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

from centres.folding import fits_of_name, fold
from centres.languages import FINNISH, column
from centres.models import Organisation, Topic
from services.models import Provision, Service

# More words than this say nothing more, and cost the database a comparison each.
MAX_WORDS = 8
# "Ero" is a separation, but also the middle of "erotuomari" and "kerhon verot": short words begin a word.
SHORT = 4


def search(queryset, text):
    """The offerings of `queryset` that hold every word of `text`, in the active language.

    A word may stand in the texts of the service or the offering, in a topic's name, or in the name of an organisation
    that answers for it or produces it. Case and marks do not matter: "aiti" finds "Äiti". A word of up to four
    letters is found where a word begins. A text that is missing in the language counts in Finnish. A text without a
    single letter a–z or digit finds nothing.
    """
    return queryset.filter(matching(text))


def matching(text, named=None):
    """The condition behind `search`, for a list that asks it many times: topics and organisations are read once.

    `named` are their `folded_names`, where a page has read them already.
    """
    words = words_of(text)
    if not words:
        return Q(pk__in=[])
    named = named or folded_names(Topic.objects.all(), Organisation.objects.all())
    condition = Q()
    for word in words:
        condition &= _holds(word, named)
    return condition


def _holds(word, named):
    key = column("search", get_language())
    topics, organisations = (named_so(word, named[kind]) for kind in ("topic", "organisation"))
    condition = has_word(key, word) | has_word(f"service__{key}", word)
    if topics:
        tags = Service.topics.through.objects.filter(service=OuterRef("service_id"), topic__in=topics)
        condition |= Q(Exists(tags.order_by()))
    if organisations:
        mine = Q(offering=OuterRef("pk")) | Q(service=OuterRef("service_id"))
        condition |= Q(Exists(Provision.objects.filter(mine, organisation__in=organisations).order_by()))
    return condition


def words_of(text):
    """The words to look for in `text`, folded; none where it holds no letter or digit."""
    return fold(text).split()[:MAX_WORDS]


def has_word(key, word):
    """The condition that the folded column `key` holds `word`; a short one, that a word begins with it."""
    if len(word) > SHORT:
        return Q(**{f"{key}__contains": word})
    return Q(**{f"{key}__startswith": word}) | Q(**{f"{key}__contains": f" {word}"})


def has_whole_words(keys, text):
    """The condition that each word of `text` stands whole in one of the folded columns `keys`: no "puhelin" for "puhe".

    What a longer word ends with is whole, too: an "äitiysneuvola" is a "neuvola". As in `has_word`, no short one.
    """
    words = words_of(text)
    condition = Q() if words else Q(pk__in=[])
    for word in words:
        start = "" if len(word) > SHORT else " "
        whole = Q()
        for key in keys:
            whole |= Q(**{key: word}) | Q(**{f"{key}__startswith": f"{word} "})
            whole |= Q(**{f"{key}__contains": f"{start}{word} "}) | Q(
                **{f"{key}__endswith": f"{start}{word}"}
            )
        condition &= whole
    return condition


def in_order_of_match(queryset, name, fits, whole):
    """`queryset` with those first that are `whole` (a condition); then by the first of `fits` (conditions, best first)
    that is true of them, then by the column `name`.
    """
    is_loose = Case(When(whole, then=0), default=1)
    rank = Case(*(When(fit, then=number) for number, fit in enumerate(fits)), default=len(fits))
    return queryset.order_by(is_loose, rank, name, "pk")


def folded_names(*querysets):
    """The folded names, in the active language and in Finnish, of every row of `querysets`: one query.

    Gives pairs of a key and the names by the name of the model: ``{"topic": [(1, "ero skilsmassa")]}``.
    """
    languages = dict.fromkeys((get_language(), FINNISH))
    columns = [column("name", code) for code in languages]
    kinds = [rows.model._meta.model_name for rows in querysets]
    first, *others = (
        rows.order_by().values_list(Value(kind), "id", *columns)
        for kind, rows in zip(kinds, querysets, strict=True)
    )
    named = {kind: [] for kind in kinds}
    for kind, pk, *names in first.union(*others, all=True).order_by("id"):
        named[kind].append((pk, fold(" ".join(filter(None, names)))))
    return named


def named_so(word, rows):
    """The keys of those `rows` of `folded_names` whose name holds `word`, as `has_word` says it."""
    return [pk for pk, names in rows if _is_in(word, names)]


def _is_in(word, folded):
    return f" {word}" in f" {folded}" or (len(word) > SHORT and word in folded)


def best_match_first(queryset, text, language):
    """`queryset` with the offerings first whose name begins with `text`, then those that hold it in their name, then
    those that are also called so, then those that say it in one sentence; words that are only begun stand last.
    """
    sort = column("sort", language)
    name = Coalesce(NullIf(sort, Value("")), f"service__{sort}")
    of_name = fits_of_name("name_key", text)
    fits = [
        *of_name,
        Q(**{f"service__{column('keywords', language)}__icontains": text}),
        Q(**{f"service__{column('summary', language)}__icontains": text}),
    ]
    whole = whole_words_of_offerings(text, language)
    for begins in of_name[:3]:
        whole |= begins
    return in_order_of_match(queryset.annotate(name_key=name), "name_key", fits, whole)


def whole_words_of_offerings(text, language):
    """The condition that the texts of an offering or its service hold each word of `text` whole."""
    key = column("search", language)
    return has_whole_words([key, f"service__{key}"], text)
