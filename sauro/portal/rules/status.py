"""How a dossier stands, in the words of its owner: two short sentences and one word. Pure.

All moments are as the wall clocks of the province show them.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sauro.core.money import written
from sauro.core.text import _
from sauro.core.workdays import WorkingCalendar
from sauro.onestop.rules import Outcome, State

_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")


class Tone(StrEnum):
    """How a status looks: the suffix of the tag's class."""

    OK = "ok"
    CARE = "w"
    BAD = "x"
    INFO = "i"
    QUIET = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is known of a dossier at a moment, local. before: the promise an apology replaced.

    stands: its time stands still while an office works on it, for what is none of theirs.
    """

    state: str
    step: str
    outcome: str
    now: datetime
    due_at: datetime
    promised_at: datetime | None
    before: datetime | None = None
    finished_at: datetime | None = None
    ended_at: datetime | None = None
    missing: int = 0
    fee: int = 0
    centre: str = ""
    stands: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The answer to "how is my dossier?": said, then when or what next; tag: one or two words."""

    said: str
    then: str
    tag: str
    tone: Tone
    is_late: bool = False


def day_named(at: datetime | date) -> str:
    """Return "Thứ Ba, 30/9": the day people remember an appointment by."""
    return f"{_WEEKDAYS[at.weekday()]}, {at.day}/{at.month}"


def moment_named(at: datetime) -> str:
    """Return "11:30 Thứ Ba, 30/9"."""
    return f"{at:%H:%M} {day_named(at)}"


def days_late(calendar: WorkingCalendar, promised_at: datetime, now: datetime) -> int:
    """Return the working days past a promise; 0 before it and on its own day."""
    return max(calendar.elapsed(promised_at.date(), now.date()), 0)


def status(standing: Standing, calendar: WorkingCalendar) -> Status:
    """Return how the dossier stands."""
    say = _SAY.get(State(standing.state))
    return say(standing) if say else _working(standing, calendar)


def _working(s: Standing, calendar: WorkingCalendar) -> Status:
    promise = s.promised_at or s.due_at
    first = s.before or promise
    if s.stands:
        return Status(
            said=_("Thời hạn đang tạm dừng."),
            then=_("Khi tính tiếp, bạn được báo ngày hẹn mới."),
            tag=_("tạm dừng"),
            tone=Tone.CARE,
        )
    is_late = s.now > first
    if is_late:
        return _late(s, promise, days_late(calendar, first, s.now))
    then = _("Hẹn trả {day}.").format(day=day_named(promise))
    if s.before:
        return Status(
            said=_("Ngày hẹn đã đổi."), then=then, tag=_("hẹn lại"), tone=Tone.CARE, is_late=False
        )
    said = _("Đang chờ ký.") if s.step == "sign" else _("Đang đúng hạn.")
    return Status(said=said, then=then, tag=_("đúng hạn"), tone=Tone.OK)


def _late(s: Standing, promise: datetime, days: int) -> Status:
    said = _("Trễ hẹn {days} ngày.").format(days=days) if days else _("Trễ hẹn từ hôm nay.")
    tag = _("trễ {days} ngày").format(days=days) if days else _("trễ hẹn")
    if s.before and promise >= s.now:
        then = _("Hẹn mới: {day}.").format(day=day_named(promise))
    else:
        then = _("Chúng tôi xin lỗi bạn.")
    return Status(said=said, then=then, tag=tag, tone=Tone.BAD, is_late=True)


def _registered(s: Standing) -> Status:
    if s.now > s.due_at:
        return Status(
            said=_("Đã nhận hồ sơ."),
            then=_("Trung tâm trả lời chậm hơn đã hứa, chúng tôi xin lỗi."),
            tag=_("trả lời chậm"),
            tone=Tone.CARE,
            is_late=True,
        )
    then = _("Trung tâm trả lời trước {at}.").format(at=moment_named(s.due_at))
    return Status(said=_("Đã nhận hồ sơ."), then=then, tag=_("đã nộp"), tone=Tone.INFO)


def _supplement(s: Standing) -> Status:
    words = (
        _("Cần thêm {count} giấy tờ trước {day}.")
        if s.missing
        else _("Cần thêm giấy tờ trước {day}.")
    )
    return Status(
        said=words.format(count=s.missing, day=day_named(s.due_at)),
        then=_("Ngày hẹn tạm dừng tính."),
        tag=_("chờ bạn bổ sung"),
        tone=Tone.CARE,
    )


def _payment(s: Standing) -> Status:
    amount = written(s.fee) if s.fee else _("nghĩa vụ tài chính")
    return Status(
        said=_("Còn bước nộp {amount} trước {day}.").format(amount=amount, day=day_named(s.due_at)),
        then=_("Ngày hẹn tạm dừng tính."),
        tag=_("chờ nộp tiền"),
        tone=Tone.CARE,
    )


def _done(s: Standing) -> Status:
    if s.outcome == Outcome.REFUSED:
        return Status(
            said=_("Chưa giải quyết được."),
            then=_("Lý do ở ngay dưới đây."),
            tag=_("không giải quyết"),
            tone=Tone.BAD,
        )
    return Status(
        said=_("Đã có kết quả."),
        then=_("Nhận tại {centre}.").format(centre=s.centre) if s.centre else _("Xem hoặc tải về."),
        tag=_("có kết quả"),
        tone=Tone.OK,
    )


def _returned(s: Standing) -> Status:
    if s.outcome == Outcome.REFUSED:
        return _done(s)
    day = day_named(s.ended_at or s.now)
    return Status(
        said=_("Đã trả kết quả."),
        then=_("Trả ngày {day}.").format(day=day),
        tag=_("đã trả"),
        tone=Tone.OK,
    )


def _rejected(_s: Standing) -> Status:
    return Status(
        said=_("Trung tâm chưa nhận hồ sơ này."),
        then=_("Lý do ở ngay dưới đây."),
        tag=_("chưa nhận"),
        tone=Tone.BAD,
    )


def _withdrawn(s: Standing) -> Status:
    return Status(
        said=_("Bạn đã rút hồ sơ."),
        then=_("Rút ngày {day}.").format(day=day_named(s.ended_at or s.now)),
        tag=_("đã rút"),
        tone=Tone.QUIET,
    )


def _stopped(s: Standing) -> Status:
    return Status(
        said=_("Đã dừng giải quyết."),
        then=_("Dừng ngày {day}.").format(day=day_named(s.ended_at or s.now)),
        tag=_("đã dừng"),
        tone=Tone.BAD,
    )


_SAY = {
    State.REGISTERED: _registered,
    State.SUPPLEMENT_REQUESTED: _supplement,
    State.PAYMENT_REQUESTED: _payment,
    State.DONE: _done,
    State.RETURNED: _returned,
    State.REJECTED: _rejected,
    State.WITHDRAWN: _withdrawn,
    State.STOPPED: _stopped,
}
