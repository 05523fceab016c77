"""Cases of any kind go over to another version of their process, due as their own kind says."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta

import pytest

from sauro.cases import checking, kinds, recomputing, services
from sauro.cases.migrating import preview_migration, running_versions
from sauro.cases.models import Case, Task
from sauro.cases.recomputing import Reckoned, Running
from sauro.cases.rules import Assignment, CaseKind, Clock
from sauro.cases.services import NewCase
from sauro.cases.tests.factories import DEFAULT
from sauro.core.actor import SYSTEM
from sauro.core.workflow import Workflow
from sauro.offices import queries as offices
from sauro.offices.calendars import Calendars
from sauro.offices.tests.factories import CommuneFactory, OfficialFactory
from sauro.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
DUE = NOW + timedelta(days=3)
FLOW = Workflow(
    moves={("NEW", "CLOSE"): "CLOSED"},
    first=frozenset({"NEW"}),
    ended=frozenset({"CLOSED"}),
    labels={"NEW": "Mới", "CLOSED": "Đã xong"},
)
kinds.register(CaseKind("letter", "Đơn thư", FLOW))


@pytest.fixture(autouse=True)
def _no_calendar_of_before() -> Iterator[None]:
    offices.forget()
    yield
    recomputing._reckoners.pop("letter", None)


def _publish(days: int) -> int:
    definition = deepcopy({"basis": DEFAULT["basis"], "steps": DEFAULT["steps"]})
    first = {k: v for k, v in definition["steps"][0].items() if k not in {"share", "term"}}
    definition["steps"][0] = {**first, "term": {"value": days, "unit": "WORKING_DAY"}}
    return services.publish_process(
        "letters", "Đơn thư", definition, since=date(2026, 1, 1), by=SYSTEM, now=NOW
    )


def _opened(process_id: int) -> int:
    official = OfficialFactory.create()
    office_id = official.post.office_id
    task = Assignment(
        official_id=official.pk,
        work="Xem đơn",
        office_id=office_id,
        head_id=official.pk,
        step="receive",
        due_at=DUE,
        product="Phiếu xử lý",
    )
    new = NewCase(
        kind="letter",
        state="NEW",
        title="Đơn kiến nghị",
        code_prefix="DT-20260302-",
        process_id=process_id,
        owed_to_id=PersonFactory.create(name="Lê Văn Đơn").pk,
        place_id=CommuneFactory.create().pk,
        door_id=office_id,
        unit_id=office_id,
        authority_id=office_id,
        clock=Clock(due_at=DUE),
        task=task,
    )
    return services.open_case(new, by=SYSTEM, now=NOW).id


def test_a_kind_without_a_rule_of_its_own_keeps_its_dues() -> None:
    first = _publish(2)
    case_id = _opened(first)
    second = _publish(9)

    [seen] = preview_migration(first, second, now=NOW)
    done = services.migrate_cases(first, second, by=SYSTEM, now=NOW)

    assert (seen.who, seen.reason, seen.tasks[0].due_after) == ("Lê Văn Đơn", "", DUE)
    assert len(done.moved) == 1
    case = Case.objects.get(pk=case_id)
    assert (case.process_id, case.due_at, case.state) == (second, DUE, "NEW")
    assert checking.differing([case_id]) == []


def test_a_kind_with_a_rule_is_asked_with_the_new_step() -> None:
    asked: list[Running] = []

    def reckon(rows: Sequence[Running], _calendars: Calendars) -> list[Reckoned]:
        asked.extend(rows)
        return [Reckoned(None, row.task_due_at + timedelta(days=7)) for row in rows]

    recomputing.register("letter", reckon)
    first = _publish(2)
    case_id = _opened(first)
    second = _publish(9)

    services.migrate_cases(first, second, by=SYSTEM, now=NOW)

    assert [(row.process_id, row.step) for row in asked] == [(second, "receive")]
    assert Task.objects.get(case_id=case_id).due_at == DUE + timedelta(days=7)


@pytest.mark.parametrize("size", [1, 20])
def test_the_versions_that_cases_run_on_take_one_query(
    size: int,
    django_assert_num_queries: object,
) -> None:
    versions = [_publish(days) for days in range(1, size + 1)]
    for version in versions:
        _opened(version)
    newest = _publish(30)

    with django_assert_num_queries(1):  # type: ignore[operator]
        found = running_versions("letters", newest)

    assert found == versions
