"""Every field of the desk has words of help, unless its label says all there is to say."""

from typing import Any

from django.contrib import admin
from django.test import RequestFactory

from accounts.models import User

CLEAR = {
    *("name_fi", "name", "email", "password", "user", "given_name", "family_name"),  # who or what it is
    *("street_address", "postcode", "town"),
    *("area", "aim_fi", "number", "task", "level"),
    *("kind", "audience", "charge", "weekday"),  # a short list that speaks for itself
    *("first_day", "last_day", "closes", "ends"),  # beside the field that has them
    *("service", "offering", "centre"),  # told by the words above them: this or that
    "intro_fi",
}


def fields_of(form: Any) -> dict[str, Any]:
    """The fields of a form in Finnish: the other languages are told once, above their texts."""
    return {name: field for name, field in form.base_fields.items() if not getattr(field, "original", None)}


def test_a_field_that_is_not_clear_by_its_label_has_words_of_help(rf: RequestFactory, administrator: User):
    request = rf.get("/hallinta/")
    request.user = administrator
    lacking = []
    for pages in admin.site._registry.values():
        forms = [pages.get_form(request)]
        forms += [each(pages.model, admin.site).get_formset(request).form for each in pages.inlines]
        lacking += [
            f"{form._meta.model.__name__}.{name}"
            for form in forms
            for name, field in fields_of(form).items()
            if not field.help_text and name not in CLEAR
        ]

    assert sorted(set(lacking)) == []


def test_a_box_is_as_long_as_a_short_text_may_be(rf: RequestFactory, administrator: User):
    request = rf.get("/hallinta/")
    request.user = administrator
    sizes = {
        f"{pages.model.__name__}.{name}": field.widget.attrs["size"]
        for pages in admin.site._registry.values()
        for name, field in pages.get_form(request).base_fields.items()
        if "size" in field.widget.attrs and getattr(field, "max_length", None)
    }

    assert sizes == {"FamilyCentre.municipality_code": 3, "Place.postcode": 5}
