"""A browser without JavaScript, and what a test reads of its pages."""

from typing import Any

from django.http import HttpResponse
from django.test import Client

from sauro.cases.models import Case
from sauro.core.actor import Actor
from sauro.desk.tests import world
from sauro.offices.middleware import SESSION_KEY
from sauro.people.tests.factories import AccountFactory

ROOT = "/ban-lam-viec/"


def signed_in(actor: Actor) -> Client:
    """Return a browser without JavaScript in which this person has signed in."""
    AccountFactory.create(person_id=actor.person_id)
    client = Client()
    session = client.session
    session[SESSION_KEY] = actor.person_id
    session.save()
    return client


def text(answer: Any) -> str:  # noqa: ANN401 - the test client's own response
    """Return a page as text, also one that comes piece by piece."""
    whole = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(whole.decode())


def decide(client: Client, case_id: int, code: str, action: str, **given: object) -> HttpResponse:
    given = {"seen": world.version_of(case_id), **given}
    return client.post(f"{ROOT}ho-so/{code}/{action}", given)  # type: ignore[return-value]


def state(case_id: int) -> str:
    return Case.objects.values_list("state", flat=True).get(pk=case_id)
