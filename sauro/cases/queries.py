"""Reading cases: locked for a command, one by one, and as work lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db import connection

from sauro.cases import rules
from sauro.cases.models import Process as ProcessRow
from sauro.cases.rules import Clock, Held, HeldTask, Party, Process
from sauro.core.commands import is_at_once
from sauro.core.errors import NotFound
from sauro.core.statements import read
from sauro.core.text import _
from sauro.offices.keeping import Kept

NO_SUCH_CASE = _("Không có hồ sơ nào với mã này. Xem lại mã in dưới mã QR.")

_HELD = """
SELECT c.id, c.kind, c.code, c.state, c.version, c.process_id, c.door_id, c.unit_id,
       c.authority_id, c.owed_to_id, c.opened_at, c.outcome, c.due_at, c.started_at,
       c.legal_due_at, c.promised_at, c.paused_at, c.finished_at,
       t.id, t.step, t.official_id, t.office_id, t.opened_at, t.due_at, t.party
FROM cases_case c LEFT JOIN cases_task t ON t.case_id = c.id AND t.done_at IS NULL
WHERE c.id = %(case)s
"""
_LOCK = "SELECT 1 FROM cases_case WHERE id = %(case)s FOR UPDATE"


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
    held = _held(rows[0])
    rules.check_version(held, seen)
    return held


def _held(row: tuple[Any, ...]) -> Held:
    task = row[18:]
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
        task=HeldTask(
            id=task[0],
            step=task[1],
            official_id=task[2],
            office_id=task[3],
            opened_at=task[4],
            due_at=task[5],
            party=Party(task[6]),
        )
        if task[0]
        else None,
    )


@lru_cache(maxsize=512)
def process(process_id: int) -> Process:
    """Return a published process. One query the first time: published rows never change.

    :raises NotFound: nothing was published under that id
    """
    row = ProcessRow.objects.filter(pk=process_id).first()
    if row is None:
        raise NotFound(_("Không có quy trình này."))
    return rules.parse_process(row.pk, row.code, row.version, row.name, row.definition)


PROCESSES = "processes"


def _read_latest(code: str, _number: int) -> Process | None:
    row = ProcessRow.objects.filter(code=code).order_by("-version").only("pk").first()
    return process(row.pk) if row else None


_latest: Kept[str, Process | None] = Kept(PROCESSES, _read_latest)


def latest_process(code: str) -> Process | None:
    """Return the newest version of a process, or None where none was published.

    Kept in memory: no query, or one to see whether something was published since.
    """
    return _latest.get(code)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRow:
    """One line of a work list."""

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


_WORK = """
SELECT c.id AS case_id, c.code, c.title, p.name AS who, c.state, t.step, t.work, t.opened_at,
       t.due_at AS task_due_at, c.due_at, c.promised_at, t.official_id, t.party
FROM cases_task t
JOIN cases_case c ON c.id = t.case_id
JOIN people_person p ON p.id = c.owed_to_id
WHERE t.done_at IS NULL AND {whose} AND (t.due_at, t.id) > (%(after_due)s, %(after_id)s)
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
    given: dict[str, Any] = {
        "whose": whose,
        "limit": limit,
        "after_due": _START,
        "after_id": 0,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        names = [column.name for column in cursor.description]
        return [WorkRow(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """One task of a case, open or done, with its six clarities."""

    id: int
    step: str
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
SELECT id, step, work, product, party, official_id, office_id, head_id, opened_at, due_at,
       done_at, done_by_id, outcome, note
FROM cases_task WHERE case_id = %s ORDER BY id
"""


def tasks(case_id: int) -> list[TaskRow]:
    """Return all tasks of a case, oldest first. One query."""
    return _rows(TaskRow, _TASKS, [case_id])


def _rows(shape: Any, sql: str, given: Sequence[Any]) -> list[Any]:  # noqa: ANN401
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        names = [column.name for column in cursor.description]
        return [shape(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTask:
    """The open task of a case, to act on it. returned: the person was asked before."""

    id: int
    case_id: int
    step: str
    party: str
    official_id: int
    due_at: datetime
    owed_to_id: int
    who: str
    returned: bool


_OPEN_TASK = """
SELECT t.id, t.case_id, t.step, t.party, t.official_id, t.due_at, c.owed_to_id, p.name AS who,
       EXISTS (SELECT 1 FROM cases_task b WHERE b.case_id = c.id AND b.party = 'CITIZEN'
               AND b.done_at IS NOT NULL) AS returned
FROM cases_task t JOIN cases_case c ON c.id = t.case_id JOIN people_person p ON p.id = c.owed_to_id
WHERE t.case_id = %s AND t.done_at IS NULL
"""


def open_task(case_id: int) -> OpenTask | None:
    """Return the open task of a case, or None where it has ended. One query."""
    rows = _rows(OpenTask, _OPEN_TASK, [case_id])
    return rows[0] if rows else None


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
JOIN cases_task t ON t.case_id = c.id AND t.done_at IS NULL
JOIN people_person p ON p.id = c.owed_to_id
LEFT JOIN LATERAL (
    SELECT b.step, b.official_id FROM cases_task b
    WHERE b.case_id = c.id AND b.party <> 'CITIZEN' AND coalesce(b.done_at, %(now)s) > b.due_at
    ORDER BY coalesce(b.done_at, %(now)s) - b.due_at DESC, b.id LIMIT 1
) slow ON true
WHERE c.ended_at IS NULL AND (c.door_id = ANY(%(offices)s) OR c.unit_id = ANY(%(offices)s))
  AND t.party <> 'CITIZEN' AND c.finished_at IS NULL
  AND least(t.due_at, c.promised_at) < %(until)s
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
_OPEN_LIST = f"""
SELECT c.id AS case_id, c.code, c.title, p.name AS who, c.state, t.step, t.work, t.opened_at,
       t.due_at AS task_due_at, c.due_at, c.promised_at, t.official_id, t.party
{_OPEN_AT} AND (%(state)s = '' OR c.state = %(state)s)
  AND (%(official)s::bigint IS NULL OR t.official_id = %(official)s)
  AND (NOT %(late)s OR (t.party <> 'CITIZEN' AND c.finished_at IS NULL
                        AND least(t.due_at, c.promised_at) < %(now)s))
  AND (t.due_at, c.id) > (%(after_due)s, %(after_id)s)
ORDER BY t.due_at, c.id LIMIT %(limit)s
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
    """Return the open cases of offices by when their step is due; `after`: the last row seen.

    One query.
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
    """How many open cases are in one state in one official's hands, and how many are late."""

    state: str
    official_id: int
    cases: int
    late: int


def open_counts(office_ids: Sequence[int], now: datetime) -> list[OpenCount]:
    """Return the number of open cases of offices by state and official, in that order. One query.

    The list of `open_at` sums to it.
    """
    return _named(OpenCount, _OPEN_COUNTS, {"offices": list(office_ids), "now": now})


def _named(shape: Any, sql: str, given: dict[str, Any]) -> list[Any]:  # noqa: ANN401
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        names = [column.name for column in cursor.description]
        return [shape(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]
