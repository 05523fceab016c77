"""The portal in English: where to go, and how an application stands."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from sauro.core.actor import Actor
from sauro.onestop.models import Dossier
from sauro.onestop.rules import Outcome, State
from sauro.onestop.tests import world as worlds
from sauro.onestop.tests.world import World
from sauro.portal.rules import english, life
from sauro.portal.tests.conftest import SignIn
from sauro.portal.tests.walking import text


@pytest.mark.django_db
def test_the_first_page_says_where_to_go_and_what_people_come_for() -> None:
    page = text(Client().get("/en"))

    assert '<html lang="en"' in page
    assert "Birth registration" in page
    assert 'href="/en"' in text(Client().get("/"))


@pytest.mark.django_db
def test_an_application_is_found_by_its_code_and_four_digits(world: World, citizen: Actor) -> None:
    _id, code = worlds.filed(world, citizen)
    digits = Dossier.objects.get().pid[-4:]
    client = Client()
    assert client.get(f"/en/{code}").status_code == 404

    page = text(client.post("/en", {"ma": code, "so_cuoi": digits}, follow=True))

    assert "Received." in page
    assert code in page
    assert "Monday, 23 November 2026" in page
    assert "Household business" in page


@pytest.mark.django_db
def test_the_owner_sees_it_at_once_and_a_stranger_not(
    world: World, citizen: Actor, sign_in: SignIn
) -> None:
    _id, code = worlds.filed(world, citizen)

    assert "Received." in text(sign_in(citizen).get(f"/en/{code}"))
    wrong = Client().post("/en", {"ma": code, "so_cuoi": "9999"})
    assert (wrong.status_code, english.WRONG in text(wrong)) == (404, True)
    empty = Client().post("/en", {"ma": "", "so_cuoi": "12"})
    assert (empty.status_code, "last four digits" in text(empty)) == (422, True)


@pytest.mark.django_db
def test_trying_again_and_again_is_stopped_in_either_language() -> None:
    client = Client()

    answers = [client.post("/en", {"ma": "H15.1", "so_cuoi": "0001"}) for _turn in range(12)]

    assert answers[-1].status_code == 429
    assert "Too many attempts" in text(answers[-1])
    assert client.post("/tra-cuu", {"ma": "H15.1", "so_cuoi": "0001"}).status_code == 429


def test_every_state_has_its_words_and_every_everyday_procedure_its_name() -> None:
    assert set(english.STATES) == set(State)
    assert set(english.PROCEDURES) == set(life.EVERYDAY)
    assert english.standing("DONE", Outcome.REFUSED)[0] == "Refused."
    assert english.standing("DONE", Outcome.GRANTED)[0] == "The result is ready."


def test_days_are_said_in_english() -> None:
    assert english.day(datetime(2025, 9, 30, tzinfo=UTC)) == "Tuesday, 30 September 2025"
