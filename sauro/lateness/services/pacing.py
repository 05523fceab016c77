"""The pace of every step, counted from what was done lately: count_paces."""

from collections import defaultdict
from datetime import datetime, timedelta

from sauro.core.actor import Actor
from sauro.core.clock import local
from sauro.core.commands import command
from sauro.events import services as events
from sauro.lateness.models import Pace
from sauro.lateness.queries import done
from sauro.lateness.rules import pace
from sauro.offices import queries as offices

_SINCE = timedelta(days=60)


@command
def count_paces(*, by: Actor, now: datetime) -> int:
    """Count how long each step took in the last sixty days; return how many paces there are."""
    calendar = offices.working_calendar()
    taken: dict[tuple[int, str, int | None], list[int]] = defaultdict(list)
    for row in done.tasks_done(now - _SINCE):
        minutes = calendar.minutes_between(local(row.opened_at), local(row.done_at))
        taken[row.process_id, row.step, row.office_id].append(minutes)
        taken[row.process_id, row.step, None].append(minutes)
    Pace.objects.all().delete()
    made = []
    for (process_id, step, office_id), minutes_taken in sorted(taken.items(), key=str):
        usual = pace.usual(minutes_taken)
        made.append(
            Pace(
                process_id=process_id,
                step=step,
                office_id=office_id,
                median=usual.median,
                careful=usual.careful,
                sample=usual.sample,
                counted_at=now,
            )
        )
    Pace.objects.bulk_create(made, batch_size=2_000)
    if made:
        events.record("pace.counted", made[0], by=by, at=now, paces=len(made))
    return len(made)
