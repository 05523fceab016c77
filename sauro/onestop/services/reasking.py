"""Until when an applicant may hand in what was asked, after the calendar changed: move_requests."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db import connection

from sauro.core.actor import Actor
from sauro.core.clock import at_local, local
from sauro.core.commands import command
from sauro.core.statements import execute
from sauro.events import services as events
from sauro.offices.calendars import Calendars
from sauro.onestop import rules

_OPEN = """
SELECT s.id, s.asked_at, s.due_at, c.unit_id
FROM onestop_supplementrequest s JOIN cases_case c ON c.id = s.dossier_id
WHERE s.completed_at IS NULL AND c.ended_at IS NULL
  AND s.asked_at < %(until)s AND s.due_at >= %(since)s
ORDER BY s.id FOR UPDATE OF s
"""
_MOVE = f"""
WITH given AS (
    SELECT * FROM unnest(%(requests)s::bigint[], %(dues)s::timestamptz[]) AS g (id, due)
), moved AS (
    UPDATE onestop_supplementrequest s SET due_at = g.due FROM given g WHERE s.id = g.id
    RETURNING s.id, s.dossier_id, g.due
), logged AS ({
    events.RECORD.format(
        verb="'supplement.moved'",
        subject="onestop.supplementrequest",
        subject_id="id",
        data="jsonb_build_object('case', dossier_id, 'due', due)",
    )
} FROM moved)
SELECT count(*) FROM moved
"""  # noqa: S608 - only constants of this module are put in


@command
def move_requests(
    days: Sequence[date], before: Calendars, after: Calendars, *, by: Actor, now: datetime
) -> int:
    """Give applicants the later day that a changed calendar gives; return how many requests moved.

    Nobody is left with less time than they were told they have, so no day comes earlier. What
    was not set by the rule stays. Two statements.
    """
    moved = {}
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, _span(days))
        for pk, asked_at, due_at, unit_id in cursor.fetchall():
            was, will = (_due(asked_at, calendars, unit_id) for calendars in (before, after))
            if due_at == was < will:
                moved[pk] = will
    if not moved:
        return 0
    given = {"requests": list(moved), "dues": list(moved.values()), **events.recorded_by(by, now)}
    return int(execute(_MOVE, given)[0][0])


def _span(days: Sequence[date]) -> dict[str, datetime]:
    until = at_local(max(days) + timedelta(days=1), time())
    return {"since": at_local(min(days), time()), "until": until}


def _due(asked_at: datetime, calendars: Calendars, unit_id: int) -> datetime:
    return rules.supplement_due(calendars.of(unit_id), local(asked_at))
