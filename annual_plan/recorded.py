"""Which rows of annual plans are recorded, and what stands and falls with them."""

from annual_plan.models import Continuation, Duty, DutyHolder, Plan, PlanItem, Responsible
from centres.history.registry import record

# Of which quarter everybody has been reminded is in no history.
record(Plan, owns=["duties"], holds=["items"], named_by=["centre"], but=["reminded_quarter"])
record(Duty, owns=["holders"])
record(DutyHolder, named_by=["network", "organisation"])
record(PlanItem, owns=["responsibles", "continuations"], named_by=["plan"], but=["sequence"])
record(Responsible, named_by=["network", "organisation"])
record(Continuation, named_by=["source", "target"])
