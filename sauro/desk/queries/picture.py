"""Where a dossier is: the six clarities of its open task and the picture of its process."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sauro.cases.queries import TaskRow
from sauro.cases.rules import Process, Step
from sauro.core.clock import local
from sauro.core.errors import NotFound
from sauro.core.text import _
from sauro.offices import queries as offices
from sauro.offices.roster import Roster
from sauro.offices.rules import OfficialRow
from sauro.onestop.queries import DossierPage


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One step of the process picture. kind: "done", "now" or "todo"."""

    kind: str
    name: str
    who: str
    at: datetime | None
    is_due: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Clarity:
    """One of the six clarities of the open task."""

    label: str
    said: str
    detail: str


def official(roster: Roster, official_id: int) -> OfficialRow:
    """Return an official of today's roster, or of an earlier day where they left since."""
    try:
        return roster.official(official_id)
    except NotFound:
        return offices.official(official_id)


def office_name(roster: Roster, office_id: int) -> str:
    """Return the name of an office, open today or closed since."""
    try:
        return roster.office(office_id).name
    except NotFound:
        return offices.office(office_id).name


def place_of(step: Step, process: Process) -> str:
    """Return where a step stands among the office's own, "" for one outside them."""
    main = process.main()
    return f"bước {main.index(step) + 1} trên {len(main)}" if step in main else ""


def clarities(task: TaskRow, process: Process, roster: Roster, result: str) -> list[Clarity]:
    """Return the six clarities of an open task. No query while its people hold their posts."""
    step = process.step(task.step)
    holder = official(roster, task.official_id)
    head = official(roster, task.head_id)
    due = local(task.due_at)
    return [
        Clarity(
            label=_("Rõ người"),
            said=f"{holder.honorific} {holder.name}",
            detail=f"{holder.title}, {holder.office_name}",
        ),
        Clarity(label=_("Rõ việc"), said=task.work, detail=""),
        Clarity(
            label=_("Rõ trách nhiệm"),
            said=office_name(roster, task.office_id),
            detail=f"{head.honorific} {head.name}, {head.title}",
        ),
        Clarity(
            label=_("Rõ quy trình"),
            said=", ".join(filter(None, (step.name, place_of(step, process)))),
            detail=f"{process.name}, bản {process.version}",
        ),
        Clarity(
            label=_("Rõ thời gian"),
            said=f"Trước {due:%H:%M} ngày {due.day:02}/{due.month}/{due.year}",
            detail="",
        ),
        Clarity(label=_("Rõ kết quả"), said=task.product, detail=result),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """One of several open tasks: the step, who has it, its own due and its own six clarities."""

    name: str
    who: str
    office: str
    due_at: datetime
    words: str
    tone: str
    is_mine: bool
    task_id: int
    clarities: Sequence[Clarity]


def stages(
    process: Process, tasks: Sequence[TaskRow], roster: Roster, dossier: DossierPage
) -> list[Stage]:
    """Return the main steps: done up to where the dossier is, and what is still to come.

    Side by side there are several under way, and some done before those that stand before them.
    """
    last = {task.step: task for task in tasks}
    main = process.main()
    under_way = {task.step for task in tasks if task.done_at is None}
    beside = {key for inside in process.leads.values() if inside & under_way for key in inside}
    here = next((n for n, step in enumerate(main) if step.key in under_way), None)
    if here is None:
        reached = [n for n, step in enumerate(main) if step.key in last]
        here = len(main) if dossier.ended_at else max(reached, default=0)
        now = {main[here].key} if here < len(main) else set()
    else:
        now = under_way
    return [
        _stage(
            step,
            last.get(step.key),
            is_now=step.key in now,
            is_past=n < here or step.key in beside,
            roster=roster,
        )
        for n, step in enumerate(main)
    ]


def _stage(
    step: Step, task: TaskRow | None, *, is_now: bool, is_past: bool, roster: Roster
) -> Stage:
    if task is None or not (is_now or is_past):
        return Stage(kind="todo", name=step.name, who="", at=None, is_due=False)
    who = official(roster, task.done_by_id or task.official_id)
    return Stage(
        kind="now" if is_now else "done",
        name=step.name,
        who=f"{who.honorific} {who.name}",
        at=task.due_at if is_now else task.done_at,
        is_due=is_now,
    )
