"""Rich text comes out of the database harmless, whatever went in."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from centres.models import FamilyCentre
from centres.richtext import refuse_tangled, sanitised
from centres.templatetags.components import rich
from tests.factories import FamilyCentreFactory

HARMFUL = [
    ("<script>alert(1)</script><p>Hei</p>", "<p>Hei</p>"),
    ('<p onclick="alert(1)">Hei</p>', "<p>Hei</p>"),
    ('<p style="color:red" class="x" id="y">Hei</p>', "<p>Hei</p>"),
    ("<style>p{color:red}</style><p>Hei</p>", "<p>Hei</p>"),
    ('<a href="javascript:alert(1)">Hei</a>', "<a>Hei</a>"),
    ('<a href=" jAvAsCrIpT:alert(1)">Hei</a>', "<a>Hei</a>"),
    ('<a href="java&#10;script:alert(1)">Hei</a>', "<a>Hei</a>"),
    ('<a href="data:text/html,hei">Hei</a>', "<a>Hei</a>"),
    (
        '<a href="https://esimerkki.example/" target="_blank" onmouseover="x()">Hei</a>',
        '<a href="https://esimerkki.example/">Hei</a>',
    ),
    ('<img src="x" onerror="alert(1)"><p>Hei</p>', "<p>Hei</p>"),
    ('<iframe src="https://esimerkki.example/"></iframe><p>Hei</p>', "<p>Hei</p>"),
    ("<svg><script>alert(1)</script></svg><p>Hei</p>", "<p>Hei</p>"),
    ("<scr<script>ipt>alert(1)</script><p>Hei</p>", "ipt&gt;alert(1)<p>Hei</p>"),
    ("<h1>Otsikko</h1>", "Otsikko"),
    ("<p>Hei<!-- huomautus --></p>", "<p>Hei</p>"),
    ("<p><strong>Hei", "<p><strong>Hei</strong></p>"),
    ("  <p>Hei</p>\n", "<p>Hei</p>"),
]

HARMLESS = [
    "<h2>Otsikko</h2><p>Teksti <strong>lihava</strong> ja <em>kursiivi</em><br>rivi</p>",
    "<h3>Lista</h3><ul><li>yksi</li></ul><ol><li>kaksi<ul><li>kolme</li></ul></li></ol>",
    '<p><a href="https://esimerkki.example/?a=1&amp;b=2">verkko</a></p>',
    '<p><a href="mailto:neuvola@esimerkki.example">posti</a> <a href="tel:116111">puhelin</a></p>',
    '<p><a href="/rovaniemi/">sivu</a></p>',
    "<p>Äiti &amp; isä, 3 &lt; 5</p>",
]

# The first is 150 kB, and would keep nh3 busy for a minute.
TANGLED = [
    "<ul><li>" * 20_000,
    "<ul><li>" * 21,
    "<UL><LI>" * 21,
    "<ul></em>" * 21,
    "<p>" + "<em>" * 21 + "Hei",
    "x" * 50_001,
]
LONG_AND_FLAT = ["<p>Hei" * 5000, "<ul>" + "<li>Hei" * 5000, "<ul><li>Hei</li></ul>" * 2000, "Hei<br>" * 5000]

pieces = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<script>",
        "</script>",
        "<a href='javascript:x'>",
        "</a>",
        "<b onclick=x>",
        "<!--",
        "-->",
        "&lt;",
        "<",
        ">",
        "'",
        '"',
    ]
) | st.text(max_size=5)


@pytest.mark.parametrize(("html", "safe"), HARMFUL)
def test_what_can_harm_is_taken_away(html, safe):
    assert sanitised(html) == safe


@pytest.mark.parametrize("html", HARMLESS)
def test_what_editors_may_write_stays_as_it_is(html):
    assert sanitised(html) == html


@pytest.mark.parametrize("html", TANGLED)
def test_what_nobody_writes_is_refused_and_nothing_is_left_of_it(html):
    with pytest.raises(ValidationError):
        refuse_tangled(html)
    assert sanitised(html) == ""


@pytest.mark.parametrize("html", LONG_AND_FLAT)
def test_a_long_text_is_taken_in(html):
    refuse_tangled(html)
    assert "Hei" in sanitised(html)


@given(st.lists(pieces, max_size=12).map("".join))
def test_sanitising_twice_changes_nothing_more(html):
    assert sanitised(sanitised(html)) == sanitised(html)


@given(st.lists(pieces, max_size=12).map("".join))
def test_no_script_and_no_foreign_attribute_survives(html):
    safe = sanitised(html).lower()
    assert "<script" not in safe
    assert "<b" not in safe.replace("<br", "")
    assert 'href="javascript' not in safe


@pytest.mark.django_db
class TestField:
    @pytest.mark.parametrize("column", ["for_families_fi", "for_families_sv", "for_families_fi_simple"])
    def test_every_language_is_sanitised_as_it_is_saved(self, column):
        centre = FamilyCentreFactory(**{column: "<p onclick='x()'>Hei</p><script>x()</script>"})
        assert getattr(centre, column) == "<p>Hei</p>"
        centre.refresh_from_db()
        assert getattr(centre, column) == "<p>Hei</p>"

    def test_rows_created_in_bulk_are_sanitised_too(self):
        centre = FamilyCentreFactory.build(
            area=FamilyCentreFactory().area, for_families_fi="<p>Hei<script>x()</script></p>"
        )
        FamilyCentre.objects.bulk_create([centre])
        assert FamilyCentre.objects.get(slug=centre.slug).for_families_fi == "<p>Hei</p>"

    def test_what_is_tangled_is_told_beside_its_field(self):
        centre = FamilyCentreFactory()
        centre.for_families_fi = TANGLED[0]
        with pytest.raises(ValidationError) as caught:
            centre.full_clean()
        assert "for_families_fi" in caught.value.message_dict

    def test_what_is_tangled_is_not_saved_past_the_forms_either(self):
        centre = FamilyCentreFactory(for_families_fi="<p>Hei</p>")
        with pytest.raises(ValidationError, match="liian monta luetteloa"), transaction.atomic():
            FamilyCentreFactory(for_families_fi=TANGLED[0])
        assert list(FamilyCentre.objects.all()) == [centre]

    def test_an_empty_text_stays_empty(self):
        centre = FamilyCentreFactory(for_families_fi="")
        centre.refresh_from_db()
        assert centre.for_families_fi == ""

    def test_what_came_in_past_the_field_is_harmless_on_the_page(self):
        centre = FamilyCentreFactory()
        FamilyCentre.objects.filter(pk=centre.pk).update(for_families_fi="<p onclick='x()'>Hei</p>")
        centre.refresh_from_db()
        assert centre.for_families == "<p onclick='x()'>Hei</p>"
        assert rich(centre.for_families) == "<p>Hei</p>"


@pytest.mark.django_db
def test_a_save_in_another_language_writes_no_finnish_into_it():
    centre = FamilyCentreFactory(
        for_families_fi="<p>Tervetuloa.</p>", for_families_sv="<p>Hej<script></script></p>"
    )

    for language in ("en", "sv"):
        with override(language):
            FamilyCentre.objects.get(pk=centre.pk).save()

    row = FamilyCentre.objects.get(pk=centre.pk)
    assert (row.for_families_fi, row.for_families_en or "", row.for_families_sv) == (
        *("<p>Tervetuloa.</p>", ""),
        "<p>Hej</p>",
    )
