"""One dossier on one page: what was filed, what was checked, who has it, what may be decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from sauro.cases import queries as cases
from sauro.cases.queries import TaskRow
from sauro.cases.rules import Process, Step
from sauro.core.actor import Actor
from sauro.core.clock import local, local_day
from sauro.core.errors import NotFound
from sauro.core.explain import Explanation
from sauro.core.text import _
from sauro.desk import rules
from sauro.desk.queries import queue
from sauro.desk.queries.checks import Check, checks
from sauro.desk.queries.past import Past, past
from sauro.desk.queries.picture import (
    Branch,
    Clarity,
    Stage,
    clarities,
    office_name,
    official,
    place_of,
    stages,
)
from sauro.desk.queries.said import said_in
from sauro.desk.rules import Facts, Offers
from sauro.events import queries as events
from sauro.forms.rules.showing import Line
from sauro.offices import queries as offices
from sauro.offices.roster import Roster
from sauro.offices.rules import OfficialRow
from sauro.onestop import explaining, parcels
from sauro.onestop import queries as onestop
from sauro.onestop.explaining import PauseRow
from sauro.onestop.queries import DossierPage, FileRow
from sauro.onestop.rules import BILLED, CHANNEL_LABELS, LABELS, Channel, State, is_signed
from sauro.payments import queries as payments
from sauro.payments.queries import BillRow
from sauro.people.rules import mask_phone, mask_pid
from sauro.places import queries as places
from sauro.procedures import queries as procedures
from sauro.procedures.rules import ProcedureRecord

SUBJECT = "cases.case"
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A paper that the procedure lists. files: sent for it; brought: handed in at the counter."""

    key: str
    name: str
    files: Sequence[FileRow]
    brought: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Everything of a dossier that its officials need; names are written out, numbers masked."""

    dossier: DossierPage
    place: str
    unit: str
    door: str
    words: str
    tone: str
    step_place: str
    clarities: Sequence[Clarity]
    branches: Sequence[Branch]
    task: TaskRow | None
    step: Step | None
    stages: Sequence[Stage]
    parts: Sequence[Part]
    checks: Sequence[Check]
    past: Sequence[Past]
    papers: Sequence[tuple[str, str]]
    holder: OfficialRow | None
    is_mine: bool
    offers: Offers | None
    colleagues: Sequence[OfficialRow]
    may_apologise: bool
    due: Explanation | None
    pause: PauseRow | None
    first_draft: str
    said: Sequence[Line]

    @property
    def code(self) -> str:
        """Return the code of the dossier."""
        return self.dossier.code

    @property
    def pid(self) -> str:
        """Return the applicant's number with most of its figures hidden."""
        return mask_pid(self.dossier.pid)

    @property
    def phone(self) -> str:
        """Return the applicant's telephone with most of its figures hidden."""
        return mask_phone(self.dossier.phone)

    @property
    def bill(self) -> BillRow | None:
        """Return what was billed for it, None if nothing was. One query, where there is a fee."""
        return payments.bill_of(BILLED, self.dossier.case_id) if self.dossier.fee else None

    @property
    def procedure(self) -> str:
        """Return the code of the procedure, as the dossier was filed under it."""
        return _record(self.dossier.version_id).code

    @property
    def state(self) -> str:
        """Return how the dossier stands, in words."""
        return LABELS[State(self.dossier.state)]

    @property
    def channel(self) -> str:
        """Return how it came in, in words."""
        return CHANNEL_LABELS[Channel(self.dossier.channel)]


