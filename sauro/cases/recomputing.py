"""Recomputing (tính lại hạn): open cases after the working calendar changed, all in one statement.

How the term of a case runs is known to the module of its kind, which registers a reckoner here.
Promises given to people are never moved by this: only a person gives a new one.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db import connection

from sauro.cases import rules
from sauro.cases.writing import SUBJECT
from sauro.core.actor import Actor
from sauro.core.clock import HERE, at_local
from sauro.core.commands import command
from sauro.core.errors import Changed
from sauro.core.statements import execute
from sauro.core.text import _
from sauro.events import services as events
from sauro.offices.calendars import Calendars

# Many rows at once: time for them, and memory to keep them in the order of their keys.
_SLOW = "SET LOCAL statement_timeout = '120s'; SET LOCAL work_mem = '128MB'"


@dataclass(frozen=True, slots=True)
class Running:
    """An open case whose time is running, with its open task; all instants local."""

    id: int
    kind: str
    code: str
    title: str
    version: int
    process_id: int
    unit_id: int
    task_id: int
    step: str
    task_office_id: int
    due_at: datetime
    started_at: datetime | None
    legal_due_at: datetime | None
    promised_at: datetime | None
    paused_at: datetime | None
    task_opened_at: datetime
    task_due_at: datetime


@dataclass(frozen=True, slots=True)
class Reckoned:
    """When a case and its open task are due by a calendar; legal is None before it started."""

    legal_due_at: datetime | None
    task_due_at: datetime


# Returns one answer for every case, in order, by the rules that first set its due dates.
Reckoner = Callable[[Sequence[Running], Calendars], Sequence[Reckoned]]
_reckoners: dict[str, Reckoner] = {}


def register(kind: str, reckoner: Reckoner) -> None:
    """Say how the due dates of a kind of case are reckoned; once for each kind."""
    if _reckoners.setdefault(kind, reckoner) is not reckoner:
        raise ValueError(f"case kind {kind!r} has a reckoner already")


def reckoned(kind: str, rows: Sequence[Running], calendars: Calendars) -> Sequence[Reckoned]:
    """Return when cases of one kind and their open tasks are due, by the rules of that kind.

    What no module said a rule for keeps its due.
    """
    if kind in _reckoners:
        return _reckoners[kind](rows, calendars)
    return [Reckoned(row.legal_due_at, row.task_due_at) for row in rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class Retimed:
    """A case whose due dates are others by the new calendar: what they were and will be."""

    id: int
    code: str
    title: str
    version: int
    promised_at: datetime | None
    legal_before: datetime | None
    legal_after: datetime | None
    due_after: datetime
    task_id: int
    task_before: datetime
    task_after: datetime

    @property
    def shown(self) -> tuple[datetime, datetime]:
        """Return what people are shown as moved: the legal term, else the open step."""
        if self.legal_before and self.legal_after and not self.is_step:
            return self.legal_before, self.legal_after
        return self.task_before, self.task_after

    @property
    def is_step(self) -> bool:
        """Test whether the legal term stays and only the open step is due at another time."""
        return self.legal_before == self.legal_after

    @property
    def is_past_promise(self) -> bool:
        """Test whether the legal term now ends before the day that the person was promised."""
        return bool(self.promised_at and self.legal_after and self.legal_after < self.promised_at)


# Instants come as numbers: reading so many of them as instants takes longer than all the rest.
_RUNNING = """
SELECT c.id, c.kind, c.code, c.title, c.version, c.process_id, c.unit_id, t.id, t.step,
       t.office_id, {instants}
FROM cases_case c JOIN cases_task t ON t.case_id = c.id AND t.done_at IS NULL
WHERE c.ended_at IS NULL AND c.finished_at IS NULL AND c.kind = ANY(%(kinds)s)
  AND least(c.started_at, t.opened_at) < %(until)s
  AND greatest(c.legal_due_at, t.due_at) >= %(since)s
  AND (%(offices)s::bigint[] IS NULL OR c.unit_id = ANY(%(offices)s)
       OR t.office_id = ANY(%(offices)s))
