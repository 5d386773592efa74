"""The pages of annual plans."""

from annual_plan.views.plans import detail, index, item

__all__ = ["detail", "index", "item"]
