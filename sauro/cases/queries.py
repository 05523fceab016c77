"""Reading cases: locked for a command, one by one, and as work lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from sauro.cases import rules
from sauro.cases.models import Task
from sauro.cases.rules import Clock, Held, HeldTask, Kind, Party
from sauro.cases.versions import PROCESSES, latest_process, process, process_for
from sauro.core.commands import is_at_once
from sauro.core.errors import NotFound
from sauro.core.statements import read
from sauro.core.text import _

__all__ = [
    "NO_SUCH_CASE",
    "PROCESSES",
    "Filter",
    "LateRow",
    "OpenCount",
    "OpenTask",
    "TaskRow",
    "WorkRow",
    "has_branch",
    "late_at",
    "latest_process",
    "lock",
    "open_at",
    "open_counts",
    "open_task",
    "open_tasks",
    "process",
    "process_for",
    "tasks",
    "unanswered",
    "work_at",
    "work_of",
]

NO_SUCH_CASE = _("Không có hồ sơ nào với mã này. Xem lại mã in dưới mã QR.")

_HELD = """
SELECT c.id, c.kind, c.code, c.state, c.version, c.process_id, c.door_id, c.unit_id,
       c.authority_id, c.owed_to_id, c.opened_at, c.outcome, c.due_at, c.started_at,
       c.legal_due_at, c.promised_at, c.paused_at, c.finished_at,
       t.id, t.step, t.official_id, t.office_id, t.opened_at, t.due_at, t.party, t.kind
FROM cases_case c LEFT JOIN cases_task t ON t.case_id = c.id AND t.done_at IS NULL
WHERE c.id = %(case)s ORDER BY t.id
"""
_LOCK = "SELECT 1 FROM cases_case WHERE id = %(case)s FOR UPDATE"
_FACTS = 18


def lock(case_id: int, *, seen: int | None = None) -> Held:
    """Lock a case for the running command and return it as it stands. Two queries.

    It is read after it is locked: whoever held the lock before may have changed its tasks.
    For a command at once there is nothing to lock: its write tests the version returned here.

    seen: the version the person's page showed; None when there was no page.

    :raises NotFound: there is no such case
    :raises Changed: the case is newer than `seen`
    """
    if not is_at_once():
        read(_LOCK, {"case": case_id})
    rows = read(_HELD, {"case": case_id})
    if not rows:
        raise NotFound(NO_SUCH_CASE)
    held = _held(rows)
    rules.check_version(held, seen)
    return held


def _held(rows: Sequence[tuple[Any, ...]]) -> Held:
    row = rows[0]
    tasks = tuple(_held_task(each[_FACTS:]) for each in rows if each[_FACTS])
    return Held(
        id=row[0],
        kind=row[1],
        code=row[2],
        state=row[3],
        version=row[4],
        process_id=row[5],
        door_id=row[6],
        unit_id=row[7],
        authority_id=row[8],
        owed_to_id=row[9],
        opened_at=row[10],
        outcome=row[11],
        clock=Clock(
            due_at=row[12],
            started_at=row[13],
            legal_due_at=row[14],
            promised_at=row[15],
            paused_at=row[16],
            finished_at=row[17],
        ),
        task=tasks[0] if tasks else None,
        tasks=tasks,
    )


def _held_task(row: Sequence[Any]) -> HeldTask:
    return HeldTask(
        id=row[0],
        step=row[1],
        official_id=row[2],
        office_id=row[3],
        opened_at=row[4],
        due_at=row[5],
        party=Party(row[6]),
        kind=Kind(row[7]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRow:
    """One line of a work list: an open task. A case in branches has a line for each."""

    task_id: int
    case_id: int
    code: str
    title: str
    who: str
    state: str
    step: str
    work: str
    opened_at: datetime
    task_due_at: datetime
    due_at: datetime
    promised_at: datetime | None
    official_id: int
    party: str
    paused_at: datetime | None


_LINE = """
SELECT t.id AS task_id, c.id AS case_id, c.code, c.title, p.name AS who, c.state, t.step, t.work,
       t.opened_at, t.due_at AS task_due_at, c.due_at, c.promised_at, t.official_id, t.party,
       c.paused_at"""
_WORK = f"""{_LINE}
FROM cases_task t
JOIN cases_case c ON c.id = t.case_id
JOIN people_person p ON p.id = c.owed_to_id
WHERE t.done_at IS NULL AND {{whose}} AND (t.due_at, t.id) > (%(after_due)s, %(after_id)s)
ORDER BY t.due_at, t.id LIMIT %(limit)s
"""
_BY_OFFICIAL = _WORK.format(whose="t.official_id = %(whose)s")
_BY_OFFICE = _WORK.format(whose="t.office_id = %(whose)s")
_START = datetime(1970, 1, 1, tzinfo=UTC)


def work_of(official_id: int, *, limit: int = 50) -> list[WorkRow]:
    """Return the open tasks in an official's hands, the most urgent step first. One query."""
    return _work(_BY_OFFICIAL, official_id, limit)


