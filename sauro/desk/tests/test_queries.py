from datetime import datetime, timedelta
from typing import Any

import pytest

from sauro.cases import queries as cases
from sauro.cases.queries import Filter
from sauro.core.clock import local_day
from sauro.desk.queries import dossiers, lists, sheet
from sauro.desk.queries.checks import checks
from sauro.desk.queries.past import past
from sauro.desk.queries.picture import clarities, stages
from sauro.desk.queries.queue import open_rows, queue
from sauro.desk.services import taking
from sauro.desk.tests import world
from sauro.desk.tests.world import MONDAY, World
from sauro.events import queries as events
from sauro.offices import queries as offices
from sauro.onestop import queries as onestop
from sauro.onestop.services import handling
from sauro.procedures import queries as procedures

pytestmark = pytest.mark.django_db
WEEK_LATER = MONDAY + timedelta(days=7)


def _in_hand(here: World, size: int, *, now: datetime = MONDAY) -> list[int]:
    ids = [world.filed(here, world.citizen(), now=now)[0] for _ in range(size)]
    for case_id in ids:
        taking.take_in(case_id, by=here.clerk, now=now)
    return ids


@pytest.mark.parametrize("size", [1, 20])
def test_the_queue_takes_one_query_however_long(
    size: int,
    django_assert_num_queries: Any,  # noqa: ANN401
) -> None:
    here = world.build()
    for _ in range(size):
        world.filed(here, world.citizen())
    queue(here.clerk, now=MONDAY)

    with django_assert_num_queries(1):
        mine = queue(here.clerk, now=MONDAY)

    assert (mine.total, mine.late, mine.waiting) == (size, 0, 0)


@pytest.mark.parametrize("size", [1, 20])
def test_what_waits_for_a_signature_takes_one_query(
    size: int,
    django_assert_num_queries: Any,  # noqa: ANN401
) -> None:
    here = world.build()
    for _ in range(size):
        world.proposed(here)
    dossiers.to_sign(here.head, now=MONDAY)

    with django_assert_num_queries(1):
        found = dossiers.to_sign(here.head, now=MONDAY)

    assert len(found) == size
    assert found[0].draft == "Hồ sơ đủ điều kiện. Đề nghị cấp giấy chứng nhận."
    assert found[0].unit == "Phòng Kinh tế, Hạ tầng và Đô thị"


@pytest.mark.parametrize("size", [1, 20])
def test_what_is_late_at_an_office_takes_one_query(
    size: int,
    django_assert_num_queries: Any,  # noqa: ANN401
) -> None:
    here = world.build()
    _in_hand(here, size)
    lists.late(here.head, now=WEEK_LATER, limit=50)

    with django_assert_num_queries(1):
        found = lists.late(here.head, now=WEEK_LATER, limit=50)

    assert len(found) == size
    assert {row.cause for row in found} == {"Đang quá hạn ở bước thẩm định"}


@pytest.mark.parametrize("size", [1, 20])
def test_the_book_of_a_day_takes_one_query(
    size: int,
    django_assert_num_queries: Any,  # noqa: ANN401
) -> None:
    here = world.build()
    for _ in range(size):
        world.filed(here, world.citizen())

    offices.roster(local_day(MONDAY))
    with django_assert_num_queries(1):
        lines = dossiers.book("H15.24133.01", local_day(MONDAY))

    assert [line.code[-7:] for line in lines] == [f"{n:07}" for n in range(1, size + 1)]


@pytest.mark.parametrize("size", [1, 20])
def test_each_list_of_open_cases_takes_one_query(
    size: int,
    django_assert_num_queries: Any,  # noqa: ANN401
) -> None:
    here = world.build()
    ids = [here.centre_id]
    _in_hand(here, size)
    unit = here.specialist.office_id or 0

    with django_assert_num_queries(4):
        listed = cases.open_at(ids, Filter(), MONDAY)
        counts = cases.open_counts(ids, MONDAY)
        late = cases.late_at(ids, WEEK_LATER, limit=50)
        held = cases.work_at(unit)

    assert len(listed) == len(held) == len(late) == size
    assert sum(count.cases for count in counts) == size


def test_nobody_is_late_because_a_person_has_not_come_for_a_result() -> None:
    here = world.build()
    case_id, _code = world.proposed(here)
    handling.approve(case_id, by=here.head, now=MONDAY)
    handling.issue(case_id, by=here.stamp, now=MONDAY)

    mine = queue(here.clerk, now=WEEK_LATER)

    assert cases.late_at([here.centre_id], WEEK_LATER) == []
    assert (mine.late, mine.actionable[0].words) == (0, "có kết quả")


def test_the_delay_is_charged_to_the_step_that_ran_over() -> None:
    here = world.build()
    case_id, _code = world.filed(here)
    taking.take_in(case_id, by=here.clerk, now=MONDAY + timedelta(days=2))

    (row,) = cases.late_at([here.centre_id], MONDAY + timedelta(days=3), until=WEEK_LATER)

    assert (row.slow_step, row.slow_by) == ("receive", here.clerk.official_id)
    assert row.step == "appraise"


def test_the_pieces_of_a_page_are_made_without_a_query(
    django_assert_num_queries: Any,  # noqa: ANN401
) -> None:
    here = world.build()
    case_id, code = world.filed(here)
    dossier = onestop.dossier_for(here.clerk, code)
    record = procedures.version(here.version_id).record
    roster = offices.roster(local_day(MONDAY))
    (task,) = cases.tasks(case_id)
    process = cases.process(dossier.process_id)
    lines = events.history(sheet.SUBJECT, case_id)
    work = cases.work_of(here.clerk.official_id or 0)

    with django_assert_num_queries(0):
        said = clarities(task, process, roster, "Giấy chứng nhận")
        drawn = stages(process, [task], roster, dossier)
        looked = checks(dossier, record, "Phường Tân Lập", "Phòng Kinh tế")
        happened = past(lines)
        rows = open_rows(work, now=MONDAY)
        ids = lists.office_ids(here.head, roster)

    assert [clarity.label for clarity in said] == [
        "Rõ người",
        "Rõ việc",
        "Rõ trách nhiệm",
        "Rõ quy trình",
        "Rõ thời gian",
        "Rõ kết quả",
    ]
    assert [stage.kind for stage in drawn] == ["now", "todo", "todo", "todo", "todo", "todo"]
    assert [check.name for check in looked if not check.ok] == ["Thành phần hồ sơ"]
    assert [line.what for line in happened] == ["Nộp hồ sơ"]
    assert rows[0].words == "còn 1 ngày"
    assert ids == [here.head.office_id, here.specialist.office_id]
