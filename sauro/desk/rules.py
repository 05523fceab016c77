"""The order of an official's work, and what may be done with a dossier at its step. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sauro.cases.rules import Kind, Party, Step
from sauro.core.errors import Invalid
from sauro.core.text import _, fold, tidy
from sauro.core.workdays import WorkingCalendar
from sauro.offices.roster import Roster
from sauro.offices.rules import LEADING, OfficialRow
from sauro.onestop.rules import HAND_OVER_UNTIL, Verb

SOON = 240  # working minutes left on a step, from which it is urgent
_DAYS_IN_WORDS = 3
_LINE = 160
_WORDS_OF_A_RESULT = 3
_ASIDE = re.compile(r"\([^)]*\)|;.*")
SIGNED_AT_ONCE_AT_MOST = 200


class Group(StrEnum):
    """Where a dossier stands in the queue; `GROUP_LABELS` for people."""

    NOW = "NOW"
    TODAY = "TODAY"
    LATER = "LATER"
    WAITING = "WAITING"


GROUP_LABELS = {
    Group.NOW: "Làm ngay",
    Group.TODAY: "Trong hôm nay",
    Group.LATER: "Sau đó",
    Group.WAITING: "Chờ bên khác",
}


@dataclass(frozen=True, slots=True)
class Left:
    """The working minutes that a step has left, or has run over.

    minutes: 0 or more either way. promise_broken: the day told to the person has passed.
    """

    minutes: int
    is_over: bool
    promise_broken: bool = False

    @property
    def is_late(self) -> bool:
        """Test whether the step or the promise has passed."""
        return self.is_over or self.promise_broken

    @property
    def is_soon(self) -> bool:
        """Test whether little is left, or nothing."""
        return self.is_late or self.minutes <= SOON


def left(
    calendar: WorkingCalendar, due: datetime, promised: datetime | None, *, now: datetime
) -> Left:
    """Return what is left of a step; all moments local."""
    broken = promised is not None and promised < now
    if due < now:
        return Left(calendar.minutes_between(due, now), is_over=True, promise_broken=broken)
    return Left(calendar.minutes_between(now, due), is_over=False, promise_broken=broken)


def span(minutes: int, day: int) -> str:
    """Return working minutes in words: "48 phút", "1 giờ 48", "1 ngày 4 giờ", "3 ngày".

    day: how many minutes a working day has.
    """
    days, rest = divmod(minutes, day)
    hours, odd = divmod(rest, 60)
    if days >= _DAYS_IN_WORDS or (days and not hours):
        return f"{days} ngày"
    if days:
        return f"{days} ngày {hours} giờ"
    if hours:
        return f"{hours} giờ {odd:02}" if odd else f"{hours} giờ"
    return f"{odd} phút"


def group_of(party: str, time: Left, due: datetime, *, now: datetime) -> Group:
    """Return the group a task belongs to; moments local."""
    if party != Party.OFFICE:
        return Group.WAITING
    if time.is_soon:
        return Group.NOW
    return Group.TODAY if due.date() <= now.date() else Group.LATER


def urgency(time: Left, due: datetime, opened: datetime, number: int) -> tuple[object, ...]:
    """Return the key by which work is ordered: late, then least time left, then oldest."""
    return (not time.is_late, due, opened, number)


def goes_today(calendar: WorkingCalendar, at: datetime) -> bool:
    """Test whether what is taken in `at` (local) is handed over at once: not after 15:00."""
    return calendar.is_working(at.date()) and at.time() <= HAND_OVER_UNTIL


class Action(StrEnum):
    """A decision of the desk, named with its address; `SAID` tells that it was made."""

    TAKE_IN = "tiep-nhan"
    HAND_OVER = "chuyen-xu-ly"
    PROPOSE = "trinh-ky"
    ADVANCE = "xong-buoc"
    VISIT = "ghi-bien-ban"
    ASK_FEE = "yeu-cau-nop-tien"
    PAID = "da-nop-tien"
    REFUSE = "khong-giai-quyet"
    APPROVE = "ky"
    SEND_BACK = "tra-lai"
    ISSUE = "phat-hanh"
    HAND_BACK = "tra-ket-qua"
    COMPLETE = "da-bo-sung"
    AGREE_WITHDRAWAL = "dong-y-rut"
    ASK = "yeu-cau-bo-sung"
    REJECT = "tu-choi"
    STOP = "dung"
    REOPEN = "sua-ket-qua"
    PAUSE = "tam-dung"
    GO_ON = "tinh-tiep"


SAID: Mapping[str, str] = {
    Action.TAKE_IN: "Đã tiếp nhận",
    Action.HAND_OVER: "Đã chuyển xử lý",
    Action.PROPOSE: "Đã trình ký",
    Action.REFUSE: "Đã trình văn bản không giải quyết",
    Action.ADVANCE: "Đã xong bước",
    Action.VISIT: "Đã ghi biên bản xác minh",
    Action.ASK_FEE: "Đã gửi thông báo nộp tiền",
    Action.PAID: "Đã nhận chứng từ nộp tiền",
    Action.APPROVE: "Đã ký",
    Action.SEND_BACK: "Đã trả lại người thẩm định",
    Action.ISSUE: "Đã cấp số, đóng dấu và chuyển kết quả về Trung tâm",
    Action.HAND_BACK: "Đã trả kết quả",
    Action.COMPLETE: "Đã nhận đủ giấy tờ bổ sung, thời hạn tính lại từ đầu",
    Action.AGREE_WITHDRAWAL: "Đã đồng ý cho rút",
    Action.ASK: "Đã gửi phiếu yêu cầu bổ sung",
    Action.REJECT: "Đã từ chối tiếp nhận",
    Action.STOP: "Đã dừng giải quyết",
    Action.REOPEN: "Đã thu lại kết quả để sửa",
    Action.PAUSE: "Đã tạm dừng thời hạn và báo người nộp",
    Action.GO_ON: "Đã tính tiếp thời hạn và báo người nộp ngày hẹn mới",
}
DONE_WORDS: Mapping[str, str] = {
    Verb.ACCEPT: "Tiếp nhận",
    Verb.REJECT: "Không tiếp nhận",
    Verb.ASK_AT_INTAKE: "Yêu cầu bổ sung giấy tờ",
    Verb.ASK_FEE_AT_INTAKE: "Yêu cầu nộp tiền",
    Verb.CANCEL: "Người nộp rút hồ sơ",
    Verb.HAND_OVER: "Chuyển xử lý",
    Verb.FINISH_AT_ONCE: "Giải quyết ngay",
    Verb.ADVANCE: "Chuyển bước",
    Verb.SEND_BACK: "Trả lại, ghi ý kiến",
    Verb.ASK: "Yêu cầu bổ sung giấy tờ",
    Verb.ASK_FEE: "Yêu cầu nộp tiền",
    Verb.AGREE_WITHDRAWAL: "Đồng ý cho rút",
    Verb.STOP: "Dừng giải quyết",
    Verb.FINISH: "Cấp số, đóng dấu",
    Verb.COMPLETE_AT_INTAKE: "Nhận đủ giấy tờ bổ sung",
    Verb.COMPLETE: "Nhận đủ giấy tờ bổ sung",
    Verb.PAID_AT_INTAKE: "Đã nộp tiền",
    Verb.PAID: "Đã nộp tiền",
    Verb.HAND_BACK: "Trả kết quả",
    Verb.REOPEN: "Thu lại kết quả để sửa",
    "REASSIGN": "Giao lại",
    "MIGRATE": "Chuyển sang bản quy trình mới",
    "PROMISE": "Xin lỗi, hẹn lại ngày trả",
    "RETIME": "Lịch làm việc thay đổi, tính lại hạn; ngày hẹn trả giữ nguyên",
    "PAUSE": "Tạm dừng tính thời hạn",
    "GO_ON": "Tính tiếp thời hạn",
}


class Needs(StrEnum):
    """What a decision asks the official to write or choose."""

    NOTHING = "NOTHING"
    NOTE = "NOTE"
    WORDS = "WORDS"
    OPINION = "OPINION"
    MINUTES = "MINUTES"
    FEE = "FEE"
    RECEIPT = "RECEIPT"
    DRAFT = "DRAFT"
    ITEMS = "ITEMS"
    GROUND = "GROUND"
    PAUSE = "PAUSE"
    PIN = "PIN"


@dataclass(frozen=True, slots=True)
class Offer:
    """A decision that may be made now. key: of the keyboard. paper: the form it makes."""

    action: Action
    label: str
    key: str
    needs: Needs = Needs.NOTHING
    paper: str = ""
    is_against: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the offers of a dossier depend on, besides its step.

    is_signed: the step puts a draft before the signer, or is the signature. may_pause: legal time
    runs and may be let stand still; stands: it does so, by an official's word.
    """

    goes_today: bool
    asked_before: bool
    withdrawal_asked: bool
    is_signed: bool = True
    may_pause: bool = False
    stands: bool = False


