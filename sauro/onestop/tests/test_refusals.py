"""What the commands refuse: strangers, old pages, wrong states; nothing is changed."""

from dataclasses import replace
from functools import partial

import pytest

from sauro.core.actor import VISITOR
from sauro.core.errors import Changed, Invalid, NotNow, NotPermitted
from sauro.onestop.rules import Outcome
from sauro.onestop.services import handling, intake
from sauro.onestop.tests import world as worlds
from sauro.onestop.tests.steps import LATER, appraised, refused
from sauro.onestop.tests.world import MONDAY, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return worlds.build()


def test_only_who_holds_a_dossier_acts_on_it(world: World) -> None:
    case_id, _code = worlds.filed(world)

    for other in (world.stranger, world.specialist, VISITOR):
        refused(NotPermitted, case_id, partial(intake.accept, case_id, by=other, now=MONDAY))


def test_only_who_leads_signs(world: World) -> None:
    case_id = appraised(world)
    appraiser = worlds.holder(world, case_id)
    handling.propose(case_id, Outcome.GRANTED, "Đề nghị cấp.", by=appraiser, now=LATER)
    held_without_leading = replace(world.head, leads=False)

    refused(
        NotPermitted,
        case_id,
        lambda: handling.approve(case_id, by=held_without_leading, now=LATER),
    )


def test_an_old_page_cannot_decide(world: World) -> None:
    case_id, _code = worlds.filed(world)
    seen = worlds.version_of(case_id)
    intake.accept(case_id, seen=seen, by=world.clerk, now=MONDAY)

    said = refused(
        Changed,
        case_id,
        lambda: intake.hand_over(case_id, seen=seen, by=world.clerk, now=MONDAY),
    )

    assert "chưa ghi gì" in said


def test_a_verb_in_the_wrong_state_is_refused(world: World) -> None:
    case_id, _code = worlds.filed(world)

    refused(NotNow, case_id, lambda: intake.hand_over(case_id, by=world.clerk, now=MONDAY))
    refused(Invalid, case_id, lambda: handling.issue(case_id, by=world.clerk, now=MONDAY))
