"""Exporting a list of the desk to a table, and bringing a table in: upload, look at what would change, confirm."""

from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from centres.admin.base import told_by_status
from centres.admin.pages import Pages
from services.admin import waiting
from services.tables.actions import bring_in, try_out
from services.tables.reading import MOST_BYTES, MOST_ROWS, read, too_large
from services.tables.table import Table
from services.tables.writing import FORMATS

# More are not read by anybody, and a page of them is slow to open.
MOST_SHOWN = 300


class FormatForm(forms.Form):
    format = forms.ChoiceField(
        label=gettext_lazy("Kind of file"),
        choices=[
            ("xlsx", gettext_lazy("Excel workbook (.xlsx)")),
            ("csv", gettext_lazy("CSV file (.csv), for other programs")),
        ],
        initial="xlsx",
        widget=forms.RadioSelect,
    )


class UploadForm(forms.Form):
    """A table; once it is valid, `sheet` is what stands in it."""

    file = forms.FileField(
        label=gettext_lazy("Table"),
        help_text=gettext_lazy(
            "An Excel workbook (.xlsx) or a CSV file (.csv), at most 5 MB and 1,000 rows."
        ),
        error_messages={"empty": gettext_lazy("The file is empty.")},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(self, *args, table, **kwargs):
        super().__init__(*args, **kwargs)
        self.table = table

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(too_large())
        self.content = file.read()
        self.sheet = read(file.name, self.content)
        self.table.refuse_strange(self.sheet.headings)
        return file


class Exchange(Pages):
    """A list of the desk that can be exported to a table and changed by one."""

    table: type[Table]
    change_list_template = "admin/exchange/change_list.html"

    def get_urls(self):
        own = [
            path("export/", self.admin_site.admin_view(self.export_view), name=self.page_name("export")),
            path("import/", self.admin_site.admin_view(self.import_view), name=self.page_name("import")),
        ]
        return own + super().get_urls()

    def changelist_view(self, request, extra_context=None):
        query = request.GET.urlencode()
        ways = {
            "export_url": f"{self.page('export')}?{query}" if query else self.page("export"),
            "import_url": self.page("import") if self._may_import(request) else "",
        }
        return super().changelist_view(request, {**ways, **(extra_context or {})})

    def _page(self, request, name, title, **context):
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "list_url": self.page("changelist"),
            **context,
        }
        response = TemplateResponse(request, f"admin/exchange/{name}.html", context)
        return told_by_status(request, response)

    # Out

    def export_view(self, request):
        """Which rows, and as what kind of file; then the file."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            rows = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters:
            return HttpResponseRedirect(self.page("changelist"))
        form = FormatForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            return self._file(request, rows, form.cleaned_data["format"])
        context = {"form": form, "count": rows.count(), "most_rows": MOST_ROWS}
        return self._page(request, "export", _("Export to a table"), **context)

    def _file(self, request, rows, ending):
        content_type, write = FORMATS[ending]
        table = self.table(self, request)
        content = write(table.export(rows))
        name = f"{table.file_name}-{timezone.localdate().isoformat()}.{ending}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(content, content_type=content_type, headers=headers)

    # In

    def _may_import(self, request):
        return self.has_change_permission(request) or self.has_add_permission(request)

    def import_view(self, request):
        """A table is uploaded, then looked at, then brought in or given up."""
        if not self._may_import(request):
            raise PermissionDenied
        if "waiting" in request.POST:
            return self._decide(request)
        table = self.table(self, request)
        sent = (request.POST, request.FILES) if request.method == "POST" else ()
        form = UploadForm(*sent, table=table)
        if form.is_valid():
            outcome = try_out(table=table, sheet=form.sheet)
            return self._preview(request, outcome, form.cleaned_data["file"].name, form.content)
        return self._upload(request, form)

    def _upload(self, request, form, *, conflict=False):
        return self._page(request, "import", _("Bring in a table"), form=form, conflict=conflict)

    def _upload_again(self, request, *, served):
        """The table does not wait; `served` when that was decided already, by a word sent twice."""
        words = (
            _(
                "This table has been brought in already, or given up. Look at the list before you upload it again."
            )
            if served
            else _("The table is no longer waiting here. Upload it again.")
        )
        form = UploadForm({}, table=self.table(self, request))
        form.errors.clear()
        form.add_error("file", words)
        return self._upload(request, form, conflict=served)

    def _preview(self, request, outcome, name, content, *, moved=False):
        """What the file `name` would change; with the way to do it, and its `content` kept, where nothing is wrong.

        `moved` when rows changed after a look.
        """
        ticket = ""
        if outcome.rows and not outcome.problems:
            kept = waiting.keep(content, suffix=Path(name).suffix.lower())
            ticket = waiting.ticket(kept, outcome.digest, owner=self._owner(request))
        context = {
            "conflict": moved,
            "errors": outcome.problems or moved,
            "outcome": outcome,
            "waiting": ticket,
            "most_shown": MOST_SHOWN,
        }
        return self._page(request, "preview", _("What would change"), **context)

    def _owner(self, request):
        return f"{request.user.pk}: {self.opts.label}"

    def _decide(self, request):
        """Brings in the table that waits, as it was looked at, or throws it away."""
        name, digest = waiting.read_ticket(request.POST["waiting"], owner=self._owner(request)) or ("", "")
        content = waiting.claim(name) if name else None
        if content is None:
            return self._upload_again(request, served=bool(name))
        if "cancel" in request.POST:
            messages.info(request, _("Nothing was changed."))
            return HttpResponseRedirect(self.page("changelist"))
        return self._bring_in(request, name, content, digest)

    def _bring_in(self, request, name, content, digest):
        sheet = read(name, content)
        outcome, saved = bring_in(table=self.table(self, request), sheet=sheet, digest=digest)
        if not saved:
            # Somebody saved a row after the look: here is what would change now.
            return self._preview(request, outcome, name, content, moved=True)
        messages.success(request, told(outcome))
        return HttpResponseRedirect(self.page("changelist"))


def told(outcome: Any) -> str:
    """What was done, in a sentence."""
    changed = ngettext("%(n)s row was changed.", "%(n)s rows were changed.", outcome.changed)
    new = ngettext("%(n)s row was added.", "%(n)s rows were added.", outcome.new)
    parts = [text % {"n": n} for text, n in ((changed, outcome.changed), (new, outcome.new)) if n]
    return " ".join(parts)