ORDER BY c.kind, c.id
"""
_INSTANTS = ("due_at", "started_at", "legal_due_at", "promised_at", "paused_at")
_RUNNING = _RUNNING.format(
    instants=", ".join(
        f"(extract(epoch FROM {column}) * 1000000)::bigint"
        for column in (*(f"c.{name}" for name in _INSTANTS), "t.opened_at", "t.due_at")
    )
)
_LOCKED = _RUNNING + " FOR UPDATE OF c, t"
_BASE = datetime(2020, 1, 1, tzinfo=HERE)
_BASE_MICROS = int(_BASE.timestamp()) * 1_000_000


def _instant(micros: int | None) -> datetime | None:
    """Return an instant as local time here, whose distance from UTC is one since the base."""
    return _BASE + timedelta(0, 0, micros - _BASE_MICROS) if micros is not None else None


def micros(instants: Iterable[datetime | None]) -> list[int | None]:
    """Return instants as microseconds since 1970: an array of them is written at once."""
    return [
        None if at is None else (at - _BASE) // timedelta(microseconds=1) + _BASE_MICROS
        for at in instants
    ]


@dataclass(frozen=True, slots=True)
class Found:
    """The cases that a change of the calendar moves, by id, and the version of each looked at."""

    cases: Sequence[Retimed]
    looked_at: Mapping[int, int]


def affected(
    days: Sequence[date], before: Calendars, after: Calendars, *, locked: bool = False
) -> Found:
    """Return the open cases that are due at another time when `days` change. One query.

    Finished cases and those whose time does not touch the days stay as they are, and so does
    what no office of theirs is concerned by. locked: lock what is read, for the command that
    will write it; the kinds' reckoners add their own query.
    """
    rows = running(days, concerned(before, after), locked=locked)
    cases: list[Retimed] = []
    for kind, group in groupby(rows, key=attrgetter("kind")):
        cases += _retimed(list(group), _reckoners[kind], before, after)
    return Found(sorted(cases, key=attrgetter("id")), {row.id: row.version for row in rows})


_STANDING = """
SELECT c.id, c.version FROM cases_case c
JOIN cases_task t ON t.case_id = c.id AND t.done_at IS NULL
WHERE {which} FOR UPDATE OF c, t
"""
_STANDING = _STANDING.format(which=_RUNNING.partition("WHERE")[2].partition("ORDER")[0])


def concerned(before: Calendars, after: Calendars) -> list[int] | None:
    """Return the offices that work by another calendar after a change; None for all of them."""
    if before.province.differs(after.province):
        return None
    both = {*before.own, *after.own}
    return sorted(pk for pk in both if before.of(pk).differs(after.of(pk)))


def still(found: Found, days: Sequence[date], offices: Sequence[int] | None = None) -> bool:
    """Lock the open cases that `days` touch, and test whether they are as they were found.

    found: what `affected` returned for the same days and calendars; offices: those concerned.
    Two statements.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SLOW)
        cursor.execute(_STANDING, _given(days, offices))
        return dict(cursor.fetchall()) == found.looked_at


def running(
    days: Sequence[date], offices: Sequence[int] | None = None, *, locked: bool = False
) -> list[Running]:
    """Return the open cases whose time touches these days, by kind and id. One query.

    offices: only those that one of these handles or has a branch of.
    """
    given = _given(days, offices)
    with connection.cursor() as cursor:
        if locked:
            cursor.execute(_SLOW)
        cursor.execute(_LOCKED if locked else _RUNNING, given)
        return [Running(*row[:10], *map(_instant, row[10:])) for row in cursor.fetchall()]


def _given(days: Sequence[date], offices: Sequence[int] | None) -> dict[str, Any]:
    return {
        "offices": list(offices) if offices is not None else None,
        "kinds": list(_reckoners),
        "since": at_local(min(days), time()),
        "until": at_local(max(days) + timedelta(days=1), time()),
    }


