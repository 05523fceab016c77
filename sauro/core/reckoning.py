"""Reckoning (bảng tính hạn): how a due date came about, day by day, for people to check. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sauro.core.explain import Explanation, Line
from sauro.core.workdays import Term, Unit, WorkingCalendar, raw_end

_CIVIL_CODE = "Bộ luật Dân sự 2015, Điều {article}"
_WEEKLY_REST = "Bộ luật Lao động 2019, Điều 111"
_ESTIMATE = " (ước tính, chưa có quyết định)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One day of a reckoning, or one opening of it for a term in hours.

    number: the days, or minutes of this row, that it counts for; 0 where it does not count.
    opens, closes: the part of the day that is meant, for a term in hours.
    """

    day: date
    why: str
    source: str = ""
    counts: bool = False
    number: int = 0
    opens: time | None = None
    closes: time | None = None
    is_estimate: bool = False


def rows(calendar: WorkingCalendar, start: datetime, term: Term) -> tuple[Row, ...]:
    """Return one row for every day or opening from `start` (local) to the end of `term`.

    :raises LookupError: the calendar does not reach that far
    """
    if term.unit is Unit.WORKING_HOUR:
        return tuple(_openings(calendar, start, term))
    if term.unit is Unit.WORKING_DAY:
        return tuple(_working_days(calendar, start.date(), term))
    return tuple(_calendar_days(calendar, start.date(), term))


def explain_due(calendar: WorkingCalendar, start: datetime, term: Term) -> Explanation:
    """Return when `term` is over, with one line for every day or opening on the way; local.

    :raises LookupError: the calendar does not reach that far
    """
    due = calendar.due_at(start, term)
    lines = [_line(row) for row in rows(calendar, start, term)]
    if term.unit is not Unit.WORKING_HOUR:
        return Explanation(f"{written(due.date())} ({term})", tuple(lines))
    first = Line(written_moment(start), "Bắt đầu tính", _CIVIL_CODE.format(article=147))
    return Explanation(f"{written_moment(due)} ({term})", (first, *lines))


def explain_start(calendar: WorkingCalendar, due: datetime, term: Term) -> Explanation:
    """Return the latest start from which `term` is over by `due` (local), and the way there.

    :raises LookupError: the calendar does not reach that far
    """
    start = calendar.start_by(due, term)
    lines = explain_due(calendar, start, term).lines
    when = written_moment(start) if term.unit is Unit.WORKING_HOUR else written(start.date())
    return Explanation(f"{when} (trước {term})", lines)


def _working_days(calendar: WorkingCalendar, start: date, term: Term) -> Iterator[Row]:
    yield _first(start)
    counted = 0
    for day in _days(start, calendar.last_day(start, term)):
        counts = calendar.is_working(day)
        counted += counts
        yield _plain(calendar, day, counts=counts, number=counted if counts else 0)


def _calendar_days(calendar: WorkingCalendar, start: date, term: Term) -> Iterator[Row]:
    yield _first(start)
    end = raw_end(start, term)
    article = _CIVIL_CODE.format(article=148)
    for day in _days(start, calendar.last_day(start, term)):
        if day <= end:
            yield Row(day=day, why="", counts=True, number=(day - start).days)
        elif calendar.is_working(day):
            yield Row(day=day, why="Chuyển sang ngày làm việc tiếp theo", source=article)
        else:
            why = f"Ngày cuối không làm việc: {calendar.reason(day)}"
            yield Row(day=day, why=why, source=article)


def _openings(calendar: WorkingCalendar, start: datetime, term: Term) -> Iterator[Row]:
    due = calendar.due_at(start, term)
    for day in _days(start.date() - timedelta(days=1), due.date()):
        if not calendar.is_working(day):
            yield _plain(calendar, day, counts=False, number=0)
            continue
        for opens, closes in calendar.sessions_on(day):
            since = max(start, datetime.combine(day, opens, tzinfo=start.tzinfo))
            until = min(due, datetime.combine(day, closes, tzinfo=start.tzinfo))
            if since < until:
                yield Row(
                    day=day,
                    why=calendar.special[day].name if day in calendar.special else "",
                    counts=True,
                    number=(until - since) // timedelta(minutes=1),
                    opens=since.time(),
                    closes=until.time(),
                )


def _days(start: date, last: date) -> Iterator[date]:
    """Yield the days after `start` up to and with `last`."""
    for number in range(1, (last - start).days + 1):
        yield start + timedelta(days=number)


def _first(start: date) -> Row:
    why = "Ngày bắt đầu, không tính"
    return Row(day=start, why=why, source=_CIVIL_CODE.format(article=147))


def _plain(calendar: WorkingCalendar, day: date, *, counts: bool, number: int) -> Row:
    special = calendar.special.get(day)
    if special is None:
        why, source = ("", "") if counts else (calendar.reason(day), _WEEKLY_REST)
        return Row(day=day, why=why, source=source, counts=counts, number=number)
    return Row(
        day=day,
        why=special.name + (_ESTIMATE if special.is_estimate else ""),
        source=special.source,
        counts=counts,
        number=number,
        is_estimate=special.is_estimate,
    )


def _line(row: Row) -> Line:
    if row.opens and row.closes:
        fact = f"{written(row.day)}, {row.opens:%H:%M} đến {row.closes:%H:%M}"
        return Line(fact, "Tính", row.source, f"{row.number} phút")
    if row.source.startswith(_CIVIL_CODE.format(article="")):
        return Line(written(row.day), row.why, row.source)
    if not row.counts:
        return Line(written(row.day), f"Không tính: {row.why}", row.source)
    return Line(written(row.day), said(row), row.source)


def said(row: Row) -> str:
    """Return what a row that counts is: "Ngày thứ 3", with the name of a special day."""
    return f"Ngày thứ {row.number}: {row.why}" if row.why else f"Ngày thứ {row.number}"


_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")


def written(day: date) -> str:
    """Return "Thứ Tư, 25/2/2026"."""
    return f"{_WEEKDAYS[day.weekday()]}, {day.day:02}/{day.month}/{day.year}"


def written_moment(at: datetime) -> str:
    """Return "10:00 Thứ Bảy, 10/1/2026"."""
    return f"{at:%H:%M} {written(at.date())}"
