"""What must hold for every case, checked over all of them: the invariants of the platform."""

from dataclasses import dataclass

from django.db import connection

from sauro.cases import kinds

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
    "hồ sơ chưa kết thúc mà không có đúng một việc đang mở": """
        SELECT c.code, count(t.id)::text FROM cases_case c
        LEFT JOIN cases_task t ON t.case_id = c.id AND t.done_at IS NULL
        WHERE c.ended_at IS NULL GROUP BY c.id HAVING count(t.id) <> 1""",
    "hồ sơ đã kết thúc mà còn việc đang mở": """
        SELECT c.code, t.step FROM cases_case c
        JOIN cases_task t ON t.case_id = c.id AND t.done_at IS NULL
        WHERE c.ended_at IS NOT NULL""",
    "việc đang mở không phải bước hiện tại": """
        SELECT c.code, t.step FROM cases_case c
        JOIN cases_task t ON t.case_id = c.id AND t.done_at IS NULL WHERE t.step <> c.step""",
    "việc thiếu một trong sáu rõ": """
        SELECT c.code, t.step FROM cases_task t JOIN cases_case c ON c.id = t.case_id
        WHERE t.work = '' OR t.product = '' OR t.step = '' OR t.official_id IS NULL
           OR t.head_id IS NULL OR t.office_id IS NULL OR t.due_at IS NULL""",
    "hồ sơ đang giải quyết mà chưa hẹn ngày trả": """
        SELECT code, state FROM cases_case
        WHERE ended_at IS NULL AND started_at IS NOT NULL AND promised_at IS NULL""",
}

_MOVES = """
SELECT c.code, e.data ->> 'from', e.data ->> 'verb', e.data ->> 'to', c.kind
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
    return found
