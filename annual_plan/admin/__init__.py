"""The desk's pages of annual plans. Importing them registers them."""

from annual_plan.admin import duties, plans, rows

__all__ = ["duties", "plans", "rows"]
