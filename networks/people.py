"""The people of a centre, as its directory and its finder show them. Only whoever is let in may (`networks.access`)."""

from django.db.models import Case, Exists, OuterRef, Q, When

from centres.models import Organisation, Topic
from networks.models import Professional
from services.search import folded_names, has_word, named_so, words_of


def people_of(centre, today):
    """Those who stand in the directory of `centre` on the date `today`, each with its organisation and stand-in.

    `has_stand_in` only where the stand-in stands in it too: nobody is shown to readers of another centre.
    """
    here = Professional.objects.in_directory(centre, today)
    stand_in = here.filter(pk=OuterRef("stand_in")).order_by()
    return here.select_related("organisation", "stand_in").annotate(has_stand_in=Exists(stand_in))


def with_stand_ins(people):
    """`people`, fetched from `people_of`, and the stand-ins whose numbers are shown beside theirs."""
    return [*people, *(person.stand_in for person in people if person.has_stand_in)]


# Where words are looked for in a card: in all of it, or in what the person does alone.
EVERYTHING, WORK = "search_fi", "work_fi"


def search_people(queryset, text, named=None, key=EVERYTHING):
    """The people of `queryset` of whom every word of `text` tells.

    A word may stand in their name (but with WORK for a `key`), their profession, what they can be asked, in the name of
    their organisation or of a topic they can be asked about. Case, marks and short words as in `services.search`;
    `named` are the `folded_names` of topics and organisations, where a page has read them already.
    """
    words = words_of(text)
    if not words:
        return queryset.none()
    named = named or folded_names(Topic.objects.all(), Organisation.objects.all())
    for word in words:
        queryset = queryset.filter(_tells(word, named, key))
    return queryset


def _tells(word, named, key):
    topics, organisations = (named_so(word, named[kind]) for kind in ("topic", "organisation"))
    condition = has_word(key, word)
    if topics:
        condition |= Professional.objects.all().condition_about(topics)
    return condition | Q(organisation__in=organisations) if organisations else condition


def best_first(queryset, words="", topics=(), key=EVERYTHING):
    """`queryset` with those first who say `words` of themselves, then those who name most of `topics`; then by name."""
    order = ["sort_fi", "uuid"]
    if topics:
        queryset, order = queryset.with_number_about(topics), ["-number_about", *order]
    says = Q()
    for word in words_of(words):
        says &= has_word(key, word)
    return queryset.order_by(*([Case(When(says, then=0), default=1)] if says else []), *order)
