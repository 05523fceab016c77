"""The six clarities of a dossier, each a sentence of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sauro.cases.rules import Party
from sauro.core.clock import local, local_day
from sauro.core.text import _
from sauro.core.workdays import Unit, WorkingCalendar
from sauro.onestop.queries import DossierPage
from sauro.onestop.rules import ENDED, Outcome, ReturnBy, State
from sauro.portal.rules.status import day_named, moment_named
from sauro.procedures.rules import papers


@dataclass(frozen=True, slots=True)
class Said:
    """A heading that answers, and a sentence that explains."""

    title: str
    text: str = ""


def who(party: str, name: str, *, is_own: bool) -> str:
    """Return who has the dossier in hand."""
    if party == Party.CITIZEN:
        return _("Hồ sơ đang chờ bạn") if is_own else _("Hồ sơ đang chờ người nộp")
    return _("{name} đang giữ hồ sơ").format(name=name or _("Cơ quan"))


def where(state: str, here: int, total: int, *, is_open: bool) -> str:
    """Return where in the process it is."""
    if is_open:
        return _("Đang ở bước {here} trên {total}").format(here=min(here, total), total=total)
    if state == State.RETURNED:
        return _("Đã qua đủ {total} bước").format(total=total)
    return _("Kết thúc ở bước {here} trên {total}").format(here=min(here, total), total=total)


def when(dossier: DossierPage, calendar: WorkingCalendar, *, now: datetime) -> Said:
    """Return by when, or since when, and how that is counted."""
    tell = {
        State.REGISTERED: _reply,
        State.SUPPLEMENT_REQUESTED: _paused,
        State.PAYMENT_REQUESTED: _paused,
        State.REJECTED: _over,
        State.WITHDRAWN: _over,
        State.STOPPED: _over,
        State.DONE: _finished,
        State.RETURNED: _finished,
    }.get(State(dossier.state))
    if tell is None and dossier.paused_at is not None:
        return _stands(dossier)
    return tell(dossier) if tell else Said(_left(dossier, calendar, now), _how(dossier))


def _reply(dossier: DossierPage) -> Said:
    title = _("Trả lời trước {at}").format(at=_moment(dossier.due_at))
    text = _(
        "Hồ sơ nộp trực tuyến được trả lời trong 8 giờ làm việc. "
        "Khi được tiếp nhận, hạn giải quyết là {term}."
    )
    return Said(title, text.format(term=dossier.limit.term))


def _paused(dossier: DossierPage) -> Said:
    due = _("Bạn có thời gian đến {day}").format(day=_day(dossier.due_at))
    if dossier.started_at is None:
        return Said(due, _("Thời hạn giải quyết chưa bắt đầu; tính từ khi nhận đủ giấy tờ."))
    if dossier.state == State.PAYMENT_REQUESTED:
        return Said(due, _("Ngày hẹn tạm dừng tính. Nộp xong thì thời hạn tính tiếp."))
    text = _("Ngày hẹn tạm dừng tính. Nhận đủ thì {term} tính lại từ đầu.")
    return Said(due, text.format(term=dossier.limit.term))


def _stands(dossier: DossierPage) -> Said:
    since = _day(dossier.paused_at or dossier.due_at)
    return Said(
        _("Thời hạn tạm dừng từ {since}").format(since=since),
        _("Ngày hẹn tạm dừng tính, vì lý do ở trên. Thời hạn là {term}.").format(
            term=dossier.limit.term
        ),
    )


def _over(dossier: DossierPage) -> Said:
    return Said(_("Kết thúc {day}").format(day=_day(dossier.ended_at or dossier.due_at)))


def _finished(dossier: DossierPage) -> Said:
    finished, promised = dossier.finished_at, dossier.promised_at
    if finished is None or promised is None:
        return _over(dossier)
    done, due = local_day(finished), local_day(promised)
    if finished > promised:
        title = _("Xong {day}, muộn hơn hẹn").format(day=day_named(done))
    elif done < due:
        title = _("Xong {day}, sớm hơn hẹn").format(day=day_named(done))
    else:
        title = _("Xong {day}, đúng hẹn").format(day=day_named(done))
    return Said(title, _how(dossier))


def _left(dossier: DossierPage, calendar: WorkingCalendar, now: datetime) -> str:
    promised = dossier.promised_at or dossier.due_at
    if now > promised:
        return _("Đã qua hẹn {day}").format(day=_day(promised))
    if dossier.apology:
        return _("Hẹn mới là {day}").format(day=_day(promised))
    days = calendar.elapsed(local_day(now), local_day(promised))
    if days == 0:
        return _("Hẹn trả hôm nay, trước {time}").format(time=f"{local(promised):%H:%M}")
    is_open = calendar.is_working(local_day(now)) and local(now) < calendar.close_of(local(now))
    words = (
        _("Còn hôm nay và {days} ngày làm việc nữa") if is_open else _("Còn {days} ngày làm việc")
    )
    return words.format(days=days)


def _how(dossier: DossierPage) -> str:
    term = dossier.limit.term
    source = dossier.limit.source if not dossier.limit.published else ""
    if term.unit is Unit.WORKING_DAY:
        text = _("Hạn là {term}, bắt đầu từ hôm sau ngày tiếp nhận; ngày nghỉ, ngày lễ không tính.")
    elif term.unit is Unit.WORKING_HOUR:
        text = _("Hạn là {term}, tính trong giờ làm việc từ lúc tiếp nhận.")
    else:
        text = _(
            "Hạn là {term}, tính cả ngày nghỉ; rơi vào ngày nghỉ thì sang ngày làm việc kế tiếp."
        )
    said = text.format(term=term)
    return f"{said} {source}." if source else said


def what_for(dossier: DossierPage, results: Sequence[str], centre: str) -> Said:
    """Return what comes of it and how it reaches the person."""
    if dossier.state in ENDED - {State.RETURNED}:
        return Said(_("Không có kết quả"), _("Giấy tờ bản giấy, nếu có, nhận lại tại Trung tâm."))
    if dossier.outcome == Outcome.REFUSED:
        return Said(_("Văn bản trả lời, có nêu lý do"), _how_given(dossier, centre))
    title = papers.main_result(results) or _("Kết quả của thủ tục")
    return Said(title, _how_given(dossier, centre))


def _how_given(dossier: DossierPage, centre: str) -> str:
    return {
        ReturnBy.ONLINE: _(
            "Bản điện tử, tải về tại trang này. Cần thêm bản giấy thì báo Trung tâm."
        ),
        ReturnBy.CENTRE: _("Nhận bản giấy tại {centre}, trong giờ làm việc.").format(centre=centre),
        ReturnBy.POST: _("Bưu điện gửi bản giấy về địa chỉ đã ghi trong hồ sơ."),
    }[ReturnBy(dossier.return_by)]


def _day(at: datetime) -> str:
    return day_named(local(at))


def _moment(at: datetime) -> str:
    return moment_named(local(at))
