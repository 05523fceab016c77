"""Due dates by the million: a table a term, made once from a ready calendar. Pure.

The answers are those of `WorkingCalendar`, one by one; only the way there is shorter.
"""

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cached_property
from itertools import accumulate

from sauro.core.workdays import Term, Unit, WorkingCalendar

_HOUR = 3_600_000_000
_Spans = tuple[tuple[int, int], ...]


class Dues:
    """The due dates of one calendar. Keep it for as long as the calendar stays the same."""

    def __init__(self, calendar: WorkingCalendar) -> None:
        self._calendar = calendar
        self._base = calendar.since.toordinal()
        self._days = [
            calendar.since + timedelta(days=number)
            for number in range((calendar.until - calendar.since).days)
        ]
        self._tables: dict[Term, list[date | None]] = {}
        self._closings: dict[tuple[date, tzinfo | None], datetime] = {}

    def last_days(self, asked: Iterable[tuple[date, Term]]) -> list[date]:
        """Return `calendar.last_day(start, term)` for every (start, term), in order.

        :raises LookupError: the calendar does not reach one of them
        :raises ValueError: a term is in hours
        """
        base, tables, found = self._base, self._tables, []
        for start, term in asked:
            table = tables.get(term) or self._table(term)
            index = start.toordinal() - base
            day = table[index] if 0 <= index < len(table) else None
            found.append(day or self._calendar.last_day(start, term))
        return found

    def due_moments(self, asked: Iterable[tuple[datetime, Term]]) -> list[datetime]:
        """Return `calendar.due_at(start, term)` for every (start, term), in order; local.

        :raises LookupError: the calendar does not reach one of them
        """
        base, tables, closings, found = self._base, self._tables, self._closings, []
        hour = Unit.WORKING_HOUR
        for start, term in asked:
            if term.unit is hour:
                found.append(self._after_hours(start, term))
                continue
            table = tables.get(term) or self._table(term)
            index = start.toordinal() - base
            last = table[index] if 0 <= index < len(table) else None
            due = closings.get((last, start.tzinfo)) if last else None
            if due is None:
                due = self._calendar.due_at(start, term)
                closings[due.date(), start.tzinfo] = due
            found.append(due)
        return found

    def _after_hours(self, start: datetime, term: Term) -> datetime:
        spent, open_days = self._spent
        spans = self._spans
        index = start.toordinal() - self._base
        if not 0 <= index < len(spans):
            return self._calendar.due_at(start, term)
        clock = ((start.hour * 60 + start.minute) * 60 + start.second) * 1_000_000
        clock += start.microsecond
        before, own = spans[index]
        for opens, closes in own:
            if clock > opens:
                before += (min(closes, clock)) - opens
        target = before + term.value * _HOUR
        found = bisect_left(spent, target) - 1
        if found >= len(open_days):
            return self._calendar.due_at(start, term)
        left = target - spent[found]
        day = open_days[found]
        for opens, closes in spans[day][1]:
            if left <= closes - opens:
                break
            left -= closes - opens
        midnight = datetime.combine(self._days[day], time(), start.tzinfo)
        return midnight + timedelta(0, 0, opens + left)

    @cached_property
    def _spans(self) -> list[tuple[int, _Spans]]:
        """Return for every day the working time before it and its openings, in microseconds."""
        own = [self._openings(day) for day in self._days]
        before = accumulate((sum(c - o for o, c in spans) for spans in own), initial=0)
        return list(zip(before, own, strict=False))

    @cached_property
    def _spent(self) -> tuple[list[int], list[int]]:
        """Return the working time before each day that is worked, and which days these are."""
        open_days = [n for n, (_before, own) in enumerate(self._spans) if own]
        spent = [self._spans[n][0] for n in open_days]
        before, own = self._spans[open_days[-1]] if open_days else (0, ())
        return [*spent, before + sum(c - o for o, c in own)], open_days

    def _openings(self, day: date) -> _Spans:
        if not self._calendar.is_working(day):
            return ()
        return tuple((_micros(a), _micros(b)) for a, b in self._calendar.sessions_on(day))

    def _table(self, term: Term) -> list[date | None]:
        """Make and keep the last day of `term` for every day of the calendar it can start on."""
        table: list[date | None] = []
        for start in self._days:
            try:
                table.append(self._calendar.last_day(start, term))
            except LookupError:
                break
        self._tables[term] = table
        return table


def _micros(at: time) -> int:
    return ((at.hour * 60 + at.minute) * 60 + at.second) * 1_000_000 + at.microsecond
