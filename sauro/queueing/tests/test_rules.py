"""Whose turn it is, and how long that takes."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauro.core.errors import Invalid
from sauro.queueing import rules
from sauro.queueing.rules import Line, Open, Waiting

DAY = date(2026, 11, 23)
EIGHT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
ALL = frozenset(Line)
MINUTES = dict.fromkeys(Line, 10.0)


def _waits(number: int, line: Line = Line.PAPERS, *, first: bool = False) -> Waiting:
    at = EIGHT + timedelta(minutes=number)
    return Waiting(id=number, line=line, is_first=first, taken_at=at)


def test_who_came_first_is_called_first() -> None:
    turn = rules.next_of([_waits(2), _waits(1)], ALL, in_a_row=0, on=DAY)

    assert turn is not None
    assert turn.id == 1


def test_who_goes_first_by_law_is_called_before() -> None:
    turn = rules.next_of([_waits(1), _waits(2, first=True)], ALL, in_a_row=0, on=DAY)

    assert turn is not None
    assert turn.id == 2


def test_after_two_who_go_first_one_other_is_called() -> None:
    queue = [_waits(1), _waits(2, first=True)]

    turn = rules.next_of(queue, ALL, in_a_row=2, on=DAY)
    alone = rules.next_of(queue[1:], ALL, in_a_row=2, on=DAY)

    assert turn is not None
    assert turn.id == 1
    assert alone is not None
    assert alone.id == 2


def test_a_window_calls_only_its_own_lines() -> None:
    assert rules.next_of([_waits(1)], frozenset({Line.LAND}), in_a_row=0, on=DAY) is None


def test_the_wait_is_played_forward_over_all_windows() -> None:
    queue = [_waits(n) for n in range(1, 6)]
    windows = [Open(lines=ALL, free_in=4.0), Open(lines=ALL, free_in=0.0)]

    # 1 at 0, 2 at 4, 3 at 10, 4 at 14, 5 at 20
    assert rules.expected(5, queue, windows, MINUTES, DAY) == rules.Expected(4, 20)
    assert rules.expected(1, queue, windows, MINUTES, DAY) == rules.Expected(0, 0)


def test_nobody_is_told_minutes_while_no_window_takes_their_line() -> None:
    queue = [_waits(1), _waits(2)]
    windows = [Open(lines=frozenset({Line.LAND}))]

    assert rules.expected(2, queue, windows, MINUTES, DAY) == rules.Expected(1, None)


def test_who_no_longer_waits_is_told_nothing() -> None:
    assert rules.expected(9, [_waits(1)], [], MINUTES, DAY) == rules.Expected(0, 0)


@given(
    st.lists(st.tuples(st.sampled_from(Line), st.booleans()), min_size=1, max_size=15),
    st.lists(st.floats(0, 30), min_size=1, max_size=4),
)
def test_everybody_is_called_some_day_and_nobody_twice(
    queue: list[tuple[Line, bool]], free: list[float]
) -> None:
    waiting = [_waits(n, line, first=first) for n, (line, first) in enumerate(queue)]
    windows = [Open(lines=ALL, free_in=minutes) for minutes in free]

    found = [rules.expected(one.id, waiting, windows, MINUTES, DAY) for one in waiting]

    assert sorted(one.ahead for one in found) == list(range(len(queue)))
    assert all(one.minutes is not None and one.minutes >= 0 for one in found)


def test_minutes_are_the_middle_of_what_was_measured_or_said_to_be_assumed() -> None:
    assert rules.service_minutes([1, 2, 3, 4, 100], DAY) == (3.0, True)
    assert rules.service_minutes([1, 2], DAY) == (8.0, False)


@pytest.mark.parametrize("text", ["0", "31", "x", "", "1.5", "²", "9" * 50])
def test_a_window_has_a_number_that_fits_the_hall(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        rules.checked_number(text)

    assert refused.value.field == "number"


def test_codes_are_called_with_their_letter() -> None:
    assert rules.code(Line.LAND, 12) == "B012"
    assert rules.checked_priority("KING") is rules.Priority.NONE
    with pytest.raises(Invalid):
        rules.checked_line("Z")
    with pytest.raises(Invalid):
        rules.checked_lines(["Z"])
