"""Reading who is who, who is where, and which days are worked."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet

from sauro.core.actor import Actor, ActorKind
from sauro.core.errors import NotFound
from sauro.core.text import _
from sauro.core.workdays import WorkingCalendar
from sauro.offices import keeping, rules
from sauro.offices.calendars import Calendars, Rows, SetDay, SetHours, build, hours_of, plan_of
from sauro.offices.estimating import estimated
from sauro.offices.keeping import Kept
from sauro.offices.models import Office, Official, OpeningHours, SpecialDay
from sauro.offices.roster import Roster
from sauro.offices.rules import (
    Kind,
    Level,
    OfficeRow,
    OfficialRow,
    Role,
)

_OFFICE = (
    "id",
    "code",
    "slug",
    "name",
    "short_name",
    "kind",
    "level",
    "parent_id",
    "place_id",
    "address",
    "phone",
    "is_synthetic",
)
_OFFICIAL = (
    "id",
    "person_id",
    "person__name",
    "person__sex",
    "post__title",
    "post__role",
    "post__office_id",
    "post__office__name",
    "person__phone",
)


def _open(on: date) -> Q:
    return Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on))


def _offices(which: Q) -> list[OfficeRow]:
    rows = Office.objects.filter(which).order_by("code").values_list(*_OFFICE)
    return [OfficeRow(**dict(zip(_OFFICE, row, strict=True))) for row in rows]


def _one(rows: list[OfficeRow]) -> OfficeRow:
    if not rows:
        raise NotFound(_("Không có cơ quan này."))
    return rows[0]


def office(office_id: int) -> OfficeRow:
    """Return an office, open or closed. One query.

    :raises NotFound: there is none with that id
    """
    return _one(_offices(Q(pk=office_id)))


def office_by_code(code: str) -> OfficeRow:
    """Return an office, open or closed, by its identification code. One query.

    :raises NotFound: there is none with that code
    """
    return _one(_offices(Q(code=code)))


def centres(*, on: date) -> list[OfficeRow]:
    """Return the public service centres open on a day, by code: the province's last. One query."""
    found = _offices(_open(on) & Q(kind=Kind.CENTRE.value))
    return sorted(found, key=lambda row: (row.level == Level.PROVINCE, row.code))


def units_of(place_id: int, *, on: date) -> list[OfficeRow]:
    """Return every office of a place open on a day: the committee, then the rest. One query."""
    return _offices(_open(on) & Q(place_id=place_id))


def departments(*, on: date) -> list[OfficeRow]:
    """Return the departments and ministries' agencies of the province, by code. One query."""
    kinds = [Kind.DEPARTMENT.value, Kind.VERTICAL.value]
    return _offices(_open(on) & Q(level=Level.PROVINCE.value, kind__in=kinds))


def _officials(found: QuerySet[Official]) -> list[OfficialRow]:
    return [
        OfficialRow(
            id=pk,
            person_id=person_id,
            name=name,
            honorific=rules.honorific(sex),
            title=title,
            role=role,
            office_id=office_id,
            office_name=office_name,
            leads=rules.leads(role),
            phone=phone,
        )
        for pk, person_id, name, sex, title, role, office_id, office_name, phone in (
            found.order_by("pk").values_list(*_OFFICIAL)
        )
    ]


def officials(office_id: int, role: str | None, *, on: date) -> list[OfficialRow]:
    """Return who holds a post of `role` (None: any) at an office on a day, by id. One query."""
    found = Official.objects.filter(_open(on), post__office_id=office_id)
    return _officials(found.filter(post__role=role) if role else found)


def official(official_id: int) -> OfficialRow:
    """Return an official in the post they hold, or held. One query.

    :raises NotFound: there is none with that id
    """
    rows = _officials(Official.objects.filter(pk=official_id))
    if not rows:
        raise NotFound(_("Không có cán bộ này."))
    return rows[0]


_HEAD = """
WITH RECURSIVE above AS (
    SELECT id, parent_id, 0 AS steps FROM offices_office WHERE id = %(office)s
    UNION ALL
    SELECT o.id, o.parent_id, a.steps + 1 FROM offices_office o JOIN above a ON o.id = a.parent_id
)
SELECT r.id, r.person_id, p.name, p.sex, t.title, t.role, t.office_id, o.name, p.phone
FROM above a
JOIN offices_office o ON o.id = a.id
JOIN offices_post t ON t.office_id = a.id AND t.role IN ('HEAD', 'DEPUTY')
JOIN offices_official r ON r.post_id = t.id
    AND r.since <= %(on)s AND (r.until IS NULL OR r.until > %(on)s)
JOIN people_person p ON p.id = r.person_id
ORDER BY a.steps, t.role = 'HEAD' DESC, t.number, r.id LIMIT 1
"""


def head(office_id: int, *, on: date) -> OfficialRow:
    """Return who answers for an office: its head, else a deputy, else the one above. One query.

    :raises NotFound: nobody up to the top
    """
    with connection.cursor() as cursor:
        cursor.execute(_HEAD, {"office": office_id, "on": on})
        row = cursor.fetchone()
    if row is None:
        raise NotFound(_("Cơ quan này chưa có người phụ trách. Báo Sở Nội vụ bổ nhiệm."))
    pk, person_id, name, sex, title, role, at, office_name, phone = row
    return OfficialRow(
        id=pk,
        person_id=person_id,
        name=name,
        honorific=rules.honorific(sex),
        title=title,
        role=role,
        office_id=at,
        office_name=office_name,
        leads=True,
        phone=phone,
    )


