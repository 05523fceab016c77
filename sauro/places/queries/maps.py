"""Outlines for maps: what a picture of a province or of the country needs, in one query."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sauro.places.rows import select


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineRow:
    """A unit on a map. outline: a GeoJSON geometry, None where we have none; no legal weight."""

    place_id: int
    code: str
    name: str
    type_word: str
    lat: float | None
    lon: float | None
    area_km2: float | None
    population: int | None
    population_is_estimate: bool
    outline: Mapping[str, Any] | None


_SELECT = """
SELECT p.id, p.code, p.name, p.type_word, p.lat::float8, p.lon::float8, p.area_km2::float8,
       p.population, p.population_is_estimate, b.outline::text
FROM places_place p
LEFT JOIN places_place up ON up.id = p.parent_id
LEFT JOIN places_boundary b ON b.place_id = p.id
WHERE (p.since IS NULL OR p.since <= %(on)s) AND (p.until IS NULL OR p.until > %(on)s)
"""


def outlines(province_code: str, *, on: date) -> list[OutlineRow]:
    """Return the communes of a province with their outlines, by code. One query."""
    sql = f"{_SELECT} AND p.level = 'COMMUNE' AND up.code = %(code)s ORDER BY p.code"
    return [_row(row) for row in select(sql, {"code": province_code, "on": on})]


def province_outlines(*, on: date) -> list[OutlineRow]:
    """Return the provinces with their outlines, by code. One query."""
    sql = f"{_SELECT} AND p.level = 'PROVINCE' ORDER BY p.code"
    return [_row(row) for row in select(sql, {"on": on})]


def _row(values: tuple[Any, ...]) -> OutlineRow:
    *facts, outline = values
    given = dict(zip(OutlineRow.__dataclass_fields__, facts, strict=False))
    return OutlineRow(**given, outline=json.loads(outline) if outline else None)
