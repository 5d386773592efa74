"""The desk's pages of annual plans."""

from annual_plan.admin import plans

__all__ = ["plans"]
