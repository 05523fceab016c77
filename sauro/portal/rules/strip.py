"""The due strip (dải ngày hẹn): every day from filing to promise, so that anyone can recount.

At most seven cells, so that it fits a phone; longer stretches fold into one cell that says how
many days in it count.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from sauro.core.workdays import Unit, WorkingCalendar

CELLS = 7
LONGEST = 800  # days: a strip over more than two years explains nothing
_SHORT = ("Th 2", "Th 3", "Th 4", "Th 5", "Th 6", "Th 7", "CN")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: three short lines and what it is: "", now, off, due or late."""

    top: str
    main: str
    bottom: str
    kind: str = ""


def strip(
    calendar: WorkingCalendar,
    marks: Mapping[date, tuple[str, str]],
    *,
    today: date,
    unit: Unit = Unit.WORKING_DAY,
) -> tuple[Cell, ...]:
    """Return the cells from the first to the last of `marks`: day -> (words, kind).

    Nothing where there is less than two days to show, or the calendar does not reach them.
    """
    start, end = min(marks), max(marks)
    if start == end or (end - start).days > LONGEST:
        return ()
    if start < calendar.since or end >= calendar.until:
        return ()
    days = [start + timedelta(days=n) for n in range((end - start).days + 1)]
    numbers = _numbers(calendar, days, unit)
    folded = _fold(days, set(marks) | {today} if start <= today <= end else set(marks))
    return tuple(
        _cell(calendar, run[0], marks=marks, today=today, numbers=numbers, unit=unit)
        if len(run) == 1
        else _folded(calendar, run, unit)
        for run in folded
    )


def _numbers(calendar: WorkingCalendar, days: list[date], unit: Unit) -> dict[date, int]:
    """Return which day of the term each counted day is; the first day is not counted."""
    numbers: dict[date, int] = {}
    for day in days[1:]:
        if unit is not Unit.WORKING_DAY or calendar.is_working(day):
            numbers[day] = len(numbers) + 1
    return numbers


def _fold(days: list[date], kept: set[date]) -> list[list[date]]:
    """Return runs of days, one cell each; the shortest unmarked runs are spread out first."""
    runs: list[list[date]] = []
    for is_kept, group in groupby(days, key=kept.__contains__):
        together = list(group)
        runs += [[day] for day in together] if is_kept else [together]
    room = CELLS - len(runs)
    for run in sorted((run for run in runs if len(run) > 1), key=len):
        if len(run) - 1 <= room:
            room -= len(run) - 1
            at = runs.index(run)
            runs[at : at + 1] = [[day] for day in run]
    return runs


def _cell(
    calendar: WorkingCalendar,
    day: date,
    *,
    marks: Mapping[date, tuple[str, str]],
    today: date,
    numbers: Mapping[date, int],
    unit: Unit,
) -> Cell:
    words, kind = marks.get(day, ("", ""))
    works = unit is not Unit.WORKING_DAY or calendar.is_working(day)
    if not words:
        words = f"Ngày {numbers[day]}" if works and day in numbers else _rest(calendar, day)
    if not kind:
        kind = "now" if day == today else "" if works or day in marks else "off"
    top = "Hôm nay" if day == today else _SHORT[day.weekday()]
    return Cell(top, f"{day.day:02}/{day.month}", words, kind)


def _rest(calendar: WorkingCalendar, day: date) -> str:
    return "Nghỉ lễ" if day in calendar.special else "Nghỉ"


def _folded(calendar: WorkingCalendar, run: list[date], unit: Unit) -> Cell:
    first, last = run[0], run[-1]
    same = first.month == last.month
    top = f"{first.day:02}–{last.day:02}/{last.month}" if same else f"đến {last.day}/{last.month}"
    counted = sum(1 for day in run if unit is not Unit.WORKING_DAY or calendar.is_working(day))
    words = "ngày làm" if unit is Unit.WORKING_DAY else "ngày"
    return Cell(top, str(counted), words)
