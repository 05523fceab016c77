"""Reading the calendar of a year, what a change would do, and what changes did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sauro.cases import recomputing
from sauro.cases.recomputing import Found, Retimed
from sauro.core.actor import Actor
from sauro.core.clock import local
from sauro.core.errors import NotFound
from sauro.core.text import _
from sauro.offices import queries as offices
from sauro.offices.calendars import (
    Calendars,
    DaySetting,
    HoursSetting,
    basis,
    build,
    with_days,
    with_hours,
)
from sauro.offices.estimating import estimated
from sauro.offices.rules import DAY_KIND_LABELS, DayKind, DayStatus, Level, OfficeRow
from sauro.timing import rules
from sauro.timing.models import AffectedCase, CalendarChange
from sauro.timing.rules import Answer, Change, Month, Question, Setting

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRow:
    """A special day of a year, for people to read. own: set for this office itself."""

    day: date
    kind: str
    label: str
    name: str
    source: str
    is_estimate: bool
    by_hand: bool
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPage:
    """The working calendar of a year at an office, or in the whole province."""

    year: int
    years: tuple[int, int]
    office: OfficeRow | None
    months: Sequence[Month]
    worked: int
    days: Sequence[DayRow]
    has_estimates: bool


def year_page(year: int, office_id: int | None) -> YearPage:
    """Return the calendar of a year. Two queries, four for one office.

    :raises NotFound: nothing is known of that year, or there is no such office
    """
    calendar = offices.working_calendar(office_id)
    years = calendar.since.year, calendar.until.year - 1
    if not years[0] <= year <= years[1]:
        raise NotFound(
            _("Lịch làm việc có từ năm {first} đến năm {last}."), first=years[0], last=years[1]
        )
    months = rules.picture(calendar, year)
    days = day_rows(year, None)
    if all(row.by_hand for row in days):
        days = _over(_estimates(year), days)
    if office_id:
        days = _over(days, day_rows(year, office_id))
    return YearPage(
        year=year,
        years=years,
        office=offices.office(office_id) if office_id else None,
        months=months,
        worked=sum(month.worked for month in months),
        days=days,
        has_estimates=any(row.is_estimate for row in days),
    )


def _over(below: Sequence[DayRow], above: Sequence[DayRow]) -> list[DayRow]:
    """Return the days of two lists in order; where both have a day, that of the second."""
    days = {row.day: row for row in (*below, *above)}
    return [days[day] for day in sorted(days)]


def day_rows(year: int, office_id: int | None) -> list[DayRow]:
    """Return the special days that the province, or an office, set for a year. One query."""
    return [
        DayRow(
            day=row.day,
            kind=row.kind,
            label=DAY_KIND_LABELS[DayKind(row.kind)],
            name=row.name,
            source=basis(row.kind, row.source),
            is_estimate=row.status == DayStatus.ESTIMATE,
            by_hand=row.by_hand,
            own=office_id is not None,
        )
        for row in offices.special_days(year, office_id)
    ]


def _estimates(year: int) -> list[DayRow]:
    return [
        DayRow(
            day=plan.day,
            kind=plan.kind.value,
            label=DAY_KIND_LABELS[plan.kind],
            name=plan.name,
            source=basis(plan.kind, plan.source),
            is_estimate=True,
            by_hand=False,
            own=False,
        )
        for plan in estimated(year)
    ]


def reckoned(question: Question) -> Answer:
    """Return a due date, or the latest start, by the calendar of the province. No query.

    :raises Invalid: the calendar does not reach that far
    """
    return rules.answer(question, offices.working_calendar())


def offices_with_their_own(*, on: date) -> list[OfficeRow]:
    """Return the offices open on a day that do not work by the calendar of the province.

    No query while nothing changed.
    """
    own = offices.calendars().own
    return [row for row in offices.roster(on).offices if row.id in own]


def filled(given: dict[str, str]) -> dict[str, str]:
    """Return a form, filled in with what its day is now where nothing was written. One query."""
    if not given["tu"] or given["loai"] or given["ten"]:
        return given
    try:
        day = date.fromisoformat(given["tu"])
    except ValueError:
        return given
    office_id = int(given["don-vi"]) if given["don-vi"].isdigit() else None
    row = next((row for row in day_rows(day.year, office_id) if row.day == day), None)
    if row is None or row.kind == DayKind.ORDINARY:
        return given
    status = DayStatus.ESTIMATE if row.is_estimate else DayStatus.OFFICIAL
    told = {"loai": row.kind, "ten": row.name, "nguon": row.source, "trang-thai": status.value}
    return {**given, **told}


@dataclass(frozen=True, slots=True)
class Rights:
    """Whose calendars an official may change: the whole province's, or those of some offices."""

    province: bool
    offices: Sequence[OfficeRow]

    @property
    def any(self) -> bool:
        """Test whether there is anything to change."""
        return self.province or bool(self.offices)

    def over(self, office_id: int | None) -> bool:
        """Test whether the calendar of an office, or of the province, may be changed."""
        return self.province or office_id in {office.id for office in self.offices}


def rights(actor: Actor, *, on: date) -> Rights:
    """Return what an official may change. No query: the roster is kept in memory."""
    roster = offices.roster(on)
    own = roster.office(actor.office_id) if actor.office_id else None
    if own is None or not rules.may_change(actor, own):
        return Rights(province=False, offices=())
    if own.level == Level.PROVINCE:
        return Rights(province=True, offices=roster.offices)
    mine = [row for row in roster.offices if own.id in {row.id, row.parent_id}]
    return Rights(province=False, offices=mine)


