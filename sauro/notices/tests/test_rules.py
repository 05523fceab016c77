"""When a message is tried again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauro.core.errors import Invalid
from sauro.notices import rules

TOLD = datetime(2026, 3, 5, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("attempts", "minutes"), [(1, 1), (2, 5), (3, 30), (4, 120), (5, 720), (6, 720), (60, 720)]
)
def test_waits_grow_from_a_minute_to_half_a_day(attempts: int, minutes: int) -> None:
    assert rules.next_try(TOLD, attempts, TOLD) == TOLD + timedelta(minutes=minutes)


def test_the_last_try_is_at_the_end_of_the_fifth_day_and_then_no_more() -> None:
    end = TOLD + timedelta(days=5)

    assert rules.next_try(TOLD, 12, end - timedelta(hours=1)) == end
    assert rules.next_try(TOLD, 13, end) is None


@given(attempts=st.integers(1, 1000), hours=st.integers(0, 119))
def test_a_message_that_is_not_given_up_is_always_tried_later_and_in_time(
    attempts: int, hours: int
) -> None:
    now = TOLD + timedelta(hours=hours)

    again = rules.next_try(TOLD, attempts, now)

    assert again is not None
    assert now < again <= TOLD + rules.PATIENCE


def test_text_is_kept_tidy_line_by_line() -> None:
    assert rules.check_text(" Kết \n quả ", "Dòng  một\n\n dòng hai\n", "/t/1") == (
        "Kết quả",
        "Dòng một\n\ndòng hai",
    )


@pytest.mark.parametrize(
    ("subject", "body"), [(" ", "x"), ("x", " \n "), ("x" * 201, "x"), ("x", "x" * 5001)]
)
def test_a_notice_that_says_nothing_or_too_much_is_refused(subject: str, body: str) -> None:
    with pytest.raises(Invalid):
        rules.check_text(subject, body, "")


@pytest.mark.parametrize("link", ["https://xau.example", "//xau.example", "javascript:x"])
def test_a_link_that_leads_out_is_a_fault(link: str) -> None:
    with pytest.raises(ValueError, match="leads out"):
        rules.check_text("x", "y", link)
