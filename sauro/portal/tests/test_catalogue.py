"""The page of a procedure: today's, as it stood on a day, and what it was like lately."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from sauro.core.actor import SYSTEM
from sauro.measures.queries import practice
from sauro.measures.services import folding
from sauro.onestop.tests.steps import done
from sauro.onestop.tests.world import MONDAY, RECORD, World
from sauro.portal.tests.walking import main, text
from sauro.procedures import queries, services

pytestmark = pytest.mark.django_db
PAGE = "/thu-tuc/1.001612"


@pytest.fixture
def changed(world: World) -> None:
    """Publish a second version of the procedure, in force since October."""
    later = {**RECORD, "decision": "9/QĐ-BTC", "requirements": "Điều kiện mới từ tháng Mười"}
    services.publish_version(RECORD["code"], later, since=date(2026, 10, 1), by=SYSTEM, now=MONDAY)


@pytest.mark.usefixtures("changed")
def test_a_page_can_be_read_as_it_stood_on_a_day_and_files_nothing() -> None:
    today = main(Client().get(PAGE))
    before = main(Client().get(f"{PAGE}?ngay=2026-09-30"))
    same = main(Client().get(f"{PAGE}?ngay=2026-11-23"))

    assert "Điều kiện mới" in today
    assert "2353/QĐ-BTC" in before
    assert "Điều kiện mới" not in before
    assert "Trang này như ngày 30/9/2026" in before
    assert "Nộp hồ sơ</a>" in today
    assert "Nộp hồ sơ</a>" not in before
    assert same == today


@pytest.mark.usefixtures("changed")
@pytest.mark.parametrize(
    ("day", "status", "said"),
    [
        ("2020-01-01", 404, "không giữ bản công bố nào"),
        ("hôm qua", 422, "Ghi ngày như 2026-07-01."),
        ("2026-02-30", 422, "Ghi ngày như 2026-07-01."),
    ],
)
def test_a_day_without_a_version_or_no_day_is_refused(day: str, status: int, said: str) -> None:
    answer = Client().get(PAGE, {"ngay": day})

    assert answer.status_code == status
    assert said in text(answer)


@pytest.mark.usefixtures("changed")
def test_the_versions_of_a_procedure_take_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        found = queries.versions("1.001612")

    assert [(row.number, row.until) for row in found] == [(2, None), (1, date(2026, 10, 1))]


def test_a_page_says_how_long_it_took_lately(world: World) -> None:
    practice.forget()
    done(world)
    folding.rebuild()

    shown = main(Client().get(PAGE))

    practice.forget()
    assert "Thực tế gần đây" in shown
    assert "ngay trong ngày" in shown
