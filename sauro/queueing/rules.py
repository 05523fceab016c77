"""Whose turn it is, and how long a person will wait. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from statistics import median

from sauro.core.errors import Invalid
from sauro.core.law import Legal, Provision
from sauro.core.text import _


class Line(StrEnum):
    """What somebody comes for, in as few words as fit on a kiosk; the letter stands in the code."""

    PAPERS = "A"
    LAND = "B"
    BUSINESS = "C"
    RESULT = "D"


LINE_LABELS: Mapping[Line, str] = {
    Line.PAPERS: "Hộ tịch, chứng thực",
    Line.LAND: "Đất đai, xây dựng",
    Line.BUSINESS: "Kinh doanh, việc khác",
    Line.RESULT: "Nhận kết quả",
}


class Priority(StrEnum):
    """Who is called before others; the empty string for everybody else."""

    NONE = ""
    ELDERLY = "ELDERLY"
    DISABLED = "DISABLED"
    PREGNANT = "PREGNANT"


PRIORITY_LABELS: Mapping[Priority, str] = {
    Priority.NONE: "Không",
    Priority.ELDERLY: "Người cao tuổi",
    Priority.DISABLED: "Người khuyết tật",
    Priority.PREGNANT: "Người mang thai, bế con nhỏ",
}
PRIORITY_LAW: Mapping[Priority, Provision[str]] = {
    Priority.ELDERLY: Provision("gọi trước", "Luật Người cao tuổi 39/2009/QH12", checked=False),
    Priority.DISABLED: Provision("gọi trước", "Luật Người khuyết tật 51/2010/QH12", checked=False),
    Priority.PREGNANT: Provision("gọi trước", "Nội quy của Trung tâm", checked=False),
}
# Nobody waits for ever behind those who go first.
PRIORITY_IN_A_ROW: Legal[int] = Legal(
    unit="lượt",
    in_force={date(2018, 6, 21): Provision(2, "Cấu hình của tỉnh", checked=False)},
)
MINUTES_WHERE_NONE_WERE_MEASURED: Legal[int] = Legal(
    unit="phút",
    in_force={date(2018, 6, 21): Provision(8, "Cấu hình của tỉnh", checked=False)},
)
MEASURED_AT_LEAST = 5
TICKETS_A_MINUTE = 20
WINDOWS_AT_MOST = 30


class State(StrEnum):
    """Where a ticket stands; `STATE_LABELS` for people."""

    WAITING = "WAITING"
    CALLED = "CALLED"
    SERVED = "SERVED"
    NO_SHOW = "NO_SHOW"


STATE_LABELS: Mapping[State, str] = {
    State.WAITING: "Đang chờ",
    State.CALLED: "Mời đến quầy",
    State.SERVED: "Đã xong",
    State.NO_SHOW: "Vắng khi gọi",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A ticket that waits."""

    id: int
    line: Line
    is_first: bool
    taken_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A window that is open, the lines it takes, and minutes until it is free again."""

    lines: frozenset[Line]
    free_in: float = 0.0
    in_a_row: int = 0


@dataclass(slots=True)
class _Window:
    """A window while turns are played forward."""

    lines: frozenset[Line]
    free_at: float
    in_a_row: int


def code(line: Line, number: int) -> str:
    """Return what is called out, e.g. "A012"."""
    return f"{line.value}{number:03}"


def checked_line(text: str) -> Line:
    """Return a line as chosen.

    :raises Invalid: it is none
    """
    if text not in set(Line):
        raise Invalid(_("Chọn việc cần làm."), field="line")
    return Line(text)


def checked_priority(text: str) -> Priority:
    """Return who goes first as said at the kiosk; what is not known is nobody."""
    return Priority(text) if text in set(Priority) else Priority.NONE


def checked_lines(given: Sequence[str]) -> list[Line]:
    """Return the lines a window takes, in their order.

    :raises Invalid: none was chosen
    """
    lines = [line for line in Line if line.value in set(given)]
    if not lines:
        raise Invalid(_("Chọn ít nhất một loại việc cho quầy."), field="lines")
    return lines


def checked_number(text: str) -> int:
    """Return the number of a window.

    :raises Invalid: it is no number from 1 to `WINDOWS_AT_MOST`
    """
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:4]) <= WINDOWS_AT_MOST):
        raise Invalid(_("Số quầy từ 1 đến {most}. Xem lại."), field="number", most=WINDOWS_AT_MOST)
    return int(text)


def next_of(
    waiting: Sequence[Waiting], lines: frozenset[Line], *, in_a_row: int, on: date
) -> Waiting | None:
    """Return whom a window calls next: who goes first by law, then by the time they came.

    in_a_row: how many who go first it has just called; after the limit one other is called.
    """
    mine = sorted((w for w in waiting if w.line in lines), key=lambda w: (w.taken_at, w.id))
    first = [w for w in mine if w.is_first]
    others = [w for w in mine if not w.is_first]
    if first and (in_a_row < PRIORITY_IN_A_ROW.on(on) or not others):
        return first[0]
    return others[0] if others else None


def service_minutes(measured: Sequence[float], on: date) -> tuple[float, bool]:
    """Return the minutes that serving one person takes, and whether they were measured."""
    if len(measured) < MEASURED_AT_LEAST:
        return float(MINUTES_WHERE_NONE_WERE_MEASURED.on(on)), False
    return max(float(median(measured)), 0.5), True


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected of a ticket. minutes: None while no window takes its line."""

    ahead: int
    minutes: int | None


def expected(
    ticket_id: int,
    waiting: Sequence[Waiting],
    windows: Sequence[Open],
    minutes: Mapping[Line, float],
    on: date,
) -> Expected:
    """Return how many are called before a ticket, and in how many minutes it is called.

    The turns are played forward with the same rule that calls people, each window free again
    after the minutes that serving the line takes.
    """
    mine = next((w for w in waiting if w.id == ticket_id), None)
    if mine is None:
        return Expected(0, 0)
    if not any(mine.line in window.lines for window in windows):
        ahead = [w for w in waiting if w.line == mine.line and w.taken_at < mine.taken_at]
        return Expected(len(ahead), None)
    played = [_Window(w.lines, w.free_in, w.in_a_row) for w in windows]
    left = list(waiting)
    while True:
        window, turn = _turn(played, left, on)
        if turn.id == ticket_id:
            return Expected(len(waiting) - len(left), round(window.free_at))
        left.remove(turn)
        window.in_a_row = window.in_a_row + 1 if turn.is_first else 0
        window.free_at += minutes[turn.line]


def _turn(windows: Sequence[_Window], left: Sequence[Waiting], on: date) -> tuple[_Window, Waiting]:
    """Return the window that is free first and has somebody to call, and whom it calls."""
    for window in sorted(windows, key=lambda w: w.free_at):
        turn = next_of(left, window.lines, in_a_row=window.in_a_row, on=on)
        if turn is not None:
            return window, turn
    raise LookupError("nobody is waiting for any window")
