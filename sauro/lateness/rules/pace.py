"""Late before it is late (nguy cơ trễ): what is still to do, at today's pace, and what it lacks.

Pure. The pace of a step is what it usually takes where it is done; where too little was done
there it is that of the process, and where nothing was, the step's own limit.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import isqrt

from sauro.cases.rules import Process, Step
from sauro.core.workdays import WorkingCalendar
from sauro.lateness.rules.minutes import apportion
from sauro.onestop.rules import Verb

ENOUGH = 8  # tasks done, from which an office has a pace of its own
SHORTEST = 15  # minutes: what any step still needs
STUCK, _STUCK_CAREFUL = 4, 2  # of the time a step has had past its usual: what it needs more
_FORWARD = (Verb.ACCEPT, Verb.HAND_OVER, Verb.ADVANCE, Verb.COMPLETE, Verb.PAID)
_LAST = (Verb.FINISH, Verb.FINISH_AT_ONCE)


@dataclass(frozen=True, slots=True)
class Usual:
    """What a step takes in working minutes: half of the times no more, and 9 times of 10."""

    median: int
    careful: int
    sample: int


def usual(taken: Sequence[int]) -> Usual:
    """Return the pace of a step from the working minutes it took.

    :raises ValueError: it was never done
    """
    if not taken:
        raise ValueError("no pace of what was never done")
    order = sorted(taken)
    return Usual(order[(len(order) - 1) // 2], order[-(-len(order) * 9 // 10) - 1], len(order))


Paces = Mapping[tuple[int, str, int], Usual]


def of(paces: Paces, process_id: int, step: str, office_id: int, limit: int) -> Usual:
    """Return the pace of a step at an office; office 0 holds the pace of the whole process."""
    here = paces.get((process_id, step, office_id))
    if here and here.sample >= ENOUGH:
        return here
    return paces.get((process_id, step, 0)) or Usual(limit, limit, 0)


def ways(process: Process, step: str) -> tuple[tuple[Step, ...], ...]:
    """Return the ways by which `step` usually goes on until the result is ready.

    One way for each branch where branches part, each with the steps behind their meeting: they
    run at the same time, and the longest of them decides.
    """
    return tuple(_ways(process, process.step(step), frozenset({step})))


def _ways(process: Process, here: Step, seen: frozenset[str]) -> Iterator[tuple[Step, ...]]:
    if any(verb in here.moves for verb in _LAST):
        yield ()
        return
    to = next((here.moves[verb] for verb in _FORWARD if here.moves.get(verb)), ())
    after = [process.step(key) for key in to if key and key not in seen]
    if not after:
        yield ()
    for step in after:
        for rest in _ways(process, step, seen | {step.key}):
            yield (step, *rest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """A step that is still to be done, or to be ended. taken: minutes it has had already."""

    step: str
    name: str
    official_id: int | None
    office_id: int
    usual: Usual
    taken: int = 0

    def needs(self, *, careful: bool) -> int:
        """Return the minutes it still needs."""
        whole = self.usual.careful if careful else self.usual.median
        if self.taken < whole:
            return max(whole - self.taken, SHORTEST)
        return max(self.taken // (_STUCK_CAREFUL if careful else STUCK), SHORTEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """How a case ends at today's pace. left, needed, missing: working minutes.

    missing: what must be found, 0 where the time is enough; `rescue` says of which legs.
    """

    left: int
    needed: int
    missing: int
    ends_at: datetime
    rescue: Sequence[tuple[Leg, int]]

    @property
    def is_late(self) -> bool:
        """Test whether it ends after the promise."""
        return self.missing > 0


def forecast(
    calendar: WorkingCalendar,
    chains: Sequence[Sequence[Leg]],
    promised: datetime,
    *,
    now: datetime,
    careful: bool = False,
) -> Forecast:
    """Return how a case ends. chains: the legs still to go of each open task; moments local.

    Branches that run beside each other end with the longest. The minutes that are missing are
    asked of its legs in proportion to what they need, to the minute.
    """
    needs = [[leg.needs(careful=False) for leg in chain] for chain in chains]
    whole = [sum(need) for need in needs]
    if careful:
        whole = [total + _spread(chain) for total, chain in zip(whole, chains, strict=True)]
    longest = max(range(len(chains)), key=lambda n: whole[n])
    needed = whole[longest]
    left = calendar.minutes_between(now, promised) if now < promised else 0
    past = calendar.minutes_between(promised, now) if promised < now else 0
    missing = max(needed + past - left, 0)
    asked = apportion(missing, needs[longest])
    return Forecast(
        left=left,
        needed=needed,
        missing=missing,
        ends_at=calendar.after_minutes(now, needed),
        rescue=[(leg, part) for leg, part in zip(chains[longest], asked, strict=True) if part],
    )


def _spread(chain: Sequence[Leg]) -> int:
    """Return how much longer than usual a chain may take: seldom are all its steps slow at once.

    The spreads of steps that do not know of each other add as squares.
    """
    return isqrt(sum((leg.needs(careful=True) - leg.needs(careful=False)) ** 2 for leg in chain))
