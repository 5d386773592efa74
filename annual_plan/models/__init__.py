"""The tables of annual plans."""

from annual_plan.models.bearer import Bearer
from annual_plan.models.continuation import Continuation, why_not, why_not_later, why_out_of_sight
from annual_plan.models.duty import Duty, DutyHolder
from annual_plan.models.item import HIGHEST_NUMBER, NOT_EVALUATED, UNFINISHED, Outcome, PlanItem, Responsible
from annual_plan.models.plan import FIRST_YEAR, LAST_YEAR, Plan

__all__ = [
    "FIRST_YEAR",
    "HIGHEST_NUMBER",
    "LAST_YEAR",
    "NOT_EVALUATED",
    "UNFINISHED",
    "Bearer",
    "Continuation",
    "Duty",
    "DutyHolder",
    "Outcome",
    "Plan",
    "PlanItem",
    "Responsible",
    "why_not",
    "why_not_later",
    "why_out_of_sight",
]
