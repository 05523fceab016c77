from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from sauro.cases import catalogue
from sauro.cases import services as cases
from sauro.cases.checking import broken, differing
from sauro.cases.models import Case, Task
from sauro.cases.tests.factories import DEFAULT
from sauro.core import clock
from sauro.core.actor import SYSTEM, Actor
from sauro.core.errors import Changed, NotFound, NotPermitted
from sauro.designer.queries import carrying
from sauro.designer.services import publishing
from sauro.designer.tests.world import ROOT, signed_in
from sauro.events import queries as events
from sauro.offices.tests.factories import OfficeFactory
from sauro.onestop.rules import DEFAULT_PROCESS
from sauro.onestop.tests import world
from sauro.onestop.tests.world import World

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
PAGE = f"{ROOT}{DEFAULT_PROCESS}/chuyen-ho-so"
Definition = dict[str, Any]


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return world.build()


@pytest.fixture
def chairman(here: World) -> Actor:
    return world.official(
        OfficeFactory.create(code="H15", level="PROVINCE", slug="ubnd-tinh"), "HEAD", "Cao Thị Hoà"
    )


def _next(change: Callable[[Definition], None]) -> int:
    definition = deepcopy({"basis": DEFAULT["basis"], "steps": DEFAULT["steps"]})
    change(definition)
    return cases.publish_process(
        DEFAULT_PROCESS, "Mặc định", definition, since=date(2026, 12, 1), by=SYSTEM, now=NOW
    )


def _with_visit(definition: Definition) -> None:
    steps = definition["steps"]
    visit = {**steps[2], "key": "visit", "name": "Thực địa", "share": 5}
    steps[2] = {**steps[2], "share": 55, "moves": {**steps[2]["moves"], "ADVANCE": "visit"}}
    visit["moves"] = {"ADVANCE": "sign"}
    steps.insert(3, visit)


def _longer(definition: Definition) -> None:
    first = definition["steps"][0]
    without = {key: value for key, value in first.items() if key not in {"share", "term"}}
    term = {"value": 3, "unit": "WORKING_DAY"}
    definition["steps"][0] = {**without, "term": term}


def _renamed(definition: Definition) -> None:
    first = definition["steps"][0]
    definition["steps"][0] = {**first, "key": "take_in", "name": "Nhận hồ sơ"}


def _by_another_post(definition: Definition) -> None:
    definition["steps"][0] = {**definition["steps"][0], "post": "SPECIALIST"}


def _preview(steps: dict[str, str] | None = None) -> carrying.Preview:
    return carrying.preview(DEFAULT_PROCESS, steps or {}, now=NOW)


def test_a_preview_says_what_changes_ahead_and_changes_nothing(here: World) -> None:
    _id, code = world.filed(here)
    _next(_with_visit)

    seen = _preview()

    [group] = seen.groups
    assert (group.version, group.at, group.why_not, group.count) == (1, ("Tiếp nhận",), "", 1)
    assert (group.added, group.dropped) == (("Thực địa",), ())
    assert [row.case.code for row in seen.rows] == [code]
    assert Case.objects.get(code=code).process.version == 1


def test_a_preview_says_of_each_case_when_its_step_is_due_then_and_why(here: World) -> None:
    case_id, _code = world.filed(here)
    before = Task.objects.values().get(case_id=case_id)
    _next(_longer)

    seen = _preview()

    [task] = seen.rows[0].case.tasks
    assert (seen.later, seen.sooner) == (1, 0)
    assert task.due_before == before["due_at"]
    assert task.due_after == datetime(2026, 11, 27, 17, 0, tzinfo=clock.HERE)
    assert task.why.endswith("thành 3 ngày làm việc")
    assert Task.objects.values().get(case_id=case_id) == before


def test_cases_are_carried_with_their_task_and_leave_a_trace(here: World, chairman: Actor) -> None:
    case_id, _code = world.filed(here)
    before = Task.objects.values().get(case_id=case_id)
    to = _next(_with_visit)

    carried = publishing.carry_over(DEFAULT_PROCESS, to, expected=1, by=chairman, now=NOW)

    assert carried == 1
    assert Case.objects.get(pk=case_id).process_id == to
    assert Task.objects.values().get(case_id=case_id) == before
    assert events.history("cases.case", case_id)[-1].data["verb"] == "MIGRATE"
    assert broken() == []
    assert differing() == []
    assert [row.running for row in catalogue.versions(DEFAULT_PROCESS)] == [1, 0]
    assert _preview().groups == []


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (_renamed, "Bản mới không có bước “Tiếp nhận”."),
        (_by_another_post, "Bước “Tiếp nhận” ở bản mới do vị trí khác làm."),
    ],
)
def test_a_case_whose_step_is_another_in_the_new_version_stays(
    here: World, chairman: Actor, change: Callable[[Definition], None], why: str
) -> None:
    case_id, _code = world.filed(here)
    to = _next(change)

    seen = _preview()
    carried = publishing.carry_over(DEFAULT_PROCESS, to, expected=0, by=chairman, now=NOW)

    assert seen.groups[0].why_not.startswith(why)
    assert (seen.carried, seen.staying, carried) == (0, 1, 0)
    assert Case.objects.get(pk=case_id).process_id != to


