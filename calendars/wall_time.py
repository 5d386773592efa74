"""From what the clock on the wall in Finland says to instants, over both changes of the clocks."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")

# Clocks change at 01:00 UTC in the whole Union (directive 2000/84/EC, articles 2 and 3).
_CHANGE_OF_CLOCKS = time(1, 0, tzinfo=UTC)


def instant(day: date, at: time) -> datetime:
    """The first instant, in UTC, at which a clock in Finland shows `at` or later on `day`.

    In spring a time that is skipped (03:00-03:59) is the moment of the change; in autumn a time that
    comes twice is its first coming, as in RFC 5545, 3.3.5. A later time of a day is therefore never an
    earlier instant. The answer is in UTC because Python compares two times of the same zone by their
    clock faces, and so errs in the hour that comes twice. `at` is naive; an aware one is a ValueError.
    """
    if at.tzinfo is not None:
        raise ValueError(f"{at} must be a time without a zone")
    local = datetime.combine(day, at, tzinfo=HELSINKI)
    first = local.replace(fold=0).astimezone(UTC)
    if local.replace(fold=1).astimezone(UTC) < first:
        return datetime.combine(day, _CHANGE_OF_CLOCKS)
    return first


def in_helsinki(moment: datetime) -> datetime:
    """The same instant in Finnish time. A naive datetime says no instant: ValueError."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    return moment.astimezone(HELSINKI)