def sheet(actor: Actor, code: str, *, task_id: int = 0, now: datetime) -> Sheet:
    """Return a dossier that this official may see, whole; `task_id`: the branch they chose.

    Nine queries at most, two more where its time stood still, one for its bill, and none for
    what is kept in memory.

    :raises NotFound: no such dossier, or not of this official's offices; the two look the same
    """
    dossier = onestop.dossier_for(actor, code)
    roster = offices.roster(local_day(now))
    tasks = cases.tasks(dossier.case_id)
    open_tasks = [task for task in tasks if task.done_at is None]
    open_task = _chosen(actor, open_tasks, roster, task_id)
    process = cases.process(dossier.process_id)
    record = _record(dossier.version_id)
    step = process.step(open_task.step) if open_task else None
    holder = official(roster, open_task.official_id) if open_task else None
    is_mine = bool(open_task and open_task.official_id == actor.official_id)
    place = _place(dossier.place_id)
    words, tone = _time(open_task, dossier, now)
    pause = explaining.pause_of(dossier)
    return Sheet(
        dossier=dossier,
        place=place,
        unit=office_name(roster, dossier.unit_id),
        door=office_name(roster, dossier.door_id),
        words=words,
        tone=tone,
        step_place=place_of(step, process) if step else "",
        clarities=clarities(open_task, process, roster, _result(record)) if open_task else (),
        branches=_branches(actor, open_tasks, process, dossier, now),
        task=open_task,
        step=step,
        stages=stages(process, tasks, roster, dossier),
        parts=_parts(record, dossier),
        checks=checks(dossier, record, place, office_name(roster, dossier.unit_id)),
        past=_past(dossier),
        papers=_papers(dossier),
        holder=holder,
        is_mine=is_mine,
        offers=_offers(dossier, step, process, pause, now) if is_mine else None,
        colleagues=_colleagues(actor, open_task, step, roster),
        may_apologise=_may_apologise(actor, dossier, now),
        due=_due(dossier),
        pause=pause,
        first_draft=dossier.draft or rules.draft_granting(_result(record), dossier.name),
        said=said_in(dossier, record),
    )


def _result(record: ProcedureRecord) -> str:
    """Return what a procedure gives first, "" where it is not published."""
    return next(iter(record.results), "")


@lru_cache(maxsize=1_000)
def _record(version_id: int) -> ProcedureRecord:
    """Return what a version publishes; that never changes."""
    return procedures.version(version_id).record


@lru_cache(maxsize=2_000)
def _place(place_id: int) -> str:
    """Return the name of a unit; a unit that changes its name is another unit."""
    return places.place(place_id).name


def file_of(actor: Actor, code: str, file_row_id: int) -> FileRow:
    """Return a file of a dossier that this official may see. Six queries at most.

    :raises NotFound: no such dossier or file, or not theirs to see
    """
    dossier = onestop.dossier_for(actor, code)
    found = next((file for file in dossier.files if file.id == file_row_id), None)
    if found is None:
        raise NotFound(_("Hồ sơ này không có tệp đó. Mở lại hồ sơ để xem danh sách mới."))
    return found


def _chosen(actor: Actor, tasks: Sequence[TaskRow], roster: Roster, task_id: int) -> TaskRow | None:
    """Return the open task that this official's page is about.

    The one they chose, if it is theirs; else the most urgent of their own, one they answer for
    as leader, or the oldest.
    """
    own = [task for task in tasks if task.official_id == actor.official_id]
    if own:
        return min(own, key=lambda task: (task.id != task_id, task.due_at, task.id))
    led = (
        task
        for task in tasks
        if actor.leads and rules.leads_office(actor.office_id, task.office_id, roster)
    )
    return next(led, next(iter(tasks), None))


def _branches(
    actor: Actor,
    tasks: Sequence[TaskRow],
    process: Process,
    dossier: DossierPage,
    now: datetime,
) -> list[Branch]:
    """Return who has which branch by when, where there are several."""
    if len(tasks) < 2:  # noqa: PLR2004 - one task is no branch
        return []
    roster = offices.roster(local_day(now))
    found = []
    for task in tasks:
        words, tone = _time(task, dossier, now)
        who = official(roster, task.official_id)
        found.append(
            Branch(
                name=process.step(task.step).name,
                who=f"{who.honorific} {who.name}",
                office=office_name(roster, task.office_id),
                due_at=task.due_at,
                words=words,
                tone=tone,
                is_mine=task.official_id == actor.official_id,
                task_id=task.id,
                clarities=clarities(task, process, roster, ""),
            )
        )
    return found


def _offers(
    dossier: DossierPage,
    step: Step | None,
    process: Process,
    pause: PauseRow | None,
    now: datetime,
) -> Offers | None:
    if step is None:
        return None
    is_handled = dossier.state in {State.ACCEPTED, State.PROCESSING}
    facts = Facts(
        goes_today=rules.goes_today(offices.working_calendar(), local(now)),
        asked_before=dossier.supplement is not None,
        withdrawal_asked=dossier.withdrawal_asked_at is not None,
        is_signed=is_signed(step, process),
        may_pause=is_handled and dossier.paused_at is None,
        stands=is_handled and pause is not None and pause.by_word,
    )
    return rules.offers(step, facts)


