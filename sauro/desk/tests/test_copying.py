"""Certified copies: the number, the fee and the day, in one short form."""

import pytest
from pytest_django import DjangoAssertNumQueries

from sauro.core.clock import local_day
from sauro.core.errors import Invalid, NotPermitted
from sauro.desk.tests import world
from sauro.desk.tests.browser import ROOT, signed_in, text
from sauro.desk.tests.world import MONDAY
from sauro.onestop import certified, copies
from sauro.onestop.models import CertifiedCopy, Dossier
from sauro.onestop.services import certifying
from sauro.procedures.models import Procedure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hour")]
DAY = local_day(MONDAY)
PAGE = f"{ROOT}chung-thuc"
GIVEN = {
    "name": "Phạm Văn Lợi",
    "pid": "900091004227",
    "document": "Bằng tốt nghiệp đại học",
    "pages": "3",
    "copies": "2",
}


def _build() -> world.World:
    here = world.build()
    Procedure.objects.update(code=copies.PROCEDURE)
    return here


@pytest.mark.parametrize(
    ("pages", "number", "fee"),
    [(1, 1, 2_000), (2, 1, 4_000), (3, 2, 10_000), (500, 1, 200_000), (500, 3, 600_000)],
)
def test_the_fee_is_by_page_and_has_an_end(pages: int, number: int, fee: int) -> None:
    asked = copies.Asked(document="x", pages=pages, copies=number)

    assert copies.fee(asked, DAY) == fee


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"document": " "}, "document"),
        ({"pages": "0"}, "pages"),
        ({"pages": "1e3"}, "pages"),
        ({"copies": "51"}, "copies"),
        ({"copies": "²"}, "copies"),
    ],
)
def test_what_cannot_be_asked_for_is_refused_at_its_field(
    wrong: dict[str, str], field: str
) -> None:
    given = {**GIVEN, **wrong}

    with pytest.raises(Invalid) as refused:
        copies.checked(given["document"], given["pages"], given["copies"])

    assert refused.value.field == field


def test_copies_get_their_number_and_fee_and_stand_in_the_register() -> None:
    here = _build()
    clerk = signed_in(here.clerk)

    done = clerk.post(PAGE, GIVEN)
    clerk.post(PAGE, {**GIVEN, "document": "Sổ đỏ", "pages": "1", "copies": "1"})

    assert "10.000 đồng" in text(clerk.get(done["Location"]))
    page = text(clerk.get(PAGE))
    assert "Sổ chứng thực hôm nay: 2 việc, 12.000 đồng" in page
    kept = CertifiedCopy.objects.order_by("number")
    assert [(row.number, row.pages, row.copies) for row in kept] == [(1, 3, 2), (2, 1, 1)]


def test_a_bad_count_keeps_what_was_typed_and_files_nothing() -> None:
    here = _build()

    answer = signed_in(here.clerk).post(PAGE, {**GIVEN, "pages": "nhiều"})

    assert answer.status_code == 422
    assert 'value="Bằng tốt nghiệp đại học"' in text(answer)
    assert Dossier.objects.count() == 0


def test_a_card_fills_in_who_asks() -> None:
    here = _build()
    card = "900091004227||Phạm Văn Lợi|12031991|Nam|42 Nguyễn Văn Cừ|25122021"

    page = text(signed_in(here.clerk).post(PAGE, {"card": card, "look": "1"}))

    assert 'value="Phạm Văn Lợi"' in page
    assert Dossier.objects.count() == 0


def test_only_who_works_at_that_centre_enters_copies() -> None:
    here = _build()
    case_id, _code = world.filed(here)
    asked = copies.Asked(document="Sổ đỏ", pages=1, copies=1)

    with pytest.raises(NotPermitted):
        certifying.certify(case_id, asked, by=here.stranger, now=MONDAY)
    assert signed_in(here.specialist).get(PAGE).status_code == 403


@pytest.mark.parametrize("size", [1, 3])
def test_the_register_takes_one_query(
    size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    here = _build()
    clerk = signed_in(here.clerk)
    for _ in range(size):
        clerk.post(PAGE, GIVEN)

    with django_assert_num_queries(1):
        lines = certified.certified(here.centre_id, DAY)

    assert len(lines) == size
