"""The thread of a row: what is in it, in what order, and what is named beside it."""

from hypothesis import given
from hypothesis import strategies as st

from annual_plan.threads import Link, Step, steps, thread_of

YEARS = {key: 2016 + key // 4 for key in range(40)}
PLACES = {key: (year, key % 4 + 1) for key, year in YEARS.items()}
KEYS = st.integers(min_value=0, max_value=39)
PAIRS = st.lists(st.tuples(KEYS, KEYS), max_size=80)


def carried(*pairs):
    return [Link(source, target, "carried") for source, target in pairs]


# What continuations may be (`Continuation.clean`): to a row of a later year, each pair once.
VALID = PAIRS.map(
    lambda pairs: carried(*dict.fromkeys(pair for pair in pairs if YEARS[pair[0]] < YEARS[pair[1]]))
)
ANY = PAIRS.map(lambda pairs: carried(*pairs))


def reachable(key, pairs):
    """The keys that `key` leads to along `pairs`, found the slow way: until nothing new is found."""
    found = set()
    while True:
        new = {end for start, end in pairs if start == key or start in found} - found
        if not new:
            return found
        found |= new


class TestWhatIsInIt:
    def test_a_row_without_continuations_stands_alone(self):
        thread = thread_of(1, carried((2, 3)))
        assert thread.keys == {1}
        assert steps(thread, [], {1: (2026, 1)}) == [Step(1, True, [], [], [], False)]

    def test_what_came_before_and_what_came_after_over_gaps_of_years(self):
        thread = thread_of(4, carried((0, 4), (4, 12), (12, 16), (1, 5)))
        assert (thread.before, thread.after, thread.beside) == ({0}, {12, 16}, set())

    def test_the_other_parts_of_a_split_are_beside_it_and_what_became_of_them_is_not_told(self):
        thread = thread_of(4, carried((0, 4), (0, 5), (5, 8)))
        assert (thread.line, thread.beside) == ({0, 4}, {5})

    def test_what_it_was_joined_with_later_is_beside_it_and_where_that_came_from_is_not_told(self):
        thread = thread_of(4, carried((4, 8), (5, 8), (0, 5)))
        assert (thread.line, thread.beside) == ({4, 8}, {5})

    def test_a_part_that_comes_together_again_is_in_the_thread(self):
        thread = thread_of(8, carried((0, 4), (0, 5), (4, 8), (5, 8)))
        assert (thread.line, thread.beside) == ({0, 4, 5, 8}, set())

    @given(KEYS, VALID)
    def test_every_ancestor_and_every_descendant_is_in_it_once_and_nothing_else(self, key, links):
        thread = thread_of(key, links)
        pairs = [(link.source, link.target) for link in links]
        assert thread.after == reachable(key, pairs)
        assert thread.before == reachable(key, [pair[::-1] for pair in pairs])
        assert not thread.before & thread.after
        told = [step.key for step in steps(thread, links, PLACES)]
        assert sorted(told) == sorted(thread.before | {key} | thread.after)

    @given(KEYS, VALID)
    def test_nothing_in_it_goes_back_in_time(self, key, links):
        told = steps(thread_of(key, links), links, PLACES)
        years = [YEARS[step.key] for step in told]
        assert years == sorted(years)
        where = {step.key: number for number, step in enumerate(told)}
        assert all(where[link.source] < where[step.key] for step in told for link in step.came)
        assert all(YEARS[link.source] < YEARS[step.key] for step in told for link in step.came)

    @given(KEYS, VALID)
    def test_every_link_of_a_row_in_it_is_told_once(self, key, links):
        told = steps(thread_of(key, links), links, PLACES)
        line = {step.key for step in told}
        shown = [(link.source, link.target) for step in told for link in step.came]
        shown += [(step.key, end) for step in told for end in step.also_as]
        shown += [(end, step.key) for step in told for end in step.also_from]
        assert sorted(shown) == sorted(
            (link.source, link.target) for link in links if line & {link.source, link.target}
        )

    @given(KEYS, ANY)
    def test_it_ends_on_circles_with_every_key_once(self, key, links):
        thread = thread_of(key, links)
        pairs = [(link.source, link.target) for link in links]
        around = reachable(key, pairs) | reachable(key, [pair[::-1] for pair in pairs]) | {key}
        told = [step.key for step in steps(thread, links, PLACES)]
        assert sorted(told) == sorted(around)
        assert len(thread.keys) == 1 + len(thread.before) + len(thread.after) + len(thread.beside)


class TestItsSteps:
    PLACES = {1: (2023, 5), 2: (2024, 1), 3: (2024, 2), 4: (2025, 1), 5: (2025, 9)}
    LINKS = [
        Link(1, 2, "split"),
        Link(1, 3, "split"),
        Link(2, 4, "carried"),
        Link(3, 5, "carried"),
        Link(2, 5, "split"),
    ]

    def test_by_year_and_number_each_with_how_it_came(self):
        told = steps(thread_of(2, self.LINKS), self.LINKS, self.PLACES)
        assert told == [
            Step(1, False, [], [3], [], True),
            Step(2, True, [Link(1, 2, "split")], [], [], True),
            Step(4, False, [Link(2, 4, "carried")], [], [], False),
            Step(5, False, [Link(2, 5, "split")], [], [3], False),
        ]

    def test_a_row_whose_place_is_not_known_is_not_told(self):
        places = {key: place for key, place in self.PLACES.items() if key not in (3, 4)}
        told = steps(thread_of(2, self.LINKS), self.LINKS, places)
        assert told == [
            Step(1, False, [], [], [], True),
            Step(2, True, [Link(1, 2, "split")], [], [], True),
            Step(5, False, [Link(2, 5, "split")], [], [], False),
        ]
