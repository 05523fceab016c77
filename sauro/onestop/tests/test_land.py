"""A land dossier from filing to return: four branches, two pauses, a visit; told by its events."""

from dataclasses import astuple
from datetime import date

import pytest

from sauro.cases import checking
from sauro.cases import queries as cases
from sauro.cases.models import Case, Task
from sauro.cases.rules import Clock
from sauro.cases.rules import Visit as VisitTo
from sauro.core.actor import SYSTEM, Actor
from sauro.onestop.rules import Outcome, State
from sauro.onestop.services import consenting, handling, intake, returning, waiting
from sauro.onestop.tests import land
from sauro.onestop.tests import world as worlds
from sauro.onestop.tests.land import at, branches, holder, parted
from sauro.onestop.tests.steps import state
from sauro.onestop.tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    world = worlds.build()
    land.publish()
    return world


@pytest.fixture
def tax(world: World) -> Actor:
    return land.tax_office(world)


def clock(case_id: int) -> Clock:
    """Return the clock of a case as its row has it."""
    case = Case.objects.get(pk=case_id)
    return Clock(
        due_at=case.due_at,
        started_at=case.started_at,
        legal_due_at=case.legal_due_at,
        promised_at=case.promised_at,
        paused_at=case.paused_at,
        finished_at=case.finished_at,
    )


def waiting_for_money(world: World, tax: Actor) -> int:
    """Return a dossier all of whose branches are done but the payment: the clock stands."""
    case_id = parted(world)
    waiting.ask_fee(case_id, "Nộp 12.500.000 đồng", by=tax, now=at(23, 15))
    handling.advance(
        case_id, "Không tranh chấp", by=holder(world, case_id, "origin"), now=at(23, 15, 30)
    )
    handling.record_visit(
        case_id,
        VisitTo(date(2026, 11, 25), "Ranh giới đúng hiện trạng."),
        by=holder(world, case_id, "survey"),
        now=at(25, 9),
    )
    handling.advance(case_id, "Đủ", by=holder(world, case_id, "plot"), now=at(25, 10))
    handling.advance(case_id, "Khớp sổ", by=holder(world, case_id, "records"), now=at(25, 11))
    return case_id


def finished(world: World, case_id: int, *, day: int) -> None:
    """Take a dossier whose branches have met to its end."""
    by = holder(world, case_id, "draft")
    handling.propose(case_id, Outcome.GRANTED, "Đề nghị cấp.", by=by, now=at(day, 10))
    handling.approve(case_id, by=world.head, now=at(day, 14))
    handling.issue(case_id, by=world.stamp, now=at(day, 15))
    returning.hand_back(case_id, by=world.clerk, now=at(day, 16))


def test_the_clock_stands_only_when_the_last_running_branch_waits(world: World, tax: Actor) -> None:
    case_id = parted(world)
    before = clock(case_id)

    waiting.ask_fee(case_id, "Nộp 12.500.000 đồng", by=tax, now=at(23, 15))

    assert (state(case_id), clock(case_id)) == (State.PROCESSING, before)

    case_id = waiting_for_money(world, tax)

    assert state(case_id) == State.PAYMENT_REQUESTED
    assert clock(case_id).paused_at == at(25, 11)
    assert list(branches(case_id)) == ["payment"]


def test_after_the_payment_the_promise_is_later_by_just_the_days_it_stood(
    world: World, tax: Actor
) -> None:
    case_id = waiting_for_money(world, tax)
    before = clock(case_id)

    waiting.paid(case_id, "BL 0001234", by=world.clerk, now=at(30, 9))

    # The legal term of three working days from Monday 23: holiday 24, so Friday 27. It stood
    # from Wednesday 25 to Monday 30, three working days.
    after = clock(case_id)
    assert (before.promised_at, after.promised_at) == (at(27, 17), at(2, 17, month=12))
    assert (after.legal_due_at, after.paused_at) == (at(2, 17, month=12), None)
    assert after.started_at == before.started_at
    assert (state(case_id), list(branches(case_id))) == (State.PROCESSING, ["draft"])


