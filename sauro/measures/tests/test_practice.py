from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from sauro.measures.queries import practice as practices
from sauro.measures.queries.practice import practice
from sauro.measures.services import folding
from sauro.onestop.services import intake, waiting
from sauro.onestop.tests import world as worlds
from sauro.onestop.tests.steps import accepted, done
from sauro.onestop.tests.world import MONDAY, RECORD, World

pytestmark = pytest.mark.django_db
CODE = str(RECORD["code"])
SOON = MONDAY + timedelta(hours=4)


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    practices.forget()
    yield
    practices.forget()


@pytest.fixture
def world() -> World:
    return worlds.build()


def asked(world: World, item: str) -> None:
    case_id = accepted(world)
    intake.hand_over(case_id, by=world.clerk, now=MONDAY)
    holder = worlds.holder(world, case_id)
    waiting.ask(case_id, [item], "Thiếu giấy tờ.", by=holder, now=MONDAY)


def test_half_and_nine_tenths_are_days_from_acceptance_to_the_result(world: World) -> None:
    done(world)
    done(world)
    folding.rebuild()

    found = practice(CODE, now=SOON)

    assert (found.done, found.median, found.slow) == (2, 0, 0)


def test_a_reason_is_told_when_enough_share_its_words_and_never_one_persons_own(
    world: World,
) -> None:
    for _dossier in range(3):
        asked(world, "Bản sao văn bản ủy quyền")
    asked(world, "Giấy xác nhận của ông Lê Văn Khác")
    folding.rebuild()

    found = practice(CODE, now=SOON)

    assert (found.filed, found.asked) == (4, 4)
    assert found.asked_for == (("Bản sao văn bản ủy quyền", 3),)


def test_what_was_turned_away_is_counted_by_its_ground_without_the_advice(world: World) -> None:
    for number in range(3):
        case_id, _code = worlds.filed(world)
        words = f"Không thuộc thẩm quyền. Nộp ở nơi số {number}."
        intake.reject(case_id, words, by=world.clerk, now=MONDAY)
    folding.rebuild()

    found = practice(CODE, now=SOON)

    assert found.refused_for == (("Không thuộc thẩm quyền", 3),)


def test_nothing_was_done_yet(world: World) -> None:
    found = practice(CODE, now=SOON)

    assert (found.done, found.median, found.filed, found.asked_for) == (0, None, 0, ())


def test_two_queries_once_in_ten_minutes(
    world: World,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(2):
        practice(CODE, now=SOON)
        practice(CODE, now=SOON + timedelta(minutes=9))
    with django_assert_num_queries(2):
        practice(CODE, now=SOON + timedelta(minutes=10))
