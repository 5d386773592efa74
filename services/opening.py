"""From rows to `calendars.opening`: when a service point is open."""

from calendars.opening import Interval, Schedule, Span, SpecialDay
from centres.languages import mark

# What picks the weekly hours that hold the year round.
UNSEASONAL = {"valid_from": None, "valid_until": None}


def schedule_of(point, language):
    """The `Schedule` of a service point whose spans and special hours are fetched; reasons as readers see them."""
    return Schedule(
        spans=tuple(
            Span(row.weekday, row.opens, row.closes, row.valid_from, row.valid_until)
            for row in point.spans.all()
        ),
        special_days=tuple(_special_days(point.special_hours.all(), language)),
        always_open=point.always_open,
        by_appointment=point.by_appointment,
        open_on_holidays=point.open_on_holidays,
        language=language,
    )


def _special_days(rows, language):
    """One special day for all the rows of the same dates: each may open the door once more."""
    by_dates = {}
    for row in rows:
        by_dates.setdefault((row.first_day, row.last_day), []).append(row)
    for (first_day, last_day), same in by_dates.items():
        closed = [row for row in same if row.opens is None]  # who says closed is believed
        intervals = () if closed else tuple(Interval(row.opens, row.closes) for row in same)
        told = next((row for row in closed or same if row.reason), None)
        reason, lang = (told.reason, mark(told, "reason", language)) if told else ("", "")
        yield SpecialDay(first_day, last_day, intervals, reason, lang)


def week_of(point):
    """The spans of a service point that hold the year round; its spans are fetched."""
    return tuple(
        Span(row.weekday, row.opens, row.closes) for row in point.spans.all() if not is_seasonal(row)
    )


def is_seasonal(span):
    """Whether a row of opening hours holds for a season only."""
    return span.valid_from is not None or span.valid_until is not None


def coming_days(point, today):
    """The exceptions of a service point from `today` on, with their Finnish reasons; its special hours are fetched."""
    by_days = {}
    for row in point.special_hours.all():
        if row.last_day >= today:
            by_days.setdefault(
                (row.first_day, row.last_day, row.reason_fi or "", row.opens is None), []
            ).append(row)
    return tuple(
        SpecialDay(first_day, last_day, _intervals(rows), reason)
        for (first_day, last_day, reason, _closed), rows in by_days.items()
    )


def _intervals(rows):
    return tuple(Interval(row.opens, row.closes) for row in rows if row.opens is not None)
