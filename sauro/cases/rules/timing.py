"""How long the way through a process takes, against the term that the law gives."""

from collections.abc import Mapping
from dataclasses import dataclass

from sauro.cases.rules.processes import Process, Step
from sauro.core.workdays import SESSIONS, Term, Unit

DAY = sum((b.hour - a.hour) * 60 + b.minute - a.minute for a, b in SESSIONS)
# Working days in a unit, on the short side, so that what is found to fit does fit.
_DAYS = {Unit.WORKING_DAY: 1.0, Unit.DAY: 5 / 7, Unit.WEEK: 5.0, Unit.MONTH: 20.0, Unit.YEAR: 240.0}


@dataclass(frozen=True, slots=True)
class Way:
    """A way through a process: its steps, the shares of the term and the minutes it takes."""

    steps: tuple[str, ...]
    share: int
    minutes: int


def minutes(term: Term) -> int:
    """Return the working minutes of a term; of one in calendar days, about."""
    if term.unit is Unit.WORKING_HOUR:
        return term.value * 60
    return round(term.value * _DAYS[term.unit] * DAY)


def words(length: int) -> str:
    """Return working minutes in words: "3,5 ngày làm việc", "6 giờ làm việc"."""
    if length < DAY:
        return f"{length / 60:g} giờ làm việc".replace(".", ",")
    return f"{round(length / DAY, 1):g} ngày làm việc".replace(".", ",")


def longest(process: Process) -> Way:
    """Return the way that takes longest from when legal time starts, at the end of the first step.

    Branches run side by side, so the longest of them counts. Steps in which legal time stands
    still take none. Going back is not counted: what is done again is a fault, not the plan.
    """
    forward = _forward(process)
    known: dict[str, Way] = {}

    def after(key: str) -> Way:
        if key not in known:
            ways = [after(to) for to in forward[key]]
            best = max(ways, key=lambda way: (way.minutes, way.share), default=Way((), 0, 0))
            known[key] = _with(process.step(key), best, process.limit)
        return known[key]

    ways = [after(to) for to in forward[process.first.key]]
    return max(ways, key=lambda way: (way.minutes, way.share), default=Way((), 0, 0))


def _with(step: Step, rest: Way, limit: Term | None) -> Way:
    share = 0 if step.stops_clock else step.share
    return Way((step.key, *rest.steps), rest.share + share, rest.minutes + own(step, limit))


def own(step: Step, limit: Term | None) -> int:
    """Return the working minutes of a step; of one that shares an unknown term, its percents."""
    if step.stops_clock:
        return 0
    if step.term and limit:
        return minutes(step.term)
    return step.share * (minutes(limit) if limit else 100) // 100


def _forward(process: Process) -> Mapping[str, list[str]]:
    """Return where each step leads on to; a move to a step on the way to it leads back."""
    forward: dict[str, list[str]] = {}
    way: list[str] = []

    def walk(key: str) -> None:
        forward[key] = []
        way.append(key)
        for to in dict.fromkeys(to for keys in process.step(key).moves.values() for to in keys):
            if to in way:
                continue
            forward[key].append(to)
            if to not in forward:
                walk(to)
        way.pop()

    walk(process.first.key)
    return forward
