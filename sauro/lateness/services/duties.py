"""The duty to apologise, watched: record_breaches, record_breach_of."""

from collections.abc import Sequence
from datetime import datetime

from sauro.core.actor import Actor
from sauro.core.clock import local_day
from sauro.core.commands import command
from sauro.events import services as events
from sauro.lateness.models import Breach
from sauro.lateness.queries import breaches
from sauro.lateness.queries.breaches import Silent
from sauro.offices import queries as offices


@command
def record_breaches(*, by: Actor, now: datetime) -> int:
    """Record each promise that passed with neither a result nor an apology (chậm xin lỗi).

    Each is recorded once, however often this runs; return how many were new. Cases that were
    finished between two runs are looked at when they are judged: `record_breach_of`.
    """
    return _record(breaches.unrecorded(now), by=by, now=now)


@command
def record_breach_of(case_id: int, *, by: Actor, now: datetime) -> int:
    """Record that a finished case had passed its promise in silence, if it had and nobody did."""
    return _record(breaches.unrecorded_of(case_id), by=by, now=now)


def _record(silent: Sequence[Silent], *, by: Actor, now: datetime) -> int:
    roster = offices.roster(local_day(now))
    for row in silent:
        head = roster.head(row.authority_id)
        breach = Breach.objects.create(
            case_id=row.case_id,
            office_id=row.authority_id,
            head_id=head.id,
            due_at=row.promised_at,
            drafted=row.drafted,
            found_at=now,
        )
        events.record("breach.recorded", breach, by=by, at=now, head=head.id, drafted=row.drafted)
    return len(silent)