def check_right(actor: Actor, office_id: int | None, *, on: date) -> None:
    """Refuse an official whose calendar this is not. No query.

    :raises NotPermitted: the sentence says who may
    :raises NotFound: there is no such office
    """
    roster = offices.roster(on)
    own = roster.office(actor.office_id) if actor.office_id else None
    rules.check_right(actor, own, offices.office(office_id) if office_id else None)


def office_name(office_id: int | None) -> str:
    """Return the name of an office, "" for the whole province. One query at most."""
    return offices.office(office_id).name if office_id else ""


def calendars_after(settings: Sequence[Setting]) -> Calendars:
    """Return the calendars as they would be with these days and hours set. Two or three queries."""
    days = [setting for setting in settings if isinstance(setting, DaySetting)]
    hours = [setting for setting in settings if isinstance(setting, HoursSetting)]
    rows = offices.calendar_rows(of_offices=any(setting.office_id for setting in settings))
    return build(with_hours(with_days(rows, days), hours), estimated)


@dataclass(frozen=True, slots=True, kw_only=True)
class AffectedRow:
    """A case that a change gives another due date."""

    code: str
    title: str
    promised_at: datetime | None
    before: datetime
    after: datetime
    moved: str
    is_step: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a change would do. seen: the version of the calendar that it was reckoned from."""

    summary: str
    seen: str
    total: int
    later: int
    earlier: int
    promised: int
    past_promise: int
    rows: Sequence[AffectedRow]
    after: int


# The last preview made in this process: confirming it need not reckon all of it again.
_found: list[tuple[list[Setting], str, Found]] = []


def found_before(settings: Sequence[Setting], version: str) -> Found | None:
    """Return the cases that this process last found for the same change, if it did.

    They may have moved since: whoever uses them locks them and looks again.
    """
    for known, seen, found in _found:
        if known == list(settings) and seen == version:
            return found
    return None


def preview(proposal: Change, *, page: int = 0) -> Preview:
    """Return what a change would do to the open cases, a page of them by id.

    Six queries, however many cases there are.
    """
    settings = rules.settings_of(proposal)
    before, after = offices.calendars(), calendars_after(settings)
    found = recomputing.affected(rules.touched(settings, after.province.until), before, after)
    _found[:] = [(settings, before.province.version, found)]
    cases = found.cases
    shown = cases[page * PAGE : (page + 1) * PAGE]
    later = sum(case.shown[1] > case.shown[0] for case in cases)
    return Preview(
        summary=rules.summary(proposal),
        seen=before.province.version,
        total=len(cases),
        later=later,
        earlier=len(cases) - later,
        promised=sum(case.promised_at is not None for case in cases),
        past_promise=sum(case.is_past_promise for case in cases),
        rows=[_row(case, after) for case in shown],
        after=page + 1 if len(cases) > (page + 1) * PAGE else 0,
    )


def _row(case: Retimed, after: Calendars) -> AffectedRow:
    before, will = map(local, case.shown)
    return AffectedRow(
        code=case.code,
        title=case.title,
        promised_at=case.promised_at,
        before=before,
        after=will,
        moved=rules.moved(before, will, after.province),
        is_step=case.is_step,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """A change of the calendar that was made."""

    id: int
    office_id: int | None
    summary: str
    source: str
    office: str
    affected: int
    made_at: datetime
    made_by: str
    undone_at: datetime | None
    undone_by: str
    may_be_undone: bool = False


_CHANGE = (
    "id",
    "office_id",
    "summary",
    "source",
    "office__name",
    "affected",
    "made_at",
    "made_by",
    "undone_at",
    "undone_by",
)


def changes(*, limit: int = 20) -> list[ChangeRow]:
    """Return the latest changes, the newest first. One query."""
    rows = list(CalendarChange.objects.order_by("-made_at", "-id").values_list(*_CHANGE)[:limit])
    last = next((row[0] for row in rows if row[8] is None), None)
    return [_change(row, may_be_undone=row[0] == last) for row in rows]


def _change(row: tuple[object, ...], *, may_be_undone: bool) -> ChangeRow:
    names = [name.replace("office__name", "office") for name in _CHANGE]
    told = dict(zip(names, row, strict=True))
    told["office"] = told["office"] or ""
    return ChangeRow(**told, may_be_undone=may_be_undone)  # type: ignore[arg-type]


def change(change_id: int) -> ChangeRow:
    """Return a change. Two queries.

    :raises NotFound: there is none with that id
    """
    row = CalendarChange.objects.filter(pk=change_id).values_list(*_CHANGE).first()
    if row is None:
        raise NotFound(_("Không có lần thay đổi lịch này."))
    return _change(row, may_be_undone=change_id == last_change())


def last_change() -> int | None:
    """Return the id of the newest change that still holds. One query."""
    held = CalendarChange.objects.filter(undone_at=None).order_by("-made_at", "-id")
    return held.values_list("pk", flat=True).first()


def affected_by(change_id: int, *, page: int = 0) -> list[AffectedRow]:
    """Return a page of the cases that a change gave other due dates, by id. One query."""
    calendar = offices.working_calendar()
    found = AffectedCase.objects.filter(change=change_id).order_by("case_id")
    rows = found.values_list(
        "case__code", "case__title", "promised_at", "due_before", "due_after", "is_step"
    )[page * PAGE : (page + 1) * PAGE]
    return [
        AffectedRow(
            code=code,
            title=title,
            promised_at=promised_at,
            before=before,
            after=after,
            moved=rules.moved(local(before), local(after), calendar),
            is_step=is_step,
        )
        for code, title, promised_at, before, after, is_step in rows
    ]