@dataclass(frozen=True, slots=True)
class Offers:
    """The one decision that moves the dossier on, if there is one, and the others."""

    main: Offer | None
    others: Sequence[Offer]

    def find(self, action: str) -> Offer | None:
        """Return the offer of an action, if it is made."""
        every = ([self.main] if self.main else []) + list(self.others)
        return next((offer for offer in every if offer.action == action), None)


_TAKE_IN = Offer(Action.TAKE_IN, "Tiếp nhận, chuyển xử lý", "A", paper="Mẫu 01")
_TAKE_IN_LATE = Offer(Action.TAKE_IN, "Tiếp nhận, sáng mai chuyển", "A", paper="Mẫu 01")
_PROPOSE = Offer(Action.PROPOSE, "Đạt, trình ký", "A", Needs.DRAFT)
_REFUSE = Offer(Action.REFUSE, "Không giải quyết", "R", Needs.DRAFT, is_against=True)
_APPROVE = Offer(Action.APPROVE, "Ký kết quả", "A", Needs.PIN)
_COMPLETE = Offer(Action.COMPLETE, "Đã nhận đủ giấy tờ bổ sung", "A")
_MAIN: Mapping[str, Offer] = {
    Verb.HAND_OVER: Offer(Action.HAND_OVER, "Chuyển xử lý", "A", paper="Mẫu 06"),
    Verb.FINISH: Offer(Action.ISSUE, "Đóng dấu, phát hành", "A", Needs.PIN),
    Verb.HAND_BACK: Offer(Action.HAND_BACK, "Đã trả kết quả", "A", paper="Mẫu 07"),
    Verb.COMPLETE: _COMPLETE,
    Verb.COMPLETE_AT_INTAKE: _COMPLETE,
    Verb.ASK_FEE: Offer(Action.ASK_FEE, "Gửi thông báo nộp tiền", "A", Needs.FEE),
    Verb.PAID: Offer(Action.PAID, "Đã nhận chứng từ nộp tiền", "A", Needs.RECEIPT),
}
_ADVANCE: Mapping[str, Offer] = {
    Kind.WORK: Offer(Action.ADVANCE, "Xong bước này", "A", Needs.WORDS),
    Kind.OPINION: Offer(Action.ADVANCE, "Gửi ý kiến", "A", Needs.OPINION),
    Kind.VISIT: Offer(Action.VISIT, "Ghi biên bản, xong xác minh", "A", Needs.MINUTES),
    Kind.WAIT: Offer(Action.ADVANCE, "Đã có trả lời", "A", Needs.WORDS),
}
_ASK = Offer(Action.ASK, "Yêu cầu bổ sung", "B", Needs.ITEMS, "Mẫu 02")
_OTHERS: Mapping[str, Offer] = {
    Verb.ASK: _ASK,
    Verb.ASK_AT_INTAKE: _ASK,
    Verb.SEND_BACK: Offer(Action.SEND_BACK, "Trả lại, ghi ý kiến", "B", Needs.NOTE),
    Verb.REJECT: Offer(Action.REJECT, "Từ chối", "R", Needs.GROUND, "Mẫu 03", is_against=True),
    Verb.AGREE_WITHDRAWAL: Offer(Action.AGREE_WITHDRAWAL, "Đồng ý cho rút", "W"),
    Verb.STOP: Offer(Action.STOP, "Dừng giải quyết", "D", Needs.NOTE, "Mẫu 05", is_against=True),
    Verb.REOPEN: Offer(Action.REOPEN, "Kết quả có sai sót", "R", Needs.NOTE, is_against=True),
}