def post_held(person_id: int, *, on: date) -> OfficialRow | None:
    """Return the post a person holds on a day: the leading one of several. One query."""
    rows = _officials(Official.objects.filter(_open(on), person_id=person_id))
    return min(rows, key=lambda row: (not row.leads, row.id), default=None)


_WHO = """
SELECT p.name, h.id, h.office_id, h.role, h.title
FROM people_account a
JOIN people_person p ON p.id = a.person_id
LEFT JOIN LATERAL (
    SELECT r.id, t.office_id, t.role, t.title
    FROM offices_official r JOIN offices_post t ON t.id = r.post_id
    WHERE r.person_id = p.id
        AND r.since <= %(on)s AND (r.until IS NULL OR r.until > %(on)s)
    ORDER BY t.role IN ('HEAD', 'DEPUTY') DESC, r.id LIMIT 1
) h ON true
WHERE a.person_id = %(person)s AND a.is_active
"""


def who(person_id: int, *, on: date) -> Actor | None:
    """Return the actor that a signed-in person is on a day. One query.

    None where the account was closed. Somebody who holds a post acts as an official.
    """
    with connection.cursor() as cursor:
        cursor.execute(_WHO, {"person": person_id, "on": on})
        row = cursor.fetchone()
    if row is None:
        return None
    name, official_id, office_id, role, title = row
    if official_id is None:
        return Actor(kind=ActorKind.CITIZEN, label=name, person_id=person_id)
    return Actor(
        kind=ActorKind.OFFICIAL,
        label=f"{name}, {title}",
        person_id=person_id,
        official_id=official_id,
        office_id=office_id,
        post=role,
        leads=rules.leads(role),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialDayRow:
    """A special day of a year, for people to read. by_hand: set on a page."""

    day: date
    kind: str
    name: str
    source: str
    status: str
    by_hand: bool


def special_days(year: int, office_id: int | None = None) -> list[SpecialDayRow]:
    """Return the special days of a year that the province, or an office, set. One query."""
    fields = ("day", "kind", "name", "source", "status", "by_hand")
    found = SpecialDay.objects.filter(day__year=year, office=office_id)
    rows = found.order_by("day").values_list(*fields)
    return [SpecialDayRow(**dict(zip(fields, row, strict=True))) for row in rows]


def calendar_rows(*, of_offices: bool = False) -> Rows:
    """Return everything that the working calendars are made from.

    Two queries; three when an office has days or hours of its own, or is to get some, which
    `of_offices` says: they hold for the offices below it too.
    """
    fields = ("office_id", "day", "kind", "name", "source", "status", "by_hand")
    found = SpecialDay.objects.order_by("day", "pk").values(*fields)
    days = [SetDay(plan_of(row), row["office_id"], row["by_hand"]) for row in found]
    hours = [
        SetHours(hours_of(since, sessions, week), office_id)
        for office_id, since, sessions, week in (
            OpeningHours.objects.order_by("since", "pk").values_list(
                "office_id", "since", "sessions", "week"
            )
        )
    ]
    setting = {row.office_id for row in days} | {row.office_id for row in hours}
    needed = of_offices or setting - {None}
    above = dict(Office.objects.values_list("pk", "parent_id")) if needed else {}
    return Rows(days=days, hours=hours, above=above)


def _read_calendars(_key: None, number: int) -> Calendars:
    return build(calendar_rows(), estimated, version=str(number))


def _read_roster(on: date, _number: int) -> Roster:
    offices = Office.objects.filter(_open(on)).order_by("pk").values_list(*_OFFICE)
    return Roster(
        [OfficeRow(**dict(zip(_OFFICE, row, strict=True))) for row in offices],
        _officials(Official.objects.filter(_open(on))),
    )


_calendars: Kept[None, Calendars] = Kept(keeping.CALENDAR, _read_calendars)
_roster: Kept[date, Roster] = Kept(keeping.ROSTER, _read_roster)


def calendars() -> Calendars:
    """Return the working calendars of the province and of offices with their own.

    They reach a few years further than the decisions, with estimates. Kept in memory: no
    query, or one to see whether anything changed.
    """
    return _calendars.get(None)


def working_calendar(office_id: int | None = None) -> WorkingCalendar:
    """Return the working calendar of an office, or of the province; kept like `calendars`."""
    return calendars().of(office_id)


def roster(on: date) -> Roster:
    """Return every office and official of a day; kept in memory like the working calendar."""
    return _roster.get(on)


def forget() -> None:
    """Drop what is kept in memory: for tests, whose changes are undone unseen."""
    keeping.forget_numbers()
    _calendars.forget()
    _roster.forget()


__all__ = [
    "OfficeRow",
    "OfficialRow",
    "Role",
    "SpecialDayRow",
    "calendar_rows",
    "calendars",
    "centres",
    "departments",
    "forget",
    "head",
    "office",
    "office_by_code",
    "official",
    "officials",
    "post_held",
    "roster",
    "special_days",
    "units_of",
    "who",
    "working_calendar",
]
