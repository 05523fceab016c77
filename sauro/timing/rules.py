"""What a change of the working calendar is, who may make it, and the picture of a year. Pure."""

import calendar as months_of
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sauro.core.actor import Actor
from sauro.core.errors import Invalid, NotPermitted
from sauro.core.reckoning import Row, rows, written
from sauro.core.starts import Start, Way, start_of
from sauro.core.text import _, tidy
from sauro.core.workdays import Hours, Sessions, SpecialDay, Term, WorkingCalendar
from sauro.offices.calendars import DaySetting, HoursSetting, hours_of, plan_of, text_of
from sauro.offices.rules import (
    DAY_KIND_LABELS,
    DayKind,
    DayStatus,
    Level,
    OfficeRow,
    Role,
    SpecialDayPlan,
    check_sessions,
)

LONGEST = 15
REMOVE = "bo"
FIRST_YEAR, LAST_YEAR = 2024, 2040
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A change that somebody thinks of: days from `since` to `until` become of a kind.

    kind: None makes them ordinary again. makeup_on: the Saturday worked in exchange, if any.
    """

    since: date
    until: date
    kind: DayKind | None
    name: str = ""
    source: str = ""
    status: DayStatus = DayStatus.OFFICIAL
    makeup_on: date | None = None
    office_id: int | None = None

    @property
    def days(self) -> list[date]:
        """Return the days that change, without the one made up on."""
        count = (self.until - self.since).days + 1
        return [self.since + timedelta(days=number) for number in range(count)]


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursProposal:
    """New opening hours that somebody thinks of, from a day on.

    weekday, own: one weekday (Monday is 0) on which other hours are kept, if any.
    """

    since: date
    sessions: Sessions
    source: str
    weekday: int | None = None
    own: Sessions = ()
    office_id: int | None = None

    @property
    def hours(self) -> Hours:
        """Return the hours as calendars know them."""
        week = {} if self.weekday is None else {self.weekday: self.own}
        return Hours(self.since, self.sessions, week)


Change = Proposal | HoursProposal
Setting = DaySetting | HoursSetting


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What somebody asks: when a term from `at` (local) is over, or where it must start.

    way: how papers came, which may move the start; None starts at that very moment.
    """

    at: datetime
    term: Term
    way: Way | None = None
    backward: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A due date, or the latest start, with its start and its table. All moments local."""

    question: Question
    start: Start
    due: datetime
    rows: Sequence[Row]
    has_estimates: bool


def answer(question: Question, calendar: WorkingCalendar) -> Answer:
    """Return the answer to a question by a calendar.

    :raises Invalid: the calendar does not reach that far
    """
    term = question.term
    try:
        if question.backward:
            start = Start(calendar.start_by(question.at, term), ())
        elif question.way:
            start = start_of(calendar, question.way, question.at, term)
        else:
            start = Start(question.at, ())
        due, table = calendar.due_at(start.at, term), rows(calendar, start.at, term)
    except LookupError as fault:
        raise Invalid(
            _("Chưa có lịch làm việc cho những ngày này; lịch có từ {since} đến {until}."),
            field="tu",
            since=f"{calendar.since:%d/%m/%Y}",
            until=f"{calendar.until - timedelta(days=1):%d/%m/%Y}",
        ) from fault
    estimates = any(row.is_estimate for row in table)
    return Answer(question=question, start=start, due=due, rows=table, has_estimates=estimates)


def check(proposal: Change, today: date) -> None:
    """Refuse a change that cannot be so.

    :raises Invalid: the sentence says what to mend
    """
    if isinstance(proposal, HoursProposal):
        _check_hours(proposal, today)
    else:
        _check_days(proposal)


def _check_hours(proposal: HoursProposal, today: date) -> None:
    if not today <= proposal.since <= date(LAST_YEAR, 12, 31):
        raise Invalid(_("Giờ làm việc mới áp dụng từ hôm nay trở đi."), field="tu")
    for sessions, field in ((proposal.sessions, "sang-tu"), (proposal.own, "rieng-sang-tu")):
        if field == "sang-tu" or proposal.weekday is not None:
            try:
                check_sessions(sessions)
            except Invalid as fault:
                raise Invalid(_("Ghi giờ các buổi theo thứ tự sáng, chiều."), field) from fault
    if not tidy(proposal.source):
        raise Invalid(_("Ghi căn cứ: số quyết định, công văn, ngày ban hành."), field="nguon")


def _check_days(proposal: Proposal) -> None:
    if proposal.until < proposal.since:
        raise Invalid(_("Ngày cuối phải từ ngày đầu trở đi."), field="den")
    if len(proposal.days) > LONGEST:
        raise Invalid(
            _("Mỗi lần thay đổi nhiều nhất {limit} ngày liền nhau."), "den", limit=LONGEST
        )
    if not FIRST_YEAR <= proposal.since.year <= proposal.until.year <= LAST_YEAR:
        raise Invalid(
            _("Chọn ngày từ năm {first} đến năm {last}."),
            field="tu",
            first=FIRST_YEAR,
            last=LAST_YEAR,
        )
    if proposal.kind is not None and not tidy(proposal.source):
        raise Invalid(_("Ghi căn cứ: số quyết định, công văn, ngày ban hành."), field="nguon")
    if proposal.makeup_on and proposal.kind is not DayKind.SWAP_OFF:
        raise Invalid(_("Ngày làm bù chỉ đi với nghỉ hoán đổi."), field="lam-bu")


def settings_of(proposal: Change) -> list[Setting]:
    """Return the special days, or the hours, that a change sets, in order."""
    if isinstance(proposal, HoursProposal):
        since, office = proposal.since, proposal.office_id
        source = tidy(proposal.source)
        return [HoursSetting(since=since, office_id=office, hours=proposal.hours, source=source)]

    def plan(day: date, kind: DayKind, name: str) -> SpecialDayPlan:
        return SpecialDayPlan(
            day=day,
            kind=kind,
            name=tidy(name),
            source=tidy(proposal.source),
            status=proposal.status,
        )

    kind, office_id = proposal.kind, proposal.office_id
    settings: list[Setting] = [
        DaySetting(
            day=day,
            office_id=office_id,
            plan=plan(day, kind, proposal.name) if kind else None,
        )
        for day in proposal.days
    ]
    if proposal.makeup_on:
        name = _("Làm bù cho {day}").format(day=f"{proposal.since:%d/%m/%Y}")
        made_up = plan(proposal.makeup_on, DayKind.MAKEUP_WORK, name)
        settings.append(DaySetting(day=proposal.makeup_on, office_id=office_id, plan=made_up))
    return settings


def sessions_said(sessions: Sessions) -> str:
    """Return hours in words: "07:00-11:30, 13:30-17:00"."""
    return ", ".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in sessions)


def summary(proposal: Change) -> str:
    """Return a change in one line: "Nghỉ lễ, tết: Ngày Văn hóa (Thứ Ba, 24/11/2026)"."""
    if isinstance(proposal, HoursProposal):
        text = f"Giờ làm việc {sessions_said(proposal.sessions)} từ {written(proposal.since)}"
        if proposal.weekday is None:
            return text
        return f"{text}; {WEEKDAYS[proposal.weekday]} {sessions_said(proposal.own)}"
    when = written(proposal.since)
    if proposal.until != proposal.since:
        when = f"{when} đến {written(proposal.until)}"
    if proposal.kind is None:
        return f"Bỏ ngày đặc biệt ({when})"
    text = f"{DAY_KIND_LABELS[proposal.kind]}: {tidy(proposal.name)} ({when})"
    if proposal.makeup_on:
        text += f", làm bù {written(proposal.makeup_on)}"
    return text


def may_change(by: Actor, own: OfficeRow | None) -> bool:
    """Test whether an official may change any calendar at all."""
    return own is not None and by.leads and (own.level == Level.PROVINCE or by.post == Role.HEAD)


def check_right(by: Actor, own: OfficeRow | None, target: OfficeRow | None) -> None:
    """Refuse to change a calendar that is not this official's to change.

    Leaders at the province change every calendar; the head of another office that of their own
    office and of those right below it. target: whose calendar, None for the whole province.

    :raises NotPermitted: the sentence says who may
    """
    if own is None or not may_change(by, own):
        raise NotPermitted(_("Lịch làm việc do lãnh đạo cấp tỉnh hoặc thủ trưởng cơ quan đặt."))
    if own.level == Level.PROVINCE:
        return
    if target is None or own.id not in {target.id, target.parent_id}:
        raise NotPermitted(
            _("Thủ trưởng cơ quan chỉ đặt được ngày riêng cho cơ quan mình và đơn vị trực thuộc.")
        )


def stored(settings: Sequence[Setting]) -> list[dict[str, Any]]:
    """Return settings as plain values; `restored` reads them back."""
    return [
        _stored_hours(setting)
        if isinstance(setting, HoursSetting)
        else {
            "day": setting.day.isoformat(),
            "office_id": setting.office_id,
            "by_hand": setting.by_hand,
            "plan": {
                "kind": setting.plan.kind.value,
                "name": setting.plan.name,
                "source": setting.plan.source,
                "status": setting.plan.status.value,
            }
            if setting.plan
            else None,
        }
        for setting in settings
    ]


def touched(settings: Sequence[Setting], until: date) -> list[date]:
    """Return the days that settings change; of hours the first, and the last before `until`."""
    days = [one.day if isinstance(one, DaySetting) else one.since for one in settings]
    if any(isinstance(one, HoursSetting) for one in settings):
        days.append(until - timedelta(days=1))
    return days


def _stored_hours(setting: HoursSetting) -> dict[str, Any]:
    hours = setting.hours
    return {
        "since": setting.since.isoformat(),
        "office_id": setting.office_id,
        "source": setting.source,
        "sessions": text_of(hours.sessions) if hours else None,
        "week": {str(day): text_of(own) for day, own in hours.week.items()} if hours else {},
    }


def _restored_hours(one: Mapping[str, Any]) -> HoursSetting:
    since = date.fromisoformat(one["since"])
    return HoursSetting(
        since=since,
        office_id=one["office_id"],
        hours=hours_of(since, one["sessions"], one["week"]) if one["sessions"] else None,
        source=one["source"],
    )


def restored(data: Sequence[Mapping[str, Any]]) -> list[Setting]:
    """Return the settings that `stored` wrote."""
    return [
        _restored_hours(one)
        if "since" in one
        else DaySetting(
            day=date.fromisoformat(one["day"]),
            office_id=one["office_id"],
            by_hand=one["by_hand"],
            plan=plan_of({"day": date.fromisoformat(one["day"]), **one["plan"]})
            if one["plan"]
            else None,
        )
        for one in data
    ]


def moved(before: datetime, after: datetime, calendar: WorkingCalendar) -> str:
    """Return how far a due date moves, in words: "+1 ngày làm việc", "−30 phút làm việc"."""
    sign = "+" if after > before else "−"
    days = abs(calendar.elapsed(before.date(), after.date()))
    if days:
        return f"{sign}{days} ngày làm việc"
    worked = calendar.minutes_between(min(before, after), max(before, after))
    # Between the old closing hour and the new one nobody works: the clock says how far it is.
    length = worked or abs(after - before) // timedelta(minutes=1)
    hours, minutes = divmod(length, 60)
    parts = (f"{hours} giờ" if hours else "", f"{minutes} phút" if minutes or not hours else "")
    said = f"{sign}{' '.join(part for part in parts if part)}"
    return f"{said} làm việc" if worked else said


class Look(StrEnum):
    """How a day looks in the picture of a year."""

    WORKED = "worked"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MADE_UP = "made-up"
    HALF = "half"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A day of the picture. name: of a special day, "" else."""

    day: date
    look: Look
    name: str
    is_estimate: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month: its weeks from Monday on, None outside it, and how many days are worked."""

    number: int
    weeks: Sequence[Sequence[Cell | None]]
    worked: int


def picture(calendar: WorkingCalendar, year: int) -> list[Month]:
    """Return the twelve months of a year.

    :raises LookupError: the calendar does not reach that year
    """
    weeks_of = months_of.Calendar().monthdatescalendar
    months = []
    for number in range(1, 13):
        weeks = [
            [_cell(calendar, day) if day.month == number else None for day in week]
            for week in weeks_of(year, number)
        ]
        cells = [cell for week in weeks for cell in week if cell]
        months.append(Month(number, weeks, sum(calendar.is_working(c.day) for c in cells)))
    return months


def _cell(calendar: WorkingCalendar, day: date) -> Cell:
    special = calendar.special.get(day)
    return Cell(
        day=day,
        look=_look(special, is_working=calendar.is_working(day)),
        name=special.name if special else "",
        is_estimate=bool(special and special.is_estimate),
    )


def _look(special: SpecialDay | None, *, is_working: bool) -> Look:
    if special is None:
        return Look.WORKED if is_working else Look.WEEKEND
    if special.sessions:
        return Look.HALF
    return Look.MADE_UP if special.works else Look.HOLIDAY
