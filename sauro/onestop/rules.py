"""The life of a dossier (hồ sơ thủ tục hành chính) and the figures of law around it. Pure.

The states are the ten codes synchronised with the National portal; the moves are the whitelist
of the specification, section 2.3 (Decree 118/2025/NĐ-CP as amended, articles 17-21).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from sauro.cases.rules import CaseKind, Kind, Process, Step
from sauro.core.errors import Invalid
from sauro.core.law import Legal, Provision
from sauro.core.text import _, fold
from sauro.core.workdays import Term, Unit, WorkingCalendar
from sauro.core.workflow import Workflow
from sauro.offices.rules import LEADING, Role
from sauro.offices.rules import Kind as OfficeKind


class State(StrEnum):
    """Status of a dossier; `NATIONAL_CODES` gives the number of the National portal."""

    REGISTERED = "REGISTERED"
    ACCEPTED = "ACCEPTED"
    REJECTED = "REJECTED"
    PROCESSING = "PROCESSING"
    SUPPLEMENT_REQUESTED = "SUPPLEMENT_REQUESTED"
    PAYMENT_REQUESTED = "PAYMENT_REQUESTED"
    WITHDRAWN = "WITHDRAWN"
    STOPPED = "STOPPED"
    DONE = "DONE"
    RETURNED = "RETURNED"


BILLED = "onestop.dossier"  # what a bill of ours is for
# What one filing of a plan tells the others, and how a paper comes that is an earlier result.
SHARED = frozenset({"phone", "email", "address", "place_text", "return_by"})
RESULT = "result"
NATIONAL_CODES = {state: number for number, state in enumerate(State, start=1)}

LABELS = {
    State.REGISTERED: "Mới đăng ký",
    State.ACCEPTED: "Được tiếp nhận",
    State.REJECTED: "Không được tiếp nhận",
    State.PROCESSING: "Đang xử lý",
    State.SUPPLEMENT_REQUESTED: "Yêu cầu bổ sung giấy tờ",
    State.PAYMENT_REQUESTED: "Yêu cầu thực hiện nghĩa vụ tài chính",
    State.WITHDRAWN: "Đã rút hồ sơ",
    State.STOPPED: "Dừng xử lý",
    State.DONE: "Đã xử lý xong",
    State.RETURNED: "Đã trả kết quả",
}


class Verb(StrEnum):
    """What may be done to a dossier, named with the official's verb."""

    ACCEPT = "ACCEPT"
    REJECT = "REJECT"
    ASK_AT_INTAKE = "ASK_AT_INTAKE"
    ASK_FEE_AT_INTAKE = "ASK_FEE_AT_INTAKE"
    CANCEL = "CANCEL"
    HAND_OVER = "HAND_OVER"
    FINISH_AT_ONCE = "FINISH_AT_ONCE"
    ADVANCE = "ADVANCE"
    SEND_BACK = "SEND_BACK"
    ASK = "ASK"
    ASK_FEE = "ASK_FEE"
    AGREE_WITHDRAWAL = "AGREE_WITHDRAWAL"
    STOP = "STOP"
    FINISH = "FINISH"
    COMPLETE_AT_INTAKE = "COMPLETE_AT_INTAKE"
    COMPLETE = "COMPLETE"
    PAID_AT_INTAKE = "PAID_AT_INTAKE"
    PAID = "PAID"
    HAND_BACK = "HAND_BACK"
    REOPEN = "REOPEN"


S, V = State, Verb
_MOVES: Mapping[tuple[str, str], str] = {
    (S.REGISTERED, V.ACCEPT): S.ACCEPTED,
    (S.REGISTERED, V.REJECT): S.REJECTED,
    (S.REGISTERED, V.ASK_AT_INTAKE): S.SUPPLEMENT_REQUESTED,
    (S.REGISTERED, V.ASK_FEE_AT_INTAKE): S.PAYMENT_REQUESTED,
    (S.REGISTERED, V.CANCEL): S.WITHDRAWN,
    (S.ACCEPTED, V.HAND_OVER): S.PROCESSING,
    (S.ACCEPTED, V.FINISH_AT_ONCE): S.DONE,
    (S.ACCEPTED, V.ASK): S.SUPPLEMENT_REQUESTED,
    (S.ACCEPTED, V.AGREE_WITHDRAWAL): S.WITHDRAWN,
    (S.ACCEPTED, V.STOP): S.STOPPED,
    (S.PROCESSING, V.ADVANCE): S.PROCESSING,
    (S.PROCESSING, V.SEND_BACK): S.PROCESSING,
    (S.PROCESSING, V.ASK): S.SUPPLEMENT_REQUESTED,
    (S.PROCESSING, V.ASK_FEE): S.PAYMENT_REQUESTED,
    (S.PROCESSING, V.AGREE_WITHDRAWAL): S.WITHDRAWN,
    (S.PROCESSING, V.STOP): S.STOPPED,
    (S.PROCESSING, V.FINISH): S.DONE,
    (S.SUPPLEMENT_REQUESTED, V.COMPLETE_AT_INTAKE): S.ACCEPTED,
    (S.SUPPLEMENT_REQUESTED, V.COMPLETE): S.PROCESSING,
    (S.SUPPLEMENT_REQUESTED, V.AGREE_WITHDRAWAL): S.WITHDRAWN,
    (S.SUPPLEMENT_REQUESTED, V.STOP): S.STOPPED,
    (S.PAYMENT_REQUESTED, V.PAID_AT_INTAKE): S.ACCEPTED,
    (S.PAYMENT_REQUESTED, V.PAID): S.PROCESSING,
    (S.PAYMENT_REQUESTED, V.AGREE_WITHDRAWAL): S.WITHDRAWN,
    (S.PAYMENT_REQUESTED, V.STOP): S.STOPPED,
    (S.DONE, V.HAND_BACK): S.RETURNED,
    (S.DONE, V.REOPEN): S.PROCESSING,
}
ENDED = frozenset({S.REJECTED, S.WITHDRAWN, S.STOPPED, S.RETURNED})
WORKFLOW = Workflow(
    moves=_MOVES,
    first=frozenset({S.REGISTERED, S.ACCEPTED}),
    ended=ENDED,
    labels=LABELS,
)
IN_BRANCHES = frozenset({S.PROCESSING, S.SUPPLEMENT_REQUESTED, S.PAYMENT_REQUESTED})


