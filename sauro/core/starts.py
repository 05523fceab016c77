"""When a legal term starts, stands still and starts anew (lúc bắt đầu tính hạn). Pure.

The day is the law's; the hour matters only to terms in hours and to same-day procedures.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sauro.core.explain import Line
from sauro.core.law import Legal, Provision
from sauro.core.workdays import Term, Unit, WorkingCalendar, raw_end

# After this hour papers are taken as of the next working morning.
CUT_OFF: Legal[time] = Legal(
    unit="giờ",
    in_force={
        date(2018, 6, 21): Provision(time(15, 0), "Nghị định 61/2018/NĐ-CP, Điều 18"),
        date(2026, 8, 5): Provision(time(15, 0), "Nghị định 309/2026/NĐ-CP, Điều 18 khoản 2"),
    },
)


class Way(StrEnum):
    """How a dossier comes to be complete, which fixes the moment its term starts at."""

    COUNTER = "COUNTER"
    ONLINE = "ONLINE"
    POST = "POST"
    OTHER_TERRITORY = "OTHER_TERRITORY"
    SUPPLEMENT = "SUPPLEMENT"


WAY_LABELS = {
    Way.COUNTER: "Nộp tại quầy",
    Way.ONLINE: "Nộp trực tuyến",
    Way.POST: "Nộp qua bưu chính",
    Way.OTHER_TERRITORY: "Nộp ở nơi khác (phi địa giới)",
    Way.SUPPLEMENT: "Sau khi bổ sung đủ",
}
_RULES: dict[Way, Provision[str]] = {
    Way.COUNTER: Provision(
        "Tính từ lúc ghi trên giấy tiếp nhận và hẹn trả (Mẫu 01)",
        "Nghị định 118/2025/NĐ-CP, Điều 17 khoản 3",
    ),
    Way.ONLINE: Provision(
        "Tính từ lúc cơ quan tiếp nhận chính thức; ngoài giờ thì từ giờ làm việc kế tiếp",
        "Nghị định 45/2020/NĐ-CP, Điều 11",
        checked=False,
    ),
    Way.POST: Provision(
        "Tính từ lúc bưu chính và cơ quan ký biên bản giao nhận hồ sơ",
        "Quyết định 45/2016/QĐ-TTg, Điều 7 khoản 4",
    ),
    Way.OTHER_TERRITORY: Provision(
        "Tính từ lúc cơ quan có thẩm quyền nhận được hồ sơ",
        "Nghị định 118/2025/NĐ-CP, Điều 17 khoản 3",
    ),
    Way.SUPPLEMENT: Provision(
        "Tính lại từ đầu khi nhận đủ giấy tờ bổ sung",
        "Nghị định 61/2018/NĐ-CP, Điều 19 khoản 4",
    ),
}


@dataclass(frozen=True, slots=True)
class Start:
    """The moment a term starts at, local, with the rules that fixed it. checked: as in law."""

    at: datetime
    lines: tuple[Line, ...]
    checked: bool = True


def start_of(calendar: WorkingCalendar, way: Way, received: datetime, term: Term) -> Start:
    """Return when `term` starts for papers that came by `way` at `received` (local).

    A term in hours that starts after the cut-off starts with the next working day; a term in
    days does not count its first day anyway.
    """
    rule = _RULES[way]
    at = calendar.opening(received) if way is Way.ONLINE else received
    lines = [Line(WAY_LABELS[way], rule.value, rule.source)]
    cut_off = CUT_OFF.provision(received.date())
    if term.unit is Unit.WORKING_HOUR and at.time() > cut_off.value:
        at = calendar.morning_after(at)
        fact = f"Nhận sau {cut_off.value:%H:%M}"
        lines.append(Line(fact, "Tính từ đầu ngày làm việc kế tiếp", cut_off.source))
    return Start(at, tuple(lines), checked=rule.checked)


def restart(calendar: WorkingCalendar, completed: date, term: Term) -> date:
    """Return the last day when the whole term runs again from the completed dossier.

    Decree 61/2018/NĐ-CP, article 19.4: "thời hạn giải quyết được tính lại từ đầu".
    """
    return calendar.last_day(completed, term)


def resume(
    calendar: WorkingCalendar, received: date, asked: date, completed: date, term: Term
) -> date:
    """Return the last day when the term stood still between asking and completing.

    For procedures whose own law says so. Days up to and with the day of asking are used up;
    what is left runs from the day after completion. Nothing left: the day of completion.
    """
    return last_day_paused(calendar, received, term, [(asked, completed)])


def last_day_paused(
    calendar: WorkingCalendar, start: date, term: Term, pauses: Sequence[tuple[date, date]]
) -> date:
    """Return the last day of a term in days or longer that stood still during `pauses`.

    pauses: (day it stopped, day it went on), in order, not overlapping; as in `resume`.
    """
    if term.unit is not Unit.WORKING_DAY:
        stood = sum((on - stopped for stopped, on in pauses), timedelta())
        return calendar.roll_forward(raw_end(start, term) + stood)
    left, since = term.value, start
    for stopped, on in pauses:
        left -= calendar.elapsed(since, stopped)
        since = on
    return calendar.after(since, left) if left > 0 else calendar.roll_forward(since)


def due_paused(
    calendar: WorkingCalendar,
    start: datetime,
    term: Term,
    pauses: Sequence[tuple[datetime, datetime]],
) -> datetime:
    """Return when a term that stood still during `pauses` is over, local.

    pauses: in order, not overlapping. The working minutes of a pause are not used up; one
    that begins after the term is over adds nothing to a term in hours.
    """
    if term.unit is not Unit.WORKING_HOUR:
        days = [(stopped.date(), on.date()) for stopped, on in pauses]
        last = last_day_paused(calendar, start.date(), term, days)
        return calendar.close_of(datetime.combine(last, time(), tzinfo=start.tzinfo))
    due = calendar.due_at(start, term)
    for stopped, on in pauses:
        stood = calendar.minutes_between(stopped, on) if stopped < due else 0
        if stood:
            due = calendar.after_minutes(due, stood)
    return due


def same_day_due(calendar: WorkingCalendar, received: datetime) -> datetime:
    """Return when a same-day procedure is due: that day's closing, or the next day's. Local.

    Papers that come after the cut-off, or on a day that is not worked, count as of the next
    working day (Decree 61/2018/NĐ-CP, article 18; Decree 23/2015/NĐ-CP, article 7).
    """
    return calendar.close_of(_counted_from(calendar, received))


def handover_at(calendar: WorkingCalendar, received: datetime) -> datetime:
    """Return when received papers go to the unit: at once, or at the next opening. Local.

    After the cut-off they go at the start of the next working day (Decree 61/2018/NĐ-CP,
    article 18; Decree 309/2026/NĐ-CP, article 18.2). This moves no legal deadline in days.
    """
    return _counted_from(calendar, received)


def _counted_from(calendar: WorkingCalendar, received: datetime) -> datetime:
    day = received.date()
    if calendar.is_working(day) and received.time() <= CUT_OFF.on(day):
        return calendar.opening(received)
    return calendar.morning_after(received)
