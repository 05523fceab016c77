"""Working time (thời gian làm việc): which days and minutes count, and when a term ends. Pure.

Rules B1-B9 are articles 144-148 of the Civil Code 2015: a term in days does not count the day
it starts on, ends at the end of its last day, and moves to the next working day when that day
is a rest day or a holiday. Holidays are article 112 of the Labour Code 2019; swapped days are
the yearly decision of the Government. Both are data, passed in. How a date came about is told
by `core.reckoning`; when a term starts and stands still, by `core.starts`.
"""

import calendar as months_of
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import accumulate

_SATURDAY = 5
_MINUTE = 60_000_000  # in microseconds, the unit of the sums below
Sessions = tuple[tuple[time, time], ...]
SESSIONS: Sessions = ((time(7, 0), time(11, 30)), (time(13, 30), time(17, 0)))


class Unit(StrEnum):
    """What a term is counted in. Codes are stored; labels are in `LABELS`."""

    WORKING_DAY = "WORKING_DAY"
    DAY = "DAY"
    WEEK = "WEEK"
    MONTH = "MONTH"
    YEAR = "YEAR"
    WORKING_HOUR = "WORKING_HOUR"


LABELS = {
    Unit.WORKING_DAY: "ngày làm việc",
    Unit.DAY: "ngày",
    Unit.WEEK: "tuần",
    Unit.MONTH: "tháng",
    Unit.YEAR: "năm",
    Unit.WORKING_HOUR: "giờ làm việc",
}


@dataclass(frozen=True, slots=True)
class Term:
    """A length of legal time, such as 3 working days; at least one of its unit."""

    value: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.value < 1:
            raise ValueError(f"a term is at least 1 {self.unit}, got {self.value}")

    def __str__(self) -> str:
        return f"{self.value} {LABELS[self.unit]}"


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that is not what its weekday says.

    works: offices are open, as on a swapped Saturday or for half a day. sessions: the hours of
    that day alone, where they are not the usual ones. is_estimate: nobody has decided it yet.
    """

    name: str
    source: str = ""
    works: bool = False
    sessions: Sessions | None = None
    is_estimate: bool = False


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours from a day on; week: those of a weekday (Monday is 0) that are other ones."""

    since: date
    sessions: Sessions
    week: Mapping[int, Sessions] = field(default_factory=dict)


