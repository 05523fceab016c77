"""The arithmetic of charts."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauro.ui import drawing

WHOLE = st.integers(min_value=0, max_value=10**7)


@pytest.mark.parametrize(
    ("value", "low", "high", "expected"),
    [
        (61, 0, 100, "61%"),
        (Decimal("91.2"), 90, 100, "12%"),
        (14.4, 0, 22, "65.45%"),
        (80, 90, 100, "0%"),
        (250, 0, 100, "100%"),
    ],
)
def test_a_value_lies_along_its_axis_and_never_beyond_it(
    value: float, low: int, high: int, expected: str
) -> None:
    assert drawing.along(value, low, high) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [([], 1), ([0], 1), ([14, 3], 20), ([402, 455], 500), ([1000], 1000), ([1001], 2000)],
)
def test_an_axis_ends_at_a_round_number(values: list[int], expected: int) -> None:
    assert drawing.ceiling(values) == expected


@given(st.lists(WHOLE, min_size=1))
def test_an_axis_holds_every_value_and_is_not_more_than_half_empty(values: list[int]) -> None:
    top = drawing.ceiling(values)

    assert top >= max(values)
    assert top == 1 or top <= 2.5 * max(values)


def test_a_path_begins_at_the_left_and_has_zero_at_the_bottom() -> None:
    assert drawing.path([0, 5, 10], 10) == "M0 100L50 50L100 0"


def test_a_day_that_is_not_over_leaves_room_on_the_right() -> None:
    assert drawing.path([0, 10], 10, slots=5) == "M0 100L25 0"


def test_one_value_or_none_is_no_fault() -> None:
    assert drawing.path([5], 10) == "M0 50"
    assert drawing.path([], 10) == ""
