"""The duty to apologise (xin lỗi, hẹn lại): when a letter is owed, by when, with which promise.

Pure. Decree 61/2018/NĐ-CP article 19.9: at the latest one day before the promise the agency
apologises in writing, says why, and gives a new day, once.
"""

from datetime import date, datetime, time

from sauro.core.law import Legal, Provision
from sauro.core.workdays import WorkingCalendar
from sauro.lateness.rules.pace import Forecast

APOLOGISE_BEFORE: Legal[int] = Legal(
    unit="ngày làm việc",
    in_force={
        date(2018, 6, 21): Provision(1, "Nghị định 61/2018/NĐ-CP, Điều 19 khoản 9"),
        date(2025, 7, 1): Provision(1, "Nghị định 118/2025/NĐ-CP, Điều 19", checked=False),
    },
)
_DRAFT_AT = time(8, 0)
_DRAFT_DAYS_AHEAD = 1  # working days before the last day on which the letter may be sent
LAST_CALL = 240  # working minutes before the promise: whatever is open then needs a letter
_ROOM = 4  # a new promise leaves a quarter more than the careful pace needs


def send_by(calendar: WorkingCalendar, due: datetime) -> datetime:
    """Return until when the apology must be sent: the end of the working day before. Local."""
    last = calendar.after(due.date(), -APOLOGISE_BEFORE.on(due.date()))
    return datetime.combine(last, calendar.sessions[-1][1], tzinfo=due.tzinfo)


def draft_from(calendar: WorkingCalendar, due: datetime) -> datetime:
    """Return from when a letter is drafted for a case that will be late: a working day earlier."""
    first = calendar.after(send_by(calendar, due).date(), -_DRAFT_DAYS_AHEAD)
    return datetime.combine(first, _DRAFT_AT, tzinfo=due.tzinfo)


def owes_letter(
    calendar: WorkingCalendar, careful: Forecast, due: datetime, *, now: datetime
) -> bool:
    """Test whether a letter is to be drafted now: the time is not enough, or has all but run out.

    careful: the forecast at the careful pace. Once the promise has passed it is too late for a
    letter in time, and still owed.
    """
    if now < draft_from(calendar, due):
        return False
    return careful.is_late or careful.left <= LAST_CALL


def new_promise(
    calendar: WorkingCalendar, careful: Forecast, due: datetime, *, now: datetime
) -> datetime:
    """Return the one new promise: the careful end with room, at closing, after the old one."""
    needed = careful.needed + careful.needed // _ROOM
    ends = calendar.after_minutes(max(now, due), max(needed - careful.left, 1))
    day = max(ends.date(), calendar.after(due.date(), 1))
    return datetime.combine(day, calendar.sessions[-1][1], tzinfo=due.tzinfo)


def first_of_week(calendar: WorkingCalendar, day: date) -> bool:
    """Test whether `day` is the first working day of its week, on which heads get their list."""
    if not calendar.is_working(day):
        return False
    return calendar.after(day, -1).isocalendar()[:2] != day.isocalendar()[:2]
