"""A ward at eight on a Monday, a citizen, and browsers without JavaScript."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from sauro.core import clock
from sauro.core.actor import Actor
from sauro.offices.middleware import SESSION_KEY
from sauro.onestop.tests import world as worlds
from sauro.onestop.tests.world import MONDAY, World
from sauro.people.models import Person
from sauro.people.tests.factories import AccountFactory
from sauro.places.models import Place
from sauro.portal.queries import figures

SignIn = Callable[[Actor], Client]


@pytest.fixture(autouse=True)
def hour(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Stop the wall clock at eight on a Monday; the answer moves it."""
    figures.forget()

    def set_to(at: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: at)

    set_to(MONDAY)
    return set_to


@pytest.fixture
def world() -> World:
    """Return a ward of this province at work, with one procedure."""
    made = worlds.build()
    Place.objects.filter(pk=made.place.parent_id or 0).update(code="66")
    return made


@pytest.fixture
def citizen(world: World) -> Actor:
    """Return somebody who lives in the ward."""
    made = worlds.citizen()
    Person.objects.filter(pk=made.person_id or 0).update(place=world.place)
    return made


@pytest.fixture
def sign_in() -> SignIn:
    """Return how somebody signs in: a browser in which they have."""

    def signed_in(actor: Actor) -> Client:
        AccountFactory.create(person_id=actor.person_id)
        client = Client()
        session = client.session
        session[SESSION_KEY] = actor.person_id
        session.save()
        return client

    return signed_in


def photo(name: str = "don.jpg") -> SimpleUploadedFile:
    """Return a photograph as a phone sends it."""
    made = BytesIO()
    Image.new("RGB", (60, 80), (230, 230, 220)).save(made, "JPEG")
    return SimpleUploadedFile(name, made.getvalue(), "image/jpeg")