def state_of(steps: Sequence[Step]) -> State:
    """Return the state of a dossier while these steps are open side by side.

    It waits for the applicant only when every branch waits: as long as one runs, so does it.
    """
    if all(step.stops_clock for step in steps):
        for step in steps:
            if V.COMPLETE in step.moves:
                return S.SUPPLEMENT_REQUESTED
            if V.PAID in step.moves:
                return S.PAYMENT_REQUESTED
    return S.PROCESSING


def is_signed(step: Step, process: Process) -> bool:
    """Test whether a step's ADVANCE puts a draft before the signer, or is the signature itself."""
    if step.kind is not Kind.WORK or V.ADVANCE not in step.moves:
        return False
    then = process.after(step.key, V.ADVANCE)
    return step.post in LEADING or any(to.post in LEADING and to.kind is Kind.WORK for to in then)


def signs_last(process: Process, step: str, verb: str) -> bool:
    """Test whether no other leader signs after this step."""
    after = process.after(step, verb)
    return not any(to.post in LEADING and to.kind is Kind.WORK for to in after)


_SMALL_WORDS = frozenset({"và", "của", "tỉnh", "các"})


def symbol(form: str, office_kind: str, office_name: str) -> str:
    """Return the symbol after a number (ký hiệu, Decree 30/2020/NĐ-CP, annexes I and III).

    "TB-UBND" for a notice of a committee, "TB-SXD" of Sở Xây dựng; a refusal is a letter and has
    none for its type, but the unit that drafted it: "UBND-TTPVHCC".
    """
    words = [word for word in office_name.split() if word.lower() not in _SMALL_WORDS]
    initials = "".join(word[0].upper() for word in words)
    office = "UBND" if office_kind == OfficeKind.COMMITTEE else initials
    return f"{office}-TTPVHCC" if form == "REFUSAL" else f"TB-{office}"


def capacity(office_kind: str, role: str, title: str) -> tuple[str, ...]:
    """Return the lines above a signature: TM. for a committee, KT. for who stands in."""
    lines = [_("TM. Ủy ban nhân dân")] if office_kind == OfficeKind.COMMITTEE else []
    if role == Role.DEPUTY and title.startswith("Phó "):
        head = title.removeprefix("Phó ")
        lines.append(f"KT. {head[0].upper()}{head[1:]}")
    return (*lines, title)


def leading(before: str, after: str) -> str:
    """Return the verb that leads from one state to another, "" where none does."""
    return next((verb for (b, verb), a in _MOVES.items() if b == before and a == after), "")


DOSSIER = CaseKind(code="dossier", label=_("Hồ sơ thủ tục hành chính"), workflow=WORKFLOW)


class Channel(StrEnum):
    """How a dossier came in (kênh nộp); `CHANNEL_LABELS` for people."""

    COUNTER = "COUNTER"
    ONLINE = "ONLINE"
    POST = "POST"


CHANNEL_LABELS = {
    Channel.COUNTER: "Nộp trực tiếp",
    Channel.ONLINE: "Nộp trực tuyến",
    Channel.POST: "Nộp qua bưu chính",
}


class ReturnBy(StrEnum):
    """How the result reaches the person."""

    CENTRE = "CENTRE"
    ONLINE = "ONLINE"
    POST = "POST"


class Consent(StrEnum):
    """How an applicant agreed that an official fills the filing in for them (khai hộ)."""

    SIGNED = "SIGNED"
    HEARD = "HEARD"


class Outcome(StrEnum):
    """What a dossier came to."""

    GRANTED = "GRANTED"
    REFUSED = "REFUSED"


