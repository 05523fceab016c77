"""How the due dates of dossiers are reckoned again: by the rules that first set them."""

from collections.abc import Sequence

from django.db import connection

from sauro.cases import queries as cases
from sauro.cases.recomputing import Reckoned, Running
from sauro.cases.rules import Clock
from sauro.core.workdays import Term, Unit
from sauro.offices.calendars import Calendars
from sauro.onestop import assigning
from sauro.onestop.rules import Limit

_LIMITS = """
SELECT case_id, limit_value, limit_unit FROM onestop_dossier WHERE case_id = ANY(%(cases)s)
"""


def reckon(rows: Sequence[Running], calendars: Calendars) -> list[Reckoned]:
    """Return when dossiers and their open steps are due by these calendars, in order. One query.

    A term that was restarted after a supplement runs from when it restarted, as the clock says.
    """
    limits: dict[tuple[int, str], Limit] = {}
    by_case: dict[int, Limit] = {}
    with connection.cursor() as cursor:
        cursor.execute(_LIMITS, {"cases": [row.id for row in rows]})
        for case_id, value, unit in cursor:
            if (value, unit) not in limits:
                limits[value, unit] = Limit(Term(value, Unit(unit)), "")
            by_case[case_id] = limits[value, unit]
    return [_reckoned(row, by_case[row.id], calendars) for row in rows]


def _reckoned(row: Running, limit: Limit, calendars: Calendars) -> Reckoned:
    legal = (
        assigning.legal_due(row.started_at, limit, calendars.of(row.unit_id))
        if row.started_at
        else None
    )
    clock = Clock(due_at=row.due_at, started_at=row.started_at, promised_at=row.promised_at)
    step = cases.process(row.process_id).step(row.step)
    calendar = calendars.of(row.task_office_id)
    return Reckoned(legal, assigning.due_of(step, clock, limit, calendar, row.task_opened_at))
