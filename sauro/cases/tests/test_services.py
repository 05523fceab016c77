"""Opening and moving a case: one operation, one event, nothing half done."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from pytest_django.fixtures import DjangoAssertNumQueries

from sauro.cases import checking, kinds, queries, services
from sauro.cases.models import Case, Process, Task
from sauro.cases.rules import Assignment, CaseKind, Clock, Held, Move
from sauro.cases.services import NewCase, Opened
from sauro.cases.tests.factories import DEFAULT, ProcessFactory
from sauro.core.actor import Actor, ActorKind
from sauro.core.commands import command
from sauro.core.errors import Changed, Invalid, NotFound, NotNow
from sauro.core.workflow import Workflow
from sauro.events import queries as events
from sauro.events.models import Event
from sauro.offices.tests.factories import CommuneFactory, OfficialFactory
from sauro.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
DUE = NOW + timedelta(days=3)
FLOW = Workflow(
    moves={("NEW", "ACCEPT"): "OPEN", ("OPEN", "ADVANCE"): "OPEN", ("OPEN", "CLOSE"): "CLOSED"},
    first=frozenset({"NEW"}),
    ended=frozenset({"CLOSED"}),
    labels={"NEW": "Mới", "OPEN": "Đang làm", "CLOSED": "Đã xong"},
)
kinds.register(CaseKind("test", "Hồ sơ thử", FLOW))
CLERK = Actor(kind=ActorKind.OFFICIAL, label="H'Linh Niê, Công chức")


@pytest.fixture
def task() -> Assignment:
    official = OfficialFactory.create()
    return Assignment(
        official_id=official.pk,
        work="Kiểm tra giấy tờ",
        office_id=official.post.office_id,
        head_id=official.pk,
        step="receive",
        due_at=DUE,
        product="Giấy tiếp nhận",
    )


@pytest.fixture
def new(task: Assignment) -> NewCase:
    official = OfficialFactory.create()
    office = official.post.office
    return NewCase(
        kind="test",
        state="NEW",
        title="Đăng ký khai sinh",
        code_prefix="H15.24133-20260302-",
        process_id=ProcessFactory.create().pk,
        owed_to_id=PersonFactory.create().pk,
        place_id=CommuneFactory.create().pk,
        door_id=office.pk,
        unit_id=office.pk,
        authority_id=office.pk,
        clock=Clock(due_at=DUE),
        task=task,
    )


def _open(new: NewCase) -> Opened:
    return services.open_case(new, by=CLERK, now=NOW)


@command
def lock_and_move(case_id: int, change: Move, *, stale: Held | None = None) -> str:
    """Move a case as a module above would."""
    return services.move(stale or queries.lock(case_id), change, by=CLERK, now=NOW)


def _accept(task: Assignment) -> Move:
    return Move(
        verb="ACCEPT",
        clock=Clock(due_at=DUE, started_at=NOW, legal_due_at=DUE, promised_at=DUE),
        next=replace(task, step="appraise", work="Thẩm định", product="Dự thảo"),
    )


def test_a_new_case_has_its_number_its_task_and_its_event(new: NewCase) -> None:
    first, second = _open(new), _open(new)

    assert (first.code, second.code) == (
        "H15.24133-20260302-0000001",
        "H15.24133-20260302-0000002",
    )
    case = Case.objects.get(pk=first.id)
    assert (case.state, case.step, case.version, case.opened_at) == ("NEW", "receive", 1, NOW)
    [task] = queries.tasks(first.id)
    assert (task.work, task.product, task.due_at, task.done_at) == (
        "Kiểm tra giấy tờ",
        "Giấy tiếp nhận",
        DUE,
        None,
    )
    [event] = events.history("cases.case", first.id)
    assert (event.verb, event.who) == ("case.opened", "H'Linh Niê, Công chức")
    assert event.data["to"] == "NEW"


def test_a_case_cannot_begin_in_the_middle(new: NewCase) -> None:
    with pytest.raises(Invalid):
        _open(replace(new, state="OPEN"))

    assert Case.objects.count() == 0


def test_a_move_finishes_the_task_and_opens_the_next(new: NewCase, task: Assignment) -> None:
    case_id = _open(new).id

    state = lock_and_move(case_id, _accept(task))

    assert state == "OPEN"
    case = Case.objects.get(pk=case_id)
    assert (case.state, case.step, case.version) == ("OPEN", "appraise", 2)
    assert (case.started_at, case.promised_at, case.ended_at) == (NOW, DUE, None)
    done, opened = queries.tasks(case_id)
    assert (done.done_at, done.outcome) == (NOW, "ACCEPT")
    assert (opened.step, opened.done_at) == ("appraise", None)


def test_the_last_move_ends_the_case(new: NewCase, task: Assignment) -> None:
    case_id = _open(new).id
    lock_and_move(case_id, _accept(task))

    lock_and_move(case_id, Move(verb="CLOSE", clock=Clock(due_at=DUE), outcome="GRANTED"))

    case = Case.objects.get(pk=case_id)
    assert (case.state, case.step, case.outcome, case.ended_at) == ("CLOSED", "", "GRANTED", NOW)
    assert queries.open_task(case_id) is None
    assert checking.broken() == []


def test_a_verb_outside_the_table_changes_nothing(new: NewCase) -> None:
    case_id = _open(new).id

    with pytest.raises(NotNow, match="đang ở trạng thái “Mới”"):
        lock_and_move(case_id, Move(verb="CLOSE", clock=Clock(due_at=DUE)))

    assert Case.objects.get(pk=case_id).version == 1
    assert len(events.history("cases.case", case_id)) == 1


def test_a_case_moved_meanwhile_is_not_moved_again(new: NewCase, task: Assignment) -> None:
    case_id = _open(new).id
    stale = _locked(case_id)
    lock_and_move(case_id, _accept(task))

    with pytest.raises(Changed):
        lock_and_move(case_id, _accept(task), stale=stale)

    assert Case.objects.get(pk=case_id).version == 2
    assert Task.objects.filter(case_id=case_id).count() == 2


@command
def _locked(case_id: int) -> Held:
    return queries.lock(case_id)


def test_a_case_that_is_not_there_cannot_be_locked() -> None:
    with pytest.raises(NotFound, match="Không có hồ sơ nào với mã này"):
        _locked(12345)


def test_a_step_given_to_somebody_else_stays_the_same_step(new: NewCase, task: Assignment) -> None:
    case_id = _open(new).id
    other = OfficialFactory.create()

    _reassign(case_id, replace(task, official_id=other.pk))

    case = Case.objects.get(pk=case_id)
    assert (case.state, case.step, case.version) == ("NEW", "receive", 2)
    open_task = queries.open_task(case_id)
    assert open_task
    assert open_task.official_id == other.pk
    assert checking.broken() == []


@command
def _reassign(case_id: int, task: Assignment) -> None:
    services.reassign(queries.lock(case_id), task, "Nghỉ phép", by=CLERK, now=NOW)


def test_a_new_promise_moves_only_the_promise(new: NewCase, task: Assignment) -> None:
    case_id = _open(new).id
    lock_and_move(case_id, _accept(task))
    later = DUE + timedelta(days=2)

    _promise(case_id, later)

    case = Case.objects.get(pk=case_id)
    assert (case.promised_at, case.due_at, case.legal_due_at) == (later, later, DUE)
    assert checking.broken() == []


@command
def _promise(case_id: int, at: datetime) -> None:
    held = queries.lock(case_id)
    clock = replace(held.clock, promised_at=at, due_at=at)
    services.promise_again(held, clock, "Chờ ý kiến", by=CLERK, now=NOW)


def test_the_same_process_is_published_once_and_a_changed_one_is_a_new_version() -> None:
    def publish(definition: dict[str, Any]) -> int:
        return services.publish_process(
            "khai-sinh", "Khai sinh", definition, since=date(2026, 1, 1), by=CLERK, now=NOW
        )

    first = publish(DEFAULT)
    again = publish(DEFAULT)
    second = publish({**DEFAULT, "basis": "Quyết định khác"})

    assert first == again
    assert list(Process.objects.order_by("version").values_list("pk", "version")) == [
        (first, 1),
        (second, 2),
    ]
    latest = queries.latest_process("khai-sinh")
    assert latest
    assert latest.id == second


@pytest.mark.parametrize(
    ("field", "value", "name"),
    [
        ("work", "", "task_has_six_clarities"),
        ("product", "", "task_has_six_clarities"),
        ("party", "NOBODY", "task_party_is_known"),
        ("outcome", "DONE", "task_is_done_with_an_outcome"),
    ],
)
def test_the_database_refuses_an_unclear_task(
    new: NewCase, field: str, value: str, name: str
) -> None:
    case_id = _open(new).id

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Task.objects.filter(case_id=case_id).update(**{field: value})


def test_the_database_refuses_an_open_case_without_a_step(new: NewCase) -> None:
    case_id = _open(new).id

    with pytest.raises(IntegrityError, match="case_has_a_step_until_it_ends"), transaction.atomic():
        Case.objects.filter(pk=case_id).update(step="")


def test_a_case_changed_by_hand_is_named(new: NewCase) -> None:
    opened = _open(new)
    Case.objects.filter(pk=opened.id).update(state="OPEN")

    [broken] = checking.broken()

    assert (broken.code, broken.what) == (opened.code, "bảng hồ sơ khác nhật ký")


def test_a_move_outside_the_whitelist_is_named_even_when_the_rows_agree(
    new: NewCase, task: Assignment
) -> None:
    opened = _open(new)
    lock_and_move(opened.id, _accept(task))
    with transaction.atomic():
        Case.objects.filter(pk=opened.id).update(state="NEW", version=3)
        Event.objects.create(
            at=NOW,
            operation="00000000-0000-0000-0000-000000000000",
            verb="case.moved",
            subject="cases.case",
            subject_id=opened.id,
            actor_kind="SYSTEM",
            actor_label="ai đó",
            data={"from": "OPEN", "verb": "BACK", "to": "NEW", "step": "appraise"},
            txid=0,
            seq=0,
            prev_hash=b"",
            hash=b"",
        )

    assert [broken.what for broken in checking.broken()] == ["chuyển trạng thái ngoài bảng"]


@pytest.mark.parametrize("size", [1, 20])
def test_a_work_list_takes_one_query_however_long(
    new: NewCase, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(size):
        _open(new)

    with django_assert_num_queries(1):
        rows = queries.work_of(new.task.official_id)

    assert len(rows) == size
    assert rows[0].who == "Phạm Văn Lợi"
