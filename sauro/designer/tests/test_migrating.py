from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, date, datetime
from typing import Any

import pytest

from sauro.cases import catalogue, migrating, services
from sauro.cases.checking import broken
from sauro.cases.models import Case, Task
from sauro.cases.tests.factories import DEFAULT
from sauro.core.actor import SYSTEM
from sauro.core.errors import Changed, NotFound
from sauro.events import queries as events
from sauro.onestop.rules import DEFAULT_PROCESS
from sauro.onestop.tests import world

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def _next(change: Callable[[dict[str, Any]], None]) -> int:
    definition = deepcopy({"basis": DEFAULT["basis"], "steps": DEFAULT["steps"]})
    change(definition)
    return services.publish_process(
        DEFAULT_PROCESS, "Mặc định", definition, since=date(2026, 12, 1), by=SYSTEM, now=NOW
    )


def _with_visit(definition: dict[str, Any]) -> None:
    steps = definition["steps"]
    visit = {**steps[2], "key": "visit", "name": "Thực địa", "share": 5}
    steps[2] = {**steps[2], "share": 55, "moves": {**steps[2]["moves"], "ADVANCE": "visit"}}
    visit["moves"] = {"ADVANCE": "sign"}
    steps.insert(3, visit)


def _without_receive(definition: dict[str, Any]) -> None:
    first = definition["steps"][0]
    definition["steps"][0] = {**first, "key": "take_in"}


def _by_another_post(definition: dict[str, Any]) -> None:
    definition["steps"][0] = {**definition["steps"][0], "post": "SPECIALIST"}


def test_a_preview_says_what_changes_ahead_and_changes_nothing() -> None:
    here = world.build()
    _id, code = world.filed(here)
    _next(_with_visit)

    [group] = migrating.preview(DEFAULT_PROCESS).groups

    assert (group.version, group.at, group.why_not) == (1, ("Tiếp nhận",), "")
    assert (group.added, group.dropped) == (("Thực địa",), ())
    assert [case.code for case in group.cases] == [code]
    assert Case.objects.get(code=code).process.version == 1


def test_cases_are_carried_with_their_task_and_leave_a_trace() -> None:
    here = world.build()
    case_id, _code = world.filed(here)
    before = Task.objects.values().get(case_id=case_id)
    to = _next(_with_visit)

    carried = migrating.carry_over(DEFAULT_PROCESS, to, expected=1, by=SYSTEM, now=NOW)

    assert carried == 1
    assert Case.objects.get(pk=case_id).process_id == to
    assert Task.objects.values().get(case_id=case_id) == before
    assert events.history("cases.case", case_id)[-1].verb == "case.carried_over"
    assert broken() == []
    assert [row.running for row in catalogue.versions(DEFAULT_PROCESS)] == [1, 0]
    assert migrating.preview(DEFAULT_PROCESS).groups == ()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (_without_receive, "Bản mới không còn bước “Tiếp nhận” mà hồ sơ đang ở."),
        (_by_another_post, "Ở bản mới, bước “Tiếp nhận” do vị trí hoặc nơi khác làm."),
    ],
)
def test_a_case_whose_step_is_another_in_the_new_version_stays(
    change: Callable[[dict[str, Any]], None], why: str
) -> None:
    here = world.build()
    case_id, _code = world.filed(here)
    to = _next(change)

    [group] = migrating.preview(DEFAULT_PROCESS).groups
    carried = migrating.carry_over(DEFAULT_PROCESS, to, expected=0, by=SYSTEM, now=NOW)

    assert (group.why_not, carried) == (why, 0)
    assert Case.objects.get(pk=case_id).process_id != to


def test_a_preview_that_no_longer_holds_carries_nothing() -> None:
    here = world.build()
    world.filed(here)
    to = _next(_with_visit)
    world.filed(here, world.citizen("Vũ Thị Hằng"))

    with pytest.raises(Changed, match="Từ lúc xem trước"):
        migrating.carry_over(DEFAULT_PROCESS, to, expected=7, by=SYSTEM, now=NOW)
    with pytest.raises(NotFound):
        migrating.preview("gone")


@pytest.mark.parametrize("size", [1, 20])
def test_a_preview_takes_the_same_queries_however_many_cases_run(
    size: int,
    django_assert_num_queries: Any,  # noqa: ANN401
) -> None:
    here = world.build()
    for _ in range(size):
        world.filed(here, world.citizen())
    _next(_with_visit)
    migrating.preview(DEFAULT_PROCESS)

    with django_assert_num_queries(2):
        assert migrating.preview(DEFAULT_PROCESS).carried == size