def work_at(office_id: int, *, limit: int = 50) -> list[WorkRow]:
    """Return the open tasks of an office, the most urgent step first. One query."""
    return _work(_BY_OFFICE, office_id, limit)


def _work(sql: str, whose: int, limit: int) -> list[WorkRow]:
    given = {
        "whose": whose,
        "limit": limit,
        "after_due": _START,
        "after_id": 0,
    }
    return _named(WorkRow, sql, given)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """One task of a case, open or done, with its six clarities."""

    id: int
    step: str
    kind: str
    work: str
    product: str
    party: str
    official_id: int
    office_id: int
    head_id: int
    opened_at: datetime
    due_at: datetime
    done_at: datetime | None
    done_by_id: int | None
    outcome: str
    note: str


_TASKS = """
SELECT id, step, kind, work, product, party, official_id, office_id, head_id, opened_at, due_at,
       done_at, done_by_id, outcome, note
FROM cases_task WHERE case_id = %s ORDER BY id
"""


def tasks(case_id: int) -> list[TaskRow]:
    """Return all tasks of a case, oldest first. One query."""
    return _named(TaskRow, _TASKS, [case_id])


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTask:
    """An open task of a case, to act on it. returned: the person was asked before."""

    id: int
    case_id: int
    process_id: int
    step: str
    kind: str
    party: str
    official_id: int
    due_at: datetime
    owed_to_id: int
    who: str
    returned: bool


_OPEN_TASK = """
SELECT t.id, t.case_id, c.process_id, t.step, t.kind, t.party, t.official_id, t.due_at,
       c.owed_to_id, p.name AS who,
       EXISTS (SELECT 1 FROM cases_task b WHERE b.case_id = c.id AND b.party = 'CITIZEN'
               AND b.done_at IS NOT NULL) AS returned
FROM cases_task t JOIN cases_case c ON c.id = t.case_id JOIN people_person p ON p.id = c.owed_to_id
WHERE t.case_id = %s AND t.done_at IS NULL ORDER BY t.id
"""


def open_tasks(case_id: int) -> list[OpenTask]:
    """Return the open tasks of a case, oldest first; none where it has ended. One query."""
    return _named(OpenTask, _OPEN_TASK, [case_id])


def open_task(case_id: int) -> OpenTask | None:
    """Return the open task of a case, of several the oldest; None once it ended. One query."""
    return next(iter(open_tasks(case_id)), None)


def has_branch(case_id: int, office_id: int) -> bool:
    """Test whether a task of the case was ever an office's. One query."""
    return Task.objects.filter(case_id=case_id, office_id=office_id).exists()


def unanswered(now: datetime, *, after: int = 0, limit: int = 200) -> list[tuple[int, int]]:
    """Return (case, task) of opinions due and not given, by task past `after`. One query."""
    late = Task.objects.filter(done_at__isnull=True, kind=Kind.OPINION, due_at__lte=now)
    return list(late.filter(pk__gt=after).order_by("pk").values_list("case_id", "pk")[:limit])


@dataclass(frozen=True, slots=True, kw_only=True)
class LateRow:
    """An open case past its step or its promise, or soon to be, and where its time went.

    slow_step, slow_by: the step of an office that ran over by most, and who held it; None
    where none did. head_id: who answers for the office that holds the case.
    """

    case_id: int
    code: str
    title: str
    who: str
    state: str
    process_id: int
    step: str
    party: str
    official_id: int
    office_id: int
    head_id: int
    task_due_at: datetime
    promised_at: datetime | None
    slow_step: str | None
    slow_by: int | None


