"""The papers of a dossier, printed when first asked for: receipt, result, apology.

Who may ask was settled by the caller (`queries.dossier_for`). A paper that was issued stays as
it is; a receipt is issued anew only when legal time was, after a supplement.
"""

from datetime import datetime

from sauro.cases import queries as cases
from sauro.cases.queries import TaskRow
from sauro.cases.rules import Held, Kind
from sauro.core.actor import Actor
from sauro.core.clock import local_day
from sauro.core.commands import command
from sauro.core.errors import Invalid, NotNow
from sauro.core.money import written
from sauro.core.text import _
from sauro.documents import services as document_services
from sauro.documents.queries import PaperRow
from sauro.documents.rules import (
    Acceptance,
    Fact,
    Form,
    RefusalLetter,
    Result,
    Signatory,
)
from sauro.documents.rules import Apology as ApologyLetter
from sauro.documents.signing import Part
from sauro.offices import queries as offices
from sauro.offices.rules import LEADING, OfficeRow, OfficialRow, Role
from sauro.onestop import rules, sheets
from sauro.onestop.limits import limit_of
from sauro.onestop.models import Apology, Dossier
from sauro.onestop.rules import Outcome, ReturnBy, State, Verb
from sauro.onestop.sheets import SUBJECT, Whole

HOTLINE = "1022"
_BOOK = "TTPVHCC"
_LINE = 90
_LISTED = 6
_GROUNDS = 3
_RETURN_BY = {
    ReturnBy.CENTRE: "{centre}",
    ReturnBy.ONLINE: _("bản điện tử trên Cổng dịch vụ công"),
    ReturnBy.POST: _("qua bưu chính, tại địa chỉ trên"),
}


@command
def receipt(case_id: int, *, by: Actor, now: datetime) -> PaperRow:
    """Return the receipt with the promise (Mẫu 01), issuing it if there is none of this term.

    :raises NotNow: the dossier was not accepted, so nothing was promised
    """
    held = cases.lock(case_id)
    started = held.clock.started_at
    if started is None or held.clock.promised_at is None:
        raise NotNow(_("Hồ sơ chưa được tiếp nhận nên chưa có giấy hẹn. Xem lại sau ít giờ."))
    known = sheets.issued(case_id, Form.MAU_01)
    if known and known.issued_at >= started:
        return known
    whole = sheets.whole(held)
    centre = offices.office(held.door_id)
    entry = document_services.next_number(f"{centre.code}/{_BOOK}", on=local_day(now))
    return document_services.issue(
        Form.MAU_01,
        Acceptance(
            letterhead=sheets.letterhead(centre, whole.dossier),
            code=held.code,
            applicant=whole.addressee,
            request=whole.request,
            tracking_url=whole.tracking_url,
            components=_components(whole),
            sets=whole.dossier.copies,
            limit=str(limit_of(case_id).term),
            received_at=started,
            due_at=held.clock.promised_at,
            return_by=_RETURN_BY[ReturnBy(whole.dossier.return_by)].format(centre=centre.name),
            fee=_fee(whole.dossier),
            book=f"{local_day(now):%Y}/{_BOOK}",
            entry=entry,
            receiver=_receiver(whole).name,
            hotline=HOTLINE,
        ),
        subject=SUBJECT,
        subject_id=case_id,
        number=f"{entry}/{_BOOK}",
        by=by,
        now=now,
    )


@command
def result(case_id: int, *, by: Actor, now: datetime) -> PaperRow:
    """Return the result, or the letter that says why there is none, issuing it if need be.

    :raises NotNow: the dossier is not done
    """
    held = cases.lock(case_id)
    if held.state not in {State.DONE, State.RETURNED} or held.outcome not in set(Outcome):
        raise NotNow(_("Hồ sơ chưa có kết quả. Ngày hẹn trả ghi ở trang theo dõi."))
    form = Form.RESULT if held.outcome == Outcome.GRANTED else Form.REFUSAL
    known = sheets.issued(case_id, form)
    if known and held.clock.finished_at and known.issued_at >= held.clock.finished_at:
        return known
    whole = sheets.whole(held)
    if known and known.is_signed and known.issued_at >= _signed_at(whole):
        return known
    return _result(whole, form, _signer(whole), order=(), by=by, now=now)


