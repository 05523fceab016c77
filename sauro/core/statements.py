"""Statements of their own words: prepared ones for hot commands, and rows by their names.

The ORM is for forms and rare work; opening and moving a case are written as one statement
each, because that is what the speed of the province hangs on (docs/decisions).
"""

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from django.db import connection


def execute(sql: str, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Run `sql`, prepared on the server, in the running command's transaction; return its rows.

    :raises RuntimeError: no transaction is open, so the writes could be left half done
    """
    if not connection.in_atomic_block:
        raise RuntimeError("not inside a command")
    if connection.connection is None:
        connection.ensure_connection()
    with (
        connection.wrap_database_errors,
        psycopg.Cursor(connection.connection) as cursor,
    ):
        cursor.execute(sql, given, prepare=True)
        return cursor.fetchall() if cursor.description else []


def named_rows(sql: str, given: Mapping[str, Any] | Sequence[Any]) -> list[dict[str, Any]]:
    """Return the rows of a query by the names of their columns, in its order. One query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
