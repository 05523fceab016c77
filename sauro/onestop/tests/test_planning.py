"""Plans: several filings of one event; what waits goes by itself, once, or comes back with why."""

import pytest
from pytest_django import DjangoAssertNumQueries

from sauro.cases.models import Case
from sauro.core.actor import Actor
from sauro.core.errors import Invalid, NotFound, NotNow
from sauro.notices.models import Notice
from sauro.onestop import following, plans
from sauro.onestop.models import Draft, Plan
from sauro.onestop.rules import Outcome
from sauro.onestop.services import filing, planning, returning
from sauro.onestop.services.filing import Answers
from sauro.onestop.services.planning import Part
from sauro.onestop.tests import world as worlds
from sauro.onestop.tests.steps import LATER, carried
from sauro.onestop.tests.world import MONDAY, World

pytestmark = pytest.mark.django_db
WHERE = {"values": {"phone": "0500000001", "content": "Việc thứ nhất"}}


@pytest.fixture
def world() -> World:
    return worlds.build()


@pytest.fixture
def citizen(world: World) -> Actor:
    return worlds.citizen()


def begun(world: World, citizen: Actor) -> tuple[str, list[Draft]]:
    """Return a plan of two filings, the second waiting for the first."""
    parts = [Part(world.version_id), Part(world.version_id, after=0)]
    key = planning.begin("sinh-con", parts, by=citizen, now=MONDAY)
    return key, list(Draft.objects.filter(plan__key=key).order_by("pk"))


def answered(world: World, citizen: Actor, draft: Draft) -> None:
    said = Answers(centre_id=world.centre_id, place_id=world.place.pk, **WHERE)  # type: ignore[arg-type]
    filing.answer(str(draft.key), said, seen=1, by=citizen, now=MONDAY)


def sent(world: World, citizen: Actor) -> tuple[str, int, Draft]:
    """Return a plan that was sent: its key, the first case, and the filing that waits."""
    key, [first, second] = begun(world, citizen)
    answered(world, citizen, first)
    planning.send(key, by=citizen, now=MONDAY)
    first.refresh_from_db()
    return key, first.case_id or 0, second


def test_what_one_filing_says_of_place_and_person_the_others_know(
    world: World, citizen: Actor
) -> None:
    _key, [first, second] = begun(world, citizen)

    answered(world, citizen, first)

    second.refresh_from_db()
    assert (second.centre_id, second.place_id) == (world.centre_id, world.place.pk)
    assert second.answers == {"phone": "0500000001"}


def test_an_answer_of_their_own_is_not_written_over(world: World, citizen: Actor) -> None:
    _key, [first, second] = begun(world, citizen)
    own = Answers(values={"phone": "0500000009"})
    filing.answer(str(second.key), own, seen=1, by=citizen, now=MONDAY)

    first.refresh_from_db()
    filing.answer(
        str(first.key), Answers(values={"phone": "0500000001"}), seen=1, by=citizen, now=MONDAY
    )

    second.refresh_from_db()
    assert second.answers["phone"] == "0500000009"


def test_a_sent_plan_files_what_can_go_and_lets_the_rest_wait(world: World, citizen: Actor) -> None:
    key, case_id, second = sent(world, citizen)

    second.refresh_from_db()
    assert Case.objects.get().pk == case_id
    assert (second.case_id, second.agreed_at) == (None, MONDAY)
    assert planning.send(key, by=citizen, now=LATER) == [Case.objects.get().code]
    assert following.follow(now=LATER) == 0


def test_what_waited_goes_once_when_the_result_is_in_hand(world: World, citizen: Actor) -> None:
    _key, case_id, second = sent(world, citizen)
    carried(world, case_id)
    assert following.follow(now=LATER) == 0  # the result is not in the person's hands yet
    returning.hand_back(case_id, by=world.clerk, now=LATER)

    assert (following.follow(now=LATER), following.follow(now=LATER)) == (1, 0)

    second.refresh_from_db()
    assert second.case_id is not None
    assert Case.objects.count() == 2
    assert filing.submit_after(second.pk, by=citizen, now=LATER) == Case.objects.latest("pk").code


