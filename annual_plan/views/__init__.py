"""The pages of annual plans."""

from annual_plan.views.files import calendar, csv, json, xlsx
from annual_plan.views.plans import detail
from annual_plan.views.promises import open_promises
from annual_plan.views.rows import item
from annual_plan.views.years import area, index

__all__ = ["area", "calendar", "csv", "detail", "index", "item", "json", "open_promises", "xlsx"]
