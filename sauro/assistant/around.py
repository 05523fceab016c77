"""Answers about the one who asks: the centre nearest to them, and their own dossiers."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sauro.assistant.rules import centres
from sauro.core.actor import Actor
from sauro.core.clock import local_day
from sauro.core.errors import NotFound
from sauro.core.text import _
from sauro.offices import queries as offices
from sauro.offices.rules import Kind as OfficeKind
from sauro.offices.rules import OfficeRow
from sauro.onestop import queries as onestop
from sauro.onestop.rules import State, tidy_code
from sauro.people import queries as people
from sauro.places import queries as places
from sauro.ui.formats import day as day_of
from sauro.ui.formats import moment

_MOST_CENTRES, _MOST_DOSSIERS, _DAYS_AHEAD = 4, 3, 14
_STANDING = {
    State.REGISTERED: _("đã nộp, Trung tâm chưa xem xong để tiếp nhận"),
    State.ACCEPTED: _("Trung tâm đã tiếp nhận"),
    State.REJECTED: _("không được tiếp nhận; lý do ở trang hồ sơ"),
    State.PROCESSING: _("đang được giải quyết"),
    State.SUPPLEMENT_REQUESTED: _("đang chờ Ông/Bà bổ sung giấy tờ"),
    State.PAYMENT_REQUESTED: _("đang chờ Ông/Bà nộp tiền"),
    State.WITHDRAWN: _("Ông/Bà đã rút"),
    State.STOPPED: _("dừng giải quyết; lý do ở trang hồ sơ"),
    State.DONE: _("đã giải quyết xong, mời Ông/Bà nhận kết quả"),
    State.RETURNED: _("đã trả kết quả"),
}
_OPEN = frozenset(
    {State.REGISTERED, State.ACCEPTED, State.PROCESSING, State.SUPPLEMENT_REQUESTED}
    | {State.PAYMENT_REQUESTED}
)


@dataclass(frozen=True, slots=True)
class Centre:
    """A centre with where it is and when it is open. today: said of this very day."""

    code: str
    name: str
    address: str
    phone: str
    hours: str
    today: str


@dataclass(frozen=True, slots=True)
class Own:
    """One of the asker's dossiers and how it stands, in plain words."""

    code: str
    title: str
    standing: str


def nearest(question: str, *, by: Actor | None, now: datetime) -> tuple[Centre, ...]:
    """Return the centres of the place that is named, else of where the asker lives.

    Several where the place may be several; none where no place is known.
    """
    on = local_day(now)
    named = centres.place_of(question)
    if named:
        found = [row.id for row in places.resolve(named, on=on).matches[:_MOST_CENTRES]]
    else:
        home = people.person(by.person_id).place_id if by and by.person_id else None
        found = [home] if home else []
    rows = [row for id_ in found for row in offices.units_of(id_, on=on)]
    return tuple(_centre(row, now) for row in rows if row.kind == OfficeKind.CENTRE)


def _centre(row: OfficeRow, now: datetime) -> Centre:
    hours = offices.working_calendar(row.id)
    today = local_day(now)
    usual = next(
        (
            centres.told(hours.sessions_on(day))
            for day in _days_from(today)
            if hours.is_working(day) and day.weekday() == 0
        ),
        centres.told(hours.sessions_on(today)),
    )
    if hours.is_working(today):
        now_open = _("Hôm nay làm việc {hours}.").format(
            hours=centres.told(hours.sessions_on(today))
        )
    else:
        next_day = next(day for day in _days_from(today) if hours.is_working(day))
        now_open = _("Hôm nay nghỉ ({why}); mở lại {day}.").format(
            why=hours.reason(today).lower(), day=day_of(next_day)
        )
    return Centre(row.code, row.name, row.address, row.phone, usual, now_open)


def _days_from(today: date) -> list[date]:
    return [today + timedelta(days=n) for n in range(_DAYS_AHEAD)]


def own(question: str, *, by: Actor) -> tuple[Own, ...]:
    """Return the asker's own dossiers: the one whose code is said, else those under way first."""
    rows = onestop.dossiers_of(by.person_id or 0)
    said = tidy_code(question)
    named = [row for row in rows if row.code and row.code in said]
    under_way = [row for row in rows if State(row.state) in _OPEN]
    return tuple(
        Own(row.code, row.title, _standing(row))
        for row in (named or under_way or rows)[:_MOST_DOSSIERS]
    )


def _standing(row: onestop.DossierRow) -> str:
    state = State(row.state)
    text = _STANDING[state]
    if state in _OPEN and row.promised_at:
        return _("{standing}; hẹn trả {when}.").format(standing=text, when=moment(row.promised_at))
    return f"{text}."


def centre_for_talk(by: Actor, *, now: datetime) -> str:
    """Return the code of the centre where the asker lives, "" if that is not known."""
    try:
        found = nearest("", by=by, now=now)
    except NotFound:
        return ""
    return found[0].code if found else ""
