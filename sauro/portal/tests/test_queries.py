"""What the pages read: how often they ask the database, however much there is to show."""

from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from sauro.core import clock
from sauro.core.actor import Actor
from sauro.onestop.models import Draft
from sauro.onestop.tests import world as worlds
from sauro.onestop.tests.world import MONDAY, World
from sauro.portal.queries import filling, mine
from sauro.portal.rules.journey import Slug
from sauro.portal.tests.conftest import SignIn
from sauro.portal.tests.walking import filled

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("size", [1, 4])
def test_what_is_mine_asks_the_same_however_much_there_is(
    world: World, citizen: Actor, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    person_id = citizen.person_id or 0
    for _number in range(size):
        worlds.filed(world, citizen)
        Draft.objects.create(
            key=uuid4(),
            person_id=person_id,
            version_id=world.version_id,
            started_at=MONDAY,
            saved_at=MONDAY,
        )

    with django_assert_num_queries(2):
        assert len(mine.drafts(person_id)) == size
    with django_assert_num_queries(1):
        assert len(mine.dossiers(person_id, now=MONDAY)) == size


def test_the_last_look_at_a_filing_asks_once(
    world: World,
    citizen: Actor,
    sign_in: SignIn,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client: Client = sign_in(citizen)
    filled(client, world)
    page = filling.page(citizen, str(Draft.objects.get().key), Slug.CHECK)

    with django_assert_num_queries(1):
        groups = filling.check(page, on=clock.local_day(MONDAY))

    assert [group.title for group in groups] == [
        "Người nộp",
        "Liên lạc",
        "Việc cần giải quyết",
        "Giấy tờ",
    ]
