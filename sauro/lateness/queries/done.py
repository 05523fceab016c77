"""Tasks that were done lately: what the pace of a step is counted from."""

from dataclasses import dataclass
from datetime import datetime

from sauro.core.statements import named_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A task of an office, from handed over to done."""

    process_id: int
    step: str
    office_id: int
    opened_at: datetime
    done_at: datetime


_DONE = """
SELECT c.process_id, t.step, t.office_id, t.opened_at, t.done_at
FROM cases_task t JOIN cases_case c ON c.id = t.case_id
WHERE t.done_at >= %(since)s AND t.party <> 'CITIZEN' AND t.outcome <> 'REASSIGN'
ORDER BY t.id DESC LIMIT %(limit)s
"""


def tasks_done(since: datetime, *, limit: int = 200_000) -> list[Done]:
    """Return the tasks that offices did since a moment, the newest first. One query."""
    return [Done(**row) for row in named_rows(_DONE, {"since": since, "limit": limit})]
