"""Running dossiers under a new version of their process, looked at before it is done."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection

from sauro.cases import queries as cases
from sauro.cases import rules
from sauro.cases.rules import Clock, Process, Step
from sauro.cases.services import Landed, Migration
from sauro.core.clock import local
from sauro.core.errors import NotNow, Refusal
from sauro.core.text import _
from sauro.core.workdays import Term, Unit
from sauro.onestop import assigning, queries
from sauro.onestop.rules import Limit

_A_MOMENT = 30  # working minutes that a task has at least when its term becomes shorter


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskMigration:
    """One open task: its step and due before, and after."""

    task_id: int
    step_before: str
    step_after: str
    due_before: datetime
    due_after: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMigration:
    """What becomes of one dossier. reason: why it stays as it is, "" where it can go over.

    promised_at: what the person was told, which no migration moves.
    """

    case_id: int
    code: str
    version: int
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


_CASES = """
SELECT c.id, c.code, c.version, c.due_at, c.started_at, c.legal_due_at, c.promised_at,
       c.paused_at, c.finished_at, d.limit_value, d.limit_unit, d.limit_source
FROM cases_case c JOIN onestop_dossier d ON d.case_id = c.id
WHERE c.process_id = %(process)s AND c.ended_at IS NULL ORDER BY c.id
"""
_TASKS = """
SELECT t.case_id, t.id, t.step, t.opened_at, t.due_at, t.done_at, t.office_id
FROM cases_task t JOIN cases_case c ON c.id = t.case_id
WHERE c.process_id = %(process)s AND c.ended_at IS NULL ORDER BY t.id
"""


def preview_migration(
    from_id: int, to_id: int, *, steps: Mapping[str, str] | None = None, now: datetime
) -> list[CaseMigration]:
    """Return what a migration would do to each running dossier, by id. Two queries; a dry run.

    steps: step of the old version -> step of the new, for those that are called otherwise.

    :raises NotNow: the two are not versions of one process
    """
    before, after = cases.process(from_id), cases.process(to_id)
    if before.code != after.code or before.id == after.id:
        raise NotNow(_("Chọn hai bản khác nhau của cùng một quy trình."))
    tasks: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in _read(_TASKS, from_id):
        tasks[row[0]].append(row[1:])
    return [
        _migration(row, tasks[row[0]], before, after, steps or {}, now=now)
        for row in _read(_CASES, from_id)
    ]


def _read(sql: str, process_id: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"process": process_id})
        return list(cursor.fetchall())


def _migration(
    row: tuple[Any, ...],
    tasks: Sequence[tuple[Any, ...]],
    before: Process,
    after: Process,
    steps: Mapping[str, str],
    *,
    now: datetime,
) -> CaseMigration:
    clock = Clock(
        due_at=row[3],
        started_at=row[4],
        legal_due_at=row[5],
        promised_at=row[6],
        paused_at=row[7],
        finished_at=row[8],
    )
    found = CaseMigration(
        case_id=row[0],
        code=row[1],
        version=row[2],
        promised_at=clock.promised_at,
        tasks=(),
        reason="",
        change=None,
    )
    still = [task for task in tasks if task[4] is None]
    try:
        landed = rules.landing(
            before, after, [task[1] for task in still], {task[1] for task in tasks}, steps
        )
    except Refusal as refusal:
        return replace(found, reason=str(refusal))
    limit = Limit(Term(row[9], Unit(row[10])), row[11])
    moved = [
        _task(task, before.step(task[1]), step, clock, limit, now=now)
        for task, step in zip(still, landed, strict=True)
    ]
    return _whole(found, moved, landed, clock, (before, after))


def _whole(
    found: CaseMigration,
    moved: Sequence[TaskMigration],
    landed: Sequence[Step],
    clock: Clock,
    versions: tuple[Process, Process],
) -> CaseMigration:
    """Return the migration of a case with what is to be written for it."""
    waits = clock.paused_at or clock.finished_at or not clock.promised_at
    due_at = min(task.due_after for task in moved) if waits else clock.due_at
    change = Migration(
        case_id=found.case_id,
        version=found.version,
        process_before=versions[0].id,
        process_after=versions[1].id,
        tasks=[
            Landed(task.task_id, step, task.due_after)
            for task, step in zip(moved, landed, strict=True)
        ],
        due_before=clock.due_at,
        due_at=due_at,
    )
    return replace(found, tasks=moved, change=change)


def _task(
    row: tuple[Any, ...], old: Step, new: Step, clock: Clock, limit: Limit, *, now: datetime
) -> TaskMigration:
    """Return one task; its due changes only where the length of its step does."""
    task_id, _key, opened_at, due_at, _done_at, office_id = row
    after = due_at
    if (old.share, old.term) != (new.share, new.term):
        calendar = queries.calendar(office_id)
        after = assigning.due_of(new, clock, limit, calendar, opened_at)
        if due_at > now:
            # Nobody is made late by a migration.
            after = max(after, calendar.after_minutes(local(now), _A_MOMENT))
    return TaskMigration(
        task_id=task_id,
        step_before=old.name,
        step_after=new.name,
        due_before=due_at,
        due_after=after,
    )
