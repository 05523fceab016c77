"""Running dossiers under a new version: what would happen, what did, and what cannot go over."""

from datetime import datetime, timedelta

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from sauro.cases import checking
from sauro.cases import queries as cases
from sauro.cases import services as case_services
from sauro.cases.migrating import preview_migration
from sauro.cases.models import Case, Task
from sauro.core.actor import SYSTEM, Actor
from sauro.core.errors import Changed, NotNow
from sauro.events import queries as log
from sauro.onestop.services import handling, intake, waiting
from sauro.onestop.tests import land
from sauro.onestop.tests import world as worlds
from sauro.onestop.tests.land import at, branches, holder, parted
from sauro.onestop.tests.world import World

pytestmark = pytest.mark.django_db
NOW = at(23, 16)
LONGER: dict[str, dict[str, object]] = {"survey": {"share": 30}, "plot": {"share": 5}}
SEQUENTIAL: dict[str, dict[str, object]] = {
    "appraise": {"moves": {"ADVANCE": "survey", "ASK": "supplement"}, "share": 5},
    "survey": {"share": 5},
    "plot": {"moves": {"ADVANCE": "origin"}, "share": 5},
    "origin": {"moves": {"ADVANCE": "tax"}, "share": 5},
    "tax": {"moves": {"ADVANCE": "records", "ASK_FEE": "payment"}, "share": 5},
    "payment": {"moves": {"PAID": "records"}},
    "records": {"share": 10},
    "draft": {"joins": None},
}
RENAMED = {**LONGER, "survey": {"share": 30, "name": "Đo đạc", "work": "Đo vẽ tại thửa"}}


@pytest.fixture
def world() -> World:
    return worlds.build()


@pytest.fixture
def first(world: World) -> int:
    """Publish the first version and return its id."""
    return land.publish()


@pytest.fixture
def tax(world: World) -> Actor:
    return land.tax_office(world)


def dues(case_id: int) -> dict[str, datetime]:
    return {step: task.due_at for step, task in branches(case_id).items()}


def test_a_longer_step_is_due_later_and_the_promise_stays(
    world: World, first: int, tax: Actor
) -> None:
    case_id = parted(world)
    before, promised = dues(case_id), Case.objects.get(pk=case_id).promised_at
    second = land.publish(LONGER)

    [seen] = preview_migration(first, second, now=NOW)
    assert dues(case_id) == before
    done = case_services.migrate_cases(first, second, by=SYSTEM, now=NOW)

    # 30 % of 24 hours is 7:12 from 14:00 on Monday; Tuesday is a holiday.
    survey = seen.tasks[0]
    assert (survey.step_before, survey.due_after) == (
        "Đo đạc, xác minh thực địa",
        at(25, 11, 12),
    )
    assert seen.is_later
    assert dues(case_id) == {**before, "survey": at(25, 11, 12)}
    case = Case.objects.get(pk=case_id)
    assert (case.process_id, case.promised_at, case.state) == (second, promised, "PROCESSING")
    assert done.moved == (case.code,)
    event = log.history("cases.case", case_id)[-1]
    assert (event.data["verb"], event.data["process"]) == ("MIGRATE", second)
    assert checking.broken() == []
    assert checking.differing() == []


def test_migrating_back_undoes_it(world: World, first: int, tax: Actor) -> None:
    case_id = parted(world)
    before = list(Task.objects.filter(case_id=case_id).order_by("pk").values())
    second = land.publish(
        {**LONGER, "survey": {"share": 30, "name": "Đo đạc", "work": "Đo vẽ tại thửa"}}
    )

    case_services.migrate_cases(first, second, by=SYSTEM, now=NOW)
    assert Task.objects.get(case_id=case_id, step="survey").work == "Đo vẽ tại thửa"
    case_services.migrate_cases(second, first, by=SYSTEM, now=NOW)

    assert list(Task.objects.filter(case_id=case_id).order_by("pk").values()) == before
    assert Case.objects.get(pk=case_id).process_id == first
    assert checking.differing() == []


def test_nobody_is_made_late(world: World, first: int, tax: Actor) -> None:
    case_id = parted(world)
    second = land.publish({"survey": {"share": 1}})

    case_services.migrate_cases(first, second, by=SYSTEM, now=NOW)

    assert dues(case_id)["survey"] == NOW + timedelta(minutes=30)


