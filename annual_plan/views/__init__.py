"""The pages of annual plans."""

from annual_plan.views.plans import detail
from annual_plan.views.promises import open_promises
from annual_plan.views.rows import item
from annual_plan.views.years import area, index

__all__ = ["area", "detail", "index", "item", "open_promises"]
