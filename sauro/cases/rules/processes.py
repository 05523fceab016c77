"""A process (quy trình): its steps, what follows them, where branches part and meet."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sauro.core.errors import NotNow
from sauro.core.text import _
from sauro.core.workdays import Term


class Party(StrEnum):
    """Who a case is waiting for, and so whose time is running (bên đang giữ thời gian)."""

    OFFICE = "OFFICE"
    CITIZEN = "CITIZEN"
    OTHER = "OTHER"


class At(StrEnum):
    """Which of a case's offices does a step."""

    DOOR = "DOOR"
    UNIT = "UNIT"
    AUTHORITY = "AUTHORITY"


class Kind(StrEnum):
    """What is done in a step: work, an opinion, a visit to the place, or waiting."""

    WORK = "WORK"
    OPINION = "OPINION"
    VISIT = "VISIT"
    WAIT = "WAIT"


class Pause(StrEnum):
    """What legal time does while a step waits: it starts again, goes on after, or never stops."""

    RESTART = "RESTART"
    RESUME = "RESUME"
    NONE = "NONE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a process (bước).

    post: role of the official who does it. share: percent of the case's whole term, or `term`:
    a length of its own; exactly one of the two. moves: verb -> keys of the next steps, several
    to part into branches, none to end. joins: opens when every branch that leads to it is done.
    silence: the verb that is taken when an opinion is not given in time. pause: what legal time
    does while the step waits. agency: outside the province, where one is waited for.
    citizen_work: what the citizen reads while this step is under way.
    """

    key: str
    name: str
    work: str
    citizen_work: str
    post: str
    at: At
    product: str
    share: int = 0
    term: Term | None = None
    party: Party = Party.OFFICE
    kind: Kind = Kind.WORK
    moves: Mapping[str, tuple[str, ...]]
    joins: bool = False
    silence: str = ""
    pause: Pause = Pause.NONE
    agency: str = ""
    note: str = ""
    basis: str = ""

    @property
    def stops_clock(self) -> bool:
        """Test whether legal time may stand still while this step is open."""
        return self.pause is not Pause.NONE

    @property
    def targets(self) -> frozenset[str]:
        """Return the keys of all steps that this one may lead to."""
        return frozenset(key for keys in self.moves.values() for key in keys)


@dataclass(frozen=True, slots=True)
class Process:
    """A published version of a process: immutable, kept by the cases under it.

    procedures: codes of the procedures it serves. limit: the legal limit its steps fit in.
    leads: for each step where branches meet, the steps of the branches that meet there.
    """

    id: int
    code: str
    version: int
    name: str
    basis: str
    steps: tuple[Step, ...]
    procedures: tuple[str, ...] = ()
    limit: Term | None = None
    leads: Mapping[str, frozenset[str]] = field(default_factory=dict, compare=False)

    @property
    def first(self) -> Step:
        """Return the step that a new case starts with."""
        return self.steps[0]

    def step(self, key: str) -> Step:
        """Return the step with this key.

        :raises KeyError: the process has no such step
        """
        for step in self.steps:
            if step.key == key:
                return step
        raise KeyError(key)

    def has(self, key: str) -> bool:
        """Test whether the process has a step with this key."""
        return any(step.key == key for step in self.steps)

    def main(self) -> tuple[Step, ...]:
        """Return the steps that the office does, in order: the picture people are shown."""
        return tuple(step for step in self.steps if step.party is Party.OFFICE)

    def after(self, key: str, verb: str) -> tuple[Step, ...]:
        """Return the steps that `verb` leads to from step `key`; none where the case ends.

        :raises NotNow: this step does not offer that verb
        """
        step = self.step(key)
        if verb not in step.moves:
            raise NotNow(_("Bước “{step}” không có việc này."), step=step.name)
        return tuple(self.step(to) for to in step.moves[verb])

    def opens(self, key: str, verb: str, beside: Collection[str]) -> tuple[Step, ...]:
        """Return the steps that open when `verb` is done in `key` while `beside` are open too.

        None where the case ends, and where the other branches have yet to reach the step at
        which they meet: the last of them opens it.

        :raises NotNow: this step does not offer that verb
        """
        steps = self.after(key, verb)
        if len(steps) == 1 and steps[0].joins and self.leads[steps[0].key] & set(beside):
            return ()
        return steps

    def ends(self, key: str, verb: str) -> bool:
        """Test whether `verb` in step `key` ends the case, whatever else is open."""
        return not self.after(key, verb)

    def next_party_is_office(self, key: str, verb: str) -> bool:
        """Test whether `verb` hands the case on, rather than making it wait or end."""
        steps = self.after(key, verb)
        return bool(steps) and all(step.kind is not Kind.WAIT for step in steps)