def test_cases_of_several_versions_are_carried_at_once(here: World, chairman: Actor) -> None:
    world.filed(here)
    _next(_with_visit)
    world.filed(here, world.citizen("Vũ Thị Hằng"), now=datetime(2026, 12, 2, 2, tzinfo=UTC))
    to = _next(_longer)

    carried = publishing.carry_over(DEFAULT_PROCESS, to, expected=2, by=chairman, now=NOW)

    assert carried == 2
    assert set(Case.objects.values_list("process_id", flat=True)) == {to}


def test_a_preview_that_no_longer_holds_carries_nothing(here: World, chairman: Actor) -> None:
    world.filed(here)
    to = _next(_with_visit)
    world.filed(here, world.citizen("Vũ Thị Hằng"))

    for process_id, expected in ((to, 1), (to - 1, 2)):
        with pytest.raises(Changed, match="Từ lúc xem trước"):
            publishing.carry_over(
                DEFAULT_PROCESS, process_id, expected=expected, by=chairman, now=NOW
            )
    with pytest.raises(NotFound):
        carrying.preview("gone", {}, now=NOW)
    assert not Case.objects.filter(process_id=to).exists()


def test_only_leaders_of_the_province_carry_cases_over(here: World) -> None:
    to = _next(_with_visit)

    with pytest.raises(NotPermitted):
        publishing.carry_over(DEFAULT_PROCESS, to, expected=0, by=here.clerk, now=NOW)


def test_for_a_step_that_is_gone_another_is_chosen_on_the_page(
    here: World, chairman: Actor
) -> None:
    _id, code = world.filed(here)
    to = _next(_renamed)
    leads = signed_in(chairman)

    asked = leads.get(PAGE).content.decode()
    chosen = leads.get(f"{PAGE}?thay-receive=take_in").content.decode()
    given = {"process": to, "expected": 1, "thay-receive": "take_in"}
    done = leads.post(PAGE, given, follow=True).content.decode()

    assert "“Tiếp nhận” thành" in asked
    assert "Bản mới không có bước “Tiếp nhận”." in asked
    assert "Chuyển 1 hồ sơ sang bản 2" not in asked
    assert "→ <b>Nhận hồ sơ</b>" in chosen
    assert "Chuyển 1 hồ sơ sang bản 2" in chosen
    assert "Đã chuyển 1 hồ sơ" in done
    case = Case.objects.get(code=code)
    assert (case.process_id, case.step) == (to, "take_in")


def test_the_page_tells_each_case_with_its_due_before_and_after(here: World) -> None:
    _id, code = world.filed(here)
    _next(_longer)

    shown = signed_in(here.clerk).get(PAGE).content.decode()

    assert code in shown
    assert "→ <b>17:00, 27/11/2026</b>" in shown or "27/11/2026" in shown
    assert "thành 3 ngày làm việc" in shown
    assert "Lãnh đạo cấp tỉnh xác nhận việc chuyển." in shown


def test_many_cases_are_read_a_page_at_a_time(here: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carrying, "PAGE", 2)
    codes = [world.filed(here, world.citizen())[1] for _ in range(3)]
    _next(_with_visit)
    looks: Client = signed_in(here.clerk)

    first, second = (looks.get(f"{PAGE}?trang={n}").content.decode() for n in (0, 1))

    assert [code in first for code in codes] == [True, True, False]
    assert [code in second for code in codes] == [False, False, True]
    assert "3 hồ sơ chuyển được" in first


@pytest.mark.parametrize("size", [1, 20])
def test_a_preview_takes_the_same_queries_however_many_cases_run(
    here: World, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(size):
        world.filed(here, world.citizen())
    _next(_longer)
    _preview()

    with django_assert_num_queries(4):
        assert _preview().carried == size
