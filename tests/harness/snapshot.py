"""The demo content as it lies in the tables: read once, and laid again in a fraction of the time that loading takes."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model


def _models() -> list[type[Model]]:
    """The models of every room, with those that Django makes for many-to-many relations."""
    rooms = [apps.get_app_config(room) for room in settings.ROOMS]
    return [model for room in rooms for model in room.get_models(include_auto_created=True)]


def _writable(value: Any) -> Any:
    """`value` as the database takes it back: SQLite reads times out of texts, but writes none."""
    return str(value) if connection.vendor == "sqlite" and isinstance(value, date | time) else value


@dataclass(frozen=True)
class Snapshot:
    """The rows of every room: for each table its columns and its rows."""

    tables: dict[str, tuple[list[str], list[tuple[Any, ...]]]]

    @classmethod
    def take(cls) -> "Snapshot":
        tables = {}
        with connection.cursor() as cursor:
            for model in _models():
                columns = [field.column for field in model._meta.concrete_fields]
                names = ", ".join(map(connection.ops.quote_name, columns))
                table = model._meta.db_table
                cursor.execute(f"SELECT {names} FROM {connection.ops.quote_name(table)}")  # noqa: S608
                tables[table] = (columns, [tuple(map(_writable, row)) for row in cursor.fetchall()])
        return cls(tables)

    def lay(self) -> None:
        """Puts the rows back into empty tables, keys included."""
        with transaction.atomic(), connection.cursor() as cursor:
            for table, (columns, rows) in self.tables.items():
                names = ", ".join(map(connection.ops.quote_name, columns))
                holes = ", ".join(["%s"] * len(columns))
                insert = f"INSERT INTO {connection.ops.quote_name(table)} ({names}) VALUES ({holes})"  # noqa: S608
                cursor.executemany(insert, rows)
            for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
                cursor.execute(statement)
