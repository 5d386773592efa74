"""The base of the tables: which row of the database a row of the sheet is, what it changes, and whether it may.

A cell that reads as the row is written changes nothing: so a table that is exported and brought back as it is leaves
every row untouched, whatever a spreadsheet program did to it in between.
"""

import logging
from contextlib import suppress

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.resources import ModelResource
from import_export.results import RowResult
from tablib import Dataset

from centres.admin.by_language import translated_names
from centres.admin.errors import fields_by_message
from centres.admin.on_site import break_in_words
from centres.history.registry import is_derived
from centres.versions import MadeFromField
from services.tables.cells import Tags
from services.tables.checking import columns_of, problems_of, same_columns
from services.tables.columns import columns
from services.tables.headings import refuse_strange
from services.tables.outcome import Change, ChangedRow, Outcome, Problem

logger = logging.getLogger(__name__)

_EMPTY = gettext_lazy("This cannot be empty.")
_FAILED = gettext_lazy("This row could not be saved.")


class Table(ModelResource):
    """The rows of a model that somebody may change at the desk, as a table.

    A subclass names its columns (`headings`), those of them that tell which row it is (`identifying`), and finds the
    row (`find`).
    """

    file_name = ""
    headings: dict[str, str] = {}
    identifying: tuple[str, ...] = ()
    # Fields that tell whose or which row it is, and are never changed by a table.
    fixed: tuple[str, ...] = ()
    # Relations that are fetched with the rows: of many rows, of one.
    with_rows: tuple[str, ...] = ()
    with_row: tuple[str, ...] = ()

    class Meta:
        fields = ()
        use_transactions = True
        clean_model_instances = True
        skip_diff = True
        skip_html_diff = True
        store_instance = True

    def __init__(self, pages, request):
        """`pages` is the ModelAdmin of the rows: what it shows and allows to whoever sent `request` is what counts."""
        super().__init__()
        self.pages, self.request = pages, request
        self.fields = columns(self._meta.model, self.headings, self._choosable)
        self._base_columns = translated_names(self._meta.model)

    def _choosable(self, field):
        """The rows that the form of the desk offers for a relation."""
        return self.pages.formfield_for_dbfield(field, self.request).queryset

    # What a sheet must look like

    def refuse_strange(self, headings):
        """ValidationError where the columns are not those of this table, or do not tell which row is which."""
        known = [field.column_name for field in self.fields.values()]
        identifying = [self.fields[name].column_name for name in self.identifying]
        refuse_strange(headings, known=known, identifying=identifying)

    # Out

    def export(self, queryset=None, **kwargs):
        """The rows of `queryset` as tablib's Dataset, in its order."""
        return super().export(
            queryset.select_related(*self.with_row).prefetch_related(*self.with_rows), **kwargs
        )

    def iter_queryset(self, queryset):
        return queryset.iterator(chunk_size=1000)

    # Which row it is

    def find(self, row):
        """The row of the database that `row` (texts by heading) is; None for a new one."""
        raise NotImplementedError

    def key(self, row):
        """What two rows of a sheet must not have in common; empty for a row that has nothing of the kind yet."""
        raise NotImplementedError

    def text(self, row, name):
        """What stands in `row` for the field called `name`."""
        return row.get(self.headings[name], "")

    def get_queryset(self):
        return (
            self.pages.get_queryset(self.request)
            .select_related(*self.with_row)
            .prefetch_related(*self.with_rows)
        )

    def get_or_init_instance(self, instance_loader, row):
        if first := self._first_with(row):
            raise ValidationError(
                _("The same as row %(row)s of this table: which of them is right?"), params={"row": first}
            )
        found = self.find(row)
        if found is not None:
            return found, False
        if not self.pages.has_add_permission(self.request):
            raise ValidationError(_("You may change rows here, but not add new ones."))
        return self.init_instance(row), True

    def _first_with(self, row):
        """The number of an earlier row with the same key as `row`; None for the first."""
        key, number = self.key(row), row[ROW]
        first = self._numbers.setdefault(key, number) if key else number
        return None if first == number else first

    def not_yours(self, name):
        """The same for a row that is not there and for one that is somebody else's: `name` is the field of its id."""
        words = _(
            "There is no such row among those that you may change. Leave the cell in the column “%(heading)s” empty "
            "if the row is to be new."
        )
        return ValidationError({name: ValidationError(words, params={"heading": self.headings[name]})})

    # What it changes

    def after_init_instance(self, instance, new, row, **kwargs):
        """A new row is for the sender's own centre, as a new form is, until the table says another."""
        self._new, self._before = new, {}
        self._columns = {} if new else columns_of(instance)
        if new and self._own_centre and "home" in self.fields:
            instance.home_id = self._own_centre
            self._before["home"] = ""

    @cached_property
    def _own_centre(self):
        return self.pages.get_changeform_initial_data(self.request).get("home")

    def import_instance(self, instance, row, **kwargs):
        """Reads the cells that differ from what the row holds."""
        self._tags = {}
        values, wrong = self._read(instance, row)
        if values and not self._new:
            # Asked of the row as it is: a table must not make it its sender's by changing it.
            wrong |= self._forbidden(instance)
        for name, value in values.items():
            if isinstance(self.fields[name].widget, Tags):
                self._tags[name] = value
            else:
                setattr(instance, name, value)
        if wrong:
            raise ValidationError(wrong)

    def _read(self, instance, row):
        """The new values by field name, and what is wrong with the cells that cannot be read."""
        values, wrong = {}, {}
        for name, field in self.fields.items():
            text, old = row.get(field.column_name), "" if self._new else field.export(instance)
            if name in self.fixed or text in (None, old):
                continue
            try:
                value = field.widget.clean(text)
            except ValueError as error:
                wrong[name] = ValidationError(str(error))
                continue
            if field.widget.render(value) != old:
                self._before[name] = old
                values[name] = value
        return values, wrong

    def _forbidden(self, instance):
        """The changes that whoever sent the table may not make."""
        if not self.pages.has_change_permission(self.request, instance):
            return {NON_FIELD_ERRORS: ValidationError(_("You may read this, but not change it."))}
        closed = set(self.pages.get_readonly_fields(self.request, instance))
        return {
            name: ValidationError(_("You may read this, but not change it."))
            for name in self._before
            if {name, getattr(self._field(name), "name", name)} & closed
        }

    def _field(self, name):
        field = self._meta.model._meta.get_field(name)
        return getattr(field, "translated_field", field)

    def skip_row(self, instance, original, row, import_validation_errors=None):
        return not (self._new or self._before or import_validation_errors)

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        """As the form does it; the columns that modeltranslation keeps beside those of the languages are no fields."""
        errors = dict(import_validation_errors or {})
        if wrong := problems_of(instance, before=self._columns, exclude={*errors, *self._base_columns}):
            errors = ValidationError(wrong).update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    def do_instance_save(self, instance, is_create):
        """Of a row that is there, what the table changes and what follows from it: the rest is nobody's to put back."""
        if is_create:
            super().do_instance_save(instance, is_create)
            return
        same = same_columns(self._columns, instance)
        instance.save(
            update_fields=[
                field.name
                for field in instance._meta.concrete_fields
                if field.name not in same or is_derived(field) or isinstance(field, MadeFromField)
            ]
        )

    def save_m2m(self, instance, row, **kwargs):
        """With the rows that it is tagged with; then it must still be one that the sender may change."""
        for name, rows in self._tags.items():
            getattr(instance, name).set(rows)
        if not self.pages.has_change_permission(self.request, instance):
            raise ValidationError(_("This row would belong to others, and you could not change it any more."))

    def after_import_row(self, row, row_result, **kwargs):
        row_result.number = row[ROW]
        row_result.changes = list(self._changes(row_result.instance))
        if row_result.is_update() and not row_result.changes:
            row_result.import_type = RowResult.IMPORT_TYPE_SKIP

    def _changes(self, instance):
        """What was read, as it stands in the row after it was checked and saved."""
        for name, old in self._before.items():
            field = self.fields[name]
            new = field.widget.render(self._tags[name]) if name in self._tags else field.export(instance)
            if new != old:
                yield Change(field.column_name, old, new)

    # From a sheet to an outcome

    def run(self, sheet, *, dry_run):
        """The `Outcome` of bringing `sheet` in; nothing stays on a `dry_run`, or where there is a problem."""
        dataset = self._begin(sheet)
        result = self.import_data(dataset, dry_run=dry_run, rollback_on_validation_errors=True)
        return self._outcome(result, sheet)

    def to_change(self, sheet):
        """The rows of the database that `sheet` says something else of, as they are, whether it may or not."""
        found = []
        for row in self._begin(sheet).dict:
            with suppress(ValidationError):
                instance, new = self.get_or_init_instance(None, row)
                self.after_init_instance(instance, new, row)
                if not new and self._read(instance, row)[0]:
                    found.append(instance)
        return found

    def _begin(self, sheet):
        """What import-export is given of `sheet`, whose rows are fetched."""
        self.refuse_strange(sheet.headings)
        self._numbers = {}
        rows = [[*cells, number] for number, cells in sheet.rows]
        dataset = Dataset(*rows, headers=[*sheet.headings, ROW])
        self.prepare(dataset.dict)
        return dataset

    def prepare(self, rows):
        """Fetches at once what `find` will be asked for."""

    def _outcome(self, result, sheet):
        outcome = Outcome(unchanged=result.totals[RowResult.IMPORT_TYPE_SKIP])
        for row in result.rows:
            if row.is_new() or row.is_update():
                outcome.rows.append(self._changed(row))
                outcome.instances.append(row.instance)
        for wrong in result.invalid_rows:
            outcome.problems += self._problems(sheet.rows[wrong.number - 1][0], wrong.error)
        for broken in result.error_rows:
            logger.error("A row of a table failed.", exc_info=broken.errors[0].error)
            outcome.problems.append(Problem(sheet.rows[broken.number - 1][0], "", str(_FAILED)))
        order = ["", *(field.column_name for field in self.fields.values())]
        outcome.problems.sort(key=lambda problem: (problem.number, order.index(problem.heading)))
        return outcome

    def _changed(self, row):
        days = {self.headings.get(name) for name in ("published_from", "published_until")}
        is_break = any(each.heading in days for each in row.changes) and row.instance.has_a_break
        meaning = str(break_in_words(row.instance)) if is_break else ""
        return ChangedRow(row.number, str(row.instance), row.is_new(), row.changes, meaning)

    def _problems(self, number, error):
        beside = fields_by_message(self._meta.model)
        told = error.update_error_dict({})
        for name, errors in told.items():
            # Of one cell the last is told: rules of our own come after Django's.
            for each in errors if name == NON_FIELD_ERRORS else errors[-1:]:
                text = str(_EMPTY) if each.code in ("null", "blank") else " ".join(each.messages)
                field = self.fields.get(beside.get(text, name) if name == NON_FIELD_ERRORS else name)
                yield Problem(number, field.column_name if field else "", text)


# The column of our own that holds a row's number in the sheet.
ROW = "#"
