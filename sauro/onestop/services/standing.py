"""Writing pauses and the clocks they leave. Private to the services of this module."""

from dataclasses import replace
from datetime import datetime

from sauro.cases import queries as cases
from sauro.cases.rules import Clock, Held
from sauro.core.clock import local_day
from sauro.core.workdays import WorkingCalendar
from sauro.onestop import assigning, pauses, queries
from sauro.onestop.limits import limit_of
from sauro.onestop.models import Apology, Pause
from sauro.onestop.pauses import Chosen, Policy, Reason


def begin(held: Held, reason: Reason, note: str, now: datetime, *, verb: str = "") -> Clock:
    """Write that legal time stands still, and return the clock that does.

    verb: the one that leads to the step of waiting, which may have a policy of its own.
    """
    chosen = _policy(held, reason, verb, now)
    Pause.objects.create(
        dossier_id=held.id,
        reason=reason,
        policy=chosen.policy,
        source=chosen.source,
        note=note,
        since=now,
    )
    return replace(held.clock, paused_at=now)


def _policy(held: Held, reason: Reason, verb: str, now: datetime) -> Chosen:
    process = cases.process(held.process_id)
    step = process.after(held.task.step, verb) if verb and held.task else None
    named = f"{process.name}, bản {process.version}"
    return pauses.policy_of(reason, step.policy if step else "", named, local_day(now))


def end(held: Held, now: datetime) -> Clock:
    """Write that the pause is over, and return the clock that goes on by the pause's policy.

    Where nothing was written when it began, the term starts anew, as article 19.4 has it.
    """
    calendar = queries.calendar(held.unit_id)
    pause = Pause.objects.select_for_update().filter(dossier_id=held.id, until=None).first()
    resumed, stood = pauses.resumed(held.clock, calendar, now)
    if pause is not None:
        pause.until, pause.minutes = now, stood
        pause.save(update_fields=["until", "minutes"])
    if pause is not None and pause.policy == Policy.RESUME:
        _put_off_first_promise(held, calendar, now)
        return resumed
    return assigning.started(now, limit_of(held.id), calendar)


def _put_off_first_promise(held: Held, calendar: WorkingCalendar, now: datetime) -> None:
    """Move the promise that an apology replaced as well: the case is measured against it."""
    since = held.clock.paused_at or now
    for apology in Apology.objects.filter(dossier_id=held.id, promised_before__gt=since):
        before = pauses.moved(calendar, apology.promised_before, since, now)
        apology.promised_before = before
        apology.save(update_fields=["promised_before"])


def dues_after(held: Held, now: datetime) -> dict[int, datetime]:
    """Return when the open tasks are due once time goes on: as long after it as they had left."""
    since = held.clock.paused_at or now
    calendar = queries.calendar(held.unit_id)
    return {
        task.id: pauses.moved(calendar, task.due_at, since, now)
        for task in cases.tasks(held.id)
        if task.done_at is None and task.due_at > since
    }
