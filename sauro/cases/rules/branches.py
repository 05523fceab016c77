"""Where a process forks, which steps each branch has, and the step at which they meet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sauro.cases.rules.processes import Step
from sauro.core.text import _

Steps = Mapping[str, Step]


@dataclass(frozen=True, slots=True)
class Fork:
    """A parting into branches. join: where they meet, "" where they do not, for `reason`.

    branches: the steps of each branch, by the step it begins with.
    """

    step: str
    verb: str
    join: str
    branches: Mapping[str, frozenset[str]]
    at_fault: str = ""
    reason: str = ""

    @property
    def inside(self) -> frozenset[str]:
        """Return the steps of all branches."""
        return frozenset[str]().union(*self.branches.values())


def forks(steps: Sequence[Step]) -> tuple[Fork, ...]:
    """Return every parting of a process whose moves all lead to steps it has."""
    by_key = {step.key: step for step in steps}
    return tuple(
        _fork(by_key, step.key, verb, to)
        for step in steps
        for verb, to in step.moves.items()
        if len(to) > 1
    )


def leads(steps: Sequence[Step]) -> dict[str, frozenset[str]]:
    """Return, for each step where branches meet, the steps of those branches."""
    found = {step.key: frozenset[str]() for step in steps if step.joins}
    for fork in forks(steps):
        if fork.join:
            found[fork.join] |= fork.inside
    return found


def reached(steps: Steps, start: str, *, closed: frozenset[str] = frozenset()) -> list[str]:
    """Return the steps that can be reached from `start`, nearest first; `closed` are not entered.

    `start` itself is among them.
    """
    found = [start]
    for key in found:
        found += sorted(to for to in steps[key].targets if to not in closed and to not in found)
    return found


def _fork(steps: Steps, key: str, verb: str, to: tuple[str, ...]) -> Fork:
    """Return the parting with the nearest step at which it can meet, or with what is wrong."""
    first: Fork | None = None
    for join in reached(steps, to[0]):
        if not steps[join].joins or not all(join in reached(steps, start) for start in to):
            continue
        found = _meeting(steps, key, verb, to, join)
        if not found.reason:
            return found
        first = first or found
    if first:
        return first
    reason = _("Các nhánh chia ra từ bước này không gặp nhau ở bước nào.")
    return Fork(key, verb, "", {}, key, reason)


def _meeting(steps: Steps, key: str, verb: str, to: tuple[str, ...], join: str) -> Fork:
    """Return the parting as it is if it meets at `join`, with what speaks against that."""
    branches = {start: frozenset(reached(steps, start, closed=frozenset({join}))) for start in to}
    behind = _behind(steps, key, to, join) | {key}
    for start, branch in branches.items():
        others = frozenset[str]().union(*(b for s, b in branches.items() if s != start))
        leaving = [
            at
            for at in reached(steps, start, closed=frozenset({join}))
            if at not in behind and steps[at].targets & behind - {join}
        ]
        at_fault, reason = "", ""
        if start == join:
            at_fault, reason = key, _("Một nhánh không có bước nào trước bước “{join}”.")
        elif branch & behind:
            at_fault = next(iter(leaving), start)
            reason = _("Nhánh đi ra ngoài trước khi tới bước “{join}”, nơi các nhánh gặp nhau.")
        elif branch & others:
            at_fault, reason = min(branch & others), _("Hai nhánh không được dùng chung bước này.")
        if reason:
            return Fork(key, verb, "", {}, at_fault, reason.format(join=steps[join].name))
    return Fork(key, verb, join, branches)


def _behind(steps: Steps, key: str, to: tuple[str, ...], join: str) -> frozenset[str]:
    """Return the steps after the meeting. Sending back to where a branch begins is no such step."""
    closed = frozenset({key, *to}) - {join}
    return frozenset(reached(steps, join, closed=closed))
