"""The wall and the tables: every number opens into exactly what it counts, and only one's own."""

import html
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from sauro.core import clock
from sauro.core.actor import Actor
from sauro.dashboards.rules import GROUPINGS
from sauro.desk.services import taking
from sauro.desk.tests import world
from sauro.desk.tests.browser import signed_in, text
from sauro.desk.tests.world import MONDAY, World
from sauro.measures.services import folding
from sauro.offices.tests.factories import OfficeFactory
from sauro.onestop.services import handling
from sauro.onestop.tests.world import official

pytestmark = pytest.mark.django_db
ROOT = "/dieu-hanh/"
TABLE = f"{ROOT}so-lieu"
_NUMBER = re.compile(r'data-count="(\d+)" href="([^"]+)"')
_BEHIND = re.compile(r'data-behind="(\d+)"')
LATER = MONDAY + timedelta(days=7)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> World:
    """Return a ward: one dossier done in time, one done late, one overdue, three new."""
    made = world.build()
    for at in (MONDAY, LATER):
        case_id, _code = world.proposed(made, now=MONDAY)
        handling.approve(case_id, by=world.holder(made, case_id), now=at)
        handling.issue(case_id, by=world.holder(made, case_id), now=at)
    case_id, _code = world.filed(made, now=MONDAY)
    taking.take_in(case_id, by=made.clerk, now=MONDAY)
    for _number in range(3):
        world.filed(made, now=MONDAY)
    folding.rebuild()
    monkeypatch.setattr(clock, "now", lambda: LATER + timedelta(hours=1))
    return made


@pytest.fixture
def chief() -> Actor:
    """Return who heads the committee of the province."""
    committee = OfficeFactory.create(
        code="H15", slug="ubnd-tinh", name="Ủy ban nhân dân tỉnh", kind="COMMITTEE",
        level="PROVINCE",
    )  # fmt: skip
    return official(committee, "HEAD", "Y Thanh Niê")


def numbers(page: str) -> Iterator[tuple[int, str]]:
    for count, address in _NUMBER.findall(page):
        yield int(count), html.unescape(address)


def crawl(client: Client, address: str) -> int:
    """Open every number of a page, hold it against the list behind it; return how many."""
    opened = 0
    for count, behind in numbers(text(client.get(address))):
        [said] = _BEHIND.findall(text(client.get(behind)))
        assert int(said) == count, behind
        opened += 1
    return opened


@pytest.mark.parametrize("address", [ROOT, *(f"{TABLE}?theo={by}" for by in GROUPINGS)])
def test_every_number_opens_into_a_list_of_that_length(
    here: World, chief: Actor, address: str
) -> None:
    assert crawl(signed_in(here.head), address) >= 3
    assert crawl(signed_in(chief), address) >= 3


def test_a_number_is_what_was_done(here: World) -> None:
    page = text(signed_in(here.head).get(ROOT))

    shown = [count for count, address in numbers(page) if "theo=unit&nhom" not in address]
    assert shown == [6, 2, 4, 1, 1, 2]


def test_each_sees_their_own_offices_and_the_head_of_the_province_all(
    here: World, chief: Actor
) -> None:
    assert next(numbers(text(signed_in(chief).get(ROOT))))[0] == 6
    assert next(numbers(text(signed_in(here.clerk).get(ROOT))))[0] == 6
    stranger = signed_in(here.stranger)
    assert list(numbers(text(stranger.get(ROOT)))) == []
    assert list(numbers(text(stranger.get(TABLE)))) == []
    behind = text(stranger.get(f"{ROOT}ho-so?so=received&theo=unit&nhom=H15.24133.02"))
    assert _BEHIND.findall(behind) == ["0"]
    exported = stranger.get(f"{TABLE}.csv").content.decode("utf-8-sig")
    assert len(exported.splitlines()) == 1


def test_citizens_and_visitors_see_no_figures_of_work() -> None:
    for address in (ROOT, TABLE, f"{TABLE}.csv", f"{ROOT}ho-so?so=received"):
        assert Client().get(address).status_code == 302
        assert signed_in(world.citizen()).get(address).status_code in {403, 404}


def test_a_table_is_saved_with_the_definition_of_each_figure(here: World) -> None:
    answer = signed_in(here.head).get(f"{TABLE}.csv?ky=2026-11&theo=unit")

    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[1].startswith('"Phòng Kinh tế, Hạ tầng và Đô thị","H15.24133.02","Hồ sơ nộp","6"')
    assert "Số hồ sơ nộp trong kỳ (bản 1)" in lines[1]
    assert len(lines) == 11
    assert signed_in(here.specialist).get(f"{TABLE}.xlsx").status_code == 200
    assert signed_in(here.colleague).get(f"{TABLE}.pdf").status_code == 404


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("so-lieu?ky=2026-13", 422),
        ("so-lieu?ky=abc", 422),
        ("so-lieu?ky=2027-01", 422),
        ("so-lieu?theo=color", 422),
        ("ho-so?so=nothing", 404),
        ("ho-so?so=late&trang=99999999999", 200),
        ("ho-so?so=late&nhom=%27%3B--", 200),
    ],
)
def test_what_cannot_be_asked_is_refused(here: World, asked: str, status: int) -> None:
    assert signed_in(here.head).get(ROOT + asked).status_code == status


def test_an_earlier_month_knows_nothing_of_this_one(here: World) -> None:
    assert list(numbers(text(signed_in(here.head).get(f"{TABLE}?ky=2026-10")))) == []


@pytest.mark.parametrize("more", [0, 20])
def test_the_wall_asks_the_database_as_often_however_much_there_is(
    here: World, more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(more):
        world.filed(here, now=MONDAY)
    folding.rebuild()
    client = signed_in(here.head)
    client.get(ROOT)

    with django_assert_num_queries(3):
        client.get(ROOT)
