"""Who is asking, and when."""

from datetime import UTC, datetime

import pytest
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import HttpRequest, HttpResponse
from pytest_django import DjangoAssertNumQueries

from sauro.core.actor import VISITOR, Actor, ActorKind
from sauro.core.pages import Request
from sauro.offices.middleware import SESSION_KEY, identify
from sauro.offices.tests.factories import OfficialFactory
from sauro.people.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db


def ask(signed_in: object = None) -> Request:
    request = Request()
    request.session = SessionStore()
    if signed_in is not None:
        request.session[SESSION_KEY] = signed_in
    identify(_answer)(request)
    return request


def _answer(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def test_a_visitor_costs_no_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        request = ask()

    assert request.actor == VISITOR
    assert abs((datetime.now(UTC) - request.now).total_seconds()) < 60


def test_somebody_signed_in_costs_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    person = AccountFactory.create(person__name="Phạm Văn Lợi").person

    with django_assert_num_queries(1):
        request = ask(person.pk)

    assert request.actor == Actor(kind=ActorKind.CITIZEN, label="Phạm Văn Lợi", person_id=person.pk)


def test_an_official_acts_in_their_post() -> None:
    person = AccountFactory.create().person
    official = OfficialFactory.create(person=person, role="CLERK", title="Cán bộ một cửa")

    actor = ask(person.pk).actor

    assert (actor.kind, actor.official_id, actor.post) == ("OFFICIAL", official.pk, "CLERK")
    assert not actor.leads


@pytest.mark.parametrize("forged", [0, "1", "abc"])
def test_a_session_of_nobody_is_a_visitors(forged: object) -> None:
    assert ask(forged).actor == VISITOR
