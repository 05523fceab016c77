from typing import Any

import pytest

from sauro.cases.models import Case
from sauro.desk.services import taking
from sauro.desk.tests import world
from sauro.desk.tests.browser import ROOT, signed_in, text
from sauro.desk.tests.world import MONDAY, World
from sauro.people.tests.factories import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hour")]
LIMIT = 50_000
WITH_A_DOSSIER = 12  # the last is the bill of a dossier that owes a fee


def test_a_walk_in_leaves_with_a_code_and_a_receipt() -> None:
    here = world.build()
    clerk = signed_in(here.clerk)
    form = text(clerk.get(f"{ROOT}tiep-nhan/1.001612"))
    key = form.partition('name="papers" value="')[2].partition('"')[0]

    answer = clerk.post(
        f"{ROOT}tiep-nhan/1.001612",
        {
            "name": "H'Bĭă Ayŭn",
            "pid": "9001 9000 0777",
            "phone": "0905 123 118",
            "place": here.place.pk,
            "papers": [key],
            "return_by": "CENTRE",
        },
    )

    assert "100.000 đồng" in form
    assert answer["Location"] == f"{ROOT}tiep-nhan/xong/H15.24133.01-20261123-0000001"
    done = text(clerk.get(answer["Location"]))
    assert "H15.24133.01-20261123-0000001" in done
    assert "17:00, Thứ Năm, 26/11" in done
    paper = clerk.get(f"{ROOT}ho-so/H15.24133.01-20261123-0000001/giay/mau-01")
    assert paper["Content-Type"] == "application/pdf"
    paper.close()


def test_a_walk_in_that_is_not_complete_keeps_what_was_typed() -> None:
    here = world.build()
    given = {"name": "H'Bĭă Ayŭn", "pid": "123", "place": here.place.pk}

    answer = signed_in(here.clerk).post(f"{ROOT}tiep-nhan/1.001612", given)

    assert answer.status_code == 422
    assert "Số định danh có 12 chữ số" in text(answer)
    assert "H&#39;Bĭă Ayŭn" in text(answer)
    assert not Case.objects.exists()


def test_somebody_known_is_found_by_number() -> None:
    here = world.build()
    known = PersonFactory.create(name="Vũ Thị Hằng")

    page = text(
        signed_in(here.clerk).post(
            f"{ROOT}tiep-nhan/1.001612", {"card": str(known.pid), "look": "1"}
        )
    )

    assert "Vũ Thị Hằng" in page
    assert "đã có trong danh bạ" in page


def test_only_a_centre_has_a_counter_and_a_book() -> None:
    here = world.build()
    specialist = signed_in(here.specialist)

    assert specialist.get(f"{ROOT}tiep-nhan").status_code == 403
    assert specialist.get(f"{ROOT}so-theo-doi").status_code == 403


def test_the_office_list_is_filtered_and_its_counts_sum_to_it() -> None:
    here = world.build()
    world.filed(here)
    second, _code = world.filed(here, world.citizen("Vũ Thị Hằng"))
    taking.take_in(second, by=here.clerk, now=MONDAY)
    clerk = signed_in(here.clerk)

    everything = text(clerk.get(f"{ROOT}don-vi"))
    handled = text(clerk.get(f"{ROOT}don-vi", {"trang-thai": "PROCESSING"}))

    assert '<b class="n">2</b> hồ sơ đang mở' in everything
    assert "1 hồ sơ phù hợp" in handled
    assert "Vũ Thị Hằng" in handled
    assert "Y Khoa Êban" not in handled


def test_the_office_list_goes_on_by_key_and_shows_each_dossier_once() -> None:
    here = world.build()
    someone = world.citizen()
    codes = {world.filed(here, someone)[1] for _ in range(33)}
    clerk = signed_in(here.clerk)

    first = text(clerk.get(f"{ROOT}don-vi"))
    key = first.partition("sau=")[2].partition('"')[0]
    second = text(clerk.get(f"{ROOT}don-vi", {"sau": key}))

    on_first = {code for code in codes if code in first}
    on_second = {code for code in codes if code in second}
    assert (len(on_first), len(on_second)) == (30, 3)
    assert on_first | on_second == codes


def test_a_broken_key_of_the_list_is_refused() -> None:
    here = world.build()

    assert signed_in(here.clerk).get(f"{ROOT}don-vi", {"sau": "xx"}).status_code == 422


def test_a_name_is_found_without_its_marks() -> None:
    here = world.build()
    world.filed(here)

    assert "Y Khoa Êban" in text(signed_in(here.clerk).get(f"{ROOT}tim", {"q": "khoa eban"}))


def test_numbers_that_identify_a_person_are_masked() -> None:
    here = world.build()
    _case_id, code = world.filed(here)

    page = text(signed_in(here.clerk).get(f"{ROOT}ho-so/{code}"))

    assert "9000 89•• ••01" in page
    assert "900089000001" not in page


def test_the_book_of_today_lists_what_came_in() -> None:
    here = world.build()
    _case_id, code = world.filed(here)
    clerk = signed_in(here.clerk)

    assert code in text(clerk.get(f"{ROOT}so-theo-doi"))
    assert code not in text(clerk.get(f"{ROOT}so-theo-doi", {"ngay": "2026-11-20"}))


def _fill(here: World, size: int) -> str:
    code = ""
    for _ in range(size):
        case_id, code = world.filed(here, world.citizen())
        taking.take_in(case_id, by=here.clerk, now=MONDAY)
    for _ in range(size):
        _case_id, code = world.filed(here, world.citizen())
    return code


@pytest.mark.parametrize("size", [1, 20])
@pytest.mark.parametrize(
    ("route", "queries"),
    [
        ("", WITH_A_DOSSIER),
        ("hang-doi", WITH_A_DOSSIER),
        ("ho-so/{code}", WITH_A_DOSSIER),
        ("don-vi", 4),
        ("tim?q=khoa", 3),
        ("so-theo-doi", 4),
        ("tiep-nhan/1.001612", 5),
    ],
)
def test_a_page_costs_the_same_however_much_lies_there(
    route: str,
    queries: int,
    size: int,
    django_assert_max_num_queries: Any,  # noqa: ANN401
) -> None:
    here = world.build()
    address = ROOT + route.format(code=_fill(here, size))
    clerk = signed_in(here.clerk)
    clerk.get(address)

    with django_assert_max_num_queries(queries):
        page = clerk.get(address)

    assert page.status_code == 200
    assert len(page.content) <= LIMIT


@pytest.mark.parametrize("size", [1, 20])
def test_the_leaders_morning_costs_the_same_however_much_waits(
    size: int,
    django_assert_num_queries: Any,  # noqa: ANN401
) -> None:
    here = world.build()
    for _ in range(size):
        world.proposed(here)
    head = signed_in(here.head)
    head.get(ROOT)

    with django_assert_num_queries(5):
        page = head.get(ROOT)

    assert f"Cần ký {size} kết quả" in text(page)
    assert len(page.content) <= LIMIT


def test_the_picture_of_the_process_shows_where_the_dossier_is_and_who_holds_it() -> None:
    here = world.build()
    case_id, code = world.filed(here, world.citizen())
    taking.take_in(case_id, by=here.clerk, now=MONDAY)

    drawn = text(signed_in(here.specialist).get(f"{ROOT}ho-so/{code}/so-do"))

    assert "<svg" in drawn
    assert "Trần Quốc Bảo" in drawn
    assert "xong 23/11, 08:00" in drawn
    assert signed_in(here.stranger).get(f"{ROOT}ho-so/{code}/so-do").status_code == 404
