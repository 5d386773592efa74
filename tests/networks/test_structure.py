"""Who steers whom: the forest, its two pictures, and the page with the same as a list."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import pgettext
from hypothesis import given
from hypothesis import strategies as st

from networks.drawing import MOST_ACROSS, PHONE, across, indented, wrapped
from networks.models import Network
from networks.steering import Box, _rows
from networks.structure import Standing, structure
from tests.factories import FamilyCentreFactory, LocalNetworkFactory, NetworkFactory

KEYS = st.integers(min_value=1, max_value=30)
PARENTS = st.dictionaries(KEYS, st.none() | KEYS)
SHOWN = st.lists(KEYS, unique=True)


def ancestors(key, parents):
    """Whoever steers `key`, nearest first, each once."""
    seen = {key: None}
    while (key := parents.get(key)) is not None and key not in seen:
        seen[key] = None
    return list(seen)[1:]


class TestTheForest:
    def test_a_row_stands_under_the_one_that_steers_it(self):
        assert structure([1, 2, 3], {1: None, 2: 1, 3: 2}) == [
            Standing(1, None, 0),
            Standing(2, 1, 1),
            Standing(3, 2, 2),
        ]

    def test_a_row_moves_up_to_the_nearest_ancestor_that_is_shown(self):
        assert structure([1, 4], {4: 3, 3: 2, 2: 1}) == [Standing(1, None, 0), Standing(4, 1, 1)]

    def test_what_neither_steers_nor_is_steered_is_left_out(self):
        assert structure([1, 2], {2: 3}) == []

    def test_siblings_keep_their_order(self):
        assert [each.key for each in structure([3, 2, 1], {1: 9, 2: 3, 9: 3})] == [3, 2, 1]

    def test_the_first_of_a_circle_stands_at_the_top(self):
        assert structure([2, 1], {1: 2, 2: 1}) == [Standing(2, None, 0), Standing(1, 2, 1)]

    def test_a_circle_of_hidden_ones_steers_nobody(self):
        assert structure([1, 2], {1: 7, 7: 8, 8: 7, 2: 1}) == [Standing(1, None, 0), Standing(2, 1, 1)]

    @given(SHOWN, PARENTS)
    def test_every_row_stands_once_and_right_after_whoever_is_above_it_was_met(self, shown, parents):
        standings = structure(shown, parents)
        met = {}
        for each in standings:
            assert each.key not in met
            assert each.depth == (0 if each.above is None else met[each.above] + 1)
            met[each.key] = each.depth
        assert set(met) <= set(shown)

    @given(SHOWN, PARENTS)
    def test_it_holds_just_those_that_stand_in_a_relation(self, shown, parents):
        standings = structure(shown, parents)
        related = set()
        for key in shown:
            above = next((one for one in ancestors(key, parents) if one in shown), None)
            related |= {key, above} if above is not None else set()
        assert {each.key for each in standings} == related

    @given(SHOWN, PARENTS)
    def test_all_but_the_tops_stand_under_their_nearest_shown_ancestor(self, shown, parents):
        for each in structure(shown, parents):
            above = next((one for one in ancestors(each.key, parents) if one in shown), None)
            is_top_of_a_circle = above is not None and each.key in ancestors(above, parents)
            assert each.above == above or (each.above is None and is_top_of_a_circle)


def boxes(keys, name="Lastensuojelun asiantuntijaryhmä"):
    return {key: Box(key, name, "", "LASTA", "steering", "area", f"/{key}/") for key in keys}


def overlap(one, other):
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


class TestThePictures:
    @given(SHOWN, PARENTS, st.text(max_size=60))
    def test_no_box_lies_on_another_and_all_lie_within(self, shown, parents, name):
        standings = structure(shown, parents)
        for draw in (indented, across):
            drawing = draw(standings, boxes(shown, name))
            if drawing is None:
                continue
            for number, one in enumerate(drawing.boxes):
                assert 0 <= one.x <= one.x + one.width <= drawing.width
                assert 0 <= one.y <= one.y + one.height <= drawing.height
                assert not any(overlap(one, other) for other in drawing.boxes[:number])
                assert all(one.y < line.y < one.y + one.height for line in one.lines)

    @given(SHOWN, PARENTS)
    def test_each_steering_is_a_line(self, shown, parents):
        standings = structure(shown, parents)
        steered = sum(each.above is not None for each in standings)
        assert indented(standings, boxes(shown)).path.count("M") == steered

    def test_a_narrow_one_is_as_wide_as_a_phone_at_any_depth(self):
        standings = structure(range(100), {key: key - 1 for key in range(1, 100)})
        assert indented(standings, boxes(range(100))).width == PHONE

    def test_a_wide_one_is_not_drawn_where_it_would_be_too_small_to_read(self):
        chain = {key: key - 1 for key in range(1, 20)}
        deep, fits = structure(range(MOST_ACROSS + 1), chain), structure(range(MOST_ACROSS), chain)
        assert across(deep, boxes(range(20))) is None
        assert across(fits, boxes(range(20))).width == 1256

    @given(st.text(), st.integers(min_value=2, max_value=30))
    def test_wrapped_text_keeps_every_letter_and_its_width(self, text, letters):
        lines = wrapped(text, letters)
        assert all(len(line) <= letters for line in lines)
        assert re.sub(r"[\s-]", "", "".join(lines)) == re.sub(r"[\s-]", "", text)

    def test_a_long_word_is_broken_at_its_own_hyphen_or_between_syllables(self):
        assert wrapped("lapsi-ikäisten", 10) == ["lapsi-", "ikäisten"]
        assert wrapped("Kohtaamispaikkatoimijaverkosto", 22) == ["Kohtaamispaikkatoimi-", "javerkosto"]
        assert wrapped("Opiskeluhuoltoryhmä", 12) == ["Opiskelu-", "huoltoryhmä"]


@pytest.mark.django_db
class TestThePage:
    def steered(self, centre, *, hidden=()):
        """A strategic group, an area group and a core group above one another, those `hidden` without a page."""
        parent = None
        for slug in ("strateginen", "alueellinen", "ydin"):
            parent = NetworkFactory(
                slug=slug, name_fi=slug.capitalize(), parent=parent, kind=Network.Kind.STEERING
            )
            LocalNetworkFactory(
                centre=centre, slug=slug, network=parent, status="draft" if slug in hidden else "published"
            )

    def page(self, client, centre):
        return client.get(reverse("networks:structure", kwargs={"centre": centre.slug})).content.decode()

    def test_it_tells_the_same_as_a_list_that_is_heard_once(self, client):
        centre = FamilyCentreFactory()
        self.steered(centre)
        html = self.page(client, centre)
        (listed,) = re.findall(r'<div class="prose steered">(.*?)</div>', html, re.DOTALL)
        assert re.findall(r">([A-Z]\w+)</a>", listed) == ["Strateginen", "Alueellinen", "Ydin"]
        assert listed.count("<ul>") == listed.count("</ul>") == 3
        assert html.count('<svg class="tree') == 2
        for drawing in re.findall(r'<svg class="tree.*?</svg>', html, re.DOTALL):
            assert 'aria-hidden="true"' in drawing
            assert drawing.count("<a ") == drawing.count('tabindex="-1"') == 3

    def test_a_draft_is_passed_over(self, client):
        centre = FamilyCentreFactory()
        self.steered(centre, hidden=["alueellinen"])
        html = self.page(client, centre)
        assert "Alueellinen" not in html
        assert html.count("Ydin</a>") == 1

    def test_networks_of_other_centres_are_not_even_read(self, today):
        centre = FamilyCentreFactory()
        self.steered(FamilyCentreFactory())
        top = NetworkFactory(slug="ylin")
        LocalNetworkFactory(
            centre=centre, network=NetworkFactory(slug="oma", parent=NetworkFactory(parent=top))
        )
        assert {row["pk"] for row in _rows(centre, today, "fi")} == set(
            Network.objects.exclude(slug__in=["strateginen", "alueellinen", "ydin"]).values_list(
                "pk", flat=True
            )
        )

    def test_another_centre_has_its_own(self, client):
        self.steered(FamilyCentreFactory())
        html = self.page(client, FamilyCentreFactory())
        assert "Strateginen" not in html
        assert '<svg class="tree' not in html

    def test_a_network_cannot_take_its_address(self):
        for slug in ("structure", pgettext("address", "structure/").rstrip("/")):
            with pytest.raises(ValidationError) as caught:
                LocalNetworkFactory.build(centre=FamilyCentreFactory(), slug=slug).clean()
            assert list(caught.value.message_dict) == ["slug"]
        LocalNetworkFactory.build(centre=FamilyCentreFactory(), slug="oma-verkosto").clean()
        LocalNetworkFactory.build(centre=FamilyCentreFactory(), slug="Ei käy!").clean()
