"""Promises that passed in silence, and how many there were."""

from dataclasses import dataclass
from datetime import datetime

from sauro.core.statements import named_rows
from sauro.offices.scopes import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Silent:
    """A case whose promise passed without an apology."""

    case_id: int
    authority_id: int
    promised_at: datetime
    drafted: bool


_SILENT = """
SELECT c.id AS case_id, c.authority_id, c.promised_at, l.case_id IS NOT NULL AS drafted
FROM cases_case c
JOIN onestop_dossier d ON d.case_id = c.id
LEFT JOIN onestop_apology a ON a.dossier_id = c.id
LEFT JOIN lateness_letter l ON l.case_id = c.id
LEFT JOIN lateness_breach b ON b.case_id = c.id
WHERE a.dossier_id IS NULL AND b.case_id IS NULL
  AND (c.paused_at IS NULL OR c.paused_at > c.promised_at)
"""
_OPEN = f"""{_SILENT} AND c.ended_at IS NULL AND c.finished_at IS NULL AND c.promised_at < %(now)s
ORDER BY c.promised_at, c.id LIMIT %(limit)s
"""
_ONE = f"{_SILENT} AND c.id = %(case)s AND coalesce(c.finished_at, c.ended_at) > c.promised_at"


def unrecorded(now: datetime, *, limit: int = 500) -> list[Silent]:
    """Return the open cases whose promise passed in silence, not recorded yet, oldest first.

    One query.
    """
    return [Silent(**row) for row in named_rows(_OPEN, {"now": now, "limit": limit})]


def unrecorded_of(case_id: int) -> list[Silent]:
    """Return a finished case if its promise had passed in silence, not recorded yet. One query."""
    return [Silent(**row) for row in named_rows(_ONE, {"case": case_id})]


_COUNT = """
SELECT count(*) AS breaches FROM lateness_breach b JOIN cases_case c ON c.id = b.case_id
WHERE b.due_at >= %(since)s AND (%(offices)s::bigint[] IS NULL
    OR c.door_id = ANY(%(offices)s) OR c.unit_id = ANY(%(offices)s)
    OR c.authority_id = ANY(%(offices)s))
"""


def count(scope: Scope, since: datetime) -> int:
    """Return how many promises since a moment passed in silence. One query."""
    offices = None if scope.offices is None else list(scope.offices)
    return int(named_rows(_COUNT, {"since": since, "offices": offices})[0]["breaches"])
