"""The register of a day: its counts, its lists and its tables say the same."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from pytest_django import DjangoAssertNumQueries

from sauro.core.clock import local_day
from sauro.desk.queries import dossiers
from sauro.desk.services import taking
from sauro.desk.tests import world
from sauro.desk.tests.browser import ROOT, signed_in, text
from sauro.desk.tests.world import MONDAY
from sauro.documents import tables
from sauro.onestop.models import Dossier

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hour")]
CENTRE = "H15.24133.01"
DAY = local_day(MONDAY)


def _a_day() -> world.World:
    """Three filed online of which one is taken in, and one handed in with help."""
    here = world.build(clerks=2)
    for n in range(3):
        world.filed(here, now=MONDAY + timedelta(minutes=n))
    case_id, _code = world.filed(here)
    taking.take_in(case_id, by=world.holder(here, case_id), now=MONDAY)
    given = {"name": "Phạm Văn Lợi", "pid": "900091004227", "place": str(here.place.pk)}
    signed_in(here.clerk).post(
        f"{ROOT}tiep-nhan/1.001612", {**given, "assisted": "1", "consent": "HEARD"}
    )
    return here


def test_every_count_is_that_of_its_list(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    _a_day()

    with django_assert_num_queries(1):
        counts = dossiers.book_counts(CENTRE, DAY)

    assert [(one.label, one.count) for one in counts] == [
        ("Tất cả", 5),
        ("Nộp trực tiếp", 1),
        ("Nộp trực tuyến", 4),
        ("Mới đăng ký", 3),
        ("Đang xử lý", 2),
    ]
    for one in counts:
        assert len(dossiers.book(CENTRE, DAY, which=one.which)) == one.count


def test_the_tables_have_the_lines_of_the_page_and_nothing_that_runs() -> None:
    here = _a_day()
    Dossier.objects.filter(pid="900091004227").update(name="=HYPERLINK(1)")
    clerk = signed_in(here.others[0])

    page = text(clerk.get(f"{ROOT}so-theo-doi"))
    sheet = clerk.get(f"{ROOT}so-theo-doi/2026-11-23.xlsx")
    lines = clerk.get(f"{ROOT}so-theo-doi/2026-11-23.csv", {"kenh": "COUNTER"})

    assert "Nộp trực tuyến" in page
    assert len(tables.read(sheet.content)) == 6
    assert 'filename="so-theo-doi-H15.24133.01-2026-11-23.xlsx"' in sheet["Content-Disposition"]
    rows = list(csv.reader(StringIO(lines.content.decode("utf-8-sig"), newline="")))
    assert len(rows) == 2
    assert rows[1][4] == "'=HYPERLINK(1)"
    assert rows[1][12] == "Đang xử lý; khai hộ"


def test_a_table_of_another_form_is_not_found_and_strangers_get_none() -> None:
    here = _a_day()

    assert signed_in(here.stranger).get(f"{ROOT}so-theo-doi/2026-11-23.csv").status_code == 403
    assert signed_in(here.others[0]).get(f"{ROOT}so-theo-doi/2026-11-23.doc").status_code == 404
