"""What must hold for every case, checked over all of them: the invariants of the platform."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from itertools import groupby
from typing import Any

from django.db import connection

from sauro.cases import kinds, rules, versions
from sauro.cases.rules import Logged, Replayed

_CHECKS = {
    "bảng hồ sơ khác nhật ký": """
        SELECT c.code, c.state || ' (bản ' || c.version || '), nhật ký ghi '
               || coalesce(e.data ->> 'to', 'không có gì') || ' (bản ' || coalesce(e.seq, 0) || ')'
        FROM cases_case c LEFT JOIN LATERAL (
            SELECT seq, data FROM events_event
            WHERE subject = 'cases.case' AND subject_id = c.id ORDER BY seq DESC LIMIT 1
        ) e ON true
        WHERE c.state IS DISTINCT FROM e.data ->> 'to' OR c.version IS DISTINCT FROM e.seq
           OR c.step IS DISTINCT FROM e.data ->> 'step'""",
    "hồ sơ chưa kết thúc mà không có việc nào đang mở": """
        SELECT c.code, c.step FROM cases_case c
        LEFT JOIN cases_task t ON t.case_id = c.id AND t.done_at IS NULL
        WHERE c.ended_at IS NULL AND t.id IS NULL""",
    "hai việc đang mở ở cùng một bước": """
        SELECT c.code, t.step FROM cases_case c
        JOIN cases_task t ON t.case_id = c.id AND t.done_at IS NULL
        WHERE c.ended_at IS NULL GROUP BY c.id, t.step HAVING count(*) > 1""",
    "hồ sơ đã kết thúc mà còn việc đang mở": """
        SELECT c.code, t.step FROM cases_case c
        JOIN cases_task t ON t.case_id = c.id AND t.done_at IS NULL
        WHERE c.ended_at IS NOT NULL""",
    "việc mở lâu nhất không phải bước hiện tại": """
        SELECT c.code, t.step FROM cases_case c JOIN LATERAL (
            SELECT step FROM cases_task o WHERE o.case_id = c.id AND o.done_at IS NULL
            ORDER BY o.id LIMIT 1
        ) t ON true
        WHERE t.step <> c.step""",
    "bước xác minh thực địa xong mà không có biên bản": """
        SELECT c.code, t.step FROM cases_task t JOIN cases_case c ON c.id = t.case_id
        WHERE t.kind = 'VISIT' AND t.outcome = 'ADVANCE'
          AND NOT EXISTS (SELECT 1 FROM cases_visit v WHERE v.task_id = t.id)""",
    "việc thiếu một trong sáu rõ": """
        SELECT c.code, t.step FROM cases_task t JOIN cases_case c ON c.id = t.case_id
        WHERE t.work = '' OR t.product = '' OR t.step = '' OR t.official_id IS NULL
           OR t.head_id IS NULL OR t.office_id IS NULL OR t.due_at IS NULL""",
    "hồ sơ đang giải quyết mà chưa hẹn ngày trả": """
        SELECT code, state FROM cases_case
        WHERE ended_at IS NULL AND started_at IS NOT NULL AND promised_at IS NULL""",
}

_MOVES = """
SELECT c.code, e.data ->> 'from',
       coalesce(nullif(e.data ->> 'state_verb', ''), e.data ->> 'verb'), e.data ->> 'to', c.kind
FROM events_event e JOIN cases_case c ON c.id = e.subject_id
WHERE e.subject = 'cases.case' AND e.verb = 'case.moved'
  AND e.data ->> 'from' <> e.data ->> 'to'
