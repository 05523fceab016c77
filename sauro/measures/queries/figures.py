"""Figures by their definitions, and the dossiers behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A dossier behind a figure. A moment that is None has not come."""

    code: str
    procedure: str
    unit: str
    opened_at: datetime
    legal_due_at: datetime | None
    finished_at: datetime | None


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
_WITHIN = (
    "(%(within)s::bigint[] IS NULL OR f.door_id = ANY(%(within)s) OR f.unit_id = ANY(%(within)s))"
)
GROUPINGS: Sequence[str] = tuple(_GROUPINGS)


def figures(
    measure: Definition,
    period: Period,
    *,
    by: str = "all",
    within: Sequence[int] | None = None,
) -> list[Figure]:
    """Return a figure for each group that has any, by name; the whole province has it always.

    within: the offices whose dossiers count, as door or unit; None for all. One query.

    :raises KeyError: by is none of `GROUPINGS`
    """
    base = measure.among or measure.counted
    grouped = "" if by == "all" else "GROUP BY 1, 2 ORDER BY 2, 1"
    sql = f"""
    SELECT {_GROUPINGS[by].key}, {_GROUPINGS[by].name},
        count(*) FILTER (WHERE {measure.counted}), count(*)
    FROM measures_fact f {_GROUPINGS[by].joined} WHERE ({base}) AND {_WITHIN} {grouped}
    """  # noqa: S608 - only constants of this module and of the definitions are put in
    return [
        Figure(key, name, counted, among if measure.among else None)
        for key, name, counted, among in _read(sql, period, within)
    ]


def several(
    measures: Sequence[Definition],
    period: Period,
    *,
    by: str,
    within: Sequence[int] | None = None,
) -> Mapping[str, list[Figure]]:
    """Return several figures by name, each for the same groups, by name of the group. One query.

    A group stands there when any of the figures has something in it.

    :raises KeyError: by is none of `GROUPINGS`
    """
    group = _GROUPINGS[by]
    columns = ", ".join(
        f"count(*) FILTER (WHERE {one.counted}), count(*) FILTER (WHERE {one.among or one.counted})"
        for one in measures
    )
    bases = " OR ".join(sorted({f"({one.among or one.counted})" for one in measures}))
    sql = f"""
    SELECT {group.key}, {group.name}, {columns}
    FROM measures_fact f {group.joined} WHERE ({bases}) AND {_WITHIN}
    GROUP BY 1, 2 ORDER BY 2, 1
    """  # noqa: S608 - only constants of this module and of the definitions are put in
    found: dict[str, list[Figure]] = {one.name: [] for one in measures}
    for key, name, *counts in _read(sql, period, within):
        for at, one in enumerate(measures):
            counted, among = counts[2 * at : 2 * at + 2]
            found[one.name].append(Figure(key, name, counted, among if one.among else None))
    return found


def total(measure: Definition, groups: Sequence[Figure]) -> Figure:
    """Return a figure of all groups together; each dossier is in one group."""
    among = sum(one.among or 0 for one in groups) if measure.among else None
    return Figure("", "", sum(one.counted for one in groups), among)


def codes(
    measure: Definition,
    period: Period,
    *,
    by: str = "all",
    key: str = "",
    within: Sequence[int] | None = None,
) -> list[str]:
    """Return the codes of the dossiers that a figure counts, in their order. One query.

    :raises KeyError: by is none of `GROUPINGS`
    """
    sql = f"""
    SELECT f.code FROM measures_fact f {_GROUPINGS[by].joined}
    WHERE {measure.counted} AND {_GROUPINGS[by].key} = %(key)s AND {_WITHIN} ORDER BY f.code
    """  # noqa: S608 - only constants of this module and of the definitions are put in
    return [code for [code] in _read(sql, period, within, key=key)]


def behind(
    measure: Definition,
    period: Period,
    *,
    by: str,
    key: str,
    is_whole: bool,
    within: Sequence[int] | None = None,
    start: int = 0,
    size: int = 100,
) -> tuple[int, list[Counted]]:
    """Return how many dossiers are behind a figure, and those from `start` on. One query.

    is_whole: those that the figure is a share of, not those that it counts. key: of the group;
    "" for all groups. Past the end there are none, and the number is 0.

    :raises KeyError: by is none of `GROUPINGS`
    """
    condition = measure.among if is_whole and measure.among else measure.counted
    chosen = f"AND {_GROUPINGS[by].key} = %(key)s" if key else ""
    sql = f"""
    SELECT count(*) OVER (), f.code, name.name, unit.name, f.opened_at, f.legal_due_at,
        f.finished_at
    FROM measures_fact f {_GROUPINGS[by].joined}
    JOIN procedures_procedure name ON name.id = f.procedure_id
    JOIN offices_office unit ON unit.id = f.unit_id
    WHERE ({condition}) AND {_WITHIN} {chosen}
    ORDER BY f.opened_at, f.code OFFSET %(start)s LIMIT %(size)s
    """  # noqa: S608 - only constants of this module and of the definitions are put in
    rows = _read(sql, period, within, key=key, start=start, size=size)
    return rows[0][0] if rows else 0, [
        Counted(
            code=code,
            procedure=procedure,
            unit=unit,
            opened_at=opened,
            legal_due_at=due,
            finished_at=finished,
        )
        for _count, code, procedure, unit, opened, due, finished in rows
    ]


def _read(
    sql: str, period: Period, within: Sequence[int] | None, **more: str | int
) -> list[tuple[Any, ...]]:
    given: dict[str, Any] = {"since": period.since, "until": period.until, **more}
    given["within"] = list(within) if within is not None else None
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return list(cursor.fetchall())
