"""Figures by their definitions, and the dossiers behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from sauro.measures.definitions import Definition


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """From `since`, up to but without `until`: as it was known at `until`."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of one group. among: None where the figure is a count and no share."""

    key: str
    name: str
    counted: int
    among: int | None

    @property
    def value(self) -> float | None:
        """Return the count, or the percentage; nothing where there is nothing to share."""
        if self.among is None:
            return self.counted
        return round(100 * self.counted / self.among, 2) if self.among else None


@dataclass(frozen=True, slots=True)
class _Grouping:
    key: str
    name: str
    joined: str = ""


_OFFICE = "JOIN offices_office o ON o.id = f.{}"
_PROCEDURE = "JOIN procedures_procedure p ON p.id = f.procedure_id"
_GROUPINGS = {
    "all": _Grouping("''", "'Toàn tỉnh'"),
    "office": _Grouping("o.code", "o.name", _OFFICE.format("door_id")),
    "unit": _Grouping("o.code", "o.name", _OFFICE.format("unit_id")),
    "place": _Grouping("l.code", "l.name", "JOIN places_place l ON l.id = f.place_id"),
    "procedure": _Grouping("p.code", "p.name", _PROCEDURE),
    "field": _Grouping("p.field", "p.field", _PROCEDURE),
    "channel": _Grouping("f.channel", "f.channel"),
}
GROUPINGS: Sequence[str] = tuple(_GROUPINGS)


def figures(measure: Definition, period: Period, *, by: str = "all") -> list[Figure]:
    """Return a figure for each group that has any, by name; the whole province has it always.

    One query.

    :raises KeyError: by is none of `GROUPINGS`
    """
    group = _GROUPINGS[by]
    base = measure.among or measure.counted
    grouped = "" if by == "all" else "GROUP BY 1, 2 ORDER BY 2, 1"
    sql = f"""
    SELECT {group.key}, {group.name}, count(*) FILTER (WHERE {measure.counted}), count(*)
    FROM measures_fact f {group.joined} WHERE {base} {grouped}
    """  # noqa: S608 - only constants of this module and of the definitions are put in
    with connection.cursor() as cursor:
        cursor.execute(sql, {"since": period.since, "until": period.until})
        rows = cursor.fetchall()
    return [
        Figure(key, name, counted, among if measure.among else None)
        for key, name, counted, among in rows
    ]


def codes(measure: Definition, period: Period, *, by: str = "all", key: str = "") -> list[str]:
    """Return the codes of the dossiers that a figure counts, in their order. One query.

    :raises KeyError: by is none of `GROUPINGS`
    """
    group = _GROUPINGS[by]
    sql = f"""
    SELECT f.code FROM measures_fact f {group.joined}
    WHERE {measure.counted} AND {group.key} = %(key)s ORDER BY f.code
    """  # noqa: S608 - only constants of this module and of the definitions are put in
    with connection.cursor() as cursor:
        cursor.execute(sql, {"since": period.since, "until": period.until, "key": key})
        return [code for [code] in cursor.fetchall()]