_PAUSE = Offer(Action.PAUSE, "Tạm dừng", "P", Needs.PAUSE)
_GO_ON = Offer(Action.GO_ON, "Tính tiếp", "T")
_ASK_FEE = Offer(Action.ASK_FEE, "Yêu cầu nộp tiền", "F", Needs.FEE)


def offers(step: Step, facts: Facts) -> Offers:
    """Return what the holder of `step` may decide: its moves, in the words of the desk."""
    hidden = {
        *((Verb.ASK, Verb.ASK_AT_INTAKE) if facts.asked_before else ()),
        *(() if facts.withdrawal_asked else (Verb.AGREE_WITHDRAWAL,)),
    }
    open_moves = [verb for verb in step.moves if verb not in hidden]
    others = [_OTHERS[verb] for verb in open_moves if verb in _OTHERS]
    main = next((_MAIN[verb] for verb in open_moves if verb in _MAIN), None)
    if Verb.ACCEPT in open_moves:
        main = _TAKE_IN if facts.goes_today else _TAKE_IN_LATE
    if Verb.ADVANCE in open_moves and not facts.is_signed:
        done = _ADVANCE[step.kind]
        others = others if main is None else [replace(done, key="C"), *others]
        main = main or done
    elif Verb.ADVANCE in open_moves and step.post in LEADING:
        main = _APPROVE
    elif Verb.ADVANCE in open_moves:
        main, others = _PROPOSE, [*others, _REFUSE]
    if Verb.ASK_FEE in open_moves and (main is None or main.action is not Action.ASK_FEE):
        others = [*others, _ASK_FEE]
    others += [_PAUSE] if facts.may_pause else [_GO_ON] if facts.stands else []
    return Offers(main, sorted(others, key=lambda offer: offer.is_against))


