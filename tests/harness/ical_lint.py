"""What RFC 5545 has against a calendar feed that readers let pass: lines, zones, and dates that miss their rule."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from dateutil.rrule import rrulestr
from icalendar import Calendar

from calendars.wall_time import HELSINKI

WORDS = ("SUMMARY", "DESCRIPTION", "LOCATION", "NAME", "X-WR-CALNAME")


def faults(content: bytes) -> Iterator[str]:
    """One sentence for each fault of a feed."""
    yield from _faults_of_lines(content)
    calendar = Calendar.from_ical(content)
    if "METHOD" in calendar:
        yield "METHOD makes an invitation of a feed"
    zones = {str(each["TZID"]) for each in calendar.walk("VTIMEZONE")}
    named = set(re.findall(rb";TZID=([^:;]+)", content.replace(b"\r\n ", b"")))
    yield from (f"there is no zone {name.decode()}" for name in named if name.decode() not in zones)
    events = calendar.walk("VEVENT")
    seen = Counter((str(each.get("UID")), _wall(each.get("RECURRENCE-ID"))) for each in events)
    yield from (f"{name} stands {count} times" for name, count in seen.items() if count > 1)
    for event in events:
        yield from (f"an event has no {name}" for name in ("UID", "DTSTAMP", "DTSTART") if name not in event)
        if event.end <= event.start:
            yield f"{event['UID']} ends before it starts"
    series = {str(each["UID"]): each for each in events if "RECURRENCE-ID" not in each}
    for each in events:
        if each is not series.get(str(each["UID"])):
            yield from _faults_of_single(each, series)
    for each in series.values():
        yield from _faults_of_series(each)


def _faults_of_lines(content: bytes) -> Iterator[str]:
    if content.replace(b"\r\n", b"").translate(None, b"\t") != re.sub(rb"[\x00-\x1f\x7f]", b"", content):
        yield "a control character, or a line that does not end in CRLF"
    for octets in content.split(b"\r\n"):
        if len(octets) > 75:
            yield f"a line of {len(octets)} octets"
    for line in content.replace(b"\r\n ", b"").decode().split("\r\n"):
        name, _colon, value = line.partition(":")
        if name in WORDS and re.search(r"[;,]", re.sub(r"\\.", "", value)):
            yield f"{name} has a ; or , that is not escaped"


def _faults_of_series(event: Any) -> Iterator[str]:
    dates, start = _dates(event), event["DTSTART"].dt
    if _wall(start) not in dates:
        yield f"{event['UID']} does not start on a date of its rule"
    if "RRULE" in event and event["RRULE"]["UNTIL"][0].tzinfo is None:
        yield f"{event['UID']} has an UNTIL that is not in UTC"
    for name in ("EXDATE", "RDATE"):
        for value in _values(event, name):
            if type(value) is not type(start):
                yield f"{name} is another type than DTSTART"
            elif name == "EXDATE" and _wall(value) not in _by_rule(event):
                yield f"EXDATE {value} is no date of the rule"


def _faults_of_single(event: Any, series: dict[str, Any]) -> Iterator[str]:
    whole = series.get(str(event["UID"]))
    if whole is None:
        yield f"{event['UID']} is a single date of no series"
    elif _wall(event["RECURRENCE-ID"]) not in _dates(whole):
        yield f"{event['RECURRENCE-ID'].dt} is no date of its series"


def _values(event: Any, name: str) -> list[Any]:
    lists = event.get(name, [])
    return [each.dt for some in (lists if isinstance(lists, list) else [lists]) for each in some.dts]


def _by_rule(event: Any) -> set[datetime | None]:
    start = _wall(event["DTSTART"])
    if "RRULE" not in event:
        return {start}
    until = _wall(event["RRULE"]["UNTIL"][0])
    rule = re.sub(r";?UNTIL=[^;]*", "", event["RRULE"].to_ical().decode())
    assert start is not None
    assert until is not None
    return set(rrulestr(rule, dtstart=start).between(start, until, inc=True))


def _dates(event: Any) -> set[datetime | None]:
    return _by_rule(event) | {_wall(each) for each in _values(event, "RDATE")}


def _wall(value: Any) -> datetime | None:
    """What the clock on the wall shows."""
    moment = getattr(value, "dt", value)
    if isinstance(moment, datetime):
        return (moment.astimezone(HELSINKI) if moment.tzinfo is not None else moment).replace(
            tzinfo=None, fold=0
        )
    return datetime.combine(moment, datetime.min.time()) if isinstance(moment, date) else None
