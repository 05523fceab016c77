"""What the page of a dossier shows: the status, the six clarities, the way and the log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter

from django.conf import settings

from sauro.cases import queries as cases
from sauro.cases.queries import TaskRow
from sauro.cases.rules import CUT_OFF, Process, Step
from sauro.core.actor import Actor
from sauro.core.clock import local, local_day
from sauro.core.errors import NotFound
from sauro.core.explain import Explanation
from sauro.core.text import _
from sauro.core.workdays import Unit, WorkingCalendar
from sauro.offices import queries as offices
from sauro.offices.roster import Roster
from sauro.offices.rules import OfficeRow, OfficialRow
from sauro.onestop import explaining, parcels
from sauro.onestop import queries as onestop
from sauro.onestop import rules as dossiers
from sauro.onestop.explaining import PauseRow
from sauro.onestop.postal import WAY_LABELS
from sauro.onestop.queries import DossierPage
from sauro.onestop.rules import ENDED, State, Verb
from sauro.portal.queries import clarities
from sauro.portal.queries.clarities import Said
from sauro.portal.rules import strip as strips
from sauro.portal.rules.journey import Handing
from sauro.portal.rules.status import Standing, Status, status
from sauro.portal.rules.strip import Cell
from sauro.procedures import queries as procedures
from sauro.ui.formats import moment_short

MOVES = dossiers.WORKFLOW.moves


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """One of several things being done at once: what, by which office and official, by when."""

    work: str
    office: str
    who: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackingPage:
    """A dossier as its owner, or somebody who knows its code, sees it.

    is_own: the reader is the applicant; what only they may see or do hangs on it. started:
    where legal time runs; step: the step under way, None once ended.
    """

    dossier: DossierPage
    status: Status
    is_own: bool
    procedure_code: str
    holder: OfficialRow | None
    held_since: datetime | None
    task: TaskRow | None
    step: Step | None
    branches: Sequence[Branch]
    head: OfficialRow | None
    office: OfficeRow
    door: OfficeRow
    unit: OfficeRow
    authority: OfficeRow
    who_title: str
    where_title: str
    time: Said
    result: Said
    picture: Sequence[tuple[str, str, str, str]]
    strip: Sequence[Cell]
    counted: Explanation | None
    pause: PauseRow | None
    history: Sequence[tuple[str, str, str]]
    reason: str
    brought: int

    @property
    def address(self) -> str:
        """Return where this page is found."""
        return f"{settings.PUBLIC_ADDRESS}/ho-so/{self.dossier.code}"

    @property
    def has_result(self) -> bool:
        """Return whether the result, or the letter that refuses it, is there."""
        return self.dossier.state in {State.DONE, State.RETURNED} and bool(self.dossier.outcome)

    @property
    def may_rate(self) -> bool:
        """Return whether the applicant may still say how they were served."""
        ready = self.dossier.state in {State.DONE, State.RETURNED}
        return ready and self.dossier.rating is None

    @property
    def may_withdraw(self) -> bool:
        """Return whether the applicant may take it back, or ask to."""
        state = self.dossier.state
        may = (state, Verb.CANCEL) in MOVES or (state, Verb.AGREE_WITHDRAWAL) in MOVES
        return may and self.dossier.withdrawal_asked_at is None


def tracking(
    actor: Actor, code: str, *, now: datetime, shown: frozenset[str] = frozenset()
) -> TrackingPage:
    """Return a dossier that this reader may see. Seven queries, nine if its time stood still.

    :raises NotFound: no such dossier, or not theirs to see; the two look the same
    """
    dossier = onestop.dossier_for(actor, code, shown=shown)
    record = procedures.version(dossier.version_id).record
    tasks = cases.tasks(dossier.case_id)
    process = cases.process(dossier.process_id)
    roster = offices.roster(local_day(now))
    calendar = offices.working_calendar(dossier.unit_id)
    task = next((task for task in tasks if task.done_at is None), None)
    holder = _official(roster, task.official_id) if task else None
    is_own = actor.person_id is not None and actor.person_id == dossier.owed_to_id
    door = _office(roster, dossier.door_id)
    here = _here([step.key for step in process.main()], task, tasks, dossier)
    return TrackingPage(
        dossier=dossier,
        status=standing(dossier, calendar, roster, now=now),
        is_own=is_own,
        procedure_code=record.code,
        holder=holder,
        held_since=task.opened_at if task else None,
        task=task,
        step=process.step(task.step) if task else None,
        branches=_branches(process, tasks, roster),
        head=_official(roster, task.head_id) if task else None,
        office=_office(roster, task.office_id if task else dossier.door_id),
        door=door,
        unit=_office(roster, dossier.unit_id),
        authority=_office(roster, dossier.authority_id),
        who_title=clarities.who(task.party if task else "", named(holder), is_own=is_own),
        where_title=clarities.where(
            dossier.state, here, len(process.main()), is_open=task is not None
        ),
        time=clarities.when(dossier, calendar, now=now),
        result=clarities.what_for(dossier, record.results, door.name),
        picture=_picture(process, tasks, task, here=here, roster=roster, dossier=dossier),
        strip=_strip(dossier, calendar, local_day(now)),
        counted=explaining.explained(dossier, calendar),
        pause=explaining.pause_of(dossier),
        history=_history(dossier, tasks, process, roster),
        reason=_reason(dossier, tasks),
        brought=sum(1 for key, said in dossier.answers.items() if _is_brought(key, said)),
    )


def _branches(process: Process, tasks: Sequence[TaskRow], roster: Roster) -> list[Branch]:
    """Return all that is open, where that is more than one thing."""
    open_tasks = [task for task in tasks if task.done_at is None]
    if len(open_tasks) < 2:  # noqa: PLR2004 - one task is no branch
        return []
    return [
        Branch(
            work=process.step(task.step).citizen_work,
            office=process.step(task.step).agency or _office(roster, task.office_id).name,
            who=named(_official(roster, task.official_id)),
            due_at=task.due_at,
        )
        for task in open_tasks
    ]


def _is_brought(key: str, said: str) -> bool:
    return key.startswith("paper.") and said == Handing.BROUGHT


def standing(
    dossier: DossierPage, calendar: WorkingCalendar, roster: Roster, *, now: datetime
) -> Status:
    """Return how a dossier stands in the words of its owner. No query."""
    return status(
        Standing(
            state=dossier.state,
            step=dossier.step,
            outcome=dossier.outcome,
            now=local(now),
            due_at=local(dossier.due_at),
            stands=dossier.paused_at is not None,
            promised_at=at_home(dossier.promised_at),
            before=at_home(dossier.apology[1]) if dossier.apology else None,
            finished_at=at_home(dossier.finished_at),
            ended_at=at_home(dossier.ended_at),
            missing=len(dossier.supplement.items) if dossier.supplement else 0,
            fee=dossier.fee,
            centre=_office(roster, dossier.door_id).name,
        ),
        calendar,
    )


def at_home(at: datetime | None) -> datetime | None:
    """Return a moment as the wall clocks here show it, if there is one."""
    return local(at) if at else None


def _official(roster: Roster, official_id: int) -> OfficialRow | None:
    """Return an official of today, or one who left, read for the occasion; None if unknown."""
    try:
        return roster.official(official_id)
    except NotFound:
        pass
    try:
        return offices.official(official_id)
    except NotFound:
        return None


def _office(roster: Roster, office_id: int) -> OfficeRow:
    try:
        return roster.office(office_id)
    except NotFound:
        return offices.office(office_id)


def named(official: OfficialRow | None) -> str:
    """Return "Ông Trần Quốc Bảo"; empty for nobody."""
    return f"{official.honorific} {official.name}" if official else ""


def _picture(
    process: Process,
    tasks: Sequence[TaskRow],
    task: TaskRow | None,
    *,
    here: int,
    roster: Roster,
    dossier: DossierPage,
) -> list[tuple[str, str, str, str]]:
    """Return the steps of the process: name, who, when and whether done, now or to come."""
    last = {done.step: done for done in tasks if done.done_at is not None}
    under_way = {open_task.step: open_task for open_task in tasks if open_task.done_at is None}
    beside = {k for inside in process.leads.values() if inside & set(under_way) for k in inside}
    picture = []
    for number, step in enumerate(process.main(), start=1):
        done = last.get(step.key)
        is_past = number < here or (step.key in beside and done is not None)
        current = under_way.get(step.key, task if number == here else None)
        if current:
            who = named(_official(roster, current.official_id))
            due = _("phải xong {at}").format(at=moment_short(current.due_at))
            picture.append((step.name, who, due, "now"))
        elif number == here and done and task is None:
            who = named(_official(roster, done.done_by_id or done.official_id))
            ended = _("kết thúc {at}").format(at=moment_short(done.done_at or done.opened_at))
            picture.append((step.name, who, ended, "now"))
        elif is_past and (done or dossier.started_at):
            who = named(_official(roster, done.done_by_id or done.official_id)) if done else ""
            at = done.done_at if done and done.done_at else dossier.opened_at
            picture.append((step.name, who, moment_short(at), "done"))
        else:
            picture.append((step.name, "", "", ""))
    return picture


def _here(
    keys: Sequence[str], task: TaskRow | None, tasks: Sequence[TaskRow], dossier: DossierPage
) -> int:
    """Return the number of the step under way; past the last one when all is done."""
    if task and task.step in keys:
        return keys.index(task.step) + 1
    if dossier.state == State.RETURNED:
        return len(keys) + 1
    been = [keys.index(each.step) for each in tasks if each.step in keys]
    return been[-1] + 1 if been else 1


def _strip(dossier: DossierPage, calendar: WorkingCalendar, today: date) -> Sequence[Cell]:
    """Return the days from filing to promise; only while, or after, a promise was given."""
    if dossier.started_at is None or dossier.promised_at is None:
        return _reply_strip(dossier, calendar, today)
    if dossier.limit.term.unit is Unit.WORKING_HOUR or dossier.state in ENDED - {State.RETURNED}:
        return ()
    due = local_day(dossier.promised_at)
    marks = {local_day(dossier.started_at): (_("Nhận"), "")}
    if dossier.apology:
        marks[local_day(dossier.apology[1])] = (_("Hẹn cũ"), "late")
        marks[due] = (_("Hẹn mới"), "due")
    else:
        marks[due] = (_("Hẹn trả"), "due")
    first = local_day(dossier.apology[1] if dossier.apology else dossier.promised_at)
    if dossier.finished_at is not None:
        finished = local_day(dossier.finished_at)
        marks.setdefault(finished, (_("Xong"), "now"))
        if finished > first:
            marks[first] = (_("Hẹn trả"), "late")
    elif today > first:
        late = calendar.elapsed(first, today)
        marks.setdefault(today, (_("trễ {days} ngày").format(days=late), "now"))
        marks[first] = (_("Hẹn cũ") if dossier.apology else _("Hẹn trả"), "late")
    return strips.strip(calendar, marks, today=today, unit=dossier.limit.term.unit)


def _reply_strip(dossier: DossierPage, calendar: WorkingCalendar, today: date) -> Sequence[Cell]:
    if dossier.state != State.REGISTERED:
        return ()
    marks = {
        local_day(dossier.opened_at): (_("Nộp"), ""),
        local_day(dossier.due_at): (_("Trả lời"), "due"),
    }
    return strips.strip(calendar, marks, today=today)


_DID: Mapping[str, str] = {
    Verb.ACCEPT: _("Kiểm tra giấy tờ, tiếp nhận hồ sơ và ký giấy hẹn"),
    Verb.REJECT: _("Chưa nhận hồ sơ"),
    Verb.ASK_AT_INTAKE: _("Đề nghị bổ sung giấy tờ"),
    Verb.ASK: _("Đề nghị bổ sung giấy tờ"),
    Verb.ASK_FEE_AT_INTAKE: _("Thông báo nộp tiền"),
    Verb.ASK_FEE: _("Thông báo nộp tiền"),
    Verb.CANCEL: _("Rút hồ sơ"),
    Verb.HAND_OVER: _("Chuyển hồ sơ tới đơn vị giải quyết"),
    Verb.FINISH_AT_ONCE: _("Giải quyết xong ngay"),
    Verb.SEND_BACK: _("Chuyển lại để xem xét thêm"),
    Verb.AGREE_WITHDRAWAL: _("Đồng ý cho rút hồ sơ, trả lại giấy tờ"),
    Verb.STOP: _("Dừng giải quyết"),
    Verb.FINISH: _("Cấp số, đóng dấu kết quả"),
    Verb.COMPLETE_AT_INTAKE: _("Nhận đủ giấy tờ bổ sung"),
    Verb.COMPLETE: _("Nhận đủ giấy tờ bổ sung"),
    Verb.PAID_AT_INTAKE: _("Nhận đủ tiền"),
    Verb.PAID: _("Nhận đủ tiền"),
    Verb.HAND_BACK: _("Trả kết quả"),
    Verb.REOPEN: _("Thu hồi kết quả có chỗ chưa đúng để làm lại"),
    "REASSIGN": _("Giao hồ sơ cho người khác"),
    CUT_OFF: _("Không làm tiếp vì hồ sơ đã kết thúc"),
}
_TOLD = frozenset({Verb.REJECT, Verb.ASK, Verb.ASK_AT_INTAKE, Verb.STOP})
_BY_APPLICANT = frozenset({Verb.CANCEL, Verb.COMPLETE, Verb.COMPLETE_AT_INTAKE})


def _history(
    dossier: DossierPage, tasks: Sequence[TaskRow], process: Process, roster: Roster
) -> list[tuple[str, str, str]]:
    """Return what was done, newest first. Notes between colleagues are not for this page."""
    channel = dossiers.CHANNEL_LABELS[dossiers.Channel(dossier.channel)]
    lines = [(dossier.opened_at, dossier.name, _("{how} hồ sơ").format(how=channel))]
    for task in tasks:
        if task.done_at is None:
            continue
        official = _official(roster, task.done_by_id or task.official_id)
        is_applicant = task.outcome in _BY_APPLICANT and task.done_by_id is None
        who = dossier.name if is_applicant or official is None else official.name
        what = _DID.get(task.outcome) or _advanced(process, task)
        told = f"{what}: {task.note}" if task.note and task.outcome in _TOLD else what
        lines.append((task.done_at, who, told))
    for one in parcels.of_dossier(dossier.case_id, dossier.channel, dossier.return_by):
        lines.append((one.handed_at, _("Bưu chính"), f"{WAY_LABELS[one.way]}: {one.number}"))
        if one.delivered_at:
            lines.append((one.delivered_at, _("Bưu chính"), _("Đã phát tận tay")))
    newest = sorted(lines, key=itemgetter(0), reverse=True)
    return [(moment_short(at), who, what) for at, who, what in newest]


def _advanced(process: Process, task: TaskRow) -> str:
    try:
        return process.step(task.step).product
    except KeyError:
        return task.product


def _reason(dossier: DossierPage, tasks: Sequence[TaskRow]) -> str:
    """Return why the dossier was not taken, stopped or refused, as it was written."""
    if dossier.state in {State.REJECTED, State.STOPPED}:
        ended = [task.note for task in tasks if task.outcome in {Verb.REJECT, Verb.STOP}]
        return ended[-1] if ended else ""
    if dossier.outcome == dossiers.Outcome.REFUSED:
        return dossier.draft
    return ""
