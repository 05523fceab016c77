"""Working calendars made from rows: the province's, and those of offices with their own. Pure.

What an office sets for itself holds for the offices below it too, and wins over what is set
above. Years that nobody has decided yet are filled with the statutory holidays, as estimates.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Any

from sauro.core.workdays import SESSIONS, Hours, Sessions, SpecialDay, WorkingCalendar
from sauro.offices.rules import DayKind, DayStatus, SpecialDayPlan

ESTIMATED_YEARS = 3
_LABOUR = "Bộ luật Lao động 2019, Điều "
_LAW = {
    DayKind.HOLIDAY: _LABOUR + "112",
    DayKind.IN_LIEU: _LABOUR + "111 khoản 3",
    DayKind.SWAP_OFF: "Quyết định hoán đổi ngày nghỉ hằng năm",
    DayKind.MAKEUP_WORK: "Quyết định hoán đổi ngày nghỉ hằng năm",
}
_LIBRARY = "holidays "  # the library that statutory days were read from is no legal source
_WORKS = {DayKind.MAKEUP_WORK, DayKind.HALF_MORNING, DayKind.HALF_AFTERNOON}


@dataclass(frozen=True, slots=True)
class SetDay:
    """A special day as it is set. office_id: whose it is, None for the whole province.

    by_hand: set by a person; only what is loaded says that the days of a year were decided.
    """

    plan: SpecialDayPlan
    office_id: int | None = None
    by_hand: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySetting:
    """What a day is to be at an office (None: in the province); plan None: nothing special.

    by_hand: set by a person; False puts back what the yearly data had said.
    """

    day: date
    office_id: int | None = None
    plan: SpecialDayPlan | None
    by_hand: bool = True


@dataclass(frozen=True, slots=True)
class SetHours:
    """Opening hours as they are set, from a day on."""

    hours: Hours
    office_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursSetting:
    """What the hours of an office (None: the province) are to be from a day on; None: not set."""

    since: date
    office_id: int | None = None
    hours: Hours | None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Everything that calendars are made from. above: the office above each office."""

    days: Sequence[SetDay]
    hours: Sequence[SetHours] = ()
    above: Mapping[int, int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Calendars:
    """The working calendar of every office: the province's, unless it has its own."""

    province: WorkingCalendar
    own: Mapping[int, WorkingCalendar]

    def of(self, office_id: int | None) -> WorkingCalendar:
        """Return the calendar that an office works by."""
        return self.own.get(office_id, self.province) if office_id else self.province


def basis(kind: str, source: str) -> str:
    """Return what a special day stands on: its decision, else the article of the law."""
    law = _LAW.get(DayKind(kind), "")
    return law if source.startswith(_LIBRARY) or not source else source


def special(plan: SpecialDayPlan, sessions: Sessions) -> SpecialDay:
    """Return a special day as calendars know it; sessions: the usual hours of that day."""
    halves = {DayKind.HALF_MORNING: sessions[:1], DayKind.HALF_AFTERNOON: sessions[-1:]}
    return SpecialDay(
        name=plan.name,
        source=basis(plan.kind, plan.source),
        works=plan.kind in _WORKS,
        sessions=halves.get(plan.kind),
        is_estimate=plan.status is DayStatus.ESTIMATE,
    )


def build(
    rows: Rows,
    estimated: Callable[[int], Sequence[SpecialDayPlan]] | None = None,
    *,
    version: str = "",
) -> Calendars:
    """Return the calendars that `rows` make.

    estimated: the statutory days of a year that nobody has decided yet; without it the
    calendars end with the last year that has special days.
    With no special day at all, which happens only before the data is loaded, every weekday
    counts.
    """
    province = [row for row in rows.days if row.office_id is None]
    loaded = {row.plan.day.year for row in province if not row.by_hand}
    years = {row.plan.day.year for row in province}
    if not years:
        return Calendars(_calendar([], _hours(rows, [None]), None, version), {})
    first, end = min(years), max(years) + 1 + (ESTIMATED_YEARS if estimated else 0)
    open_years = [year for year in range(first, end) if year not in loaded]
    plans = [plan for year in open_years for plan in (estimated(year) if estimated else ())]
    plans += [row.plan for row in province]
    span = (date(first, 1, 1), date(end, 1, 1))
    own = {}
    for office_id in _with_their_own(rows):
        line = _line(office_id, rows.above)
        theirs = [r.plan for o in line[1:] for r in rows.days if r.office_id == o]
        own[office_id] = _calendar([*plans, *theirs], _hours(rows, line), span, version)
    return Calendars(_calendar(plans, _hours(rows, [None]), span, version), own)


def _with_their_own(rows: Rows) -> set[int]:
    """Return the offices that have days or hours of their own, or are below one that has."""
    setting = {row.office_id for row in rows.days} | {row.office_id for row in rows.hours}
    setting -= {None}
    if not setting:
        return set()
    every = {*rows.above, *(office for office in setting if office)}
    return {office for office in every if setting & set(_line(office, rows.above))}


def _line(office_id: int, above: Mapping[int, int | None]) -> list[int | None]:
    """Return the province (None), then the offices above from the top, then the office."""
    line: list[int | None] = []
    at: int | None = office_id
    while at is not None and at not in line:
        line.append(at)
        at = above.get(at)
    return [None, *reversed(line)]


def _hours(rows: Rows, line: Iterable[int | None]) -> tuple[Hours, ...]:
    """Return the hours of the nearest office of a line that sets any."""
    found: list[Hours] = []
    for office in line:
        found = [row.hours for row in rows.hours if row.office_id == office] or found
    return tuple(sorted(found, key=lambda hours: hours.since))


def _calendar(
    plans: Iterable[SpecialDayPlan],
    hours: tuple[Hours, ...],
    span: tuple[date, date] | None,
    version: str,
) -> WorkingCalendar:
    usual = WorkingCalendar({}, hours=hours, since=date(2024, 1, 1), until=date(2024, 1, 2))
    chosen = {plan.day: plan for plan in plans}
    days = {
        day: special(plan, usual.sessions_on(day))
        for day, plan in chosen.items()
        if plan.kind is not DayKind.ORDINARY
    }
    if span is None:
        return WorkingCalendar(days, version=version, hours=hours)
    return WorkingCalendar(days, since=span[0], until=span[1], version=version, hours=hours)


def plan_of(told: Mapping[str, Any]) -> SpecialDayPlan:
    """Return a special day from plain values: the day, then codes and texts.

    :raises ValueError: a code is not known
    """
    return SpecialDayPlan(
        day=told["day"],
        kind=DayKind(told["kind"]),
        name=told["name"],
        source=told["source"],
        status=DayStatus(told["status"]),
    )


def with_days(rows: Rows, settings: Iterable[DaySetting]) -> Rows:
    """Return what calendars would be made from if these days were set: for a preview."""
    replaced = {(setting.day, setting.office_id): setting for setting in settings}
    kept = [row for row in rows.days if (row.plan.day, row.office_id) not in replaced]
    above = {row.plan.day: row for row in rows.days if row.office_id is None}
    new = []
    for setting in replaced.values():
        plan = setting.plan
        if plan is None and setting.by_hand and setting.office_id is None:
            plan = ordinary(above[setting.day].plan) if setting.day in above else None
        if plan is not None:
            new.append(SetDay(plan, setting.office_id, setting.by_hand))
    return replace(rows, days=[*kept, *new])


def with_hours(rows: Rows, settings: Iterable[HoursSetting]) -> Rows:
    """Return what calendars would be made from if these hours were set: for a preview."""
    replaced = {(setting.since, setting.office_id): setting for setting in settings}
    kept = [row for row in rows.hours if (row.hours.since, row.office_id) not in replaced]
    new = [SetHours(one.hours, one.office_id) for one in replaced.values() if one.hours]
    return replace(rows, hours=[*kept, *new])


def ordinary(plan: SpecialDayPlan) -> SpecialDayPlan:
    """Return what is kept of a day of the province that is to be nothing special."""
    return SpecialDayPlan(day=plan.day, kind=DayKind.ORDINARY, name=plan.name)


def text_of(sessions: Sessions) -> list[list[str]]:
    """Return hours as they are stored; `sessions_of` reads them back."""
    return [[f"{opens:%H:%M}", f"{closes:%H:%M}"] for opens, closes in sessions]


def sessions_of(text: Sequence[Sequence[str]]) -> Sessions:
    """Return hours stored as [["07:00", "11:30"], …].

    :raises ValueError: it is no such list
    """
    return tuple((time.fromisoformat(a), time.fromisoformat(b)) for a, b in text) or SESSIONS


def hours_of(
    since: date, sessions: Sequence[Sequence[str]], week: Mapping[str, Sequence[Sequence[str]]]
) -> Hours:
    """Return opening hours as they are stored.

    :raises ValueError: they are none
    """
    return Hours(
        since, sessions_of(sessions), {int(day): sessions_of(x) for day, x in week.items()}
    )
