"""Who gets the next step of a dossier, and by when. Pure: roster and calendar are passed in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sauro.cases.rules import Assignment, At, Clock, Held, Step
from sauro.core.clock import local
from sauro.core.workdays import Term, Unit, WorkingCalendar
from sauro.offices.roster import Roster
from sauro.onestop import rules
from sauro.onestop.rules import Limit

_SHORTEST = 30  # minutes: nobody is given less than half an hour for a step


@dataclass(frozen=True, slots=True)
class Desk:
    """What assigning needs to know of a day: who is there and which minutes count."""

    roster: Roster
    calendar: WorkingCalendar


@dataclass(frozen=True, slots=True)
class Offices:
    """The offices of one dossier, by their part in it."""

    door: int
    unit: int
    authority: int

    def at(self, part: At) -> int:
        """Return the id of the office in that part."""
        return {At.DOOR: self.door, At.UNIT: self.unit, At.AUTHORITY: self.authority}[part]


def offices_of(held: Held) -> Offices:
    """Return the offices of a locked case."""
    return Offices(held.door_id, held.unit_id, held.authority_id)


def task(
    step: Step,
    offices: Offices,
    seed: int,
    clock: Clock,
    limit: Limit,
    *,
    desk: Desk,
    now: datetime,
) -> Assignment:
    """Return the task of `step`: an official in turn (by `seed`), due by the step's own limit."""
    official = desk.roster.pick(offices.at(step.at), step.post, seed)
    return Assignment(
        official_id=official.id,
        work=step.work,
        office_id=official.office_id,
        head_id=desk.roster.head(official.office_id).id,
        step=step.key,
        due_at=due_of(step, clock, limit, desk.calendar, now),
        product=step.product,
        party=step.party,
        kind=step.kind,
    )


def due_of(
    step: Step, clock: Clock, limit: Limit, calendar: WorkingCalendar, now: datetime
) -> datetime:
    """Return when `step`, opened `now`, is due.

    A step that shares the legal term is not due after the promise, unless it begins after it.
    """
    here = local(now)
    if step.key == "hand_over":
        return rules.hand_over_due(calendar, here)
    if step.term is not None:
        return calendar.due_at(here, step.term)
    minutes = max(total_minutes(limit.term, clock, calendar) * step.share // 100, _SHORTEST)
    due = calendar.after_minutes(here, minutes)
    if clock.promised_at and now < clock.promised_at:
        return min(due, clock.promised_at)
    return due


def total_minutes(term: Term, clock: Clock, calendar: WorkingCalendar) -> int:
    """Return the working minutes that the whole term has."""
    if term.unit is Unit.WORKING_DAY:
        return term.value * calendar.minutes_a_day()
    if term.unit is Unit.WORKING_HOUR:
        return term.value * 60
    start = local(clock.started_at or clock.due_at)
    return calendar.minutes_between(start, calendar.due_at(start, term))


def started(now: datetime, limit: Limit, calendar: WorkingCalendar) -> Clock:
    """Return the clock of a dossier complete at `now`: the promise is the end of the term."""
    due = legal_due(now, limit, calendar)
    return Clock(started_at=now, legal_due_at=due, promised_at=due, due_at=due)


def legal_due(start: datetime, limit: Limit, calendar: WorkingCalendar) -> datetime:
    """Return the end of the legal term of a dossier that is complete at `start`, local.

    A term of hours that starts after 15:00 counts from the next morning (Decree 61/2018/NĐ-CP
    article 18); a term in days does not count its first day anyway.
    """
    here = local(start)
    if limit.term.unit is Unit.WORKING_HOUR and here.time() > rules.HAND_OVER_UNTIL:
        tomorrow = here.date() + timedelta(days=1)
        here = calendar.opening(datetime.combine(tomorrow, calendar.sessions[0][0], here.tzinfo))
    return calendar.due_at(here, limit.term)
