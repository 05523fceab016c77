from dataclasses import replace
from datetime import date, datetime, timedelta
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauro.core.clock import HERE
from sauro.core.workdays import SpecialDay, WorkingCalendar
from sauro.lateness.rules import charging, minutes
from sauro.lateness.rules.charging import Course, Span, Stop

CALENDAR = WorkingCalendar({date(2026, 3, 4): SpecialDay("Ngày nghỉ")})
MONDAY = datetime(2026, 3, 2, 7, 0, tzinfo=HERE)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=HERE)


def span(
    number: int,
    step: str,
    opened: datetime,
    due: datetime,
    done: datetime | None,
    *,
    outcome: str = "ADVANCE",
    party: str = "OFFICE",
) -> Span:
    return Span(
        id=number,
        step=step,
        party=party,
        official_id=number * 10,
        office_id=number % 3,
        opened_at=opened,
        due_at=due,
        done_at=done,
        outcome=outcome,
    )


def course(*spans: Span, due: datetime, end: datetime, stops: tuple[Stop, ...] = ()) -> Course:
    return Course(spans=spans, stops=stops, started_at=MONDAY, due_at=due, end_at=end)


def test_the_delay_goes_to_the_step_that_ran_over() -> None:
    # Appraising was due at 11:30 and took until 15:00; signing was in time; due 14:00.
    appraise = span(1, "appraise", MONDAY, at(2, 11, 30), at(2, 15))
    sign = span(2, "sign", at(2, 15), at(2, 16), at(2, 15, 30), outcome="FINISH")

    account = charging.account(CALENDAR, course(appraise, sign, due=at(2, 14), end=at(2, 15, 30)))

    assert account.delay == 90
    assert [share.delay for share in account.shares] == [90, 0]
    assert [share.minutes for share in account.shares] == [360, 30]
    assert [share.over for share in account.shares] == [90, 0]
    assert account.minutes == 390
    assert account.by_party == {"OFFICE": 390}
    assert account.delay_of("official_id") == {10: 90, 20: 0}


def test_two_steps_that_ran_over_share_the_delay_in_proportion() -> None:
    # 120 and 60 minutes over; of the delay of 100 they have 67 and 33.
    appraise = span(1, "appraise", MONDAY, at(2, 9), at(2, 11))
    sign = span(2, "sign", at(2, 11), at(2, 11, 30), at(2, 14, 30), outcome="FINISH")

    account = charging.account(
        CALENDAR, course(appraise, sign, due=at(2, 10, 50), end=at(2, 14, 30))
    )

    assert account.delay == 100
    assert [share.delay for share in account.shares] == [67, 33]


def test_work_done_again_is_charged_to_the_step_whose_work_came_back() -> None:
    # Signing sends the draft back; appraising again (60) and signing again (30) are in time.
    first = span(1, "appraise", MONDAY, at(2, 9), at(2, 9))
    sent_back = span(2, "sign", at(2, 9), at(2, 10), at(2, 9, 30), outcome="SEND_BACK")
    again = span(3, "appraise", at(2, 9, 30), at(2, 11), at(2, 10, 30))
    signed = span(4, "sign", at(2, 10, 30), at(2, 11, 30), at(2, 11))
    stamp = span(5, "stamp", at(2, 11), at(2, 11, 30), at(2, 11, 10), outcome="FINISH")

    account = charging.account(
        CALENDAR,
        course(first, sent_back, again, signed, stamp, due=at(2, 10), end=at(2, 11, 10)),
    )

    assert account.delay == 70
    assert [share.delay for share in account.shares] == [70, 0, 0, 0, 0]
    assert [share.caused_by for share in account.shares] == [None, None, 1, 1, None]


def test_who_is_late_with_work_done_again_answers_for_the_lateness() -> None:
    # The second signing may take 30 minutes for the first appraiser's sake; it takes 90.
    first = span(1, "appraise", MONDAY, at(2, 9), at(2, 9))
    sent_back = span(2, "sign", at(2, 9), at(2, 10), at(2, 9, 30), outcome="SEND_BACK")
    again = span(3, "appraise", at(2, 9, 30), at(2, 10), at(2, 9, 30))
    signed = span(4, "sign", at(2, 9, 30), at(2, 10), at(2, 11), outcome="FINISH")

    account = charging.account(
        CALENDAR, course(first, sent_back, again, signed, due=at(2, 9, 30), end=at(2, 11))
    )

    assert account.delay == 90
    assert [share.delay for share in account.shares] == [30, 0, 0, 60]


def test_time_that_stands_still_is_the_partys_and_nobodys_delay() -> None:
    # The other agency is waited for from 9 to 15; the step itself took 60 + 30.
    step = span(1, "appraise", at(2, 8), at(2, 16), at(2, 15, 30), outcome="FINISH")
    stop = Stop(at(2, 9), at(2, 15), "OTHER")

    account = charging.account(
        CALENDAR, course(step, due=at(2, 10), end=at(2, 15, 30), stops=(stop,))
    )

    assert (account.minutes, account.waited) == (90, 240)
    assert account.by_party == {"OFFICE": 90, "OTHER": 240}
    assert account.delay == 30
    assert account.shares[0].over == 0


