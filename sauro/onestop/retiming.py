"""How the due dates of dossiers are reckoned again: by the rules that first set them."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection

from sauro.cases import queries as cases
from sauro.cases.recomputing import Reckoned, Running
from sauro.cases.rules import Clock
from sauro.core.clock import local_day
from sauro.core.workdays import Term, Unit, WorkingCalendar
from sauro.offices.calendars import Calendars
from sauro.onestop import assigning
from sauro.onestop.rules import Limit

# By the day, the term and the calendar, as the object it is.
_Known = dict[tuple[date, Term, int], datetime]
_LIMITS = """
SELECT case_id, limit_value, limit_unit FROM onestop_dossier WHERE case_id = ANY(%(cases)s)
"""


def reckon(rows: Sequence[Running], calendars: Calendars) -> list[Reckoned]:
    """Return when dossiers and their open steps are due by these calendars, in order. One query.

    A term that was restarted after a supplement runs from when it restarted, as the clock says.
    """
    limits: dict[tuple[int, str], Limit] = {}
    by_case: dict[int, Limit] = {}
    known: _Known = {}
    with connection.cursor() as cursor:
        cursor.execute(_LIMITS, {"cases": [row.id for row in rows]})
        for case_id, value, unit in cursor:
            if (value, unit) not in limits:
                limits[value, unit] = Limit(Term(value, Unit(unit)), "")
            by_case[case_id] = limits[value, unit]
    return [_reckoned(row, by_case[row.id], calendars, known) for row in rows]


def _reckoned(row: Running, limit: Limit, calendars: Calendars, known: _Known) -> Reckoned:
    legal = (
        _legal_due(row.started_at, limit, calendars.of(row.unit_id), known)
        if row.started_at
        else None
    )
    clock = Clock(due_at=row.due_at, started_at=row.started_at, promised_at=row.promised_at)
    step = cases.process(row.process_id).step(row.step)
    calendar = calendars.of(row.task_office_id)
    return Reckoned(legal, assigning.due_of(step, clock, limit, calendar, row.task_opened_at))


def _legal_due(start: datetime, limit: Limit, calendar: WorkingCalendar, known: _Known) -> datetime:
    """Return `assigning.legal_due`, of terms in days once for all that start on one day."""
    if limit.term.unit is Unit.WORKING_HOUR:
        return assigning.legal_due(start, limit, calendar)
    key = (local_day(start), limit.term, id(calendar))
    if key not in known:
        known[key] = assigning.legal_due(start, limit, calendar)
    return known[key]