def _retimed(
    rows: Sequence[Running], reckon: Reckoner, before: Calendars, after: Calendars
) -> Iterable[Retimed]:
    for row, was, will in zip(rows, reckon(rows, before), reckon(rows, after), strict=True):
        if was == will:
            continue
        legal = row.legal_due_at
        if legal and row.started_at and legal not in {was.legal_due_at, will.legal_due_at}:
            legal = _same_length(row.started_at, legal, row.unit_id, before, after)
        elif legal:
            legal = will.legal_due_at
        task = will.task_due_at
        if row.task_due_at not in {was.task_due_at, task}:
            opened, office_id = row.task_opened_at, row.task_office_id
            task = _same_length(opened, row.task_due_at, office_id, before, after)
        if (legal, task) == (row.legal_due_at, row.task_due_at):
            continue
        waits = row.paused_at is not None
        yield Retimed(
            id=row.id,
            code=row.code,
            title=row.title,
            version=row.version,
            promised_at=row.promised_at,
            legal_before=row.legal_due_at,
            legal_after=legal,
            due_after=rules.next_due(row.promised_at, task, waits=waits),
            task_id=row.task_id,
            task_before=row.task_due_at,
            task_after=task,
        )


def _same_length(
    start: datetime, due: datetime, office_id: int, before: Calendars, after: Calendars
) -> datetime:
    """Return the moment until which as much working time passes as did until `due`.

    For what was not set by the ordinary rule, such as a step given to somebody else half way.
    """
    minutes = before.of(office_id).minutes_between(start, due)
    return after.of(office_id).after_minutes(start, minutes) if minutes else due


AT = "timestamptz 'epoch' + {0} * interval '1 microsecond'"
_DUES = ("legal_due_at", "due_at", "task_due_at", "legal_was")
_RETIME = f"""
WITH given AS (
    SELECT case_id, version, task_id, {", ".join(f"{AT.format(name)} AS {name}" for name in _DUES)}
    FROM unnest(%(cases)s::bigint[], %(versions)s::int[], %(tasks)s::bigint[],
        %(legals)s::bigint[], %(dues)s::bigint[], %(task_dues)s::bigint[], %(was)s::bigint[])
        AS g (case_id, version, task_id, legal_due_at, due_at, task_due_at, legal_was)
), changes AS (
    SELECT case_id, min(version) AS version, min(legal_due_at) AS legal_due_at,
        min(due_at) AS due_at, min(legal_was) AS legal_was,
        jsonb_object_agg(task_id, jsonb_build_object('due', task_due_at)) AS tasks
    FROM given GROUP BY case_id
), retimed AS (
    UPDATE cases_case c SET version = c.version + 1, due_at = g.due_at,
        legal_due_at = g.legal_due_at
    FROM changes g WHERE c.id = g.case_id AND c.version = g.version
    RETURNING c.id, c.state, c.step, g.legal_was, c.legal_due_at AS legal, c.due_at, g.tasks
), tasks AS (
    UPDATE cases_task t SET due_at = g.task_due_at FROM given g
    WHERE t.id = g.task_id AND t.done_at IS NULL AND t.due_at <> g.task_due_at
), logged AS ({
    events.RECORD.format(
        verb="'case.retimed'",
        subject=SUBJECT,
        subject_id="id",
        data="jsonb_build_object('verb', %(verb)s::text, 'from', state, 'to', state,"
        " 'step', step, 'legal_was', legal_was, 'legal', legal, 'due', due_at, 'changed', tasks,"
        " 'clock', jsonb_build_object('due', due_at, 'legal_due', legal)) || %(told)s::jsonb",
    )
} FROM retimed)
SELECT count(*) FROM retimed
"""  # noqa: S608 - only constants of this module are put in


@command
def retime(cases: Sequence[Retimed], note: str, *, change_id: int, by: Actor, now: datetime) -> int:
    """Write new due dates to locked cases and their open tasks; return how many cases.

    change_id: of the change of the calendar, for the log of each case.

    :raises Changed: a case is not what was locked
    """
    if not cases:
        return 0
    given = {
        **events.recorded_by(by, now),
        "verb": rules.RETIME,
        "told": json.dumps({"note": note, "change": change_id}),
        "cases": [case.id for case in cases],
        "versions": [case.version for case in cases],
        "legals": micros(case.legal_after for case in cases),
        "was": micros(case.legal_before for case in cases),
        "dues": micros(case.due_after for case in cases),
        "tasks": [case.task_id for case in cases],
        "task_dues": micros(case.task_after for case in cases),
    }
    written = int(execute(_RETIME, given)[0][0])
    if written != len({case.id for case in cases}):
        raise Changed(_("Có hồ sơ vừa được người khác cập nhật. Xem trước lại rồi làm tiếp."))
    return written
