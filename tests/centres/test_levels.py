"""What a centre calls the four levels of support, and in which language it says so."""

import re

import pytest
from django.urls import reverse
from django.utils.translation import gettext, override

from centres.levels import LevelWords, level_words
from centres.models import Level
from perhekeskus.sections import SECTION_SIZE
from tests.factories import AgeGroupFactory, FamilyCentreFactory, LevelNameFactory, OfferingFactory

pytestmark = pytest.mark.django_db


def words(language, **texts):
    row = LevelNameFactory(level=Level.LEISURE, **texts)
    with override(language):
        return level_words(row.centre)[Level.LEISURE]


def test_a_level_without_a_name_of_the_centre_s_goes_by_its_general_one():
    levels = level_words(FamilyCentreFactory())
    assert [row.name for row in levels.values()] == [str(level.label) for level in Level]
    assert {(row.lang, row.intro, row.intro_lang) for row in levels.values()} == {("", "", "")}


def test_name_and_intro_each_say_their_own_language():
    finnish = {"name_fi": "Vapaa-aika", "intro_fi": "Yhdessä."}
    assert words("fi", **finnish) == LevelWords(Level.LEISURE, "Vapaa-aika", "Yhdessä.")
    named = words("sv", **finnish, name_sv="Fritid")
    assert (named.name, named.lang, named.intro, named.intro_lang) == ("Fritid", "", "Yhdessä.", "fi")
    introduced = words("sv", **finnish, intro_sv="Tillsammans.")
    assert (introduced.lang, introduced.intro_lang) == ("fi", "")


def test_no_intro_is_in_no_language():
    assert words("sv", name_fi="Vapaa-aika").intro_lang == ""


def test_on_a_page_whose_interface_is_finnish_only_the_sami_words_are_marked():
    half = words("se", name_fi="Vapaa-aika", name_se="Astoáigi", intro_fi="Yhdessä.")
    assert (half.lang, half.intro_lang) == ("se", "")


def test_the_page_about_the_centre_marks_name_and_intro_each_by_itself(client):
    row = LevelNameFactory(name_fi="Vapaa-aika", name_sv="Fritid", intro_fi="Yhdessä.")
    with override("sv"):
        path = reverse("about", kwargs={"centre": row.centre.slug})
    html = client.get(path).content.decode()
    assert '<span>Fritid</span><small lang="fi">Yhdessä.</small>' in html


def test_a_window_marks_name_and_intro_each_by_itself(client):
    row = LevelNameFactory(name_fi="Vapaa-aika", intro_fi="Yhdessä.", intro_sv="Tillsammans.")
    group = AgeGroupFactory(centre=row.centre)
    for _number in range(SECTION_SIZE + 1):
        OfferingFactory(centre=row.centre, service__level=row.level)
    with override("sv"):
        path = group.get_absolute_url()
        rest = gettext("See the rest: %(name)s") % {"name": '<span lang="fi">Vapaa-aika</span>'}
    html = client.get(path).content.decode()
    assert re.search(
        r'<h2 [^>]*><span.*?</span><span lang="fi">Vapaa-aika</span></h2><p>Tillsammans.</p>', html
    )
    assert rest in html
