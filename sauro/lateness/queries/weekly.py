"""The list of the week for heads: late, due this week, and standing still."""

from dataclasses import dataclass
from datetime import datetime, time

from sauro.core.clock import at_local, local_day
from sauro.core.statements import named_rows
from sauro.offices import queries as offices
from sauro.offices.scopes import Scope

SILENT_DAYS = 3
_WEEK = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeWeek:
    """How the week begins for whoever heads an office."""

    head_id: int
    late: int
    near: int
    silent: int


_BY_OFFICE = """
SELECT t.head_id, count(DISTINCT c.id) FILTER (WHERE c.promised_at < %(now)s) AS late,
       count(DISTINCT c.id) FILTER (WHERE c.promised_at >= %(now)s
           AND c.promised_at < %(until)s) AS near,
       count(DISTINCT c.id) FILTER (WHERE t.opened_at < %(silent)s) AS silent
FROM cases_task t
JOIN cases_case c ON c.id = t.case_id
JOIN onestop_dossier d ON d.case_id = c.id
WHERE t.done_at IS NULL AND t.party <> 'CITIZEN' AND c.ended_at IS NULL
  AND c.finished_at IS NULL AND c.paused_at IS NULL AND c.started_at IS NOT NULL
GROUP BY t.head_id ORDER BY t.head_id
"""


def bounds(now: datetime) -> dict[str, datetime]:
    """Return the end of the week to come, and since when a case counts as standing still.

    No query.
    """
    calendar = offices.working_calendar()
    today = local_day(now)
    return {
        "until": at_local(calendar.after(today, _WEEK), time(0)),
        "silent": at_local(calendar.after(today, -SILENT_DAYS), time(23, 59)),
    }


def by_office(now: datetime) -> list[OfficeWeek]:
    """Return what lies with each head, for those who have anything late, near or silent.

    By head. One query.
    """
    rows = named_rows(_BY_OFFICE, {"now": now, **bounds(now)})
    weeks = [OfficeWeek(**row) for row in rows]
    return [week for week in weeks if week.late or week.near or week.silent]


@dataclass(frozen=True, slots=True, kw_only=True)
class SilentCase:
    """An open case in which nothing has happened for days. nudged: how often it was reminded."""

    case_id: int
    code: str
    title: str
    who: str
    process_id: int
    step: str
    official_id: int
    since: datetime
    promised_at: datetime
    nudged: int


_SILENT = """
SELECT c.id AS case_id, c.code, c.title, d.name AS who, c.process_id, t.step, t.official_id,
       t.opened_at AS since, c.promised_at,
       (SELECT count(*) FROM lateness_nudge n WHERE n.case_id = c.id) AS nudged
FROM cases_case c
JOIN onestop_dossier d ON d.case_id = c.id
JOIN LATERAL (
    SELECT t.step, t.official_id, t.opened_at FROM cases_task t
    WHERE t.case_id = c.id AND t.done_at IS NULL AND t.party <> 'CITIZEN'
    ORDER BY t.opened_at DESC LIMIT 1
) t ON t.opened_at < %(silent)s
WHERE c.ended_at IS NULL AND c.finished_at IS NULL AND c.paused_at IS NULL
  AND c.started_at IS NOT NULL
  AND (%(offices)s::bigint[] IS NULL OR c.door_id = ANY(%(offices)s)
       OR c.unit_id = ANY(%(offices)s) OR c.authority_id = ANY(%(offices)s))
ORDER BY t.opened_at, c.id LIMIT %(limit)s
"""


def silent_cases(scope: Scope, now: datetime, *, limit: int = 40) -> list[SilentCase]:
    """Return the cases that stand still, the longest first. One query."""
    given = {
        "silent": bounds(now)["silent"],
        "offices": None if scope.offices is None else list(scope.offices),
        "limit": limit,
    }
    return [SilentCase(**row) for row in named_rows(_SILENT, given)]
