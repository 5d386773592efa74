"""The plan of a year, to take away: as tables, as a document for machines, and for calendars."""

import hashlib

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import conditional_page, require_safe

from annual_plan.document import document_of
from annual_plan.feeds import feed
from annual_plan.files import table_of_duties, table_of_rows
from annual_plan.reading import duties_of, plan_or_404, rows_of, rows_with_month, with_threads
from networks.access import is_insider, more_for_insiders
from services.tables.writing import CSV_TYPE, XLSX_TYPE, as_csv, as_xlsx


@conditional_page
@require_safe
@more_for_insiders
def csv(request, year):
    """The rows as a CSV file that Finnish Excel opens by a double click."""
    plan, rows = _seen(request, year)
    content = as_csv(_table(request, plan, rows))
    return HttpResponse(content, content_type=CSV_TYPE, headers=_named(plan, "csv"))


@conditional_page
@require_safe
@more_for_insiders
def xlsx(request, year):
    """The rows as an Excel workbook, and the division of work, if there is one, on its second sheet."""
    plan, rows = _seen(request, year)
    duties = duties_of(plan)
    tables = [_table(request, plan, rows), *([table_of_duties(duties)] if duties else [])]
    response = HttpResponse(as_xlsx(*tables), content_type=XLSX_TYPE, headers=_named(plan, "xlsx"))
    if not is_insider(request):
        # The file itself tells when it was written, and is never the same twice.
        told = hashlib.sha256(b"".join(as_csv(table) for table in tables)).hexdigest()
        response.headers["ETag"] = f'W/"{told}"'
    return response


@conditional_page
@require_safe
@more_for_insiders
def json(request, year):
    """All of the plan for machines, in every language at once."""
    plan, rows = _seen(request, year)
    insider, address = is_insider(request), _address(request)
    content = document_of(
        plan, rows, duties_of(plan), insider=insider, today=timezone.localdate(), address=address
    )
    return JsonResponse(
        content,
        json_dumps_params={"ensure_ascii": False, "indent": 1},
        headers=_named(plan, "json", "inline"),
    )


@conditional_page
@require_safe
def calendar(request, year):
    """What has a month, for a calendar that subscribes to it; calendars cannot sign in, and see what all may see."""
    plan = plan_or_404(request.centre, year, insider=False)
    name = _("Annual plan %(year)s: %(centre)s") % {"year": plan.year, "centre": plan.centre.name}
    content = feed(plan, rows_with_month(plan), name=name, address=_address(request))
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


def _seen(request, year):
    """The plan of `year` and its rows, as far as the reader sees them."""
    insider = is_insider(request)
    plan = plan_or_404(request.centre, year, insider=insider)
    rows = rows_of(plan, insider=insider).with_fate()
    return plan, list(with_threads(rows, insider=insider))


def _table(request, plan, rows):
    return table_of_rows(
        plan, rows, insider=is_insider(request), today=timezone.localdate(), address=_address(request)
    )


def _address(request):
    """Gives the whole address of the page of a plan or a row."""
    return lambda row: request.build_absolute_uri(row.get_absolute_url())


def _named(plan, ending, disposition="attachment"):
    """The header that names the file: "posio-vuosisuunnitelma-2026.csv"."""
    word = pgettext("address", "annual-plan/").rstrip("/")
    return {
        "Content-Disposition": f'{disposition}; filename="{plan.centre.slug}-{word}-{plan.year}.{ending}"'
    }