_LATE = """
SELECT c.id AS case_id, c.code, c.title, p.name AS who, c.state, c.process_id, t.step,
       t.party, t.official_id, t.office_id, t.head_id, t.due_at AS task_due_at,
       c.promised_at, slow.step AS slow_step, slow.official_id AS slow_by
FROM cases_case c
JOIN LATERAL (
    SELECT * FROM cases_task o
    WHERE o.case_id = c.id AND o.done_at IS NULL AND o.party <> 'CITIZEN'
    ORDER BY o.due_at, o.id LIMIT 1
) t ON true
JOIN people_person p ON p.id = c.owed_to_id
LEFT JOIN LATERAL (
    SELECT b.step, b.official_id FROM cases_task b
    WHERE b.case_id = c.id AND b.party <> 'CITIZEN' AND coalesce(b.done_at, %(now)s) > b.due_at
    ORDER BY coalesce(b.done_at, %(now)s) - b.due_at DESC, b.id LIMIT 1
) slow ON true
WHERE c.ended_at IS NULL AND (c.door_id = ANY(%(offices)s) OR c.unit_id = ANY(%(offices)s))
  AND c.finished_at IS NULL AND least(t.due_at, c.promised_at) < %(until)s
ORDER BY least(t.due_at, c.promised_at), c.id LIMIT %(limit)s
"""


def late_at(
    office_ids: Sequence[int], now: datetime, *, until: datetime | None = None, limit: int = 20
) -> list[LateRow]:
    """Return the cases of offices that are late `now`, or will be by `until`, the latest first.

    An office has a case when it is the door of it or handles it. Cases that wait for the
    person, or whose result is ready, are nobody's delay. One query.
    """
    given = {"offices": list(office_ids), "now": now, "until": until or now, "limit": limit}
    return _named(LateRow, _LATE, given)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which open cases of an office to list; "" and None leave a question open."""

    state: str = ""
    official_id: int | None = None
    is_late: bool = False


_OPEN_AT = """
FROM cases_case c
JOIN cases_task t ON t.case_id = c.id AND t.done_at IS NULL
JOIN people_person p ON p.id = c.owed_to_id
WHERE c.ended_at IS NULL AND (c.door_id = ANY(%(offices)s) OR c.unit_id = ANY(%(offices)s))
"""
_OPEN_LIST = f"""{_LINE}
{_OPEN_AT} AND (%(state)s = '' OR c.state = %(state)s)
  AND (%(official)s::bigint IS NULL OR t.official_id = %(official)s)
  AND (NOT %(late)s OR (t.party <> 'CITIZEN' AND c.finished_at IS NULL
                        AND least(t.due_at, c.promised_at) < %(now)s))
  AND (t.due_at, t.id) > (%(after_due)s, %(after_id)s)
ORDER BY t.due_at, t.id LIMIT %(limit)s
"""
_OPEN_COUNTS = f"""
SELECT c.state, t.official_id, count(*) AS cases,
       count(*) FILTER (WHERE t.party <> 'CITIZEN' AND c.finished_at IS NULL
                        AND least(t.due_at, c.promised_at) < %(now)s) AS late
{_OPEN_AT} GROUP BY c.state, t.official_id ORDER BY c.state, t.official_id
"""


def open_at(
    office_ids: Sequence[int],
    wanted: Filter,
    now: datetime,
    *,
    after: tuple[datetime, int] | None = None,
    limit: int = 50,
) -> list[WorkRow]:
    """Return the open tasks of offices' cases by when they are due, past `after`. One query.

    after: when the last task that was seen is due, and its id.
    """
    due, number = after or (_START, 0)
    given = {
        "offices": list(office_ids),
        "state": wanted.state,
        "official": wanted.official_id,
        "late": wanted.is_late,
        "now": now,
        "after_due": due,
        "after_id": number,
        "limit": limit,
    }
    return _named(WorkRow, _OPEN_LIST, given)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCount:
    """How many open tasks of cases in one state one official has, and how many are late."""

    state: str
    official_id: int
    cases: int
    late: int


def open_counts(office_ids: Sequence[int], now: datetime) -> list[OpenCount]:
    """Return the number of open tasks of offices by state and official, in that order. One query.

    The list of `open_at` sums to it.
    """
    return _named(OpenCount, _OPEN_COUNTS, {"offices": list(office_ids), "now": now})


def _named(shape: Any, sql: str, given: Any) -> list[Any]:  # noqa: ANN401
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        names = [column.name for column in cursor.description]
        return [shape(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]
