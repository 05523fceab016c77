"""Playing days: all by the same commands; a run that was cut off is played to its end."""

from datetime import date, datetime

import pytest

from sauro.cases import checking
from sauro.cases.models import Case, Task
from sauro.core.clock import HERE
from sauro.deployment import simulation
from sauro.deployment.mix import Demand
from sauro.deployment.simulation import Plan, Simulation
from sauro.onestop.tests import world as worlds
from sauro.onestop.tests.world import World
from sauro.places.models import Place

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 16)
WEDNESDAY_NOON = datetime(2026, 11, 18, 12, tzinfo=HERE)
FRIDAY_EVENING = datetime(2026, 11, 20, 18, tzinfo=HERE)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    """Return a ward where people want one thing."""
    monkeypatch.setattr(simulation, "MIX", (Demand("1.001612", 1),))
    made = worlds.build()
    Place.objects.filter(pk=made.place.parent_id or 0).update(code="66")
    return made


def _played(until: datetime, *, goes_on: bool = False) -> int:
    """Play the week up to `until` and return how many dossiers were filed."""
    plan = Plan(since=MONDAY, until=until, a_day=6, goes_on=goes_on)
    played = Simulation(plan, "66").play(lambda _day, _filed: None)
    assert not [verb for verb in played.counts if verb.startswith("bị từ chối")]
    return played.counts["nộp hồ sơ"]


def test_a_week_is_played_by_the_commands_and_keeps_every_invariant(world: World) -> None:
    filed = _played(FRIDAY_EVENING)

    assert Case.objects.count() == filed
    assert Case.objects.filter(state="RETURNED").exists()
    assert checking.broken() == []


def test_a_run_that_was_cut_off_is_played_to_its_end(world: World) -> None:
    before = _played(WEDNESDAY_NOON)
    left = set(Task.objects.filter(done_at=None).values_list("case_id", flat=True))

    after = _played(FRIDAY_EVENING, goes_on=True)

    assert Case.objects.count() == before + after
    days = {
        opened.astimezone(HERE).day for opened in Case.objects.values_list("opened_at", flat=True)
    }
    assert days == {16, 17, 18, 19, 20}
    assert Task.objects.filter(case__in=left, done_at__gt=WEDNESDAY_NOON).exists()
    assert checking.broken() == []