@command
def for_signature(held: Held, *, by: Actor, now: datetime) -> PaperRow:
    """Issue the proposed result of a dossier, numbered, with room for its signatures.

    :raises Invalid: nothing was proposed, or something would be left blank
    """
    whole = sheets.whole(held)
    if not whole.dossier.proposal:
        raise Invalid(_("Chưa có kết quả được trình. Chuyển lại cho người thẩm định."))
    form = Form.RESULT if whole.dossier.proposal == Outcome.GRANTED else Form.REFUSAL
    steps = cases.process(held.process_id).steps
    is_sealed = any(step.post == Role.STAMP for step in steps)
    order = (Part.LEADER, Part.SEAL) if is_sealed else (Part.LEADER,)
    return _result(whole, form, _signatory(by.official_id or 0), order=order, by=by, now=now)


def _result(
    whole: Whole,
    form: Form,
    signatory: Signatory,
    *,
    order: tuple[Part, ...],
    by: Actor,
    now: datetime,
) -> PaperRow:
    authority = offices.office(whole.held.authority_id)
    number = document_services.next_number(f"{authority.code}/KQ", on=local_day(now))
    filled = _granted if form is Form.RESULT else _refused
    return document_services.issue(
        form,
        filled(whole, authority, signatory),
        subject=SUBJECT,
        subject_id=whole.held.id,
        number=f"{number:02}/{rules.symbol(form, authority.kind, authority.name)}",
        order=order,
        by=by,
        now=now,
    )


@command
def apology(case_id: int, *, by: Actor, now: datetime) -> PaperRow:
    """Return the letter of apology with the new promise (Mẫu 04), issuing it if need be.

    :raises NotNow: nobody had to apologise
    """
    held = cases.lock(case_id)
    said = Apology.objects.filter(pk=case_id).first()
    if said is None or held.clock.started_at is None:
        raise NotNow(_("Hồ sơ này không trễ hẹn nên không có thư xin lỗi."))
    known = sheets.issued(case_id, Form.MAU_04)
    if known:
        return known
    whole = sheets.whole(held)
    authority = offices.office(held.authority_id)
    name, _comma, title = said.signed_by.partition(", ")
    number = document_services.next_number(f"{authority.code}/XL", on=local_day(now))
    return document_services.issue(
        Form.MAU_04,
        ApologyLetter(
            letterhead=sheets.letterhead(authority, whole.dossier),
            code=held.code,
            applicant=whole.addressee,
            request=whole.request,
            received_at=held.clock.started_at,
            promised_at=said.promised_before,
            late_party=offices.office(held.unit_id).name,
            reason=said.reason,
            new_due_at=said.promised_after,
            recipients=_recipients(),
            signatory=Signatory(capacity=(title or _("Thủ trưởng"),), name=name),
        ),
        subject=SUBJECT,
        subject_id=case_id,
        number=f"{number}/TXL",
        by=by,
        now=now,
    )


def _components(whole: Whole) -> tuple[str, ...]:
    """Return the papers that came, or are to come, by name; a reference where they are too many."""
    said = {key.partition(".")[2] for key in whole.dossier.answers if key.startswith("paper.")}
    came = said | set(whole.dossier.attachment_set.values_list("component", flat=True))
    chosen = whole.dossier.component_case
    items = [
        item
        for group in whole.record.cases
        if not chosen or group.name in {"", chosen}
        for item in group.items
        if item.originals or item.copies
    ]
    named = [item for item in items if item.key in came] or items
    if 0 < len(named) <= _LISTED:
        return tuple(_short(item.name) for item in named)
    return (
        _("Theo thành phần hồ sơ đã công bố của thủ tục {code}").format(code=whole.record.code),
    )