SHAPE = re.compile(
    r"^(?:[0-9A-Z]{3}\.[0-9A-Z]{2}\.[0-9A-Z]{2}\.[A-Y]\d{2}|[A-Y]\d{2}(?:\.[0-9A-Z]+)*)"
    r"-(?:\d{6}-\d{4}|\d{8}-\d{7})$"
)


def code_prefix(office_code: str, day: date) -> str:
    """Return a dossier code without its running number, e.g. "H15.24133-20261123-"."""
    return f"{office_code}-{day:%Y%m%d}-"


def tidy_code(typed: str) -> str:
    """Return a dossier code as people type it, in the form it is stored."""
    return re.sub(r"\s+", "", typed).upper()


REPLY_TO_ONLINE: Legal[int] = Legal(
    unit="giờ làm việc",
    in_force={date(2020, 5, 22): Provision(8, "Nghị định 45/2020/NĐ-CP, Điều 11", checked=False)},
)
SUPPLEMENTS_AT_MOST: Legal[int] = Legal(
    unit="lần",
    in_force={date(2018, 6, 21): Provision(1, "Nghị định 118/2025/NĐ-CP, Điều 17.2a")},
)
DAYS_TO_SUPPLEMENT: Legal[int] = Legal(
    unit="ngày làm việc",
    in_force={date(2018, 6, 21): Provision(30, "Cấu hình của tỉnh", checked=False)},
)
TERM_WHERE_NONE_IS_PUBLISHED: Legal[int] = Legal(
    unit="ngày làm việc",
    in_force={date(2018, 6, 21): Provision(5, "Cấu hình của tỉnh", checked=False)},
)
DEFAULT_PROCESS = "dossier.default"
HAND_OVER_UNTIL = time(15, 0)  # Decree 61/2018/NĐ-CP article 18; Decree 309/2026/NĐ-CP art. 18.2
LONGEST_NOTE = 2_000


@dataclass(frozen=True, slots=True)
class Limit:
    """The term that a dossier is handled in, and where it stands. published: by the procedure."""

    term: Term
    source: str
    published: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """Who files, as they said it."""

    person_id: int
    name: str
    pid: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What is filed. place_id: where the matter lies, which decides who is competent."""

    version_id: int
    centre_id: int
    place_id: int
    applicant: Applicant
    channel: Channel
    component_case: str = ""
    answers: Mapping[str, str] | None = None
    form_id: int | None = None
    said: Mapping[str, object] | None = None
    return_by: ReturnBy = ReturnBy.CENTRE
    is_synthetic: bool = False


def reply_due(calendar: WorkingCalendar, now: datetime) -> datetime:
    """Return when an online filing must be answered; local in, local out (Decree 45/2020)."""
    return calendar.after_minutes(now, REPLY_TO_ONLINE.on(now.date()) * 60)


def supplement_due(calendar: WorkingCalendar, asked: datetime) -> datetime:
    """Return until when the applicant may hand in what was asked at a local moment."""
    day = calendar.after(asked.date(), DAYS_TO_SUPPLEMENT.on(asked.date()))
    return calendar.close_of(datetime.combine(day, time(), asked.tzinfo))


def hand_over_due(calendar: WorkingCalendar, received: datetime) -> datetime:
    """Return when papers must reach the unit: that day, or after 15:00 the next morning. Local."""
    if calendar.is_working(received.date()) and received.time() <= HAND_OVER_UNTIL:
        return calendar.close_of(received)
    morning = calendar.after(received.date(), 1)
    return datetime.combine(morning, calendar.sessions_on(morning)[0][1], received.tzinfo)


def check_note(note: str, *, field: str = "note") -> str:
    """Return a reason as it is stored.

    :raises Invalid: nothing was written, or too much
    """
    note = note.strip()
    if len(fold(note)) < 3:  # noqa: PLR2004 - "ok" is no reason
        raise Invalid(_("Ghi rõ lý do để người nộp hiểu và biết phải làm gì tiếp."), field=field)
    if len(note) > LONGEST_NOTE:
        raise Invalid(_("Lý do dài quá {limit} ký tự. Rút gọn lại."), field, limit=LONGEST_NOTE)
    return note


def check_rating(score: int) -> int:
    """Return a score of 1 to 5.

    :raises Invalid: anything else
    """
    if not 1 <= score <= 5:  # noqa: PLR2004
        raise Invalid(_("Chọn một mức từ 1 đến 5."), field="score")
    return score


def limit_of(published: Term | None, source: str, day: date) -> Limit:
    """Return the limit of a dossier: the published one, or the province's setting for none."""
    if published is not None:
        return Limit(published, source)
    setting = TERM_WHERE_NONE_IS_PUBLISHED.provision(day)
    text = f"Thủ tục chưa công bố thời hạn; tạm tính theo {setting.source.lower()}"
    return Limit(Term(setting.value, Unit.WORKING_DAY), text, published=False)
