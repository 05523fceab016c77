"""A centre with its clerks and some who wait, for tests."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sauro.core.actor import VISITOR, Actor, ActorKind
from sauro.offices import queries as offices
from sauro.offices.tests.factories import CommuneFactory, OfficeFactory, OfficialFactory
from sauro.people.tests.factories import PersonFactory
from sauro.queueing import services
from sauro.queueing.models import Ticket
from sauro.queueing.rules import Line, Priority

MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 08:00 there
CODE = "H15.24133.01"


@dataclass(frozen=True, kw_only=True)
class Hall:
    """What `build` made: a centre and two clerks of it, and somebody from elsewhere."""

    office_id: int
    clerk: Actor
    other: Actor
    stranger: Actor


def build() -> Hall:
    """Return a centre where two clerks work."""
    offices.forget()
    ward = CommuneFactory.create(name="Phường Tân Lập", short_name="Tân Lập", type_word="Phường")
    centre = OfficeFactory.create(
        code=CODE,
        slug="tt-pvhcc",
        name="Trung tâm Phục vụ hành chính công phường Tân Lập",
        kind="CENTRE",
        level="COMMUNE",
        place=ward,
    )
    elsewhere = OfficeFactory.create(code="H15.99", name="Sở Nội vụ", slug="so-noi-vu")
    return Hall(
        office_id=centre.pk,
        clerk=_official(centre, "Lê Thị Thu Hà"),
        other=_official(centre, "Y Blăm Niê"),
        stranger=_official(elsewhere, "Ngô Thị Vân"),
    )


def _official(office: object, name: str) -> Actor:
    row = OfficialFactory.create(
        office=office, role="CLERK", title="Cán bộ", person=PersonFactory.create(name=name)
    )
    return Actor(
        kind=ActorKind.OFFICIAL,
        label=f"{name}, Cán bộ",
        person_id=row.person_id,
        official_id=row.pk,
        office_id=row.post.office_id,
        post="CLERK",
    )


def taken(
    hall: Hall, line: Line = Line.PAPERS, priority: Priority = Priority.NONE, *, now: datetime
) -> Ticket:
    """Return a ticket somebody took."""
    key = services.take_ticket(hall.office_id, line, priority, by=VISITOR, now=now)
    return Ticket.objects.get(key=key)
