"""The wall and the tables: all figures of a period for a scope, counted by their definitions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sauro.core.actor import Actor
from sauro.core.clock import at_local, local_day
from sauro.core.errors import NotFound
from sauro.dashboards.rules import Month
from sauro.measures.definitions import DEFINITIONS, Definition
from sauro.measures.queries import figures as counting
from sauro.measures.queries.figures import Counted, Figure, Period
from sauro.offices import queries as offices
from sauro.offices.roster import Roster
from sauro.offices.scopes import Scope, scope
from sauro.onestop.rules import CHANNEL_LABELS, Channel

WALL: Sequence[Definition] = [
    DEFINITIONS[name] for name in ("received", "returned", "open", "overdue", "late", "on_time")
]
_ROWS = 12
_LISTED = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A group and its figures, in the order of the measures. head: who answers for it, or ""."""

    key: str
    name: str
    figures: Sequence[Figure]
    head: str = ""

    @property
    def by_name(self) -> Mapping[str, Figure]:
        """Return the figures by the names of the wall's measures."""
        return {measure.name: one for measure, one in zip(WALL, self.figures, strict=True)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Figures of a scope in a period: all together, and by group."""

    scope: Scope
    measures: Sequence[Definition]
    whole: Sequence[Figure]
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wall:
    """What the wall shows: units by their share on time, by what is overdue, by what is open."""

    sheet: Sheet
    whole: Mapping[str, Figure]
    worst: Sequence[Line]
    overdue: Sequence[Line]
    open: Sequence[Line]


def period(month: Month, now: datetime) -> Period:
    """Return a month as a period: up to this moment where it is not over."""
    until = at_local(month.last + timedelta(days=1), time(0))
    return Period(since=at_local(month.first, time(0)), until=min(until, now))


def sheet(
    actor: Actor, month: Month, by: str, measures: Sequence[Definition], *, now: datetime
) -> Sheet:
    """Return figures for what an official may see. One query."""
    roster = offices.roster(local_day(now))
    seen = scope(actor, roster)
    found = counting.several(measures, period(month, now), by=by, within=seen.offices)
    columns = [found[measure.name] for measure in measures]
    heads = _heads(roster) if by in {"unit", "office"} else {}
    lines = [
        Line(
            key=row[0].key,
            name=CHANNEL_LABELS[Channel(row[0].key)] if by == "channel" else row[0].name,
            figures=row,
            head=heads.get(row[0].key, ""),
        )
        for row in zip(*columns, strict=True)
    ]
    whole = [
        counting.total(measure, column) for measure, column in zip(measures, columns, strict=True)
    ]
    return Sheet(scope=seen, measures=measures, whole=whole, lines=lines)


def wall(actor: Actor, month: Month, *, now: datetime) -> Wall:
    """Return what the wall shows of this month. One query."""
    found = sheet(actor, month, "unit", WALL, now=now)
    names = [measure.name for measure in WALL]
    timed = [line for line in found.lines if line.by_name["on_time"].among]
    return Wall(
        sheet=found,
        whole=dict(zip(names, found.whole, strict=True)),
        worst=sorted(timed, key=_rank)[:_ROWS],
        overdue=_most(found.lines, "overdue"),
        open=_most(found.lines, "open"),
    )


def _rank(line: Line) -> tuple[float, int, str]:
    """Return where a unit stands by its share on time: the lowest first, then who did most."""
    figure = line.by_name["on_time"]
    return figure.value or 0.0, -(figure.among or 0), line.name


def _most(lines: Sequence[Line], name: str) -> Sequence[Line]:
    """Return the units that have most of something, those with none left out."""
    some = [line for line in lines if line.by_name[name].counted]
    return sorted(some, key=lambda line: (-line.by_name[name].counted, line.name))[:_LISTED]


def behind(
    actor: Actor,
    measure: Definition,
    month: Month,
    *,
    by: str,
    key: str,
    is_whole: bool,
    start: int,
    size: int,
    now: datetime,
) -> tuple[int, list[Counted]]:
    """Return how many dossiers are behind a figure, and a page of them. One query."""
    seen = scope(actor, offices.roster(local_day(now)))
    return counting.behind(
        measure,
        period(month, now),
        by=by,
        key=key,
        is_whole=is_whole,
        within=seen.offices,
        start=start,
        size=size,
    )


def _heads(roster: Roster) -> dict[str, str]:
    found = {}
    for office in roster.offices:
        try:
            found[office.code] = roster.head(office.id).name
        except NotFound:
            continue
    return found
