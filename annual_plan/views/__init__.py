"""The pages of annual plans."""

from annual_plan.views.evaluating import evaluate, evaluate_again, evaluate_row
from annual_plan.views.files import calendar, csv, json, xlsx
from annual_plan.views.plans import detail
from annual_plan.views.promises import open_promises
from annual_plan.views.rows import item
from annual_plan.views.years import area, index

__all__ = [
    "area",
    "calendar",
    "csv",
    "detail",
    "evaluate",
    "evaluate_again",
    "evaluate_row",
    "index",
    "item",
    "json",
    "open_promises",
    "xlsx",
]
