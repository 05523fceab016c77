"""What officials are still to be reminded of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sauro.core.statements import named_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class DueTask:
    """An open task near its end or past it. told: the kinds of reminders given for it."""

    task_id: int
    case_id: int
    code: str
    title: str
    who: str
    process_id: int
    step: str
    official_id: int
    office_id: int
    head_id: int
    opened_at: datetime
    due_at: datetime
    told: Sequence[str]


_DUE = """
SELECT t.id AS task_id, c.id AS case_id, c.code, c.title, d.name AS who, c.process_id, t.step,
       t.official_id, t.office_id, t.head_id, t.opened_at, t.due_at, n.told
FROM cases_task t
JOIN cases_case c ON c.id = t.case_id
JOIN onestop_dossier d ON d.case_id = c.id
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(n.kind), '{}') AS told FROM lateness_nudge n
    WHERE n.task_id = t.id
) n
WHERE t.done_at IS NULL AND t.party <> 'CITIZEN' AND c.ended_at IS NULL
  AND c.finished_at IS NULL AND c.paused_at IS NULL AND t.due_at < %(until)s
  AND NOT ('TO_PROVINCE' = ANY(n.told))
ORDER BY t.due_at, t.id LIMIT %(limit)s
"""


def due_tasks(until: datetime, *, limit: int = 2_000) -> list[DueTask]:
    """Return the open tasks due before `until` that have a rung of the ladder left. One query.

    The most overdue first.
    """
    return [DueTask(**row) for row in named_rows(_DUE, {"until": until, "limit": limit})]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsigned:
    """A drafted letter that nobody signed yet."""

    case_id: int
    code: str
    who: str
    office_id: int
    head_id: int
    send_by: datetime
    promised_before: datetime
    drafted_at: datetime
    told: Sequence[str]


_UNSIGNED = """
SELECT l.case_id, c.code, d.name AS who, l.office_id, l.head_id, l.send_by, l.promised_before,
       l.drafted_at, n.told
FROM lateness_letter l
JOIN cases_case c ON c.id = l.case_id
JOIN onestop_dossier d ON d.case_id = c.id
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(n.kind), '{}') AS told FROM lateness_nudge n
    WHERE n.case_id = l.case_id AND n.told_at >= l.drafted_at
) n
WHERE l.signed_at IS NULL AND l.dropped_at IS NULL AND NOT ('UNSIGNED' = ANY(n.told))
ORDER BY l.send_by, l.case_id LIMIT %(limit)s
"""


def unsigned_letters(*, limit: int = 2_000) -> list[Unsigned]:
    """Return the letters that wait for a signature and have a rung left, the most urgent first.

    One query.
    """
    return [Unsigned(**row) for row in named_rows(_UNSIGNED, {"limit": limit})]
