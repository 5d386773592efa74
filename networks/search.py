"""The door to search among networks: the same words as in `services.search`, by the same rules."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import get_language

from centres.folding import fits_of_name
from centres.languages import column
from centres.models import Organisation, Topic
from networks.models import Network, Seat
from services.search import folded_names, has_whole_words, has_word, in_order_of_match, named_so, words_of


def search(queryset, text, named=None):
    """The local networks of `queryset` that hold every word of `text`, in the active language.

    A word may stand in the texts of the network, in its local name, in a topic's name, or in the name of an
    organisation that convenes it or sits in it. Case, marks, short words and missing texts as in `services.search`.
    `named` is what `names_around` gives, where a page has asked it already.
    """
    words = words_of(text)
    if not words:
        return queryset.none()
    named = named or names_around(queryset)
    for word in words:
        queryset = queryset.filter(_holds(word, named))
    return queryset


def names_around(queryset):
    """The folded names that `search` looks into besides texts: of topics, organisations, and local ones."""
    return folded_names(Topic.objects.all(), Organisation.objects.all(), queryset.filter(name_fi__gt=""))


def _holds(word, named):
    condition = has_word(f"network__{column('search', get_language())}", word)
    topics, organisations, here = (
        named_so(word, named[kind]) for kind in ("topic", "organisation", "localnetwork")
    )
    if topics:
        tags = Network.topics.through.objects.filter(network=OuterRef("network_id"), topic__in=topics)
        condition |= Q(Exists(tags.order_by()))
    if organisations:
        seats = Seat.objects.filter(local_network=OuterRef("pk"), organisation__in=organisations)
        condition |= Q(convener__in=organisations) | Q(Exists(seats.order_by()))
    return condition | Q(pk__in=here) if here else condition


def best_match_first(queryset, text, language):
    """`queryset` with those first that are called `text` for short, then by how well their names fit it."""
    key = f"network__{column('sort', language)}"
    fits = [
        Q(network__abbreviation__iexact=text.strip()),
        *fits_of_name(key, text),
        Q(**{f"network__{column('keywords', language)}__icontains": text}),
        Q(**{f"network__{column('summary', language)}__icontains": text}),
    ]
    whole = Q(network__abbreviation__iexact=text.strip())
    whole |= has_whole_words([f"network__{column('search', language)}"], text)
    return in_order_of_match(queryset, key, fits, whole)
