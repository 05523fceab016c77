"""What a case is, how its process runs and what each of its tasks must make clear. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sauro.core.errors import Changed, Invalid, NotNow, NotPermitted
from sauro.core.text import _
from sauro.core.workdays import Term, Unit
from sauro.core.workflow import Workflow

REASSIGN = "REASSIGN"
PROMISE = "PROMISE"
RETIME = "RETIME"
PAUSE = "PAUSE"
GO_ON = "GO_ON"


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


@dataclass(frozen=True, slots=True)
class CaseKind:
    """What a module says about its cases, so that lists and checks can treat them alike."""

    code: str
    label: str
    workflow: Workflow


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a process (bước).

    post: role of the official who does it. share: percent of the case's whole term, or `term`:
    a length of its own; exactly one of the two. moves: verb -> key of the next step, "" to end.
    citizen_work: what the citizen reads while this step is under way. policy: how the legal
    term goes on after this step of waiting, "RESTART" or "RESUME"; "" as the law has it.
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
    policy: str = ""
    moves: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Process:
    """A published version of a process (quy trình): immutable, kept by the cases under it."""

    id: int
    code: str
    version: int
    name: str
    basis: str
    steps: tuple[Step, ...]

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

    def main(self) -> tuple[Step, ...]:
        """Return the steps that the office does, in order: the picture people are shown."""
        return tuple(step for step in self.steps if step.party is Party.OFFICE)

    def after(self, key: str, verb: str) -> Step | None:
        """Return the step that `verb` leads to from step `key`, or None where the case ends.

        :raises NotNow: this step does not offer that verb
        """
        step = self.step(key)
        if verb not in step.moves:
            raise NotNow(_("Bước “{step}” không có việc này."), step=step.name)
        to = step.moves[verb]
        return self.step(to) if to else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """The six clarities (sáu rõ) of one task. It cannot be built with one missing."""

    official_id: int  # rõ người: who does it, in the post held that day
    work: str  # rõ việc: what is to be done
    office_id: int  # rõ trách nhiệm: the office that answers for it …
    head_id: int  # … and the official who heads it
    step: str  # rõ quy trình: the step, in the case's version of its process
    due_at: datetime  # rõ thời gian: by when
    product: str  # rõ kết quả: what will be handed over
    party: Party = Party.OFFICE

    def __post_init__(self) -> None:
        parts = (
            "official_id",
            "work",
            "office_id",
            "head_id",
            "step",
            "due_at",
            "product",
        )
        missing = [name for name in parts if not getattr(self, name)]
        if missing:
            raise Invalid(_("Phân công chưa đủ sáu rõ, còn thiếu: {missing}."), missing=missing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The legal time of a case (đồng hồ hồ sơ), all instants.

    due_at: what the case is due next, never absent while it is open. started_at: when legal
    time began. legal_due_at: the end of the legal term. promised_at: what the citizen was
    told, which moves only by a new promise. paused_at: legal time stands still since then.
    finished_at: the result was ready.
    """

    due_at: datetime
    started_at: datetime | None = None
    legal_due_at: datetime | None = None
    promised_at: datetime | None = None
    paused_at: datetime | None = None
    finished_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldTask:
    """The open task of a locked case."""

    id: int
    step: str
    official_id: int
    office_id: int
    opened_at: datetime
    due_at: datetime
    party: Party


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A case as it stands while this command holds its lock."""

    id: int
    kind: str
    code: str
    state: str
    version: int
    process_id: int
    door_id: int
    unit_id: int
    authority_id: int
    owed_to_id: int
    opened_at: datetime
    clock: Clock
    outcome: str
    task: HeldTask | None

    def office_at(self, at: At) -> int:
        """Return the id of the case's office in that part."""
        return {
            At.DOOR: self.door_id,
            At.UNIT: self.unit_id,
            At.AUTHORITY: self.authority_id,
        }[at]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One change of a case: the verb, who works next and what the clock says then.

    next: None where the case ends. outcome: what the case came to; None keeps what it was.
    note: why, for the log and the person.
    """

    verb: str
    clock: Clock
    next: Assignment | None = None
    outcome: str | None = None
    note: str = ""


def next_due(promised_at: datetime | None, task_due_at: datetime, *, waits: bool) -> datetime:
    """Return what a case is due next: its promise, or its open step while it waits."""
    return task_due_at if waits else promised_at or task_due_at


def check_version(held: Held, seen: int | None) -> None:
    """Refuse to act on a page that is older than the case.

    :raises Changed: somebody moved the case since `seen`
    """
    if seen is not None and seen != held.version:
        raise Changed(
            _("Hồ sơ vừa được người khác cập nhật. Xem lại nội dung mới rồi làm tiếp; chưa ghi gì.")
        )


def check_holds(official_id: int | None, held: Held) -> HeldTask:
    """Return the open task if this official holds it.

    :raises NotNow: the case has ended
    :raises NotPermitted: the task is in someone else's hands
    """
    if held.task is None:
        raise NotNow(_("Hồ sơ đã kết thúc, không còn việc phải làm."))
    if official_id is None or held.task.official_id != official_id:
        raise NotPermitted(
            _("Hồ sơ đang ở tay người khác. Nhờ người giữ hoặc lãnh đạo chuyển lại.")
        )
    return held.task


def parse_process(pk: int, code: str, version: int, name: str, data: Mapping[str, Any]) -> Process:
    """Return the process that `data` describes.

    :raises Invalid: it is not a process; the sentence says what to mend
    """
    steps = tuple(_parse_step(step) for step in data["steps"])
    process = Process(pk, code, version, name, data.get("basis", ""), steps)
    check_process(process)
    return process


def _parse_step(data: Mapping[str, Any]) -> Step:
    limit = data.get("term")
    return Step(
        key=data["key"],
        name=data["name"],
        work=data["work"],
        citizen_work=data["citizen_work"],
        post=data["post"],
        at=At(data["at"]),
        product=data["product"],
        share=data.get("share", 0),
        term=Term(limit["value"], Unit(limit["unit"])) if limit else None,
        party=Party(data.get("party", Party.OFFICE)),
        policy=data.get("policy", ""),
        moves=data["moves"],
    )


def check_process(process: Process) -> None:
    """Refuse a process in which a step is unclear, unreachable or never ends.

    :raises Invalid: the sentence names the step
    """
    keys = [step.key for step in process.steps]
    if not keys or len(set(keys)) != len(keys):
        raise Invalid(_("Quy trình phải có ít nhất một bước và mỗi bước một mã riêng."))
    for step in process.steps:
        if not (step.name and step.work and step.product and step.moves):
            raise Invalid(_("Bước “{step}” chưa rõ việc, kết quả hoặc bước tiếp."), step=step.key)
        if (step.term is None) == (step.share == 0):
            raise Invalid(_("Bước “{step}” cần đúng một cách tính hạn."), step=step.name)
        unknown = [to for to in step.moves.values() if to and to not in keys]
        if unknown:
            raise Invalid(_("Bước “{step}” dẫn tới bước không có."), step=step.name)
    ending = _ending(process)
    stuck = [step.name for step in process.steps if step.key not in ending]
    if stuck:
        raise Invalid(_("Từ bước “{step}” không có đường nào tới kết thúc."), step=stuck[0])
    lost = set(keys) - _reached(process)
    if lost:
        raise Invalid(
            _("Không đường nào dẫn tới bước “{step}”."),
            step=process.step(lost.pop()).name,
        )


def _ending(process: Process) -> set[str]:
    """Return the steps from which the end can be reached."""
    ending = {""}
    while True:
        more = {s.key for s in process.steps if ending & set(s.moves.values())} - ending
        if not more:
            return ending
        ending |= more


def _reached(process: Process) -> set[str]:
    """Return the steps that can be reached from the first."""
    reached: set[str] = set()
    todo = [process.first.key]
    while todo:
        key = todo.pop()
        if key and key not in reached:
            reached.add(key)
            todo.extend(process.step(key).moves.values())
    return reached