def _time(task: TaskRow | None, dossier: DossierPage, now: datetime) -> tuple[str, str]:
    """Return the words and the tone of the time left, "" once nothing is being worked on."""
    quiet = dossier.finished_at is not None or dossier.paused_at is not None
    if task is None or quiet or task.party == "CITIZEN":
        return "", "muted"
    calendar = offices.working_calendar()
    promised = local(dossier.promised_at) if dossier.promised_at else None
    left = rules.left(calendar, local(task.due_at), promised, now=local(now))
    return queue.words(left, calendar), queue.tone(left)


def _papers(dossier: DossierPage) -> list[tuple[str, str]]:
    """Return the papers that can be opened: last part of the address, and name."""
    started = dossier.started_at is not None
    every = [
        (started, "mau-01", _("Giấy tiếp nhận và hẹn trả (Mẫu 01)")),
        (dossier.supplement is not None, "mau-02", _("Phiếu yêu cầu bổ sung (Mẫu 02)")),
        (dossier.state == State.REJECTED, "mau-03", _("Phiếu từ chối tiếp nhận (Mẫu 03)")),
        (dossier.apology is not None, "mau-04", _("Văn bản xin lỗi, hẹn lại (Mẫu 04)")),
        (dossier.state == State.STOPPED, "mau-05", _("Thông báo dừng giải quyết (Mẫu 05)")),
        (started, "mau-06", _("Phiếu kiểm soát quá trình (Mẫu 06)")),
        (bool(dossier.finished_at and dossier.outcome), "ket-qua", _("Kết quả giải quyết")),
    ]
    return [(address, name) for is_there, address, name in every if is_there]


def _past(dossier: DossierPage) -> Sequence[Past]:
    carried = parcels.of_dossier(dossier.case_id, dossier.channel, dossier.return_by)
    return past(events.history(SUBJECT, dossier.case_id), carried)


def named(dossier: DossierPage, chosen: Sequence[str]) -> list[str]:
    """Return what was ticked or written in its own words: a key becomes the paper's name."""
    listed = _listed(_record(dossier.version_id), dossier)
    return [rules.short(listed.get(item, item)) for item in chosen]


def _listed(record: ProcedureRecord, dossier: DossierPage) -> Mapping[str, str]:
    """Return the papers that are listed for the chosen case, by key."""
    chosen = dossier.component_case
    return {
        item.key: item.name
        for group in record.cases
        if not chosen or group.name in {"", chosen}
        for item in group.items
        if item.originals or item.copies
    }


def _parts(record: ProcedureRecord, dossier: DossierPage) -> list[Part]:
    """Return the papers listed for the chosen case with the files that came, those first."""
    items = _listed(record, dossier)
    loose = {file.component: file.name for file in dossier.files if file.component not in items}
    parts = [
        Part(
            key=key,
            name=rules.short(name),
            files=[file for file in dossier.files if file.component == key],
            brought=dossier.answers.get(f"paper.{key}", "").startswith(("brought", "held:")),
        )
        for key, name in {**items, **loose}.items()
    ]
    return sorted(parts, key=lambda part: not (part.files or part.brought))


def _due(dossier: DossierPage) -> Explanation | None:
    """Return why the promise is that day: where it starts, the days passed over, its end."""
    if dossier.promised_at is None or dossier.apology is not None:
        return None
    if dossier.legal_due_at != dossier.promised_at:
        return None
    whole = explaining.explained(dossier, offices.working_calendar(dossier.unit_id))
    return explaining.shortened(whole) if whole else None


def _may_apologise(actor: Actor, dossier: DossierPage, now: datetime) -> bool:
    """Test whether this leader would now answer for a delay: it is late, or late tomorrow."""
    if not actor.leads or dossier.apology is not None or dossier.promised_at is None:
        return False
    is_handled = dossier.state in {State.ACCEPTED, State.PROCESSING}
    return is_handled and dossier.promised_at - now < _A_DAY


def _colleagues(
    actor: Actor, task: TaskRow | None, step: Step | None, roster: Roster
) -> Sequence[OfficialRow]:
    """Return to whom this leader could give the open step, nobody for anyone else."""
    if task is None or step is None or not actor.leads:
        return ()
    if not rules.leads_office(actor.office_id, task.office_id, roster):
        return ()
    return rules.colleagues(roster, task.office_id, step.post, task.official_id)
