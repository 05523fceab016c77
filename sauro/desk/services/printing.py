"""Papers of the desk as PDF: print_slip (Mẫu 02, 03, 05, 06) and print_book (Mẫu 07)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from django.conf import settings

from sauro.cases import queries as cases
from sauro.cases.queries import TaskRow
from sauro.cases.rules import Process
from sauro.core.actor import Actor
from sauro.core.clock import local_day
from sauro.core.commands import command
from sauro.core.errors import NotNow
from sauro.core.text import _
from sauro.desk.queries import dossiers
from sauro.desk.queries.dossiers import BookLine
from sauro.documents import queries as documents
from sauro.documents import services as document_services
from sauro.documents.queries import PaperRow
from sauro.documents.rules import (
    Applicant,
    Content,
    ControlSheet,
    Entry,
    Form,
    HandOver,
    IntakeRefusal,
    Letterhead,
    Register,
    Signatory,
    StopNotice,
    SupplementRequest,
)
from sauro.offices import queries as offices
from sauro.offices.rules import OfficeRow
from sauro.onestop import queries as onestop
from sauro.onestop.queries import DossierPage
from sauro.onestop.rules import State
from sauro.places import queries as places

SUBJECT = "cases.case"
_HOTLINE = "1022"
_WHOLE_DAY = 5_000


@command
def print_slip(code: str, form: Form, *, by: Actor, now: datetime) -> PaperRow:
    """Return a slip of a dossier, printing it if there is none since it was last moved.

    :raises NotFound: no such dossier, or not of this official's offices
    :raises NotNow: the dossier did not come to what the slip is about
    """
    dossier = onestop.dossier_for(by, code)
    tasks = cases.tasks(dossier.case_id)
    content = _SLIPS[form](dossier, tasks)
    since = max(task.done_at or task.opened_at for task in tasks)
    known = [paper for paper in documents.papers(SUBJECT, dossier.case_id) if paper.form is form]
    if known and known[-1].issued_at >= since:
        return known[-1]
    number = "" if form is Form.MAU_06 else _number(dossier, form, now)
    return document_services.issue(
        form, content, subject=SUBJECT, subject_id=dossier.case_id, number=number, by=by, now=now
    )


@command
def print_book(office_id: int, day: date, *, by: Actor, now: datetime) -> PaperRow:
    """Return the register of a centre for a day as it stands now (Mẫu 07)."""
    centre = offices.office(office_id)
    lines = dossiers.book(centre.code, day, limit=_WHOLE_DAY)
    content = Register(
        letterhead=_letterhead(centre, centre.place_id),
        book=f"{day:%Y}/TTPVHCC",
        first_on=day,
        last_on=day,
        entries=tuple(_entry(line) for line in lines),
    )
    return document_services.issue(
        Form.MAU_07,
        content,
        subject="offices.office",
        subject_id=office_id,
        number="",
        by=by,
        now=now,
    )


def _number(dossier: DossierPage, form: Form, now: datetime) -> str:
    centre = offices.office(dossier.door_id)
    value = document_services.next_number(f"{centre.code}/{form}", on=local_day(now))
    return f"{value}/{_SERIES[form]}-TTPVHCC"


_SERIES = {Form.MAU_02: "BSHS", Form.MAU_03: "TCHS", Form.MAU_05: "DHS"}


def _letterhead(office: OfficeRow, place_id: int | None) -> Letterhead:
    province = settings.PROVINCE
    parent = offices.office(office.parent_id).name if office.parent_id else province["label"]
    place = places.place(place_id).short_name if place_id else province["name"]
    return Letterhead(parent=parent, agency=office.name, place=place)


def _of(dossier: DossierPage, office_id: int) -> dict[str, object]:
    """Return what every slip about a dossier begins with."""
    place = places.place(dossier.place_id)
    return {
        "letterhead": _letterhead(offices.office(office_id), dossier.place_id),
        "code": dossier.code,
        "request": dossier.title,
        "applicant": Applicant(
            name=dossier.name,
            address=dossier.address or place.name,
            phone=dossier.phone,
            email=dossier.email,
        ),
    }


def _supplement(dossier: DossierPage, _tasks: Sequence[TaskRow]) -> Content:
    asked = dossier.supplement
    if asked is None:
        raise NotNow(_("Hồ sơ này chưa yêu cầu bổ sung lần nào nên không có phiếu."))
    centre = offices.office(dossier.door_id)
    return SupplementRequest(
        **_of(dossier, dossier.door_id),  # type: ignore[arg-type]
        wanted=tuple(asked.items),
        reason=asked.reason,
        until=asked.due_at,
        contact=centre.name,
        contact_phone=centre.phone or _HOTLINE,
        guide=asked.asked_by.partition(",")[0],
    )


def _refusal(dossier: DossierPage, tasks: Sequence[TaskRow]) -> Content:
    if dossier.state != State.REJECTED:
        raise NotNow(_("Hồ sơ này không bị từ chối tiếp nhận nên không có phiếu."))
    last = tasks[-1]
    ground, _dot, advice = last.note.partition(". ")
    return IntakeRefusal(
        **_of(dossier, dossier.door_id),  # type: ignore[arg-type]
        reasons=(ground,),
        advice=advice or _("Gọi 1022 để được hướng dẫn."),
        receiver=offices.official(last.done_by_id or last.official_id).name,
    )


def _stop(dossier: DossierPage, tasks: Sequence[TaskRow]) -> Content:
    if dossier.state != State.STOPPED:
        raise NotNow(_("Hồ sơ này không dừng giải quyết nên không có thông báo."))
    last = tasks[-1]
    by = offices.official(last.done_by_id or last.official_id)
    return StopNotice(
        **_of(dossier, last.office_id),  # type: ignore[arg-type]
        received_at=dossier.started_at or dossier.opened_at,
        grounds=(last.note,),
        next_steps=_("Trả lại giấy tờ tại Trung tâm. Khi đủ điều kiện, ông/bà nộp hồ sơ mới."),
        returned=(),
        recipients=(_("Như trên"), _("Trung tâm Phục vụ hành chính công"), _("Lưu: hồ sơ")),
        signatory=Signatory(capacity=(by.title,), name=by.name),
    )


def _control(dossier: DossierPage, tasks: Sequence[TaskRow]) -> Content:
    done = [task for task in tasks if task.done_at is not None]
    if not done:
        raise NotNow(_("Hồ sơ chưa qua bước nào nên chưa có phiếu kiểm soát."))
    process = cases.process(dossier.process_id)
    return ControlSheet(
        letterhead=_letterhead(offices.office(dossier.door_id), dossier.place_id),
        code=dossier.code,
        request=dossier.title,
        handler=offices.office(dossier.unit_id).name,
        partners=(),
        hand_overs=tuple(
            _hand_over(task, after, process)
            for task in done
            for after in _takers(task, tasks, process)
        ),
    )


def _takers(task: TaskRow, tasks: Sequence[TaskRow], process: Process) -> Sequence[TaskRow | None]:
    """Return to whom a finished task went: several branches, one, or nobody at the end."""
    later = [each for each in tasks if each.id > task.id]
    step = process.step(task.step) if process.has(task.step) else None
    targets = step.moves.get(task.outcome, ()) if step else ()
    if len(targets) > 1:
        parted = [e for e in later if e.opened_at == task.done_at and e.step in targets]
        return parted[: len(targets)]
    after = (each for each in later if each.opened_at >= (task.done_at or task.opened_at))
    return [next(after, None)]


def _hand_over(task: TaskRow, after: TaskRow | None, process: Process) -> HandOver:
    giver = offices.official(task.done_by_id or task.official_id)
    taker = offices.official(after.official_id) if after else None
    at = task.done_at or task.opened_at
    return HandOver(
        giver_office=giver.office_name,
        giver=giver.name,
        taker_office=taker.office_name if taker else _("Người nộp hồ sơ"),
        taker=taker.name if taker else _("Kết thúc hồ sơ"),
        at=at,
        outcome=_verdict(task, at),
        note=process.step(task.step).name if process.has(task.step) else task.work,
    )


def _verdict(task: TaskRow, at: datetime) -> str:
    if local_day(at) < local_day(task.due_at):
        return _("Trước hạn")
    return _("Đúng hạn") if at <= task.due_at else _("Quá hạn")


_SLIPS: Mapping[Form, Callable[[DossierPage, Sequence[TaskRow]], Content]] = {
    Form.MAU_02: _supplement,
    Form.MAU_03: _refusal,
    Form.MAU_05: _stop,
    Form.MAU_06: _control,
}


def _entry(line: BookLine) -> Entry:
    returned = line.ended_at if line.state_code == State.RETURNED else None
    return Entry(
        code=line.code,
        procedure=line.title,
        sets=line.copies,
        applicant=line.who,
        contact=line.contact or "–",
        handler=line.unit,
        received_on=local_day(line.received_at),
        due_on=local_day(line.promised_at) if line.promised_at else None,
        returned_on=local_day(returned) if returned else None,
        return_by=line.return_by,
        receipt="",
        note=line.note,
    )
