"""Running cases under another version of their process, looked at before it is done.

Of any kind: which step a case goes on in is `rules.landing`; when its steps are due then is
said by the reckoner that the module of its kind registered in `recomputing`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db import connection

from sauro.cases import queries, recomputing, rules
from sauro.cases.recomputing import Running
from sauro.cases.rules import Process, Step
from sauro.core.clock import local
from sauro.core.errors import NotNow, Refusal
from sauro.core.text import _
from sauro.offices import queries as offices

_A_MOMENT = 30  # working minutes that a task has at least when its term becomes shorter
_FLOOR = _("; còn ít nhất {minutes} phút làm việc để không ai bị trễ vì việc chuyển")


@dataclass(frozen=True, slots=True)
class Landed:
    """An open task and the step it has in the other version, with when it is due then."""

    task_id: int
    step: Step
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """What becomes of one case. version: as it was read; tasks: all open ones, oldest first.

    due_at: what the case is due next, which is its promise wherever it has a running one.
    """

    case_id: int
    version: int
    process_before: int
    process_after: int
    tasks: Sequence[Landed]
    due_before: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskMigration:
    """One open task: its step and due before, and after. why: what the new due comes from."""

    task_id: int
    step_before: str
    step_after: str
    due_before: datetime
    due_after: datetime
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMigration:
    """What becomes of one case. reason: why it stays as it is, "" where it can go over.

    at: the keys of its open steps; who: whom the result is owed to; tasks: as they are where it
    stays. promised_at: what the person was told, which no migration moves.
    """

    case_id: int
    code: str
    who: str
    version: int
    at: tuple[str, ...]
    promised_at: datetime | None
    tasks: Sequence[TaskMigration]
    reason: str
    change: Migration | None

    @property
    def is_later(self) -> bool:
        """Test whether a task is due later than before."""
        return any(task.due_after > task.due_before for task in self.tasks)

    @property
    def is_sooner(self) -> bool:
        """Test whether a task is due sooner than before."""
        return any(task.due_after < task.due_before for task in self.tasks)


_OPEN = """
SELECT c.id, c.kind, c.code, c.title, c.version, c.process_id, c.unit_id, t.id, t.step,
       t.office_id, c.due_at, c.started_at, c.legal_due_at, c.promised_at, c.paused_at,
       t.opened_at, t.due_at, c.finished_at, p.name,
       ARRAY(SELECT d.step FROM cases_task d WHERE d.case_id = c.id)
