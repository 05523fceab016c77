"""What a list of the post means here: which rows can be taken in, and what is wrong with others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from sauro.core.actor import Actor
from sauro.core.clock import at_local, local_day
from sauro.core.errors import Invalid, NotFound, NotNow, Refusal
from sauro.core.text import _, fold
from sauro.desk import postlist
from sauro.desk.postlist import Coming, Fault, Going
from sauro.desk.queries import counter
from sauro.onestop import parcels, postal, routing
from sauro.onestop.postal import Way
from sauro.onestop.rules import Applicant, Channel, Filing, ReturnBy
from sauro.onestop.services.posting import Carried
from sauro.people.rules import NewPerson
from sauro.places import queries as places
from sauro.procedures import queries as procedures

_LISTED_AT_MOST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A row that can be taken in: who files what, in which parcel."""

    row: int
    procedure: str
    person: NewPerson
    filing: Filing
    parcel: Carried


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A row of a result on its way. is_new: its parcel was not known before."""

    row: int
    case_id: int
    code: str
    name: str
    parcel: Carried
    is_new: bool
    delivered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Read:
    """A list as read: rows that can be taken in, and what is wrong with the others."""

    brought: Sequence[Brought]
    sent: Sequence[Sent]
    faults: Sequence[Fault]

    @property
    def rows(self) -> int:
        """Return how many rows can be taken in."""
        return len(self.brought) + len(self.sent)


def coming(actor: Actor, table: Sequence[Sequence[str]], *, now: datetime) -> Read:
    """Return what a list of papers that came by post means here.

    One query for parcels, and two for each procedure and the places at first.

    :raises Invalid: the list is not of that kind
    :raises NotPermitted: the actor works at no counter
    """
    centre = counter.centre_of(actor, now=now)
    rows, faults = postlist.coming(_bounded(table), on=local_day(now))
    known = parcels.known([row.number for row in rows])
    found: list[Brought] = []
    for row in rows:
        try:
            if code := known.get((row.number, Way.IN)):
                raise NotNow(_("Bưu gửi này đã nhận, hồ sơ {code}."), code=code)
            found.append(_brought(row, centre.id, now))
        except Refusal as refusal:
            faults.append(Fault(row.row, str(refusal)))
    return Read(found, (), sorted(faults, key=lambda fault: fault.row))


def _brought(row: Coming, centre_id: int, now: datetime) -> Brought:
    handed_at = postal.checked_hour(at_local(row.hour.date(), row.hour.time()), now=now)
    day = local_day(handed_at)
    procedure = procedures.procedure(row.procedure)
    if not procedure.has_full:
        raise NotFound(_("Thủ tục {code} chưa có nội dung đầy đủ."), code=row.procedure)
    place_id = _place(row.place, handed_at)
    routing.route(procedure.version_id, place_id, on=day)
    person = row.person
    return Brought(
        row=row.row,
        procedure=procedure.name,
        person=person,
        filing=Filing(
            version_id=procedure.version_id,
            centre_id=centre_id,
            place_id=place_id,
            applicant=Applicant(
                person_id=0,
                name=person.name,
                pid=person.pid,
                phone=person.phone,
                address=person.address,
            ),
            channel=Channel.POST,
            answers={
                f"paper.{item.key}": "brought"
                for group in procedure.record.cases
                if not group.name
                for item in group.items
            },
            return_by=ReturnBy.POST,
        ),
        parcel=Carried(number=row.number, handed_at=handed_at, postman=row.postman),
    )


def _place(name: str, at: datetime) -> int:
    """Return where the matter lies: a commune of today, or the one that an old name became."""
    wanted, day = fold(name), local_day(at)
    communes = places.communes(settings.PROVINCE["code"], on=day)
    found = [p.id for p in communes if wanted in {fold(p.name), fold(p.short_name)}]
    if not found:
        old = places.resolve(f"{name}, {settings.PROVINCE['name']}", on=day)
        found = [] if old.must_ask else [p.id for p in old.matches]
    if len(found) != 1:
        raise Invalid(_("Không có xã, phường “{name}”. Ghi đủ, ví dụ “Phường Tân Lập”."), name=name)
    return found[0]


def going(actor: Actor, table: Sequence[Sequence[str]], *, now: datetime) -> Read:
    """Return what a list of results given to the post means here. Two queries.

    :raises Invalid: the list is not of that kind
    :raises NotPermitted: the actor works at no counter
    """
    centre = counter.centre_of(actor, now=now)
    rows, faults = postlist.going(_bounded(table))
    known = parcels.known([row.number for row in rows])
    waiting = {one.code: one for one in parcels.to_send(centre.id)}
    found: list[Sent] = []
    for row in rows:
        try:
            found.append(_sent(row, waiting.get(row.code), known, now))
        except Refusal as refusal:
            faults.append(Fault(row.row, str(refusal)))
    return Read((), found, sorted(faults, key=lambda fault: fault.row))


def _sent(
    row: Going, one: parcels.ToSend | None, known: dict[tuple[str, Way], str], now: datetime
) -> Sent:
    if one is None:
        raise NotNow(_("Hồ sơ {code} không chờ gửi bưu chính ở đây."), code=row.code)
    owner = known.get((row.number, Way.OUT), "")
    if owner not in {"", row.code} or one.number not in {"", row.number}:
        raise NotNow(_("Hồ sơ và mã bưu gửi không khớp với lần giao trước."))
    handed_at = at_local(row.hour.date(), row.hour.time())
    delivered = row.delivered
    delivered_at = at_local(delivered.date(), delivered.time()) if delivered else None
    if not owner:
        postal.checked_hour(handed_at, now=now)
    if delivered_at and not (one.handed_at or handed_at) <= delivered_at <= now:
        raise Invalid(_("Giờ phát phải sau giờ giao nhận và không sau lúc này."))
    if owner and not delivered_at:
        raise NotNow(_("Bưu gửi này đã ghi; dòng chưa có giờ phát nên không có gì mới."))
    return Sent(
        row=row.row,
        case_id=one.case_id,
        code=one.code,
        name=one.name,
        parcel=Carried(number=row.number, handed_at=handed_at, postman=row.postman, cod=row.cod),
        is_new=not owner,
        delivered_at=delivered_at,
    )


def _bounded(table: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
    if len(table) > _LISTED_AT_MOST + 1:
        raise Invalid(
            _("Mỗi lần nhận nhiều nhất {most} dòng. Chia danh sách."),
            field="file",
            most=_LISTED_AT_MOST,
        )
    if len(table) < 2:  # noqa: PLR2004 - the head and one row
        raise Invalid(_("Bảng chưa có dòng nào dưới tên cột."), field="file")
    return table
