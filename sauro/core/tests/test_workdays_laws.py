"""What holds of working time on any calendar, whatever days are special."""

from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from sauro.core.clock import HERE
from sauro.core.workdays import (
    SESSIONS,
    SpecialDay,
    Term,
    Unit,
    WorkingCalendar,
    handover_at,
    raw_end,
    restart,
    resume,
    same_day_due,
)

FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)
special_days = st.builds(SpecialDay, st.just("Đặc biệt"), works=st.booleans())
calendars = st.builds(
    WorkingCalendar,
    st.dictionaries(st.dates(FIRST, LAST), special_days, max_size=25),
    sessions=st.sampled_from([SESSIONS, ((time(7, 30), time(12)),), ((time(8), time(16, 45)),)]),
)
starts = st.dates(FIRST, LAST)
times = st.builds(time, st.integers(0, 23), st.integers(0, 59), st.integers(0, 59))
moments = st.builds(datetime.combine, starts, times, tzinfo=st.just(HERE))
terms = st.integers(1, 60)
laws = settings(max_examples=60, deadline=None)


@laws
@given(calendars, starts, terms)
def test_exactly_the_term_elapses_by_the_deadline(
    calendar: WorkingCalendar, start: date, term: int
) -> None:
    due = calendar.after(start, term)

    assert calendar.is_working(due)
    assert calendar.elapsed(start, due) == term
    assert calendar.elapsed(start, due - timedelta(days=1)) == term - 1


@laws
@given(calendars, starts, terms)
def test_counting_back_from_the_deadline_leads_to_the_start(
    calendar: WorkingCalendar, start: date, term: int
) -> None:
    worked = calendar.roll_forward(start)

    assert calendar.after(calendar.after(worked, term), -term) == worked


@laws
@given(calendars, starts, starts, starts)
def test_elapsed_days_add_up_and_turn_round(
    calendar: WorkingCalendar, a: date, b: date, c: date
) -> None:
    assert calendar.elapsed(a, b) + calendar.elapsed(b, c) == calendar.elapsed(a, c)
    assert calendar.elapsed(a, b) == -calendar.elapsed(b, a)


@laws
@given(calendars, starts)
def test_rolling_forward_lands_on_a_working_day_and_stays_there(
    calendar: WorkingCalendar, start: date
) -> None:
    rolled = calendar.roll_forward(start)

    assert rolled >= start
    assert calendar.is_working(rolled)
    assert calendar.roll_forward(rolled) == rolled


@laws
@given(calendars, moments, st.integers(1, 5_000))
def test_exactly_the_minutes_pass(calendar: WorkingCalendar, start: datetime, minutes: int) -> None:
    end = calendar.after_minutes(start, minutes)

    assert calendar.minutes_between(start, end) == minutes
    assert calendar.minutes_between(start, end - timedelta(seconds=1)) == minutes - 1


@laws
@given(calendars, moments, st.integers(1, 2_000), st.integers(1, 2_000))
def test_minutes_may_be_taken_in_two_steps(
    calendar: WorkingCalendar, start: datetime, first: int, second: int
) -> None:
    middle = calendar.after_minutes(start, first)

    assert calendar.after_minutes(middle, second) == calendar.after_minutes(start, first + second)


@laws
@given(calendars, moments, st.integers(1, 2_000))
def test_here_no_hour_is_ever_lost_or_doubled(
    calendar: WorkingCalendar, start: datetime, minutes: int
) -> None:
    end = calendar.after_minutes(start, minutes)

    assert start.utcoffset() == end.utcoffset() == timedelta(hours=7)


@laws
@given(calendars, starts, st.sampled_from([u for u in Unit if u is not Unit.WORKING_HOUR]), terms)
def test_a_last_day_is_worked_and_never_before_the_raw_end(
    calendar: WorkingCalendar, start: date, unit: Unit, value: int
) -> None:
    term = Term(min(value, 1 if unit is Unit.YEAR else 11), unit)

    last = calendar.last_day(start, term)

    assert calendar.is_working(last)
    assert last > start
    if unit is not Unit.WORKING_DAY:
        raw = raw_end(start, term)
        assert calendar.roll_forward(raw) == last >= raw


@laws
@given(calendars, starts, st.integers(0, 20), st.integers(0, 20), terms)
def test_starting_anew_is_never_earlier_than_going_on(
    calendar: WorkingCalendar, received: date, asked_after: int, waited: int, value: int
) -> None:
    term = Term(value, Unit.WORKING_DAY)
    asked = received + timedelta(days=asked_after)
    completed = asked + timedelta(days=waited)

    anew = restart(calendar, completed, term)
    going_on = resume(calendar, received, asked, completed, term)

    assert received <= completed <= going_on <= anew


@laws
@given(calendars, moments)
def test_papers_are_never_handed_over_before_they_came_nor_while_closed(
    calendar: WorkingCalendar, received: datetime
) -> None:
    handed_over = handover_at(calendar, received)

    assert handed_over >= received
    assert calendar.opening(handed_over) == handed_over
    assert same_day_due(calendar, received) >= handed_over


@laws
@given(calendars, starts, terms)
def test_an_explanation_gives_each_day_one_line_and_counts_to_the_term(
    calendar: WorkingCalendar, start: date, value: int
) -> None:
    term = Term(value, Unit.WORKING_DAY)
    lines = calendar.explain(start, term).lines

    assert len(lines) == (calendar.last_day(start, term) - start).days + 1
    assert [line.rule.split(":")[0] for line in lines if line.rule.startswith("Ngày thứ")] == [
        f"Ngày thứ {n}" for n in range(1, value + 1)
    ]
