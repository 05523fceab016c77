"""A case from its events alone: its state, its clock and every task it ever had.

What an event of a case may say, so that whoever changes a case can be replayed:
to, step, process, outcome, ends: what they are after it; absent where they stay.
clock: the instants that it changed, by name. opened and ids: the tasks it opened and their ids.
task: the task it finished, with `verb`; cut: those that ended with the case.
changed: task id -> what it changed of an open task (step, kind, party, due).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sauro.cases.rules.cases import CUT_OFF, Clock

_CLOCK = {
    "due": "due_at",
    "started": "started_at",
    "legal_due": "legal_due_at",
    "promised": "promised_at",
    "paused": "paused_at",
    "finished": "finished_at",
}


@dataclass(frozen=True, slots=True)
class Logged:
    """One event of a case: when, by which official, and what it says."""

    at: datetime
    official_id: int | None
    data: Mapping[str, Any]


@dataclass(slots=True, kw_only=True)
class ReplayedTask:
    """A task as the events tell it."""

    id: int
    step: str
    kind: str
    party: str
    official_id: int
    office_id: int
    head_id: int
    opened_at: datetime
    due_at: datetime
    done_at: datetime | None = None
    done_by_id: int | None = None
    outcome: str = ""


@dataclass(slots=True, kw_only=True)
class Replayed:
    """A case as its events tell it; `version` is how many there are."""

    state: str = ""
    step: str = ""
    process_id: int = 0
    version: int = 0
    outcome: str = ""
    ended_at: datetime | None = None
    clock: dict[str, datetime | None] = field(default_factory=dict)
    tasks: dict[int, ReplayedTask] = field(default_factory=dict)

    def clock_now(self) -> Clock:
        """Return the clock of the case."""
        return Clock(**{name: self.clock.get(key) for key, name in _CLOCK.items()})  # type: ignore[arg-type]

    def open_tasks(self) -> list[ReplayedTask]:
        """Return the open tasks, oldest first."""
        return [task for _id, task in sorted(self.tasks.items()) if task.done_at is None]


def replay(events: Iterable[Logged]) -> Replayed:
    """Return what a case is after these events, which are all of its own in order."""
    case = Replayed()
    for event in events:
        _follow(case, event)
    return case


def _follow(case: Replayed, event: Logged) -> None:
    data = event.data
    case.version += 1
    case.state = data.get("to", case.state)
    case.step = data.get("step", case.step)
    case.process_id = data.get("process", case.process_id)
    case.outcome = data.get("outcome", case.outcome)
    case.ended_at = event.at if data.get("ends") else case.ended_at
    for name, at in data.get("clock", {}).items():
        case.clock[name] = _instant(at)
    _finish(case, event, data.get("task"), data.get("verb", ""))
    for task_id in data.get("cut", ()):
        _finish(case, event, task_id, CUT_OFF)
    for task_id, given in zip(data.get("ids") or (), data.get("opened", ()), strict=True):
        case.tasks[task_id] = _opened(task_id, given, event.at)
    for task_id, changed in data.get("changed", {}).items():
        task = case.tasks[int(task_id)]
        task.step = changed.get("step", task.step)
        task.kind = changed.get("kind", task.kind)
        task.party = changed.get("party", task.party)
        task.due_at = _instant(changed["due"]) or task.due_at if "due" in changed else task.due_at


def _finish(case: Replayed, event: Logged, task_id: int | None, outcome: str) -> None:
    task = case.tasks.get(task_id or 0)
    if task is not None:
        task.done_at, task.done_by_id, task.outcome = event.at, event.official_id, outcome


def _opened(task_id: int, given: Mapping[str, Any], at: datetime) -> ReplayedTask:
    return ReplayedTask(
        id=task_id,
        step=given["step"],
        kind=given["kind"],
        party=given["party"],
        official_id=given["official"],
        office_id=given["office"],
        head_id=given["head"],
        opened_at=at,
        due_at=datetime.fromisoformat(given["due"]),
    )


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
