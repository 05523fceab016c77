"""Steps of a dossier's way for tests, and what every refusal must leave as it was."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from sauro.cases.models import Case
from sauro.core.actor import Actor
from sauro.core.errors import Refusal
from sauro.events import queries as events
from sauro.onestop.rules import Outcome
from sauro.onestop.services import handling, intake
from sauro.onestop.tests import world as worlds
from sauro.onestop.tests.world import MONDAY, World

LATER = MONDAY + timedelta(hours=2)
REASON = "Giấy ủy quyền thiếu chữ ký."


def state(case_id: int) -> str:
    return Case.objects.values_list("state", flat=True).get(pk=case_id)


def accepted(world: World, by: Actor | None = None) -> int:
    case_id, _code = worlds.filed(world, by)
    intake.accept(case_id, by=world.clerk, now=MONDAY)
    return case_id


def appraised(world: World, by: Actor | None = None) -> int:
    case_id = accepted(world, by)
    intake.hand_over(case_id, by=world.clerk, now=MONDAY)
    return case_id


def done(world: World, by: Actor | None = None, outcome: Outcome = Outcome.GRANTED) -> int:
    case_id = appraised(world, by)
    finish(world, case_id, outcome)
    return case_id


def carried(world: World, case_id: int, outcome: Outcome = Outcome.GRANTED) -> None:
    """Take a registered dossier to its result."""
    intake.accept(case_id, by=world.clerk, now=MONDAY)
    intake.hand_over(case_id, by=world.clerk, now=MONDAY)
    finish(world, case_id, outcome)


def finish(world: World, case_id: int, outcome: Outcome) -> None:
    """Take an appraised dossier to its result."""
    appraiser = worlds.holder(world, case_id)
    handling.propose(case_id, outcome, "Đề nghị cấp giấy.", by=appraiser, now=LATER)
    handling.approve(case_id, by=world.head, now=LATER)
    handling.issue(case_id, by=world.stamp, now=LATER)


def refused(kind: type[Refusal], case_id: int, command: Callable[[], object]) -> str:
    """Run a command that must be refused, see that nothing changed, and return the sentence."""
    before = list(Case.objects.filter(pk=case_id).values())
    told = len(events.history("cases.case", case_id))
    with pytest.raises(kind) as refusal:
        command()
    assert list(Case.objects.filter(pk=case_id).values()) == before
    assert len(events.history("cases.case", case_id)) == told
    return str(refusal.value)
