"""Each option says how many offerings choosing it would really leave."""

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from centres.models import Level, Sector, SpokenLanguage, Topic, Way
from services.facets import Option, facets
from services.filters import Choices, OfferingFilter
from services.models import ONLINE, Offering, Service
from tests.factories import (
    AgeGroupFactory,
    FamilyCentreFactory,
    OfferingFactory,
    ServiceFactory,
    SpokenLanguageFactory,
    ThemeFactory,
    TopicFactory,
    WayFactory,
)

pytestmark = pytest.mark.django_db

PLAIN = {"ages": (0, 84), "level": 2, "sector": "health", "charge": "free", "name_fi": "Neuvola"} | {
    key: set() for key in ("topics", "ways", "languages")
}
GROUPS = {
    "odotus": (-9, 0),
    "vauvat": (0, 12),
    "leikki": (12, 84),
    "nuoret": (156, None),
    "kaikki": (None, None),
}
THEMES = {
    "ero": (["t0"], []),
    "ryhmat": ([], ["w0"]),
    "molemmat": (["t0", "t1"], ["w0", "w1"]),
    "avoin": ([], []),
}
AGES = [(None, None), (-9, 0), (0, 12), (0, 84), (12, None), (None, 24), (84, 156), (156, 216)]
TAGS = {"topics": ["t0", "t1", "t2"], "ways": ["w0", "w1"], "languages": ["l0", "l1"]}
VALUES = {
    "group": list(GROUPS),
    "theme": list(THEMES),
    "level": [str(step) for step in (*Level.values, ONLINE)],
    "way": TAGS["ways"],
    "sector": list(Sector.values),
    "language": TAGS["languages"],
    "free": ["on"],
}
ONE_ONLY = {"group", "theme", "free"}

services = st.fixed_dictionaries(
    {
        "ages": st.sampled_from(AGES),
        "level": st.sampled_from(Level.values),
        "online_support": st.booleans(),
        "sector": st.sampled_from(Sector.values),
        "charge": st.sampled_from(["", *Service.Charge.values]),
        "name_fi": st.sampled_from(["Neuvola", "Äitikerho"]),
        **{name: st.sets(st.sampled_from(slugs)) for name, slugs in TAGS.items()},
    }
)
queries = st.fixed_dictionaries(
    {},
    optional={
        **{
            name: st.lists(
                st.sampled_from(values), min_size=1, max_size=1 if name in ONE_ONLY else 2, unique=True
            )
            for name, values in VALUES.items()
        },
        "age": st.sampled_from([["0"], ["1"], ["7"], ["13"], ["30"]]),
        "q": st.sampled_from([["neuvola"], ["aiti"], ["!"]]),
    },
)


@pytest.fixture
def centre():
    """A centre with windows of every kind, and no services yet."""
    centre = FamilyCentreFactory()
    topics = {slug: TopicFactory(slug=slug) for slug in TAGS["topics"]}
    ways = {slug: WayFactory(slug=slug, name_fi=f"Tapa {slug}") for slug in TAGS["ways"]}
    for slug in TAGS["languages"]:
        SpokenLanguageFactory(slug=slug)
    for slug, (from_month, to_month) in GROUPS.items():
        AgeGroupFactory(centre=centre, slug=slug, from_month=from_month, to_month=to_month)
    for slug, (about, given_in) in THEMES.items():
        ThemeFactory(
            centre=centre,
            slug=slug,
            topics=[topics[key] for key in about],
            ways=[ways[key] for key in given_in],
        )
    return centre


def offer(centre, told):
    """Offers the services that are `told`, and nothing else, in `centre`."""
    Service.objects.all().delete()
    tags = {"topics": Topic, "ways": Way, "languages": SpokenLanguage}
    tags = {name: {row.slug: row for row in model.objects.all()} for name, model in tags.items()}
    for service in told:
        from_month, to_month = service["ages"]
        rows = {name: [known[slug] for slug in sorted(service[name])] for name, known in tags.items()}
        plain = {name: service[name] for name in ("level", "sector", "charge", "name_fi")}
        plain["online_support"] = service.get("online_support", False)
        OfferingFactory(
            centre=centre, service=ServiceFactory(from_month=from_month, to_month=to_month, **plain, **rows)
        )


@pytest.fixture
def filterset_of(centre, today):
    """Call it with a query, ``{name: [value, …]}``: the filters of the centre's list."""
    choices = Choices.of_centre(centre, today)

    def filterset_of(query):
        address = QueryDict(mutable=True)
        for name, values in query.items():
            address.setlist(name, values)
        offerings = Offering.objects.public(today).in_centre(centre)
        return OfferingFilter(address, offerings, choices=choices, reader_language="fi")

    return filterset_of


@given(told=st.lists(services, min_size=1, max_size=6), query=queries)
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_option_counts_what_choosing_it_leaves(centre, filterset_of, told, query):
    offer(centre, told)
    counted, total = facets(filterset_of(query))
    assert total == filterset_of(query).narrowed().count()
    assert [facet.name for facet in counted] == list(VALUES)
    for facet in counted:
        shown = {option.value: option.count for option in facet.options}
        left = {
            value: filterset_of(query | {facet.name: [value]}).narrowed().count()
            for value in VALUES[facet.name]
        }
        chosen = query.get(facet.name, [])
        assert shown == {value: count for value, count in left.items() if count or value in chosen}
        assert [option.value for option in facet.chosen] == [value for value in shown if value in chosen]


class TestOptions:
    def facet(self, filterset_of, name, query):
        counted, _total = facets(filterset_of(query))
        return next(facet for facet in counted if facet.name == name)

    def test_an_option_has_its_value_its_words_its_count_and_whether_it_is_chosen(self, centre, filterset_of):
        told = {"ages": (0, 12), "level": 2, "sector": "health", "charge": "free", "name_fi": "Neuvola"}
        offer(centre, [{**told, "topics": {"t0"}, "ways": {"w0"}, "languages": {"l0"}}] * 2)
        assert self.facet(filterset_of, "way", {}).options == [Option("w0", "Tapa w0", 2, chosen=False)]
        assert self.facet(filterset_of, "way", {"way": ["w0"]}).options == [
            Option("w0", "Tapa w0", 2, chosen=True)
        ]

    def test_a_choice_that_would_leave_nothing_is_shown_only_when_it_is_made(self, filterset_of):
        assert self.facet(filterset_of, "level", {}).options == []
        assert [
            (option.value, option.count, option.chosen)
            for option in self.facet(filterset_of, "level", {"level": ["3"]}).options
        ] == [("3", 0, True)]

    def test_a_bad_value_is_no_choice(self, filterset_of):
        counted, total = facets(filterset_of({"level": ["9"], "way": ["olematon"], "age": ["x"]}))
        assert (total, [facet.options for facet in counted]) == (0, [[]] * 7)


@pytest.mark.parametrize("services_offered", [1, 25])
@pytest.mark.parametrize(
    "query",
    [
        {},
        {"age": ["3"], "free": ["on"]},
        {"theme": ["molemmat"], "way": ["w0"], "level": ["1", "2"], "q": ["neuvola"]},
    ],
)
def test_counting_costs_the_same_whatever_the_number_of_rows(
    centre, filterset_of, query, services_offered, django_assert_num_queries
):
    told = {"ages": (0, 84), "level": 2, "sector": "health", "charge": "free", "name_fi": "Neuvola"}
    offer(centre, [{**told, "topics": {"t0"}, "ways": {"w0"}, "languages": {"l0", "l1"}}] * services_offered)
    filterset = filterset_of(query)
    with django_assert_num_queries(6 if "q" in query else 5):
        facets(filterset)
