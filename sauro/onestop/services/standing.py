"""Writing pauses and the clocks they leave. Private to the services of this module."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sauro.cases import queries as cases
from sauro.cases.rules import Clock, Held, Party, Step
from sauro.core.clock import local, local_day
from sauro.core.commands import is_at_once
from sauro.core.statements import Beside
from sauro.core.workdays import WorkingCalendar
from sauro.onestop import assigning, pauses, pausing, queries
from sauro.onestop.limits import limit_of
from sauro.onestop.models import Apology, Pause
from sauro.onestop.pauses import Chosen, Policy, Reason
from sauro.onestop.rules import Limit, Verb

_PAUSED = """
INSERT INTO onestop_pause (dossier_id, reason, policy, source, note, since)
SELECT id, %(pause_reason)s, %(pause_policy)s, %(pause_source)s, %(pause_note)s, %(pause_since)s
FROM moved
"""
_PAPERS = frozenset({Verb.COMPLETE, Verb.COMPLETE_AT_INTAKE})


def begin(held: Held, reason: Reason, note: str, expected_on: date, now: datetime) -> Clock:
    """Write that legal time stands still by somebody's word, and return the clock that does."""
    chosen = pauses.policy_of(reason, "", "", local_day(now))
    Pause.objects.create(
        dossier_id=held.id,
        reason=reason,
        policy=chosen.policy,
        source=chosen.source,
        note=note,
        since=now,
        expected_on=expected_on,
    )
    return replace(held.clock, paused_at=now)


def by_word(dossier_id: int) -> bool:
    """Test whether legal time stands still by somebody's word, not for a step that waits."""
    standing = Pause.objects.filter(dossier_id=dossier_id, until=None)
    return standing.filter(expected_on__isnull=False).exists()


def follow(
    held: Held,
    clock: Clock,
    left: Step,
    going_on: Sequence[Step],
    limit: Limit,
    *,
    note: str,
    now: datetime,
) -> tuple[Clock, Beside]:
    """Return the clock once `left` is done and `going_on` are open, and what is written with it.

    The last branch that begins to wait stops it; the first that has what it waited for ends
    that. A pause by somebody's word goes on until that is taken back.
    """
    process = cases.process(held.process_id)
    waited = [left, *(process.step(task.step) for task in held.beside)]
    if clock.paused_at is not None and not all(step.stops_clock for step in waited):
        return clock, Beside()
    calendar = queries.calendar(held.unit_id)
    after = pausing.after(clock, left, going_on, limit, calendar=calendar, now=now)
    if clock.paused_at is None and after.paused_at is not None:
        chosen = _chosen(going_on[-1], f"{process.name}, bản {process.version}", now)
        given = {
            "pause_reason": _reason(going_on[-1]).value,
            "pause_policy": chosen.policy.value,
            "pause_source": chosen.source,
            "pause_note": note,
            "pause_since": now,
        }
        return after, Beside(_PAUSED, given)
    if clock.paused_at is not None and after.paused_at is None:
        _close(held, calendar, limit, now)
    return after, Beside()


def _reason(step: Step) -> Reason:
    if step.party is not Party.CITIZEN:
        return Reason.OTHER_AGENCY
    return Reason.PAYMENT if _PAPERS.isdisjoint(step.moves) else Reason.SUPPLEMENT


def _chosen(step: Step, named: str, now: datetime) -> Chosen:
    """Return the policy of a step that waits: the law's, where the step says the same."""
    law = pauses.policy_of(_reason(step), "", named, local_day(now))
    return law if law.policy == step.pause.value else Chosen(Policy(step.pause.value), named)


def _close(held: Held, calendar: WorkingCalendar, limit: Limit, now: datetime) -> Pause | None:
    """Write that the pause under way is over, and return it; None where none was written."""
    if is_at_once():
        raise RuntimeError("a pause ends in a transaction of its own")
    pause = Pause.objects.select_for_update().filter(dossier_id=held.id, until=None).first()
    if pause is None:
        return None
    pause.until = now
    pause.minutes = calendar.minutes_between(local(pause.since), local(now))
    pause.save(update_fields=["until", "minutes"])
    if pause.policy == Policy.RESUME:
        _put_off_first_promise(held, calendar, limit, now)
    return pause


def end(held: Held, now: datetime) -> Clock:
    """Write that a pause by somebody's word is over, and return the clock that goes on."""
    calendar = queries.calendar(held.unit_id)
    limit = limit_of(held.id)
    pause = _close(held, calendar, limit, now)
    if pause is None or pause.policy == Policy.RESTART:
        return assigning.started(now, limit, calendar)
    return pausing.resumed(held.clock, limit.term, calendar, now)


def _put_off_first_promise(
    held: Held, calendar: WorkingCalendar, limit: Limit, now: datetime
) -> None:
    """Move the promise that an apology replaced as well: the case is measured against it."""
    since, until = local(held.clock.paused_at or now), local(now)
    for apology in Apology.objects.filter(dossier_id=held.id, promised_before__gt=since):
        before = local(apology.promised_before)
        apology.promised_before = pausing.moved_by(before, since, until, limit.term, calendar)
        apology.save(update_fields=["promised_before"])


def dues_after(held: Held, now: datetime) -> dict[int, datetime]:
    """Return when the open tasks are due once time goes on: as long after it as they had left."""
    since = held.clock.paused_at or now
    calendar = queries.calendar(held.unit_id)
    return {
        task.id: pauses.moved(calendar, task.due_at, since, now)
        for task in held.tasks
        if task.due_at > since
    }