@dataclass(frozen=True)
class WorkingCalendar:
    """Which minutes count at an office (lịch làm việc).

    special: days off, swapped working days and half days, by date.
    sessions: the opening hours of a working day, ascending, not overlapping; hours: those that
    replace them from some day on, by day. A half day counts as one working day.
    since, until: the years for which the special days are known; asking beyond is refused,
    because a date that looks right and is wrong is worse than none.
    """

    special: Mapping[date, SpecialDay]
    sessions: Sessions = SESSIONS
    since: date = date(2024, 1, 1)
    until: date = date(2028, 1, 1)
    version: str = ""
    hours: tuple[Hours, ...] = ()
    _worked: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _spent: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _minutes: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        span = range(self.since.toordinal(), self.until.toordinal())
        worked = tuple(n for n in span if self._counts(date.fromordinal(n)))
        lengths = (_length(self.sessions_on(date.fromordinal(n))) for n in worked)
        object.__setattr__(self, "_worked", worked)
        object.__setattr__(self, "_spent", tuple(accumulate(lengths, initial=0)))
        usual = self.hours[-1].sessions if self.hours else self.sessions
        object.__setattr__(self, "_minutes", _length(usual) // _MINUTE)

    def _counts(self, day: date) -> bool:
        special = self.special.get(day)
        return special.works if special else day.weekday() < _SATURDAY

    def differs(self, other: "WorkingCalendar") -> bool:
        """Test whether other minutes count here than in another calendar."""
        return any(
            getattr(self, name) != getattr(other, name)
            for name in ("special", "sessions", "hours", "since", "until")
        )

    def is_working(self, day: date) -> bool:
        """Test whether offices are open on `day`.

        :raises LookupError: the calendar does not reach that day
        """
        self._check(day)
        return self._counts(day)

    def _check(self, day: date) -> None:
        if not self.since <= day < self.until:
            raise LookupError(f"no working calendar for {day:%d/%m/%Y}")

    def reason(self, day: date) -> str:
        """Return why `day` counts or not, in a few Vietnamese words."""
        special = self.special.get(day)
        if special:
            return special.name
        return "Ngày làm việc" if day.weekday() < _SATURDAY else "Nghỉ cuối tuần"

    def sessions_on(self, day: date) -> Sessions:
        """Return the hours of `day`, as they would be if it is not worked."""
        special = self.special.get(day)
        if special and special.sessions:
            return special.sessions
        for own in reversed(self.hours):
            if own.since <= day:
                return own.week.get(day.weekday(), own.sessions)
        return self.sessions

    def after(self, start: date, days: int) -> date:
        """Return the `days`-th working day after `start` (before it, if negative).

        :raises ValueError: `days` is 0
        :raises LookupError: the calendar does not reach that far
        """
        if days == 0:
            raise ValueError("a term is at least one working day")
        if days > 0:
            index = bisect_right(self._worked, start.toordinal()) + days - 1
        else:
            index = bisect_left(self._worked, start.toordinal()) + days
        self._check(start)
        if not 0 <= index < len(self._worked):
            raise LookupError(f"no working calendar {days} days from {start:%d/%m/%Y}")
        return date.fromordinal(self._worked[index])

    def roll_forward(self, day: date) -> date:
        """Return `day`, or the next working day when it is a rest day or holiday (B8)."""
        return day if self.is_working(day) else self.after(day, 1)

    def roll_back(self, day: date) -> date:
        """Return `day`, or the last working day before it."""
        return day if self.is_working(day) else self.after(day, -1)

    def elapsed(self, start: date, end: date) -> int:
        """Return the number of working days in (start, end]; negative if `end` is earlier.

        :raises LookupError: the calendar does not reach one of them
        """
        self._check(start)
        self._check(end)
        return bisect_right(self._worked, end.toordinal()) - bisect_right(
            self._worked, start.toordinal()
        )

    def last_day(self, start: date, term: Term) -> date:
        """Return the last day of a term in days or longer that starts on `start` (B2-B8).

        :raises ValueError: the term is in hours; ask `due_at`
        """
        if term.unit is Unit.WORKING_DAY:
            return self.after(start, term.value)
        return self.roll_forward(raw_end(start, term))

    def latest_start(self, due: date, term: Term) -> date:
        """Return the latest working day from which a term in days or longer ends by `due`.

        :raises ValueError: the term is in hours; ask `start_by`
        """
        last = self.roll_back(due)
        if term.unit is Unit.WORKING_DAY:
            return self.after(last, -term.value)
        return self.roll_back(_raw_start(last, term))

    def due_at(self, start: datetime, term: Term) -> datetime:
        """Return when a term that starts at `start` (local wall clock) is over, local.

        A term in days ends at the closing hour of its last day: later nobody can hand over.
        """
        if term.unit is Unit.WORKING_HOUR:
            return self.after_minutes(start, term.value * 60)
        return self.close_of(_at(self.last_day(start.date(), term), start))

    def start_by(self, due: datetime, term: Term) -> datetime:
        """Return the latest moment from which a term is over by `due`, local.

        For a term in days it is the closing hour of the latest day.
        """
        if term.unit is Unit.WORKING_HOUR:
            return self.before_minutes(due, term.value * 60)
        last = due.date()
        if due < self.close_of(due):
            last -= timedelta(days=1)
        return self.close_of(_at(self.latest_start(last, term), due))

    def after_minutes(self, start: datetime, minutes: int) -> datetime:
        """Return the moment when `minutes` (>= 1) working minutes have passed (B1), local.

        :raises ValueError: fewer than one minute
        :raises LookupError: the calendar does not reach that far
        """
        if minutes < 1:
            raise ValueError(f"at least one working minute, got {minutes}")
        target = self._spent_by(start) + minutes * _MINUTE
        index = bisect_left(self._spent, target) - 1
        if index >= len(self._worked):
            raise LookupError(f"no working calendar {minutes} minutes from {start:%d/%m/%Y}")
        left = target - self._spent[index]
        day = date.fromordinal(self._worked[index])
        for opens, closes in self.sessions_on(day):
            length = _micros(closes) - _micros(opens)
            if left <= length:
                break
            left -= length
        return _at(day, start, opens) + timedelta(microseconds=left)

    def before_minutes(self, due: datetime, minutes: int) -> datetime:
        """Return the latest moment from which `minutes` working minutes pass by `due`, local.

        :raises ValueError: fewer than one minute
        :raises LookupError: the calendar does not reach that far
        """
        if minutes < 1:
            raise ValueError(f"at least one working minute, got {minutes}")
        target = self._spent_by(due) - minutes * _MINUTE
        if target < 0:
            raise LookupError(f"no working calendar {minutes} minutes before {due:%d/%m/%Y}")
        index = bisect_right(self._spent, target) - 1
        left = target - self._spent[index]
        day = date.fromordinal(self._worked[index])
        for opens, closes in self.sessions_on(day):
            length = _micros(closes) - _micros(opens)
            if left < length:
                break
            left -= length
        return _at(day, due, opens) + timedelta(microseconds=left)

    def opening(self, at: datetime) -> datetime:
        """Return `at` if offices are open then, else the next opening, local.

        :raises LookupError: the calendar does not reach that far
        """
        day = at.date()
        if self.is_working(day):
            for opens, closes in self.sessions_on(day):
                if at < _at(day, at, closes):
                    return max(at, _at(day, at, opens))
        return self.morning_after(at)

    def morning_after(self, at: datetime) -> datetime:
        """Return the opening of the next working day after the day of `at`, local.

        :raises LookupError: the calendar does not reach that far
        """
        day = self.after(at.date(), 1)
        return _at(day, at, self.sessions_on(day)[0][0])

    def minutes_between(self, start: datetime, end: datetime) -> int:
        """Return the whole working minutes in [start, end]; 0 if `end` is earlier. Local.

        :raises LookupError: the calendar does not reach one of them
        """
        return max(self._spent_by(end) - self._spent_by(start), 0) // _MINUTE

    def _spent_by(self, at: datetime) -> int:
        """Return the working microseconds from the beginning of the calendar to `at`."""
        day = at.date()
        self._check(day)
        ordinal = day.toordinal()
        index = bisect_left(self._worked, ordinal)
        spent = self._spent[index]
        if index < len(self._worked) and self._worked[index] == ordinal:
            clock = _micros(at)
            for opens, closes in self.sessions_on(day):
                spent += max(min(clock, _micros(closes)) - _micros(opens), 0)
        return spent

    def minutes_a_day(self) -> int:
        """Return how many minutes an ordinary working day has, by the latest hours."""
        return self._minutes

    def close_of(self, at: datetime) -> datetime:
        """Return the closing time of the day of `at`, local."""
        return _at(at.date(), at, self.sessions_on(at.date())[-1][1])


def raw_end(start: date, term: Term) -> date:
    """Return the last calendar day of a term before any rolling (B2, B5-B7).

    :raises ValueError: the term is counted in working time
    """
    if term.unit is Unit.DAY:
        return start + timedelta(days=term.value)
    if term.unit is Unit.WEEK:
        return start + timedelta(weeks=term.value)
    if term.unit is Unit.MONTH:
        return _same_day(start, term.value)
    if term.unit is Unit.YEAR:
        return _same_day(start, 12 * term.value)
    raise ValueError(f"{term.unit} is counted in working time")


def _raw_start(end: date, term: Term) -> date:
    """Return the latest day from which `raw_end` is not after `end`."""
    if term.unit in {Unit.DAY, Unit.WEEK}:
        return end - (raw_end(end, term) - end)
    start = _same_day(end, -term.value * (12 if term.unit is Unit.YEAR else 1))
    # Several last days of a long month lead to the one last day of a short month.
    while raw_end(start + timedelta(days=1), term) <= end:
        start += timedelta(days=1)
    return start


def _same_day(start: date, later: int) -> date:
    """Return the same day `later` months on, or that month's last day where it has no such day."""
    month = start.month - 1 + later
    year, month = start.year + month // 12, month % 12 + 1
    return date(year, month, min(start.day, months_of.monthrange(year, month)[1]))


def _micros(at: time | datetime) -> int:
    return ((at.hour * 60 + at.minute) * 60 + at.second) * 1_000_000 + at.microsecond


def _length(sessions: Sessions) -> int:
    return sum(_micros(closes) - _micros(opens) for opens, closes in sessions)


def _at(day: date, like: datetime, hour: time = time()) -> datetime:
    return datetime.combine(day, hour, tzinfo=like.tzinfo)