def colleagues(roster: Roster, office_id: int, post: str, holder_id: int) -> Sequence[OfficialRow]:
    """Return who could take a step over from its holder: same office, same post, by id."""
    posts = sorted(LEADING) if post in LEADING else [post]
    return [
        official
        for role in posts
        for official in roster.at(office_id, role)
        if official.id != holder_id
    ]


def leads_office(own: int | None, office_id: int, roster: Roster) -> bool:
    """Test whether who leads office `own` also answers for `office_id`: itself or a unit of it."""
    return own is not None and own in {office_id, roster.office(office_id).parent_id}


# Why a filing is not taken in; the official says in words what the person can do instead.
GROUNDS: Mapping[str, str] = {
    "THAM_QUYEN": "Việc này không thuộc thẩm quyền của cơ quan nhận hồ sơ",
    "DOI_TUONG": "Người nộp không thuộc đối tượng của thủ tục",
    "PHAM_VI": "Nội dung đề nghị không thuộc phạm vi của thủ tục",
    "GIA_MAO": "Giấy tờ có dấu hiệu làm giả, thông tin không đúng sự thật",
}


def ground(code: str, words: str) -> str:
    """Return the reason of a refusal: a ground from the list, then what to do next.

    :raises Invalid: no ground was chosen, or nothing is said of what to do next
    """
    if code not in GROUNDS:
        raise Invalid(_("Chọn căn cứ từ chối."), field="ground")
    if not tidy(words):
        raise Invalid(
            _("Ghi rõ người nộp cần làm gì tiếp, ví dụ nộp ở đâu, cần điều kiện nào."),
            field="note",
        )
    return f"{GROUNDS[code]}. {words.strip()}"


def short(text: str) -> str:
    """Return the beginning of a long name of a paper, cut between words."""
    text = text.strip(" ;.-+")
    if len(text) <= _LINE:
        return text
    return text[:_LINE].rsplit(" ", 1)[0].rstrip(" ,;") + "…"


def is_same_paper(component: str, result: str) -> bool:
    """Test whether a paper that is asked for is the result of an earlier procedure.

    It is when the name of the result stands in the name of the paper as a whole: "Bản sao Giấy
    khai sinh" is a "Giấy khai sinh"; a name of one word says too little.
    """
    name = _ASIDE.sub(" ", result)
    plain = fold(name).removeprefix("ban chinh ").removeprefix("ban sao ")
    is_name = len(plain.split()) >= _WORDS_OF_A_RESULT
    return is_name and f" {plain} " in f" {fold(component)} "


def draft_granting(result: str, name: str) -> str:
    """Return the first draft of a proposal to grant, from the procedure's own result."""
    what = result.partition(";")[0].strip(" .-+") or "kết quả"
    return f"Hồ sơ đủ điều kiện. Đề nghị cấp {what} cho {name}."
