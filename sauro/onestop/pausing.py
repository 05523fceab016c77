"""When the legal time of a dossier stands still, and how it goes on. Pure.

It stands still while every open branch waits for somebody whose time is not the office's, each
by its step's policy: the last running branch that begins to wait stops it, the first that has
what it waited for ends that, by its own policy (spec 2.6).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sauro.cases.rules import Clock, Pause, Step
from sauro.core.clock import local
from sauro.core.workdays import Term, Unit, WorkingCalendar
from sauro.onestop import assigning
from sauro.onestop.rules import Limit


def after(
    clock: Clock,
    left: Step,
    going_on: Sequence[Step],
    limit: Limit,
    *,
    calendar: WorkingCalendar,
    now: datetime,
) -> Clock:
    """Return the clock once step `left` is done and these steps are open.

    Nothing happens to a clock that has not started, or that has come to its end.
    """
    if clock.started_at is None or clock.finished_at is not None:
        return clock
    stands = bool(going_on) and all(step.stops_clock for step in going_on)
    if clock.paused_at is None:
        return replace(clock, paused_at=now) if stands else clock
    if stands:
        return clock
    if left.pause is Pause.RESTART:
        return assigning.started(now, limit, calendar)
    return resumed(clock, limit.term, calendar, now)


def resumed(clock: Clock, term: Term, calendar: WorkingCalendar, now: datetime) -> Clock:
    """Return a clock that stood still until `now`: its days to come are later by just that time.

    What is counted in days moves by the days that passed, in hours by the working minutes.
    """
    if clock.paused_at is None:
        return clock
    since, until = local(clock.paused_at), local(now)

    def moved(at: datetime | None) -> datetime | None:
        return _moved(local(at), since, until, term, calendar) if at else None

    promised = moved(clock.promised_at)
    return replace(
        clock,
        legal_due_at=moved(clock.legal_due_at),
        promised_at=promised,
        due_at=promised or clock.due_at,
        paused_at=None,
    )


def _moved(
    at: datetime, since: datetime, until: datetime, term: Term, calendar: WorkingCalendar
) -> datetime:
    if term.unit is Unit.WORKING_HOUR:
        minutes = calendar.minutes_between(since, until)
        return calendar.after_minutes(at, minutes) if minutes else at
    if term.unit is Unit.WORKING_DAY:
        days = calendar.elapsed(since.date(), until.date())
        day = calendar.after(at.date(), days) if days else at.date()
    else:
        stood = timedelta(days=(until.date() - since.date()).days)
        day = calendar.roll_forward(at.date() + stood)
    return datetime.combine(day, at.timetz())