"""


@dataclass(frozen=True, slots=True)
class Broken:
    """A case for which something does not hold."""

    code: str
    what: str
    detail: str


def broken(*, limit: int = 20) -> list[Broken]:
    """Return the cases for which an invariant does not hold, at most `limit` for each.

    Reads everything: about a minute for a million cases. One query an invariant.
    """
    found: list[Broken] = []
    with connection.cursor() as cursor:
        for what, sql in _CHECKS.items():
            cursor.execute(f"SELECT * FROM ({sql}) broken ORDER BY 1 LIMIT %s", [limit])  # noqa: S608
            found += [Broken(code, what, detail) for code, detail in cursor.fetchall()]
        cursor.execute(f"SELECT DISTINCT ON (2, 3, 4, 5) * FROM ({_MOVES}) moves")  # noqa: S608
        for code, before, verb, after, kind in cursor.fetchall():
            moves = kinds.get(kind).workflow.moves
            if moves.get((before, verb)) != after:
                found.append(Broken(code, "chuyển trạng thái ngoài bảng", f"{before} → {after}"))
        cursor.execute(_OPEN_STEPS)
        rows = cursor.fetchall()
    for code, process_id, steps in rows:
        what = _side_by_side(versions.process(process_id), steps)
        if what:
            found.append(Broken(code, what, ", ".join(steps)))
    return found


_OPEN_STEPS = """
SELECT DISTINCT ON (2, 3) * FROM (
    SELECT min(c.code), c.process_id, array_agg(t.step ORDER BY t.step) AS steps
    FROM cases_case c JOIN cases_task t ON t.case_id = c.id AND t.done_at IS NULL
    GROUP BY c.id
) open
"""


def _side_by_side(process: rules.Process, steps: Sequence[str]) -> str:
    """Say what is wrong with these steps being open at once, "" where nothing is."""
    if not all(process.has(step) for step in steps):
        return "việc đang mở ở bước mà quy trình không có"
    together = any(set(steps) <= inside for inside in process.leads.values())
    return (
        "" if len(steps) == 1 or together else "việc đang mở song song mà không cùng chỗ chia nhánh"
    )


_EVENTS = """
SELECT c.id, c.code, e.at, e.official_id, e.data
FROM cases_case c
LEFT JOIN events_event e ON e.subject = 'cases.case' AND e.subject_id = c.id
WHERE c.id = ANY(%s) ORDER BY c.id, e.seq
"""
_CASES = """
SELECT id, state, step, process_id, version, outcome, ended_at, due_at, started_at, legal_due_at,
       promised_at, paused_at, finished_at
FROM cases_case WHERE id = ANY(%s)
"""
_TASKS = """
SELECT case_id, id, step, kind, party, official_id, office_id, head_id, opened_at, due_at,
       done_at, done_by_id, outcome
FROM cases_task WHERE case_id = ANY(%s) ORDER BY case_id, id
"""
_AT_ONCE = 500


def differing(case_ids: Iterable[int] | None = None, *, limit: int = 20) -> list[Broken]:
    """Return the cases whose rows are not exactly what their events rebuild, at most `limit`.

    State, step, version, outcome, all instants of the clock and every task, open or done, are
    compared. Three queries for every 500 cases; all cases where none are named.
    """
    found: list[Broken] = []
    for ids in _in_turn(case_ids):
        found += _differing(ids)
        if len(found) >= limit:
            break
    return found[:limit]


def replayed(case_id: int) -> Replayed:
    """Return a case as its events alone tell it. One query."""
    return next(replay for _id, _code, replay in _replayed([case_id]))


def _in_turn(case_ids: Iterable[int] | None) -> Iterator[list[int]]:
    with connection.cursor() as cursor:
        if case_ids is None:
            cursor.execute("SELECT id FROM cases_case ORDER BY id")
            case_ids = [row[0] for row in cursor.fetchall()]
    ids = list(case_ids)
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]


def _read(sql: str, ids: list[int]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [ids])
        return list(cursor.fetchall())


def _replayed(ids: list[int]) -> Iterator[tuple[int, str, Replayed]]:
    for (case_id, code), rows in groupby(_read(_EVENTS, ids), key=lambda row: row[:2]):
        lines = [Logged(row[2], row[3], row[4]) for row in rows if row[2] is not None]
        yield case_id, code, rules.replay(lines)


def _differing(ids: list[int]) -> Iterator[Broken]:
    rows = {row[0]: row for row in _read(_CASES, ids)}
    tasks: dict[int, list[tuple[Any, ...]]] = {case_id: [] for case_id in ids}
    for row in _read(_TASKS, ids):
        tasks[row[0]].append(row[1:])
    for case_id, code, told in _replayed(ids):
        row = rows[case_id]
        facts = (told.state, told.step, told.process_id, told.version, told.outcome, told.ended_at)
        clock = told.clock_now() if told.clock else None
        if facts != rows[case_id][1:7]:
            yield Broken(
                code, "nhật ký không dựng lại được hồ sơ", _apart(facts, rows[case_id][1:7])
            )
        elif clock is None or _instants(clock) != rows[case_id][7:]:
            yield Broken(code, "nhật ký không dựng lại được đồng hồ", str(clock))
        every = [astuple(task) for _id, task in sorted(told.tasks.items())]
        if every != tasks[case_id]:
            what = _apart(every, tasks[case_id])
            yield Broken(code, "nhật ký không dựng lại được các việc", what)


def _apart(told: Sequence[object], rows: Sequence[object]) -> str:
    pairs = [f"{a} / {b}" for a, b in zip(told, rows, strict=False) if a != b]
    return pairs[0] if pairs else f"{len(told)} / {len(rows)}"


def _instants(clock: rules.Clock) -> tuple[object, ...]:
    return (
        clock.due_at,
        clock.started_at,
        clock.legal_due_at,
        clock.promised_at,
        clock.paused_at,
        clock.finished_at,
    )
