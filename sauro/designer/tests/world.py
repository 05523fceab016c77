"""A province with a chairman who publishes, a clerk who draws, and somebody who may only look."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.test import Client

from sauro.cases import services as cases
from sauro.core.actor import SYSTEM, Actor, ActorKind
from sauro.designer.tests import processes
from sauro.offices import queries as offices
from sauro.offices.middleware import SESSION_KEY
from sauro.offices.tests.factories import OfficeFactory, OfficialFactory
from sauro.onestop.rules import DEFAULT_PROCESS
from sauro.people.tests.factories import AccountFactory, PersonFactory

ROOT = "/quy-trinh/"
SINCE = date(2025, 7, 1)
MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 08:00 there
TODAY = date(2026, 11, 23)
NAME = "Quy trình mặc định một cửa"


@dataclass(frozen=True, kw_only=True)
class World:
    """Who is there, and the process that was published."""

    chairman: Actor
    clerk: Actor
    specialist: Actor
    process_id: int


def build() -> World:
    """Return a province with the default process in force."""
    offices.forget()
    committee = OfficeFactory.create(code="H15", kind="COMMITTEE", level="PROVINCE")
    centre = OfficeFactory.create(code="H15.01", kind="CENTRE", level="PROVINCE", parent=committee)
    unit = OfficeFactory.create(code="H15.02", kind="DEPARTMENT", level="PROVINCE")
    process_id = cases.publish_process(
        DEFAULT_PROCESS, NAME, processes.default(), since=SINCE, by=SYSTEM, now=MONDAY
    )
    return World(
        chairman=_official(committee, "HEAD", "Trần Thị Thu Diễm"),
        clerk=_official(centre, "CLERK", "Võ Ngọc Sơn"),
        specialist=_official(unit, "SPECIALIST", "Nguyễn Anh Huy"),
        process_id=process_id,
    )


def _official(office: object, role: str, name: str) -> Actor:
    row = OfficialFactory.create(
        office=office, role=role, title=f"{role} {name}", person=PersonFactory.create(name=name)
    )
    return Actor(
        kind=ActorKind.OFFICIAL,
        label=f"{name}, {row.post.title}",
        person_id=row.person_id,
        official_id=row.pk,
        office_id=row.post.office_id,
        post=role,
        leads=role == "HEAD",
    )


def signed_in(actor: Actor) -> Client:
    """Return a browser without JavaScript in which this person has signed in."""
    AccountFactory.create(person_id=actor.person_id)
    client = Client()
    session = client.session
    session[SESSION_KEY] = actor.person_id
    session.save()
    return client
