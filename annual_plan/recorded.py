"""Which rows of annual plans are recorded, and what stands and falls with them."""

from annual_plan.models import Continuation, Duty, DutyHolder, Plan, PlanItem, Responsible
from centres.history.registry import apart, number, record

WHO = ["network", "organisation"]
CALLED = ["network__network", "organisation"]

# Of which quarter everybody has been reminded is in no history. What comes back is asked whether it may, as on forms.
record(Plan, owns=["duties"], holds=["items"], named_by=["centre"], but=["reminded_quarter"], asks=[])
record(Duty, owns=["holders"])
record(DutyHolder, named_by=CALLED, asks=["duty__plan__centre", *WHO])
record(
    PlanItem,
    owns=["responsibles", "continuations"],
    named_by=["plan"],
    but=["sequence"],
    asks=["plan", "parent"],
)
number(PlanItem, within="plan", by="number")
record(Responsible, named_by=CALLED, asks=["item__plan__centre", *WHO])
record(Continuation, named_by=["source", "target"], asks=["source__plan", "target__plan"])
for each in (Responsible, DutyHolder, Continuation):
    apart(each)