def _short(text: str) -> str:
    if len(text) <= _LINE:
        return text.strip(" ;.")
    return text[:_LINE].rsplit(" ", 1)[0].rstrip(" ,;") + "…"


def _fee(dossier: Dossier) -> str:
    return written(dossier.fee) if dossier.fee else ""


def _receiver(whole: Whole) -> OfficialRow:
    """Return who took the dossier in: the first official who did, or has, a task in it."""
    first = whole.tasks[0]
    return offices.official(first.done_by_id or first.official_id)


def _signer(whole: Whole) -> Signatory:
    """Return who signed the result: whoever finished the step of signing last."""
    signed = _signings(whole)
    by = signed[-1].done_by_id if signed else None
    return _signatory(by or whole.tasks[-1].head_id)


def _signatory(official_id: int) -> Signatory:
    official = offices.official(official_id)
    kind = offices.office(official.office_id).kind
    return Signatory(
        capacity=rules.capacity(kind, official.role, official.title), name=official.name
    )


def _signed_at(whole: Whole) -> datetime:
    """Return when the result was signed; the opening, where nobody did."""
    signed = _signings(whole)
    at = signed[-1].done_at if signed else None
    return at or whole.held.opened_at


def _signings(whole: Whole) -> list[TaskRow]:
    process = cases.process(whole.held.process_id)
    return [
        task
        for task in whole.tasks
        if task.done_by_id
        and task.outcome == Verb.ADVANCE
        and task.kind == Kind.WORK
        and process.has(task.step)
        and process.step(task.step).post in LEADING
    ]


def _recipients() -> tuple[str, ...]:
    return (_("Như trên"), _("Trung tâm Phục vụ hành chính công"), _("Lưu: VT, hồ sơ"))


def _grounds(whole: Whole) -> tuple[str, ...]:
    law = tuple(_("Căn cứ {law}").format(law=_short(text)) for text in whole.record.legal_basis)
    return (*law[:_GROUNDS], _("Xét hồ sơ mã số {code}").format(code=whole.held.code))


def _paragraphs(whole: Whole) -> tuple[str, ...]:
    lines = tuple(line.strip() for line in whole.dossier.draft.splitlines() if line.strip())
    return lines or (_("Giải quyết theo đề nghị của người nộp hồ sơ."),)


def _granted(whole: Whole, authority: OfficeRow, signatory: Signatory) -> Result:
    facts = [Fact(label=_("Người nộp hồ sơ"), value=whole.dossier.name)]
    if content := whole.dossier.answers.get("content"):
        facts.append(Fact(label=_("Nội dung đề nghị"), value=_short(content)))
    return Result(
        letterhead=sheets.letterhead(authority, whole.dossier),
        code=whole.held.code,
        kind=_("Thông báo"),
        about=_("Kết quả giải quyết thủ tục: {title}").format(title=_short(whole.title)),
        grounds=_grounds(whole),
        deciding="",
        paragraphs=_paragraphs(whole),
        facts=tuple(facts),
        tracking_url=whole.tracking_url,
        recipients=_recipients(),
        signatory=signatory,
    )


def _refused(whole: Whole, authority: OfficeRow, signatory: Signatory) -> RefusalLetter:
    return RefusalLetter(
        letterhead=sheets.letterhead(authority, whole.dossier),
        code=whole.held.code,
        applicant=whole.addressee,
        request=whole.request,
        grounds=_grounds(whole),
        reasons=_paragraphs(whole),
        advice=_(
            "Bổ sung những điểm nêu trên rồi nộp hồ sơ mới tại bất kỳ Trung tâm nào của tỉnh."
        ),
        complaint=_(
            "ông/bà gửi khiếu nại đến {authority} trong 90 ngày kể từ ngày nhận văn bản này, "
            "hoặc khởi kiện tại Tòa án nhân dân."
        ).format(authority=authority.name),
        recipients=_recipients(),
        signatory=signatory,
    )
