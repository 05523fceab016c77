"""Working time (thời gian làm việc): which days and minutes count, and when a term ends. Pure.

Rules B1-B9 are articles 144-148 of the Civil Code 2015: a term in days does not count the day
it starts on, ends at the end of its last day, and moves to the next working day when that day
is a rest day or a holiday. Holidays are article 112 of the Labour Code 2019; swapped days are
the yearly decision of the Government. Both are data, passed in.
"""

import calendar as months_of
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sauro.core.explain import Explanation, Line
from sauro.core.law import Legal, Provision

_SATURDAY = 5
SESSIONS = ((time(7, 0), time(11, 30)), (time(13, 30), time(17, 0)))
_CIVIL_CODE = "Bộ luật Dân sự 2015, Điều {article}"

# After this hour papers are taken as of the next working morning.
CUT_OFF: Legal[time] = Legal(
    unit="giờ",
    in_force={
        date(2018, 6, 21): Provision(time(15, 0), "Nghị định 61/2018/NĐ-CP, Điều 18"),
        date(2026, 8, 5): Provision(time(15, 0), "Nghị định 309/2026/NĐ-CP, Điều 18 khoản 2"),
    },
)


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
    """A day that is not what its weekday says. works: a Saturday worked in exchange."""

    name: str
    source: str = ""
    works: bool = False


