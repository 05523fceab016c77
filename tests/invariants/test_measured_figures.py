import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from sauro.core.commands import command
from sauro.desk.services import taking
from sauro.desk.tests import world
from sauro.desk.tests.world import MONDAY
from sauro.events.tests.settling import settle
from sauro.measures.definitions import DEFINITIONS
from sauro.measures.models import Fact
from sauro.measures.queries.figures import GROUPINGS, Period, codes, figures
from sauro.measures.services import folding

pytestmark = pytest.mark.django_db
WEEK = Period(since=MONDAY, until=MONDAY + timedelta(days=7))


def _value(name: str, period: Period = WEEK) -> float | None:
    [figure] = figures(DEFINITIONS[name], period)
    return figure.value


def _facts() -> list[dict[str, Any]]:
    return [dict(row) for row in Fact.objects.order_by("pk").values()]


def test_figures_are_counted_from_what_was_really_done() -> None:
    here = world.build()
    case_id, _code = world.filed(here)
    world.filed(here)
    taking.take_in(case_id, by=here.clerk, now=MONDAY)

    folding.rebuild()

    assert (_value("received"), _value("open"), _value("overdue")) == (2, 2, 1)
    assert (_value("online_share"), _value("on_time")) == (100.0, None)


def test_a_past_day_does_not_know_what_came_later() -> None:
    here = world.build()
    world.filed(here, now=MONDAY)
    world.filed(here, now=MONDAY + timedelta(days=1))
    folding.rebuild()

    known = Period(since=MONDAY, until=MONDAY + timedelta(hours=12))

    assert (_value("received", known), _value("received")) == (1, 2)


@pytest.mark.django_db(transaction=True)
def test_folding_again_changes_nothing_and_equals_counting_from_zero() -> None:
    here = world.build()
    case_id, _code = world.filed(here)
    folding.rebuild()
    taking.take_in(case_id, by=here.clerk, now=MONDAY)
    settle()

    folding.fold()
    folding.fold()
    folded = _facts()
    folding.rebuild()

    assert folded == _facts()
    assert len(folded) == 1


def test_a_fold_that_is_killed_half_way_leaves_nothing() -> None:
    world.filed(world.build())

    @command
    def killed() -> None:
        folding.fold()
        raise ConnectionError

    with pytest.raises(ConnectionError):
        killed()

    assert not Fact.objects.exists()
    assert folding.fold() == 1


@pytest.mark.parametrize("name", DEFINITIONS)
@pytest.mark.parametrize("by", GROUPINGS)
def test_every_figure_is_the_length_of_its_list(name: str, by: str) -> None:
    here = world.build()
    case_id, _code = world.filed(here)
    taking.take_in(case_id, by=here.clerk, now=MONDAY)
    world.filed(here)
    folding.rebuild()

    for figure in figures(DEFINITIONS[name], WEEK, by=by):
        assert len(codes(DEFINITIONS[name], WEEK, by=by, key=figure.key)) == figure.counted


def test_the_command_says_the_formula_beside_the_figure() -> None:
    out = StringIO()

    call_command("measure", "received", "--month", "2025-10", "--json", stdout=out)

    told = json.loads(out.getvalue())
    assert told["formula"] == "Số hồ sơ nộp trong kỳ"
    assert told["rows"] == [
        {"key": "", "name": "Toàn tỉnh", "counted": 0, "among": None, "value": 0}
    ]


@pytest.mark.parametrize(
    "words",
    [
        ["beauty"],
        ["received", "--by", "mood"],
        ["received", "--month", "2025-13"],
        ["received", "--month", "2999-01"],
        ["received", "--month", "2025-10", "--as-of", "2025-09-30"],
        ["received", "--as-of", "yesterday"],
    ],
)
def test_nonsense_is_refused_in_a_sentence(words: list[str]) -> None:
    with pytest.raises(CommandError, match=r"\.$"):
        call_command("measure", *words)