def test_branches_beside_each_other_share_the_minutes_they_both_were_open() -> None:
    land = span(1, "land", MONDAY, at(2, 8), at(2, 10))
    tax = span(2, "tax", MONDAY, at(2, 11, 30), at(2, 9))

    account = charging.account(CALENDAR, course(land, tax, due=at(2, 9), end=at(2, 10)))

    assert account.minutes == 180
    assert [share.minutes for share in account.shares] == [120, 60]
    assert [share.delay for share in account.shares] == [60, 0]


def test_a_delay_that_no_step_ran_over_for_is_of_those_who_had_it_then() -> None:
    step = span(1, "appraise", MONDAY, at(6, 17), at(2, 11, 30), outcome="FINISH")

    account = charging.account(CALENDAR, course(step, due=at(2, 11), end=at(2, 11, 30)))

    assert [share.delay for share in account.shares] == [30]


def test_a_case_without_a_task_has_no_account() -> None:
    with pytest.raises(ValueError, match="without a task"):
        charging.account(CALENDAR, course(due=MONDAY, end=MONDAY))


@st.composite
def courses(draw: st.DrawFn) -> Course:
    """Return any course: tasks one after the other or beside, sent back, open, paused."""
    hours = st.integers(0, 500)
    spans = []
    for number in range(1, draw(st.integers(1, 8)) + 1):
        opened = MONDAY + timedelta(minutes=draw(hours) * 17)
        done = opened + timedelta(minutes=draw(hours) * 13)
        spans.append(
            span(
                number,
                draw(st.sampled_from(["appraise", "sign", "stamp", "tax"])),
                opened,
                opened + timedelta(minutes=draw(hours) * 7),
                done if draw(st.booleans()) else None,
                outcome=draw(st.sampled_from(["ADVANCE", "SEND_BACK", "REOPEN", "COMPLETE"])),
                party=draw(st.sampled_from(["OFFICE", "CITIZEN", "OTHER"])),
            )
        )
    stops = []
    for _ in range(draw(st.integers(0, 3))):
        since = MONDAY + timedelta(minutes=draw(hours) * 19)
        stops.append(Stop(since, since + timedelta(minutes=draw(hours) * 5), "OTHER"))
    started = MONDAY + timedelta(minutes=draw(hours))
    return Course(
        spans=sorted(spans, key=lambda s: s.opened_at),
        stops=stops,
        started_at=started,
        due_at=started + timedelta(minutes=draw(hours) * 11),
        end_at=started + timedelta(minutes=draw(hours) * 23, seconds=draw(st.integers(0, 59))),
    )


@given(courses())
def test_charges_sum_exactly_to_the_delay_and_minutes_to_the_time(given: Course) -> None:
    account = charging.account(CALENDAR, given)

    assert sum(share.delay for share in account.shares) == account.delay
    assert sum(share.minutes for share in account.shares) == account.minutes
    assert sum(share.waited for share in account.shares) == account.waited
    assert sum(account.by_party.values()) == account.minutes + account.waited
    assert sum(account.delay_of("party").values()) == account.delay
    assert all(share.delay >= 0 for share in account.shares)


@given(courses())
def test_without_a_pause_the_delay_is_the_working_time_past_the_promise(given: Course) -> None:
    plain = replace(given, stops=())
    whole = replace(plain, end_at=plain.end_at.replace(second=0))

    account = charging.account(CALENDAR, whole)

    passed = CALENDAR.minutes_between(whole.due_at, whole.end_at)
    assert account.delay == passed


@given(st.integers(0, 10_000), st.lists(st.integers(0, 500), min_size=1, max_size=12))
def test_what_is_apportioned_sums_to_the_whole(total: int, weights: list[int]) -> None:
    if not any(weights):
        weights = [1]

    parts = minutes.apportion(total, weights)

    assert sum(parts) == total
    assert all(abs(p - total * w / sum(weights)) < 1 for p, w in zip(parts, weights, strict=True))


def test_nothing_to_divide_by_is_said() -> None:
    assert minutes.apportion(0, [0, 0]) == [0, 0]
    with pytest.raises(ValueError, match="nothing to divide by"):
        minutes.apportion(1, [0])


def test_four_hundred_tasks_over_three_years_are_accounted_in_a_blink() -> None:
    calendar = WorkingCalendar({}, since=date(2024, 1, 1), until=date(2028, 1, 1))
    begin = datetime(2024, 3, 4, 7, tzinfo=HERE)
    spans = []
    for n in range(400):
        opened = begin + timedelta(hours=60 * n)
        done = opened + timedelta(hours=60)
        outcome = "SEND_BACK" if n % 7 == 0 else "ADVANCE"
        step = ("appraise", "sign", "stamp")[n % 3]
        spans.append(span(n + 1, step, opened, opened + timedelta(hours=20), done, outcome=outcome))
    long = Course(
        spans=spans,
        stops=(),
        started_at=begin,
        due_at=begin + timedelta(days=30),
        end_at=spans[-1].done_at or begin,
    )

    before = perf_counter()
    account = charging.account(calendar, long)

    assert perf_counter() - before < 0.1
    assert sum(share.delay for share in account.shares) == account.delay > 0