def test_what_waited_comes_back_with_the_reason_when_there_is_no_result(
    world: World, citizen: Actor
) -> None:
    key, case_id, second = sent(world, citizen)
    carried(world, case_id, Outcome.REFUSED)

    assert (following.follow(now=LATER), following.follow(now=LATER)) == (0, 0)

    second.refresh_from_db()
    assert (second.agreed_at, second.after_id, second.case_id) == (None, None, None)
    told = Notice.objects.get(link=f"/ke-hoach/{key}")
    assert "không có kết quả" in told.body
    planning.send(key, by=citizen, now=LATER)
    assert Case.objects.count() == 2


def test_what_cannot_go_by_itself_comes_back_instead_of_stopping_the_others(
    world: World, citizen: Actor
) -> None:
    _key, case_id, second = sent(world, citizen)
    carried(world, case_id)
    returning.hand_back(case_id, by=world.clerk, now=LATER)
    Draft.objects.filter(pk=second.pk).update(centre=None)

    assert following.follow(now=LATER) == 0

    second.refresh_from_db()
    assert second.agreed_at is None
    assert Notice.objects.filter(body="Chọn Trung tâm nhận hồ sơ.").count() == 1


def test_a_filing_that_waits_is_not_sent_before_its_turn(world: World, citizen: Actor) -> None:
    _key, [_first, second] = begun(world, citizen)

    with pytest.raises(NotNow):
        filing.submit(str(second.key), by=citizen, now=MONDAY)
    with pytest.raises(NotNow):
        filing.submit_after(second.pk, by=citizen, now=MONDAY)


def test_a_filing_can_be_left_out_but_not_the_last(world: World, citizen: Actor) -> None:
    key, [first, second] = begun(world, citizen)

    planning.leave_out(key, first.pk, by=citizen, now=MONDAY)

    [left] = plans.plan(citizen, key).filings
    assert (left.id, left.after) == (second.pk, None)
    with pytest.raises(Invalid):
        planning.leave_out(key, second.pk, by=citizen, now=MONDAY)


def test_the_plan_of_another_person_is_as_if_there_were_none(world: World, citizen: Actor) -> None:
    key, [first, _second] = begun(world, citizen)
    stranger = worlds.citizen("Lê Văn Khác")

    for attempt in (
        lambda: plans.plan(stranger, key),
        lambda: planning.send(key, by=stranger, now=MONDAY),
        lambda: planning.leave_out(key, first.pk, by=stranger, now=MONDAY),
        lambda: plans.plan(citizen, "không-phải-khóa"),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert Draft.objects.count() == 2


def test_an_unsent_plan_is_taken_up_again_and_a_lone_draft_stays_alone(
    world: World, citizen: Actor
) -> None:
    key, drafts = begun(world, citizen)

    again = planning.begin("sinh-con", [Part(world.version_id)], by=citizen, now=LATER)
    lone = filing.start_draft(world.version_id, by=citizen, now=LATER)

    assert again == key
    assert Plan.objects.count() == 1
    assert lone not in {str(draft.key) for draft in drafts}


def test_a_plan_and_what_was_said_before_take_two_queries_each(
    world: World, citizen: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    key, [first, second] = begun(world, citizen)
    filing.answer(
        str(first.key), Answers(said={"child_name": "Y Bê Êban"}), seen=1, by=citizen, now=MONDAY
    )

    with django_assert_num_queries(2):
        plans.plan(citizen, key)
    with django_assert_num_queries(2):
        [said] = plans.remembered(citizen.person_id or 0, str(second.key))
    with django_assert_num_queries(1):
        assert [row[0] for row in plans.plans_of(citizen.person_id or 0)] == [key]
    with django_assert_num_queries(1):
        plans.settled()

    assert (said.code, said.said) == ("", {"child_name": "Y Bê Êban"})
