"""Rows of places, read by plain SQL: what every query of the module selects."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from sauro.places.rules import PlaceRow

SELECT = """
SELECT p.id, p.code, p.level, p.type_word, p.name, p.short_name,
       concat_ws(', ', p.name, up.name, top.name), p.parent_id,
       coalesce(top.code, up.code, p.code), coalesce(top.name, up.name, p.name),
       p.since, p.until, p.lat::float8, p.lon::float8, p.area_km2::float8, p.population,
       p.population_is_estimate, p.seat, p.source, p.snapshot_on, p.flags
FROM places_place p
LEFT JOIN places_place up ON up.id = p.parent_id
LEFT JOIN places_place top ON top.id = up.parent_id
"""
_FIELDS = tuple(PlaceRow.__dataclass_fields__)


def place_row(values: Sequence[Any]) -> PlaceRow:
    """Return a row of `SELECT` as a place."""
    given = dict(zip(_FIELDS, values, strict=True))
    return PlaceRow(**{**given, "flags": tuple(given["flags"])})


def select(sql: str, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Run a query and return its rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return list(cursor.fetchall())
