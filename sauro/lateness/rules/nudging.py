"""When an official is reminded (nhắc việc), and to whom silence goes. Pure.

The steps of the ladder are the province's setting, not law: before a step is due and when it
is, to who holds it; after a working day of silence to the head; after three to the province.
"""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from sauro.core.workdays import WorkingCalendar

BEFORE = 240  # working minutes before a step is due
TO_HEAD = 480  # working minutes of silence after it
TO_PROVINCE = 1_440


class Kind(StrEnum):
    """What a reminder is about; `SUBJECTS` for people."""

    BEFORE_DUE = "BEFORE_DUE"
    ON_DUE = "ON_DUE"
    TO_HEAD = "TO_HEAD"
    TO_PROVINCE = "TO_PROVINCE"
    SIGN = "SIGN"
    SIGN_NOW = "SIGN_NOW"
    UNSIGNED = "UNSIGNED"
    WEEK = "WEEK"
    BY_HEAD = "BY_HEAD"


def task_steps(
    calendar: WorkingCalendar, opened: datetime, due: datetime, *, now: datetime
) -> tuple[Kind, ...]:
    """Return the reminders that an open task has come to by now; moments local.

    A step that was given less than twice the notice is not reminded of before it is due.
    """
    if now < due:
        is_near = calendar.minutes_between(now, due) <= BEFORE
        has_room = calendar.minutes_between(opened, due) >= 2 * BEFORE
        return (Kind.BEFORE_DUE,) if is_near and has_room else ()
    silent = calendar.minutes_between(due, now)
    ladder = [(0, Kind.ON_DUE), (TO_HEAD, Kind.TO_HEAD), (TO_PROVINCE, Kind.TO_PROVINCE)]
    return tuple(kind for minutes, kind in ladder if silent >= minutes)


def letter_steps(
    calendar: WorkingCalendar, send_by: datetime, *, now: datetime
) -> tuple[Kind, ...]:
    """Return the reminders that an unsigned letter has come to by now; moments local."""
    if now > send_by:
        return (Kind.SIGN, Kind.UNSIGNED)
    if calendar.minutes_between(now, send_by) <= BEFORE:
        return (Kind.SIGN, Kind.SIGN_NOW)
    return (Kind.SIGN,)


def still_to_tell(steps: Collection[Kind], told: Collection[str]) -> list[Kind]:
    """Return the reminders not given yet, one rung at a time: the lowest of them.

    Nobody is told of silence who was never told of the thing itself.
    """
    return [step for step in steps if step not in told][:1]