def test_a_step_that_is_called_otherwise_is_chosen(world: World, first: int) -> None:
    case_id, code = worlds.filed(world)
    intake.accept(case_id, by=world.clerk, now=at(23, 8, 30))
    renamed = {"moves": {"HAND_OVER": "appraise", "STOP": ""}, "key": "pass_on"}
    second = land.publish(
        {
            "receive": {"moves": {"ACCEPT": "pass_on", "ASK_AT_INTAKE": "supplement_at_intake"}},
            "hand_over": renamed,
            "appraise": {"moves": land.moves("appraise") | {"ASK": "supplement"}},
            "supplement_at_intake": {"moves": {"COMPLETE_AT_INTAKE": "pass_on", "STOP": ""}},
        }
    )

    [seen] = preview_migration(first, second, now=NOW)
    assert seen.reason.startswith("Bản mới không có bước “Chuyển xử lý”.")
    done = case_services.migrate_cases(
        first, second, steps={"hand_over": "pass_on"}, by=SYSTEM, now=NOW
    )

    assert done.moved == (code,)
    assert list(branches(case_id)) == ["pass_on"]
    intake.hand_over(case_id, by=world.clerk, now=NOW)
    assert checking.broken() == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"survey": {"post": "HEAD"}}, "do vị trí khác làm"),
        ({"tax": {"office": None}}, "do vị trí khác làm"),
        (SEQUENTIAL, "bản mới làm lần lượt"),
    ],
)
def test_what_cannot_go_over_says_why_and_stays(
    world: World,
    first: int,
    tax: Actor,
    changes: dict[str, dict[str, object]],
    reason: str,
) -> None:
    case_id = parted(world)
    second = land.publish(changes)

    done = case_services.migrate_cases(first, second, by=SYSTEM, now=NOW)

    assert done.moved == ()
    assert reason in done.stayed[0].reason
    assert Case.objects.get(pk=case_id).process_id == first


def test_a_branch_that_is_new_would_never_be_done(world: World, first: int, tax: Actor) -> None:
    narrow = {"appraise": {"moves": {"ADVANCE": ["survey", "tax"], "ASK": "supplement"}}}
    taken = ("origin", "records", "records_supplement")
    second = land.publish(narrow, without=taken)
    case_id = parted(world)
    assert list(branches(case_id)) == ["survey", "tax"]

    [seen] = preview_migration(second, first, now=NOW)

    assert seen.reason == (
        "Bản mới có thêm nhánh “Lấy ý kiến nguồn gốc đất” mà hồ sơ đã qua chỗ chia nhánh."
    )


def test_a_dossier_that_waits_keeps_its_pause_and_its_promise(
    world: World, first: int, tax: Actor
) -> None:
    case_id, _code = worlds.filed(world)
    intake.accept(case_id, by=world.clerk, now=at(23, 8, 30))
    intake.hand_over(case_id, by=world.clerk, now=at(23, 9))
    by = holder(world, case_id, "appraise")
    waiting.ask(case_id, ["Trích lục"], "Thiếu trích lục", by=by, now=at(23, 10))
    second = land.publish({"supplement": {"term": {"value": 20, "unit": "WORKING_DAY"}}})
    before = Case.objects.get(pk=case_id)

    case_services.migrate_cases(first, second, by=SYSTEM, now=NOW)

    after = Case.objects.get(pk=case_id)
    assert (after.promised_at, after.paused_at) == (before.promised_at, before.paused_at)
    assert after.due_at == dues(case_id)["supplement"] < before.due_at
    assert checking.differing() == []


def test_a_dossier_moved_meanwhile_undoes_the_whole(world: World, first: int, tax: Actor) -> None:
    case_id = parted(world)
    second = land.publish(LONGER)
    [seen] = preview_migration(first, second, now=NOW)
    handling.advance(case_id, "Khớp", by=holder(world, case_id, "origin"), now=NOW)

    assert seen.change
    with pytest.raises(Changed):
        case_services.migrate(seen.change, by=SYSTEM, now=NOW)

    assert Case.objects.get(pk=case_id).process_id == first


def test_only_versions_of_one_process_can_be_compared(world: World, first: int) -> None:
    other = cases.latest_process("dossier.default")
    assert other

    for to in (first, other.id):
        with pytest.raises(NotNow):
            preview_migration(first, to, now=NOW)


@pytest.mark.parametrize("size", [1, 20])
def test_a_preview_takes_two_queries_however_many_run(
    world: World, first: int, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(size):
        worlds.filed(world)
    second = land.publish(LONGER)
    cases.process(first)
    cases.process(second)

    with django_assert_num_queries(2):
        found = preview_migration(first, second, now=NOW)

    assert len(found) == size
