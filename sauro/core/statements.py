"""Statements of their own words: prepared ones for hot commands, and rows by their names.

The ORM is for forms and rare work; opening and moving a case are written as one statement
each, because that is what the speed of the province hangs on (docs/decisions).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.db import connection

from sauro.core import commands


@dataclass(frozen=True, slots=True)
class Beside:
    """A write of the calling module that goes into the statement of the module below.

    sql: a data-modifying statement; which rows it may read, the one who takes it in says.
    given: its parameters, under names of their own.
    """

    sql: str = ""
    given: Mapping[str, Any] = field(default_factory=dict)

    def and_(self, other: "Beside") -> "Beside":
        """Return both, to be written by the same statement."""
        if not self.sql or not other.sql:
            return self if self.sql else other
        return Beside(f"{self.sql}), more AS ({other.sql}", {**self.given, **other.given})

    def named(self, name: str) -> str:
        """Return it as one more item of a WITH list, with its comma; "" for nothing."""
        return f", {name} AS ({self.sql})" if self.sql else ""


def read(sql: str, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Run a query, prepared on the server, for the running command; return its rows.

    :raises RuntimeError: no command is running
    """
    commands.operation_id()
    return _run(sql, given)


def execute(sql: str, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Run a write, prepared on the server, in the running command; return its rows.

    :raises RuntimeError: no command is running, or one of a single statement has had it
    """
    commands.note_write()
    return _run(sql, given)


def _run(sql: str, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    if connection.connection is None:
        connection.ensure_connection()
    with (
        connection.wrap_database_errors,
        psycopg.Cursor(connection.connection) as cursor,
    ):
        cursor.execute(sql, given, prepare=True, binary=True)
        found = cursor.pgresult
        return cursor.fetchall() if found is not None and found.nfields else []


def named_rows(sql: str, given: Mapping[str, Any] | Sequence[Any]) -> list[dict[str, Any]]:
    """Return the rows of a query by the names of their columns, in its order. One query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
