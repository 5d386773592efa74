"""Who sits in a network in a centre, as rows of its form; what nobody holds is told in words."""

from django.contrib import admin
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from centres.admin.inlines import DifferentRows, RowsInline
from networks.models import Professional, Seat

HELD = _("Held")
EMPTY = _("Empty: nobody is known to hold it")
LEFT = _("Has left: name who follows, or take the name away")


def called(person):
    """What `person` is called where they are chosen: whoever has left says so."""
    return str(person) if person.active else format_lazy(_("{name} (has left)"), name=person)


class SeatFormSet(DifferentRows):
    """The seats of one network in a centre: each person once, and nobody of another centre."""

    field = "person"
    message = _("This person has a seat in this network already.")

    def what_is_one(self, said):
        return said.get("person")

    def clean(self):
        """Refuses people and organisations of other centres: one query, whatever the number of seats."""
        super().clean()
        centre_id = self.instance.centre_id
        if centre_id is None:  # the form of the network says already that it lacks one
            return
        rows = [
            form for form in self.forms if form.is_valid() and not form.cleaned_data.get(DELETION_FIELD_NAME)
        ]
        people = {form.cleaned_data["person"] for form in rows if form.cleaned_data.get("person")}
        ours = {person for person in people if person.home_id == centre_id}
        if people - ours:
            ours |= set(Professional.objects.filter(pk__in=[each.pk for each in people]).in_centre(centre_id))
        for form in rows:
            self._refuse_others(form, ours, centre_id)

    def _refuse_others(self, form, ours, centre_id):
        person, organisation = (form.cleaned_data.get(name) for name in ("person", "organisation"))
        if person and person not in ours:
            form.add_error("person", _("This person works in another family centre."))
        if organisation and organisation.home_id not in (None, centre_id):
            form.add_error("organisation", _("Another family centre keeps this organisation for itself."))


class SeatInline(RowsInline):
    model = Seat
    formset = SeatFormSet
    add_text = _("Add a seat")
    jump_to = _("Who sits in it")
    fieldsets = [
        (
            None,
            {
                "fields": [("organisation", "role", "order"), "profession", ("person", "now")],
                "description": _(
                    "A seat for each place that an organisation has. If nobody knows who holds it, leave the name "
                    "empty: the seat is then shown as empty, and colleagues see whom to ask."
                ),
            },
        ),
    ]
    readonly_fields = ["now"]
    autocomplete_fields = ["organisation", "person"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("local_network__centre", "organisation", "person")

    @admin.display(description=_("now"))
    def now(self, seat):
        if not seat.person_id:
            return EMPTY
        return HELD if seat.person.active else LEFT

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        form_field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "person":
            form_field.label_from_instance = called
        return form_field
