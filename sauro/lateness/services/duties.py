"""The duty to apologise, watched: record_breaches."""

from datetime import datetime

from sauro.core.actor import Actor
from sauro.core.clock import local_day
from sauro.core.commands import command
from sauro.events import services as events
from sauro.lateness.models import Breach
from sauro.lateness.queries import breaches
from sauro.offices import queries as offices


@command
def record_breaches(*, by: Actor, now: datetime) -> int:
    """Record each promise that passed without a result and without an apology (chậm xin lỗi).

    Each is recorded once, however often this runs; return how many were new.
    """
    roster = offices.roster(local_day(now))
    new = breaches.unrecorded(now)
    for row in new:
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
    return len(new)
