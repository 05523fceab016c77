"""A dossier in branches: who holds what, the clock, silence, a visit, and the log of it all."""

from datetime import date
from functools import partial

import pytest

from sauro.cases import checking
from sauro.cases import queries as cases
from sauro.cases.models import Case, Task, Visit
from sauro.cases.rules import Visit as VisitTo
from sauro.core.actor import SYSTEM, Actor
from sauro.core.errors import Invalid, NotNow, NotPermitted
from sauro.events.models import Event
from sauro.onestop import jobs
from sauro.onestop import queries as onestop
from sauro.onestop.rules import State
from sauro.onestop.services import consenting, handling, waiting
from sauro.onestop.tests import land
from sauro.onestop.tests import world as worlds
from sauro.onestop.tests.land import at, branches, holder, parted
from sauro.onestop.tests.steps import refused, state
from sauro.onestop.tests.world import World

pytestmark = pytest.mark.django_db
MINUTES = "Ranh giới đúng hiện trạng, bốn hộ giáp ranh ký xác nhận."


@pytest.fixture
def world() -> World:
    world = worlds.build()
    land.publish()
    return world


@pytest.fixture
def tax(world: World) -> Actor:
    """Return who works at the tax office, which has the third branch."""
    return land.tax_office(world)


def test_a_dossier_parts_into_branches_each_with_own_clarities(world: World, tax: Actor) -> None:
    case_id = parted(world)

    open_tasks = branches(case_id)
    assert list(open_tasks) == ["survey", "origin", "tax", "records"]
    assert open_tasks["tax"].official_id == tax.official_id
    assert {task.official_id for task in open_tasks.values()} == {
        world.specialist.official_id,
        world.colleague.official_id,
        tax.official_id,
    }
    assert state(case_id) == State.PROCESSING
    assert checking.broken() == []
    assert checking.differing() == []


def test_each_branch_has_its_own_share_of_the_term(world: World, tax: Actor) -> None:
    case_id = parted(world)

    dues = {step: task.due_at for step, task in branches(case_id).items()}

    # Three working days are 24 hours; the 24th is a holiday. 25 % is 6 hours, 35 % 8:24.
    assert dues == {
        "survey": at(25, 10),
        "origin": at(25, 10),
        "tax": at(25, 10),
        "records": at(25, 14, 24),
    }


def test_an_official_acts_on_their_own_branch_only(world: World, tax: Actor) -> None:
    case_id = parted(world)

    refused(
        NotPermitted, case_id, lambda: handling.advance(case_id, by=world.clerk, now=at(23, 15))
    )
    refused(NotNow, case_id, lambda: waiting.paid(case_id, "BL 1", by=tax, now=at(23, 15)))


def test_whoever_holds_a_branch_may_see_the_dossier(world: World, tax: Actor) -> None:
    case_id = parted(world)
    code = Case.objects.values_list("code", flat=True).get(pk=case_id)

    assert onestop.dossier_for(tax, code).case_id == case_id


def test_a_visit_is_over_only_with_its_day_and_minutes(world: World, tax: Actor) -> None:
    case_id = parted(world)
    by = holder(world, case_id, "survey")

    told = refused(
        Invalid, case_id, lambda: handling.advance(case_id, "Đã đo", by=by, now=at(25, 9))
    )
    assert told == "Ghi ngày xác minh và biên bản rồi mới xong bước này."
    visited = partial(handling.record_visit, case_id, by=by, now=at(25, 9))
    refused(Invalid, case_id, partial(visited, VisitTo(date(2026, 11, 25))))
    refused(Invalid, case_id, partial(visited, VisitTo(date(2026, 11, 27), MINUTES)))
    handling.record_visit(case_id, VisitTo(date(2026, 11, 25), MINUTES), by=by, now=at(25, 9))

    kept = Visit.objects.get()
    assert (kept.on, kept.minutes, kept.task.step) == (date(2026, 11, 25), MINUTES, "survey")
    assert list(branches(case_id)) == ["origin", "tax", "records", "plot"]
    assert Event.objects.filter(verb="visit.recorded").count() == 1


def test_silence_is_consent_once_and_only_when_it_is_due(world: World, tax: Actor) -> None:
    case_id = parted(world)
    task = branches(case_id)["origin"]

    early = consenting.consent_by_silence(case_id, task.id, by=SYSTEM, now=at(25, 9, 59))
    first = consenting.consent_by_silence(case_id, task.id, by=SYSTEM, now=at(25, 10, 1))
    again = consenting.consent_by_silence(case_id, task.id, by=SYSTEM, now=at(25, 10, 2))

    assert (early, first, again) == (False, True, False)
    done = Task.objects.get(pk=task.id)
    assert (done.outcome, done.done_at, done.done_by_id) == ("ADVANCE", at(25, 10, 1), None)
    assert done.note.startswith("Quá hạn 10:00 25/11/2026 không có ý kiến: coi như đồng ý")
    assert list(branches(case_id)) == ["survey", "tax", "records"]
    assert checking.differing() == []


def test_the_job_takes_all_that_is_silent(world: World, tax: Actor) -> None:
    first, second = parted(world), parted(world)
    found = cases.unanswered(at(25, 10, 1))

    jobs.consent.func.__wrapped__(now=at(25, 10, 1))

    assert [case_id for case_id, _task in found] == [first, second]
    assert cases.unanswered(at(25, 10, 1)) == []


def test_an_opinion_needs_words(world: World, tax: Actor) -> None:
    case_id = parted(world)
    by = holder(world, case_id, "origin")

    refused(Invalid, case_id, lambda: handling.advance(case_id, by=by, now=at(23, 15)))
    handling.advance(case_id, "Không tranh chấp", by=by, now=at(23, 15))

    assert "origin" not in branches(case_id)


def test_stopping_in_one_branch_ends_them_all(world: World, tax: Actor) -> None:
    case_id = parted(world)
    waiting.ask_fee(case_id, "Nộp 12.500.000 đồng", by=tax, now=at(25, 9))

    handling.stop(case_id, "Quá hạn nộp tiền", by=world.clerk, now=at(25, 16))

    assert cases.open_tasks(case_id) == []
    outcomes = Task.objects.filter(case_id=case_id).order_by("pk").values_list("step", "outcome")
    assert list(outcomes)[-5:] == [
        ("survey", "CUT_OFF"),
        ("origin", "CUT_OFF"),
        ("tax", "ASK_FEE"),
        ("records", "CUT_OFF"),
        ("payment", "STOP"),
    ]
    assert checking.broken() == []
    assert checking.differing() == []
