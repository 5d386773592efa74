"""Many made-up networks, people and meetings of a centre, to measure with (`manage.py make_many`)."""

from datetime import date, time, timedelta

from django.db import connection, transaction

from centres.ages import YEAR
from centres.models import Organisation, SpokenLanguage, Topic
from centres.publishing import Status
from networks.models import LocalNetwork, Meeting, Network, Professional, Seat

BATCH = 500
# A network steers these many: a tree, as in life.
STEERS = 7
SEATS = 3
# Primes, so that no two traits of a row go in step.
SOON = 61
FIRST_DAY = date(2026, 11, 18)
WORDS = ("Lapsi", "Nuori", "Perhe", "Koulu", "Turva", "Arki", "Alku", "Ilta", "Yhteis", "Tuki", "Vanhempi")


@transaction.atomic
def make_many_networks(centre, number, people, *, first):
    """Adds `number` published networks to `centre`, numbered from `first`, and as many `people` as said.

    Each network has SEATS seats, the last of which nobody holds, and one meeting; each person answers about two topics.
    """
    organisations = list(Organisation.objects.order_by("pk")[:20])
    if not organisations:
        return
    cards = _made(Professional, (_person(n, centre, organisations) for n in range(first, first + people)))
    networks = _made(Network, (_network(n) for n in range(first, first + number)))
    for place, network in enumerate(networks):
        network.parent = networks[(place - 1) // STEERS] if place else None
    Network.objects.bulk_update(networks, ["parent"], batch_size=BATCH)
    rows = (_local(n, network, centre, organisations) for n, network in enumerate(networks, first))
    local = _made(LocalNetwork, rows)
    _made(Seat, (seat for n, row in enumerate(local) for seat in _seats(n, row, cards, organisations)))
    _made(Meeting, (_meeting(n, row) for n, row in enumerate(local)))
    for model, tagged, relation, vocabulary in (
        (Network, networks, "topics", Topic),
        (Professional, cards, "topics", Topic),
        (Professional, cards, "languages", SpokenLanguage),
    ):
        _tag(model, tagged, relation, list(vocabulary.objects.order_by("pk")))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # or the planner still thinks that the tables are small


def _made(model, rows):
    return model._default_manager.bulk_create(rows, batch_size=BATCH)


def _person(n, centre, organisations):
    return Professional(
        given_name=f"Etu{n}",
        family_name=f"Suku{n}",
        title_fi=f"{WORDS[n % len(WORDS)]}työntekijä",
        about_fi="Lapsen puheen ja arjen pulmat.",
        organisation=organisations[n % len(organisations)],
        home=centre,
        from_month=n % 13 * YEAR,
        to_month=(n % 13 + 3) * YEAR,
    )


def _network(n):
    return Network(
        slug=f"verkosto-{n}",
        name_fi=f"{WORDS[n % len(WORDS)]}verkosto {n}",
        abbreviation=f"V{n}" if n % 5 == 0 else "",
        summary_fi="Tämä verkosto on keksitty mittausta varten.",
        when_to_turn_fi="<p>Kun oma osaaminen ei riitä.</p>" if n % 2 else "",
        kind=Network.Kind.values[n % len(Network.Kind.values)],
        tier=Network.Tier.values[n % 3 % len(Network.Tier.values)],
        from_month=n % 17 * YEAR,
        to_month=(n % 17 + n % 5 + 1) * YEAR,
        status=Status.PUBLISHED,
    )


def _local(n, network, centre, organisations):
    return LocalNetwork(
        network=network,
        centre=centre,
        slug=network.slug,
        convener=organisations[n % len(organisations)] if n % 11 else None,
        how_to_reach_fi="Soita koollekutsujalle.",
        status=Status.PUBLISHED,
    )


def _seats(n, local, cards, organisations):
    for place in range(SEATS):
        is_held = cards and place < SEATS - 1
        yield Seat(
            local_network=local,
            organisation=organisations[(n + place) % len(organisations)],
            profession_fi="Työntekijä",
            person=cards[(n * SEATS + place) % len(cards)] if is_held else None,
            order=place,
        )


def _meeting(n, local):
    return Meeting(
        local_network=local,
        topic_fi=f"Yhteinen aihe {n}",
        day=FIRST_DAY + timedelta(days=n % SOON),
        starts=time(9),
        ends=time(10),
        is_public=n % 2 == 0,
    )


def _tag(model, rows, relation, words):
    """Two tags for each row, one after the other round the vocabulary `words`."""
    if not words:
        return
    through = getattr(model, relation).through
    own, target = (through._meta.get_field(each._meta.model_name).attname for each in (model, words[0]))
    through.objects.bulk_create(
        (
            through(**{own: row.pk, target: words[(n + step) % len(words)].pk})
            for n, row in enumerate(rows)
            for step in range(min(2, len(words)))
        ),
        batch_size=BATCH,
    )
