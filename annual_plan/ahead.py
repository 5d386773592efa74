"""What carrying over would come to, to be looked through before it is done."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from annual_plan.carrying import Made, carry
from annual_plan.duties import lacking_duties
from annual_plan.making import gone_on_in, standing_in


@dataclass(frozen=True)
class Ahead:
    """What would be done in the plan for `year`: rows `made`, pairs of a source's key and a row of it `joined`.

    `is_new`: the plan would be opened; `duties` how many would be taken along.
    """

    year: int
    is_new: bool
    made: list[Made]
    joined: list[tuple[Any, Any]]
    duties: int

    def __bool__(self):
        return bool(self.made or self.joined or self.duties)

    @property
    def name(self):
        """What tells it from anything else that could be done, as a short word."""
        joined = [(source, row.pk) for source, row in self.joined]
        what = (self.year, self.is_new, self.made, joined, self.duties)
        return sha256(repr(what).encode()).hexdigest()[:16]


def look_ahead(*, year, plan, wishes, duties_of=None):
    """The `Ahead` of `actions.carry_over` with the same words; `plan` is that of `year`, None where it stands not."""
    there = (standing_in(plan), gone_on_in(plan)) if plan is not None else ({}, ())
    carried = carry(wishes, *there)
    rows = plan.items.in_bulk([target for _source, target in carried.joined]) if carried.joined else {}
    joined = [(source, rows[target]) for source, target in carried.joined]
    duties = len(lacking_duties(duties_of, plan)) if duties_of else 0
    return Ahead(year, plan is None, carried.made, joined, duties)
