"""What wishes come to, whatever they are: nothing is lost, nothing is doubled, and twice is once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annual_plan.carrying import Made, Wish, carry, how_it_goes_on, in_one_line, place_of

SOURCES = st.integers(1, 6)
QUARTERS = st.none() | st.integers(1, 4)
# Few words, often the same ones in other letters and spaces, so that rows meet.
TITLES = st.sampled_from(
    ["", " ", "Kysely", "kysely ", "KYSELY", "Äidit", "A\u0308idit", "Isät  ja äidit"]
) | st.text(max_size=8)
WISHES = st.lists(st.builds(Wish, SOURCES, TITLES, QUARTERS), max_size=12)
STANDING = st.dictionaries(
    st.builds(place_of, TITLES.filter(str.split), QUARTERS), st.integers(100, 120), max_size=4
)
GONE_ON = st.sets(SOURCES)


def asked(wishes, gone_on):
    """The wishes that count: each source with each place it is to go on in."""
    return {(wish.source, wish.place) for wish in wishes if wish.title.split() and wish.source not in gone_on}


def answered(carried, standing):
    """What the answer says of each source: where it goes on."""
    by_key = {}
    for place, key in standing.items():
        by_key.setdefault(key, set()).add(place)
    made = [(source, place_of(row.title, row.quarter)) for row in carried.made for source in row.sources]
    return made, [(source, by_key[key]) for source, key in carried.joined]


@given(WISHES, STANDING, GONE_ON)
def test_every_wish_is_kept_exactly_once_or_passed_over(wishes, standing, gone_on):
    carried = carry(wishes, standing, gone_on)
    made, joined = answered(carried, standing)
    expected = asked(wishes, gone_on)
    new = {(source, place) for source, place in expected if place not in standing}
    assert (len(made), set(made)) == (len(new), new)
    assert len(joined) == len(expected - new)
    assert all((source, standing[place]) in carried.joined for source, place in expected - new)


@given(WISHES, STANDING, GONE_ON)
def test_no_row_is_made_twice_nor_beside_one_that_stands(wishes, standing, gone_on):
    places = [place_of(row.title, row.quarter) for row in carry(wishes, standing, gone_on).made]
    assert len(places) == len(set(places))
    assert not set(places) & set(standing)


@given(WISHES, STANDING, GONE_ON)
def test_every_row_that_is_made_has_words_in_one_line_and_comes_from_somewhere(wishes, standing, gone_on):
    for row in carry(wishes, standing, gone_on).made:
        assert row.title == in_one_line(row.title) != ""
        assert row.sources
        assert len(row.sources) == len(set(row.sources))


@given(WISHES, STANDING, GONE_ON)
def test_run_twice_nothing_changes(wishes, standing, gone_on):
    first = carry(wishes, standing, gone_on)
    made = {place_of(row.title, row.quarter): 1000 + number for number, row in enumerate(first.made)}
    went = {source for row in first.made for source in row.sources} | {
        source for source, _key in first.joined
    }
    second = carry(wishes, standing | made, gone_on | went)
    assert (second.made, second.joined) == ([], [])


@given(WISHES, STANDING, GONE_ON)
def test_what_is_all_year_round_comes_last_and_the_quarters_in_order(wishes, standing, gone_on):
    quarters = [row.quarter or 5 for row in carry(wishes, standing, gone_on).made]
    assert quarters == sorted(quarters)


@given(st.text(max_size=20), QUARTERS)
def test_spaces_and_capitals_make_no_other_row(title, quarter):
    assert place_of(f"  {title}\n", quarter) == place_of(title, quarter)
    assert place_of(in_one_line(title), quarter) == place_of(title, quarter)


def test_a_row_is_called_as_it_was_first_wished_for():
    wishes = [Wish("a", " Isät  ja äidit "), Wish("b", "ISÄT JA ÄIDIT"), Wish("a", "Isät", 2)]
    assert carry(wishes, {}, ()).made == [Made("Isät", 2, ("a",)), Made("Isät ja äidit", None, ("a", "b"))]


@pytest.mark.parametrize(
    ("is_achieved", "parts", "kind"),
    [(True, 1, "repeated"), (False, 1, "carried"), (True, 2, "split"), (False, 3, "split")],
)
def test_how_a_row_goes_on_follows_from_its_outcome_and_its_parts(is_achieved, parts, kind):
    assert how_it_goes_on(is_achieved=is_achieved, parts=parts) == kind