def test_a_land_dossier_is_told_whole_by_its_events(world: World, tax: Actor) -> None:
    # Four branches, a pause that restarts the term and one that resumes it, a visit, silence.
    case_id, _code = worlds.filed(world)
    intake.accept(case_id, by=world.clerk, now=at(23, 8, 30))
    intake.hand_over(case_id, by=world.clerk, now=at(23, 9))
    by = holder(world, case_id, "appraise")
    waiting.ask(case_id, ["Trích lục"], "Thiếu trích lục", by=by, now=at(23, 10))
    assert clock(case_id).paused_at == at(23, 10)
    waiting.complete(case_id, by=world.clerk, now=at(26, 9))
    assert (clock(case_id).started_at, clock(case_id).promised_at) == (
        at(26, 9),
        at(1, 17, month=12),
    )
    by = holder(world, case_id, "appraise")
    handling.advance(case_id, "Chuyển các nhánh", by=by, now=at(26, 10))
    waiting.ask_fee(case_id, "Nộp 12.500.000 đồng", by=tax, now=at(26, 11))
    handling.record_visit(
        case_id,
        VisitTo(date(2026, 11, 27), "Ranh giới đúng hiện trạng."),
        by=holder(world, case_id, "survey"),
        now=at(27, 9),
    )
    handling.advance(case_id, by=holder(world, case_id, "plot"), now=at(27, 10))
    opinion = branches(case_id)["origin"]
    assert consenting.consent_by_silence(case_id, opinion.id, by=SYSTEM, now=at(27, 14))
    handling.advance(case_id, by=holder(world, case_id, "records"), now=at(27, 15))
    assert clock(case_id).paused_at == at(27, 15)
    waiting.paid(case_id, "BL 0001234", by=world.clerk, now=at(30, 9))
    handling.propose(
        case_id, Outcome.GRANTED, "Cấp.", by=holder(world, case_id, "draft"), now=at(30, 10)
    )
    handling.send_back(case_id, "Sai diện tích", by=world.head, now=at(30, 11))
    finished(world, case_id, day=30)

    told = checking.replayed(case_id)

    case = Case.objects.get(pk=case_id)
    assert told.clock_now() == clock(case_id)
    assert (told.state, told.version, told.ended_at) == (State.RETURNED, case.version, at(30, 16))
    assert [astuple(task)[:2] for task in told.tasks.values()] == list(
        Task.objects.filter(case_id=case_id).order_by("pk").values_list("pk", "step")
    )
    assert told.open_tasks() == []
    assert checking.differing([case_id]) == []
    assert checking.broken() == []


def test_the_same_dossier_is_told_the_same_at_every_moment(world: World, tax: Actor) -> None:
    case_id = waiting_for_money(world, tax)

    assert checking.differing([case_id]) == []
    assert checking.replayed(case_id).clock_now() == clock(case_id)
    assert [task.step for task in checking.replayed(case_id).open_tasks()] == ["payment"]


def test_a_row_changed_by_hand_is_not_what_the_events_tell(world: World, tax: Actor) -> None:
    case_id = waiting_for_money(world, tax)
    Case.objects.filter(pk=case_id).update(promised_at=at(28, 17))
    Task.objects.filter(case_id=case_id, step="payment").update(due_at=at(28, 17))

    found = checking.differing([case_id])

    assert [broken.what for broken in found] == [
        "nhật ký không dựng lại được đồng hồ",
        "nhật ký không dựng lại được các việc",
    ]


def test_asked_at_intake_a_dossier_in_branches_waits_like_any_other(world: World) -> None:
    case_id, _code = worlds.filed(world)
    waiting.ask(case_id, ["Trích lục"], "Thiếu trích lục", by=world.clerk, now=at(23, 9))
    assert (state(case_id), clock(case_id).paused_at) == (State.SUPPLEMENT_REQUESTED, None)

    waiting.complete(case_id, by=world.clerk, now=at(25, 9))

    assert (state(case_id), clock(case_id).started_at) == (State.ACCEPTED, at(25, 9))
    assert checking.differing() == []


def test_the_process_is_that_of_the_procedure_and_of_the_day(world: World) -> None:
    first = cases.process_for("1.001612", otherwise="none", on=date(2026, 11, 23))
    land.publish({"draft": {"share": 10}}, since=date(2026, 12, 1))

    before = cases.process_for("1.001612", otherwise="none", on=date(2026, 11, 30))
    after = cases.process_for("1.001612", otherwise="none", on=date(2026, 12, 1))
    other = cases.process_for("1.999999", otherwise="dossier.default", on=date(2026, 12, 1))

    assert first
    assert (before, after and after.version, other and other.code) == (first, 2, "dossier.default")
    assert cases.process_for("1.999999", otherwise="none", on=date(2026, 12, 1)) is None
