"""A case, its open tasks with their six clarities, its clock, and one change of all that."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sauro.cases.rules.processes import At, Kind, Party, Process
from sauro.core.errors import Changed, Invalid, NotNow, NotPermitted
from sauro.core.text import _
from sauro.core.workflow import Workflow

REASSIGN = "REASSIGN"
PROMISE = "PROMISE"
MIGRATE = "MIGRATE"
CUT_OFF = "CUT_OFF"  # what became of a task whose case ended in another branch


@dataclass(frozen=True, slots=True)
class CaseKind:
    """What a module says about its cases, so that lists and checks can treat them alike."""

    code: str
    label: str
    workflow: Workflow


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
    kind: Kind = Kind.WORK

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
    """An open task of a locked case."""

    id: int
    step: str
    official_id: int
    office_id: int
    opened_at: datetime
    due_at: datetime
    party: Party
    kind: Kind = Kind.WORK


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A case as it stands while this command holds its lock.

    tasks: all that is open, oldest first: one, or one a branch; none once the case has ended.
    task: the one of them that is acted on; the oldest until somebody's own was chosen.
    """

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
    tasks: tuple[HeldTask, ...] = ()

    def __post_init__(self) -> None:
        if self.task is not None and not self.tasks:
            object.__setattr__(self, "tasks", (self.task,))

    @property
    def beside(self) -> tuple[HeldTask, ...]:
        """Return the open tasks besides the one that is acted on."""
        return tuple(task for task in self.tasks if task != self.task)

    def on(self, task_id: int) -> "Held":
        """Return the case with the task of that id to act on.

        :raises NotNow: it is not open any more
        """
        for task in self.tasks:
            if task.id == task_id:
                return replace(self, task=task)
        raise NotNow(_("Việc này đã xong hoặc hồ sơ đã kết thúc."))

    def office_at(self, at: At) -> int:
        """Return the id of the case's office in that part."""
        return {
            At.DOOR: self.door_id,
            At.UNIT: self.unit_id,
            At.AUTHORITY: self.authority_id,
        }[at]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A visit to the place (xác minh thực địa): the day and its minutes (biên bản).

    minutes: what was found, in words. file_id: the signed minutes, where they were kept.
    """

    on: date
    minutes: str = ""
    file_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One change of a case: the verb, who works next and what the clock says then.

    next: one task, several where the case parts into branches, none where a branch is done
    or the case ends. state_verb: the verb that moves the state where it is not `verb`, "" to
    leave the state as it is. outcome: what the case came to; None keeps what it was.
    note: why, for the log and the person.
    """

    verb: str
    clock: Clock
    next: Assignment | Sequence[Assignment] | None = None
    state_verb: str | None = None
    outcome: str | None = None
    note: str = ""

    @property
    def opens(self) -> tuple[Assignment, ...]:
        """Return the tasks that this change opens."""
        if self.next is None:
            return ()
        return (self.next,) if isinstance(self.next, Assignment) else tuple(self.next)


def check_version(held: Held, seen: int | None) -> None:
    """Refuse to act on a page that is older than the case.

    :raises Changed: somebody moved the case since `seen`
    """
    if seen is not None and seen != held.version:
        raise Changed(
            _("Hồ sơ vừa được người khác cập nhật. Xem lại nội dung mới rồi làm tiếp; chưa ghi gì.")
        )


def check_holds(official_id: int | None, held: Held) -> Held:
    """Return the case with this official's own task to act on: of several, the most urgent.

    :raises NotNow: the case has ended
    :raises NotPermitted: no open task of it is in their hands
    """
    if not held.tasks:
        raise NotNow(_("Hồ sơ đã kết thúc, không còn việc phải làm."))
    own = [task for task in held.tasks if task.official_id == official_id]
    if official_id is None or not own:
        raise NotPermitted(
            _("Hồ sơ đang ở tay người khác. Nhờ người giữ hoặc lãnh đạo chuyển lại.")
        )
    return replace(held, task=min(own, key=lambda task: (task.due_at, task.id)))


def offering(held: Held, process: Process, verb: str, kind: Kind | None = None) -> Held:
    """Return the case with a task to act on that offers `verb`: another of the same official's.

    Whoever holds two branches of one case acts on the one in which this can be done. kind: only
    a step of that kind.
    """

    def offers(task: HeldTask) -> bool:
        is_of_kind = kind is None or task.kind is kind
        return is_of_kind and verb in process.step(task.step).moves

    if held.task is None or offers(held.task):
        return held
    own = (task for task in held.tasks if task.official_id == held.task.official_id)
    return replace(held, task=next(filter(offers, own), held.task))
