"""The picture of a case's time: one lane a step, on one scale of working minutes. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sauro.lateness.rules.charging import Account, Course
from sauro.lateness.rules.minutes import Scale


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a lane, in percent of the whole. kind: "", "over", "again", "wait" or "before"."""

    start: str
    width: str
    kind: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A step and all the times the case was at it. minutes, delay: of the step altogether."""

    name: str
    pieces: Sequence[Piece]
    minutes: int
    delay: int
    due: str


def lanes(course: Course, account: Account, line: Scale, names: Mapping[str, str]) -> list[Lane]:
    """Return the lanes of a case in the order in which its steps first came."""
    starts = [course.started_at, course.due_at, *(span.opened_at for span in course.spans)]
    first = min(line.at(moment) for moment in starts)
    last = max(line.at(course.end_at), line.at(course.due_at), first + 1)
    found: dict[str, list[int]] = {}
    for n, span in enumerate(course.spans):
        found.setdefault(span.step, []).append(n)
    return [
        Lane(
            name=names.get(step, step),
            pieces=[
                piece for n in places for piece in _pieces(n, course, account, line, (first, last))
            ],
            minutes=sum(account.shares[n].minutes for n in places),
            delay=sum(account.shares[n].delay for n in places),
            due=_share(line.at(course.due_at), first, last),
        )
        for step, places in found.items()
    ]


def _pieces(
    n: int, course: Course, account: Account, line: Scale, bounds: tuple[int, int]
) -> list[Piece]:
    """Return the parts of one task: until its own limit, and past it."""
    span = course.spans[n]
    first, last = bounds
    opened = line.at(span.opened_at)
    closed = max(min(line.at(span.done_at or course.end_at), line.at(course.end_at)), opened)
    limit = min(max(line.at(span.due_at), opened), closed)
    kind = "again" if account.shares[n].caused_by else ""
    if span.party != "OFFICE":
        kind, limit = "wait", closed
    elif span.opened_at < course.started_at and kind == "":
        kind = "before"
    parts = [(opened, limit, kind), (limit, closed, "over")]
    return [
        Piece(
            start=_share(a, first, last),
            width=f"{max(100 * (b - a) / (last - first), 0.3):.2f}%",
            kind=what,
            label=str(b - a),
        )
        for a, b, what in parts
        if b > a
    ]


def _share(at: int, first: int, last: int) -> str:
    return f"{100 * (at - first) / (last - first):.2f}%"