@dataclass(frozen=True)
class WorkingCalendar:
    """Which minutes count at an office (lịch làm việc).

    special: days off and swapped working days, by date.
    sessions: the opening hours of every working day, ascending, not overlapping.
    since, until: the years for which the special days are known; asking beyond is refused,
    because a date that looks right and is wrong is worse than none.
    """

    special: Mapping[date, SpecialDay]
    sessions: tuple[tuple[time, time], ...] = SESSIONS
    since: date = date(2024, 1, 1)
    until: date = date(2028, 1, 1)
    version: str = ""
    _worked: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        span = range(self.since.toordinal(), self.until.toordinal())
        worked = tuple(n for n in span if self._counts(date.fromordinal(n)))
        object.__setattr__(self, "_worked", worked)

    def _counts(self, day: date) -> bool:
        special = self.special.get(day)
        return special.works if special else day.weekday() < _SATURDAY

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

    def due_at(self, start: datetime, term: Term) -> datetime:
        """Return when a term that starts at `start` (local wall clock) is over, local.

        A term in days ends at the closing hour of its last day: later nobody can hand over.
        """
        if term.unit is Unit.WORKING_HOUR:
            return self.after_minutes(start, term.value * 60)
        last = self.last_day(start.date(), term)
        return datetime.combine(last, self.sessions[-1][1], tzinfo=start.tzinfo)

    def after_minutes(self, start: datetime, minutes: int) -> datetime:
        """Return the moment when `minutes` (>= 1) working minutes have passed (B1), local.

        :raises ValueError: fewer than one minute
        :raises LookupError: the calendar does not reach that far
        """
        if minutes < 1:
            raise ValueError(f"at least one working minute, got {minutes}")
        left = timedelta(minutes=minutes)
        for opens, closes in self._open_spans(start):
            if left <= closes - opens:
                return opens + left
            left -= closes - opens
        raise LookupError(f"no working calendar {minutes} minutes from {start:%d/%m/%Y}")

    def opening(self, at: datetime) -> datetime:
        """Return `at` if offices are open then, else the next opening, local.

        :raises LookupError: the calendar does not reach that far
        """
        for opens, _closes in self._open_spans(at):
            return opens
        raise LookupError(f"no working calendar after {at:%d/%m/%Y}")

    def minutes_between(self, start: datetime, end: datetime) -> int:
        """Return the whole working minutes in [start, end]; 0 if `end` is earlier. Local.

        :raises LookupError: the calendar does not reach one of them
        """
        self._check(end.date())
        total = timedelta()
        for opens, closes in self._open_spans(start):
            if opens >= end:
                break
            total += min(closes, end) - opens
        return total // timedelta(minutes=1)

    def _open_spans(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield the spans in which offices are open, from `start` on."""
        self._check(start.date())
        first = bisect_left(self._worked, start.date().toordinal())
        for ordinal in self._worked[first:]:
            day = date.fromordinal(ordinal)
            for opens, closes in self.sessions:
                end = datetime.combine(day, closes, tzinfo=start.tzinfo)
                if end > start:
                    yield (
                        max(start, datetime.combine(day, opens, tzinfo=start.tzinfo)),
                        end,
                    )

    def minutes_a_day(self) -> int:
        """Return how many minutes a working day has."""
        spans = ((b.hour - a.hour) * 60 + b.minute - a.minute for a, b in self.sessions)
        return sum(spans)

    def close_of(self, at: datetime) -> datetime:
        """Return the closing time of the day of `at`, local."""
        return datetime.combine(at.date(), self.sessions[-1][1], tzinfo=at.tzinfo)

    def explain_due(self, start: datetime, term: Term) -> Explanation:
        """Return when `term` is over with one line for every day or opening on the way, local."""
        if term.unit is not Unit.WORKING_HOUR:
            return self.explain(start.date(), term)
        due = self.due_at(start, term)
        lines = [Line(_moment(start), "Bắt đầu tính", _CIVIL_CODE.format(article=147))]
        for opens, closes in self._open_spans(start):
            if opens >= due:
                break
            end = min(closes, due)
            minutes = (end - opens) // timedelta(minutes=1)
            fact = f"{_day(opens.date())}, {opens:%H:%M} đến {end:%H:%M}"
            lines.append(Line(fact, "Tính", amount=f"{minutes} phút"))
        return Explanation(f"{_moment(due)} ({term})", tuple(lines))

    def explain(self, start: date, term: Term) -> Explanation:
        """Return the last day of `term` with one line for every day on the way to it.

        :raises ValueError: the term is in hours; ask `explain_due`
        """
        last = self.last_day(start, term)
        days = [start + timedelta(days=n) for n in range((last - start).days + 1)]
        lines = [Line(_day(start), "Ngày bắt đầu, không tính", _CIVIL_CODE.format(article=147))]
        counted = 0
        for day in days[1:]:
            if term.unit is Unit.WORKING_DAY:
                counts = self.is_working(day)
                counted += counts
                lines.append(self._counted(day, counts, counted))
            else:
                rolled = day > raw_end(start, term)
                lines.append(self._rolled(day) if rolled else Line(_day(day), "Tính"))
        return Explanation(f"{_day(last)} ({term})", tuple(lines))

    def _counted(self, day: date, counts: bool, number: int) -> Line:  # noqa: FBT001
        special = self.special.get(day)
        source = special.source if special else ""
        rule = f"Ngày thứ {number}" if counts else "Không tính"
        reason = self.reason(day)
        return Line(_day(day), rule if counts and not special else f"{rule}: {reason}", source)

    def _rolled(self, day: date) -> Line:
        article = _CIVIL_CODE.format(article=148)
        if self.is_working(day):
            return Line(_day(day), "Chuyển sang ngày làm việc tiếp theo", article)
        return Line(_day(day), f"Ngày cuối không làm việc: {self.reason(day)}", article)


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


def _same_day(start: date, later: int) -> date:
    """Return the same day `later` months on, or that month's last day where it has no such day."""
    month = start.month - 1 + later
    year, month = start.year + month // 12, month % 12 + 1
    return date(year, month, min(start.day, months_of.monthrange(year, month)[1]))


def restart(calendar: WorkingCalendar, completed: date, term: Term) -> date:
    """Return the last day when the whole term runs again from the completed dossier.

    Decree 61/2018/NĐ-CP, article 19.4: "thời hạn giải quyết được tính lại từ đầu".
    """
    return calendar.last_day(completed, term)


def resume(
    calendar: WorkingCalendar, received: date, asked: date, completed: date, term: Term
) -> date:
    """Return the last day when the term stood still between asking and completing.

    For procedures whose own law says so. Days up to and with the day of asking are used up;
    what is left runs from the day after completion. Nothing left: the day of completion.
    """
    if term.unit is not Unit.WORKING_DAY:
        return calendar.roll_forward(raw_end(received, term) + (completed - asked))
    left = term.value - calendar.elapsed(received, asked)
    return calendar.after(completed, left) if left > 0 else calendar.roll_forward(completed)


def same_day_due(calendar: WorkingCalendar, received: datetime) -> datetime:
    """Return when a same-day procedure is due: that day's closing, or the next day's. Local.

    Papers that come after the cut-off, or on a day that is not worked, count as of the next
    working day (Decree 61/2018/NĐ-CP, article 18; Decree 23/2015/NĐ-CP, article 7).
    """
    return calendar.close_of(_counted_from(calendar, received))


def handover_at(calendar: WorkingCalendar, received: datetime) -> datetime:
    """Return when received papers go to the unit: at once, or at the next opening. Local.

    After the cut-off they go at the start of the next working day (Decree 61/2018/NĐ-CP,
    article 18; Decree 309/2026/NĐ-CP, article 18.2). This moves no legal deadline in days.
    """
    return _counted_from(calendar, received)


def _counted_from(calendar: WorkingCalendar, received: datetime) -> datetime:
    day = received.date()
    if calendar.is_working(day) and received.time() <= CUT_OFF.on(day):
        return calendar.opening(received)
    opens = calendar.sessions[0][0]
    return datetime.combine(calendar.after(day, 1), opens, tzinfo=received.tzinfo)


_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")


def _day(day: date) -> str:
    return f"{_WEEKDAYS[day.weekday()]}, {day.day:02}/{day.month}/{day.year}"


def _moment(at: datetime) -> str:
    return f"{at:%H:%M} {_day(at.date())}"
