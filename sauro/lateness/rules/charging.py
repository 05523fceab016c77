"""Whose time it was (truy trách nhiệm): the minutes of a case and its delay, task by task. Pure.

A minute belongs to the tasks that were open in it, in equal parts; while the legal time stands
still it belongs to the party waited for. A minute counts for the delay when some step had run
past its own limit, or was doing again what had been sent back. The first is answered for by
whoever held the step, the second, as far as the step's own limit reaches, by the step whose
work came back. The delay is divided in proportion to those minutes, to the minute.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from itertools import pairwise

from sauro.core.workdays import WorkingCalendar
from sauro.lateness.rules.minutes import Scale, Weight, apportion, scale
from sauro.onestop.rules import Verb

RETURNS = frozenset({Verb.SEND_BACK.value, Verb.REOPEN.value})
NOBODY = "FORCE_MAJEURE"  # a pause that is no party's: force majeure


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A task as accounting sees it. Moments local; done_at None while it is open."""

    id: int
    step: str
    party: str
    official_id: int
    office_id: int
    opened_at: datetime
    due_at: datetime
    done_at: datetime | None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """A pause of the legal time (tạm dừng): from, until (None: still), and for whom we wait."""

    since: datetime
    until: datetime | None
    party: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What happened to a case. due_at: what it is measured against; end_at: its end, or now."""

    spans: Sequence[Span]
    stops: Sequence[Stop]
    started_at: datetime
    due_at: datetime
    end_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one task has of the time and of the delay of its case, in working minutes.

    minutes: the office's or other party's own time; waited: time that stood still meanwhile.
    over: past the step's own limit. delay: its part of the delay. caused_by: the task whose
    work came back, for a task that was done again.
    """

    span: Span
    minutes: int
    waited: int
    over: int
    delay: int
    caused_by: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The time of a case. shares sum to minutes + waited and to delay; by_party to the same."""

    minutes: int
    waited: int
    delay: int
    shares: Sequence[Share]
    by_party: Mapping[str, int]

    def delay_of(self, attribute: str) -> dict[object, int]:
        """Return the delay by an attribute of the task: "official_id", "office_id", "party"."""
        found: dict[object, int] = defaultdict(int)
        for share in self.shares:
            found[getattr(share.span, attribute)] += share.delay
        return dict(found)


@dataclass(slots=True)
class _Tally:
    """What the sweep over the scale collects, by place of the task in the course."""

    worked: list[Weight]
    waited: list[Weight]
    blamed: list[Weight]
    after: list[Weight]
    party: dict[str, Weight]
    minutes: int = 0
    stood: int = 0
    delay: int = 0


def account(calendar: WorkingCalendar, course: Course, line: Scale | None = None) -> Account:
    """Return the minutes and the delay of a case by task; all sums are exact.

    line: its scale, where the caller has it already.

    :raises ValueError: the case has no task
    """
    if not course.spans:
        raise ValueError("a case without a task has no account")
    line = line or scale_of(calendar, course)
    cause = caused_by(course.spans)
    tally = _sweep(course, line, cause)
    weights = next((w for w in (tally.blamed, tally.after) if any(w)), [1] * len(course.spans))
    delays = apportion(tally.delay, weights)
    worked = apportion(tally.minutes, tally.worked)
    waited = apportion(tally.stood, tally.waited)
    shares = [
        Share(
            span=span,
            minutes=worked[n],
            waited=waited[n],
            over=max(_end(span, course, line) - _due(span, course, line), 0),
            delay=delays[n],
            caused_by=course.spans[cause[n]].id if n in cause else None,
        )
        for n, span in enumerate(course.spans)
    ]
    parties = sorted(tally.party)
    by_party = apportion(tally.minutes + tally.stood, [tally.party[p] for p in parties])
    return Account(
        minutes=tally.minutes,
        waited=tally.stood,
        delay=tally.delay,
        shares=shares,
        by_party=dict(zip(parties, by_party, strict=True)),
    )


def caused_by(spans: Sequence[Span]) -> dict[int, int]:
    """Return, for each task that was done again, the place of the task whose work came back.

    After a return the steps up to and with the one that returned it are done again; the step
    that the case went back to caused them.
    """
    cause: dict[int, int] = {}
    guilty: int | None = None
    until = ""
    for n, span in enumerate(spans):
        if guilty is not None:
            cause[n] = guilty
            if span.step == until and span.outcome not in RETURNS:
                guilty = None
        if span.outcome in RETURNS and n + 1 < len(spans):
            back_to = spans[n + 1].step
            earlier = [m for m in range(n + 1) if spans[m].step == back_to]
            guilty, until = (earlier[-1], span.step) if earlier else (None, "")
    return cause


def scale_of(calendar: WorkingCalendar, course: Course) -> Scale:
    """Return the scale of working minutes with every moment of a case on it."""
    moments = [course.started_at, course.due_at, course.end_at]
    for span in course.spans:
        moments += [span.opened_at, span.due_at, span.done_at or course.end_at]
    for stop in course.stops:
        moments += [stop.since, stop.until or course.end_at]
    return scale(calendar, moments)


def _end(span: Span, course: Course, line: Scale) -> int:
    return line.at(min(span.done_at or course.end_at, max(course.end_at, span.opened_at)))


def _due(span: Span, course: Course, line: Scale) -> int:
    """Return when the task was due, put off by a pause that still lasts.

    One that is over has moved the task's own due moment already.
    """
    opened, end = line.at(span.opened_at), _end(span, course, line)
    stood = sum(
        max(end - max(line.at(stop.since), opened), 0)
        for stop in course.stops
        if stop.until is None
    )
    return max(line.at(span.due_at), opened) + stood


def _stops(course: Course, line: Scale) -> list[tuple[int, int, str]]:
    return [
        (line.at(stop.since), line.at(stop.until or course.end_at), stop.party)
        for stop in course.stops
    ]


def _sweep(course: Course, line: Scale, cause: Mapping[int, int]) -> _Tally:
    """Go along the scale from cut to cut; between two cuts nothing changes."""
    count = len(course.spans)
    tally = _Tally(
        worked=[0] * count,
        waited=[0] * count,
        blamed=[0] * count,
        after=[0] * count,
        party=defaultdict(int),
    )
    spans = [
        (line.at(s.opened_at), _end(s, course, line), _due(s, course, line)) for s in course.spans
    ]
    stops = _stops(course, line)
    started, due, end = (line.at(m) for m in (course.started_at, course.due_at, course.end_at))
    cuts = {started, due, end}
    opening: dict[int, list[int]] = defaultdict(list)
    for n, (opened, closed, own_due) in enumerate(spans):
        cuts |= {opened, closed, own_due}
        opening[opened].append(n)
    for since, until, _party in stops:
        cuts |= {since, until}
    order = sorted(cuts)
    active: list[int] = []
    for here, there in pairwise(order):
        active = [n for n in [*active, *opening[here]] if spans[n][1] > here]
        party = next((p for since, until, p in stops if since <= here < until), "")
        _count(tally, there - here, active, party, course.spans)
        if party or not started <= here < end:
            continue
        tally.delay += (there - here) * (here >= due)
        blamed = [n if here >= spans[n][2] else cause.get(n) for n in active]
        _divide(tally.blamed, there - here, [n for n in blamed if n is not None])
        if here >= due:
            _divide(tally.after, there - here, active)
    return tally


def _count(
    tally: _Tally, minutes: int, active: Sequence[int], stopped: str, spans: Sequence[Span]
) -> None:
    """Give the minutes between two cuts to the tasks that were open, and to their parties."""
    if not active:
        return
    _divide(tally.waited if stopped else tally.worked, minutes, active)
    if stopped:
        tally.stood += minutes
        tally.party[stopped] += minutes
        return
    tally.minutes += minutes
    part = minutes if len(active) == 1 else Fraction(minutes, len(active))
    for n in active:
        tally.party[spans[n].party] += part


def _divide(into: list[Weight], minutes: int, among: Sequence[int]) -> None:
    part = minutes if len(among) == 1 else Fraction(minutes, len(among) or 1)
    for n in among:
        into[n] += part
