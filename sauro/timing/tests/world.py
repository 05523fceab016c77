"""A ward with dossiers, its head, and a leader of the province."""

from datetime import date, datetime
from typing import Any

from django.test import Client

from sauro.cases.models import Case, Task
from sauro.core.actor import Actor, ActorKind
from sauro.core.clock import HERE, local
from sauro.offices.middleware import SESSION_KEY
from sauro.offices.rules import DayKind
from sauro.offices.tests.factories import OfficeFactory, OfficialFactory
from sauro.people.tests.factories import AccountFactory, PersonFactory
from sauro.timing.rules import Proposal

ROOT = "/lich-lam-viec/"
WEDNESDAY = date(2026, 11, 25)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HERE)


def leader() -> Actor:
    """Return the head of a department of the province."""
    office = OfficeFactory.create(code="H15.NV", slug="so-noi-vu", name="Sở Nội vụ")
    person = PersonFactory.create(name="Trần Thị Thu Diễm")
    row = OfficialFactory.create(office=office, role="HEAD", title="Giám đốc", person=person)
    return Actor(
        kind=ActorKind.OFFICIAL,
        label="Trần Thị Thu Diễm, Giám đốc",
        person_id=person.pk,
        official_id=row.pk,
        office_id=office.pk,
        post="HEAD",
        leads=True,
    )


def off(day: date = WEDNESDAY, **given: Any) -> Proposal:  # noqa: ANN401 - any of its fields
    """Return a proposal of a local day off."""
    told: dict[str, Any] = {
        "since": day,
        "until": day,
        "kind": DayKind.LOCAL_OFF,
        "name": "Lễ hội Cà phê",
        "source": "QĐ 12",
    }
    return Proposal(**{**told, **given})


def clock(case_id: int) -> dict[str, datetime | None]:
    """Return the clock of a case, local."""
    names = ("due_at", "legal_due_at", "promised_at")
    case = Case.objects.values(*names).get(pk=case_id)
    return {name: local(case[name]) if case[name] else None for name in names}


def step_due(case_id: int) -> datetime:
    return local(Task.objects.get(case=case_id, done_at=None).due_at)


def signed_in(actor: Actor) -> Client:
    """Return a browser without JavaScript in which this person has signed in."""
    AccountFactory.create(person_id=actor.person_id)
    client = Client()
    session = client.session
    session[SESSION_KEY] = actor.person_id
    session.save()
    return client
