"""In bulk as one by one."""

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest

from sauro.core.bulk import Dues
from sauro.core.clock import HERE
from sauro.core.tests.state_calendar import state_calendar
from sauro.core.workdays import Term, Unit

CALENDAR = state_calendar()
FIRST = datetime(2024, 3, 1, tzinfo=HERE)


def _asked(units: Sequence[Unit]) -> list[tuple[datetime, Term]]:
    rng = random.Random(3)  # noqa: S311 - a test, not a secret
    return [
        (
            FIRST + timedelta(minutes=rng.randrange(600 * 1440)),
            Term(1 if unit is Unit.YEAR else rng.randrange(1, 13), unit),
        )
        for _ in range(1_000)
        for unit in units
    ]


def test_a_thousand_of_every_unit_are_due_as_they_are_one_by_one() -> None:
    asked = _asked(list(Unit))[:1_000]

    assert Dues(CALENDAR).due_moments(asked) == [CALENDAR.due_at(*each) for each in asked]


def test_last_days_are_those_of_the_calendar() -> None:
    units = [unit for unit in Unit if unit is not Unit.WORKING_HOUR]
    asked = [(start.date(), term) for start, term in _asked(units)]

    assert Dues(CALENDAR).last_days(asked) == [CALENDAR.last_day(*each) for each in asked]


@pytest.mark.parametrize("start", [date(2023, 12, 31), date(2026, 12, 30), date(2030, 1, 1)])
def test_beyond_the_calendar_is_refused_in_bulk_too(start: date) -> None:
    with pytest.raises(LookupError, match="no working calendar"):
        Dues(CALENDAR).last_days([(start, Term(5, Unit.WORKING_DAY))])