FROM cases_case c JOIN cases_task t ON t.case_id = c.id AND t.done_at IS NULL
JOIN people_person p ON p.id = c.owed_to_id
WHERE c.process_id = %(process)s AND c.ended_at IS NULL ORDER BY c.id, t.id
"""


@dataclass(frozen=True, slots=True)
class _Open:
    """An open task of a running case, as read: the ordinary facts, and what only this needs."""

    row: Running
    finished_at: datetime | None
    who: str
    passed: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Lands:
    """An open task with its step before and after."""

    task: _Open
    old: Step
    new: Step

    @property
    def changes(self) -> bool:
        """Test whether its step is of another length now."""
        return (self.old.share, self.old.term) != (self.new.share, self.new.term)


def preview_migration(
    from_id: int, to_id: int, *, steps: Mapping[str, str] | None = None, now: datetime
) -> list[CaseMigration]:
    """Return what a migration would do to each running case, by id. A dry run.

    One query, and what the reckoner of a kind needs (one for dossiers) where a step becomes
    longer or shorter. steps: step of the old version -> step of the new, for those that are
    called otherwise.

    :raises NotNow: the two are not versions of one process
    """
    before, after = queries.process(from_id), queries.process(to_id)
    if before.code != after.code or before.id == after.id:
        raise NotNow(_("Chọn hai bản khác nhau của cùng một quy trình."))
    cases = [
        _landed(list(tasks), before, after, steps or {})
        for _case, tasks in groupby(_read(from_id), key=lambda task: task.row.id)
    ]
    dues = _dues([task for _tasks, landed, _why in cases for task in landed], after)
    return [
        _migration(tasks, landed, why, dues, versions=(before, after), now=now)
        for tasks, landed, why in cases
    ]


def _read(process_id: int) -> list[_Open]:
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, {"process": process_id})
        return [
            _Open(Running(*row[:17]), row[17], row[18], frozenset(row[19]))
            for row in cursor.fetchall()
        ]


_Case = tuple[list[_Open], list[_Lands], str]


def _landed(tasks: list[_Open], before: Process, after: Process, steps: Mapping[str, str]) -> _Case:
    """Return the open tasks of a case, where they land, and why they do not."""
    at, passed = [task.row.step for task in tasks], tasks[0].passed
    try:
        landing = rules.landing(before, after, at, passed, steps)
    except Refusal as refusal:
        return tasks, [], str(refusal)
    pairs = zip(tasks, landing, strict=True)
    return tasks, [_Lands(task, before.step(task.row.step), new) for task, new in pairs], ""


def _dues(landed: Sequence[_Lands], after: Process) -> dict[int, datetime]:
    """Return when the tasks whose step is of another length are due, by the rules of their kind."""
    changed = [
        replace(task.task.row, process_id=after.id, step=task.new.key)
        for task in landed
        if task.changes
    ]
    changed.sort(key=attrgetter("kind"))
    calendars = offices.calendars()
    dues: dict[int, datetime] = {}
    for kind, group in groupby(changed, key=attrgetter("kind")):
        rows = list(group)
        answers = recomputing.reckoned(kind, rows, calendars)
        dues |= {row.task_id: one.task_due_at for row, one in zip(rows, answers, strict=True)}
    return dues


def _migration(
    tasks: Sequence[_Open],
    landed: Sequence[_Lands],
    why: str,
    dues: Mapping[int, datetime],
    *,
    versions: tuple[Process, Process],
    now: datetime,
) -> CaseMigration:
    case, before = tasks[0].row, versions[0]
    moved = [_task(one, dues, now=now) for one in landed] or [
        _as_it_is(one, before) for one in tasks
    ]
    found = CaseMigration(
        case_id=case.id,
        code=case.code,
        who=tasks[0].who,
        version=case.version,
        at=tuple(task.row.step for task in tasks),
        promised_at=case.promised_at,
        tasks=moved,
        reason=why,
        change=None,
    )
    if why:
        return found
    waits = case.paused_at or tasks[0].finished_at or not case.promised_at
    change = Migration(
        case_id=case.id,
        version=case.version,
        process_before=before.id,
        process_after=versions[1].id,
        tasks=[
            Landed(task.task_id, one.new, task.due_after)
            for task, one in zip(moved, landed, strict=True)
        ],
        due_before=case.due_at,
        due_at=min(task.due_after for task in moved) if waits else case.due_at,
    )
    return replace(found, change=change)


def _as_it_is(task: _Open, before: Process) -> TaskMigration:
    """Return a task that stays."""
    name, due = before.step(task.row.step).name, task.row.task_due_at
    return TaskMigration(
        task_id=task.row.task_id,
        step_before=name,
        step_after=name,
        due_before=due,
        due_after=due,
        why="",
    )


def _task(one: _Lands, dues: Mapping[int, datetime], *, now: datetime) -> TaskMigration:
    """Return one task; its due changes only where the length of its step does."""
    row = one.task.row
    after = dues.get(row.task_id, row.task_due_at)
    why = rules.length_change(one.old, one.new)
    if one.changes and row.task_due_at > now:
        # Nobody is made late by a migration.
        soonest = offices.working_calendar(row.task_office_id).after_minutes(local(now), _A_MOMENT)
        if after < soonest:
            after, why = soonest, why + _FLOOR.format(minutes=_A_MOMENT)
    return TaskMigration(
        task_id=row.task_id,
        step_before=one.old.name,
        step_after=one.new.name,
        due_before=row.task_due_at,
        due_after=after,
        why=why,
    )


def running_versions(code: str, but: int) -> list[int]:
    """Return the ids of the versions of a process, oldest first, but one, that cases run on.

    One query.
    """
    sql = """
    SELECT r.id FROM cases_process r WHERE r.code = %(code)s AND r.id <> %(but)s AND EXISTS (
        SELECT FROM cases_case c WHERE c.process_id = r.id AND c.ended_at IS NULL
    ) ORDER BY r.version
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, {"code": code, "but": but})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return [pk for (pk,) in rows]
