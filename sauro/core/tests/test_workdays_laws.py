"""What holds of working time on any calendar, whatever days are special."""

from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from sauro.core.bulk import Dues
from sauro.core.clock import HERE
from sauro.core.reckoning import explain_due, rows
from sauro.core.starts import (
    Way,
    due_paused,
    handover_at,
    last_day_paused,
    restart,
    resume,
    same_day_due,
    start_of,
)
from sauro.core.workdays import (
    SESSIONS,
    Hours,
    SpecialDay,
    Term,
    Unit,
    WorkingCalendar,
    raw_end,
)

FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)
HALF = ((time(7), time(11, 30)),)
special_days = st.builds(
    SpecialDay,
    st.just("Đặc biệt"),
    works=st.booleans(),
    sessions=st.sampled_from([None, None, HALF]),
)
calendars = st.builds(
    WorkingCalendar,
    st.dictionaries(st.dates(FIRST, LAST), special_days, max_size=25),
    sessions=st.sampled_from([SESSIONS, ((time(7, 30), time(12)),), ((time(8), time(16, 45)),)]),
    hours=st.sampled_from([(), (Hours(date(2025, 6, 1), SESSIONS, {4: HALF}),)]),
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
    lines = explain_due(calendar, datetime.combine(start, time(8), tzinfo=HERE), term).lines

    assert len(lines) == (calendar.last_day(start, term) - start).days + 1
    assert [line.rule.split(":")[0] for line in lines if line.rule.startswith("Ngày thứ")] == [
        f"Ngày thứ {n}" for n in range(1, value + 1)
    ]


units = st.sampled_from([unit for unit in Unit if unit is not Unit.WORKING_HOUR])


def _term(value: int, unit: Unit) -> Term:
    return Term(min(value, 1 if unit is Unit.YEAR else 11), unit)


@laws
@given(calendars, starts, units, terms, st.integers(0, 9))
def test_a_later_start_and_a_longer_term_are_never_due_earlier(
    calendar: WorkingCalendar, start: date, unit: Unit, value: int, later: int
) -> None:
    due = calendar.last_day(start, _term(value, unit))

    assert calendar.last_day(start + timedelta(days=later), _term(value, unit)) >= due
    assert calendar.last_day(start, _term(value + later, unit)) >= due


@laws
@given(calendars, moments, st.integers(1, 3_000), st.integers(0, 3_000))
def test_hours_too_never_go_back(
    calendar: WorkingCalendar, start: datetime, minutes: int, more: int
) -> None:
    due = calendar.after_minutes(start, minutes)

    assert calendar.after_minutes(start + timedelta(minutes=more), minutes) >= due
    assert calendar.after_minutes(start, minutes + more) >= due


@laws
@given(calendars, starts, units, terms)
def test_the_latest_start_is_in_time_and_the_next_working_day_is_not(
    calendar: WorkingCalendar, due: date, unit: Unit, value: int
) -> None:
    term = _term(value, unit)

    start = calendar.latest_start(due, term)

    assert calendar.is_working(start)
    assert calendar.last_day(start, term) <= due
    assert calendar.last_day(calendar.after(start, 1), term) > due


@laws
@given(calendars, starts, units, terms)
def test_forward_then_backward_never_leads_to_before_the_start(
    calendar: WorkingCalendar, start: date, unit: Unit, value: int
) -> None:
    worked, term = calendar.roll_forward(start), _term(value, unit)

    back = calendar.latest_start(calendar.last_day(worked, term), term)

    assert back >= worked
    if unit is Unit.WORKING_DAY:
        assert back == worked


@laws
@given(calendars, moments, st.integers(1, 3_000))
def test_minutes_backward_undo_minutes_forward(
    calendar: WorkingCalendar, start: datetime, minutes: int
) -> None:
    due = calendar.after_minutes(start, minutes)

    assert calendar.before_minutes(due, minutes) == calendar.opening(start)


@laws
@given(calendars, starts, st.integers(1, 30), st.integers(0, 6), st.integers(0, 20))
def test_days_stand_still_for_exactly_the_pause(
    calendar: WorkingCalendar, start: date, value: int, used: int, waited: int
) -> None:
    term = Term(value + 7, Unit.WORKING_DAY)
    asked = start + timedelta(days=used)
    completed = asked + timedelta(days=waited)

    due = last_day_paused(calendar, start, term, [(asked, completed)])

    assert calendar.elapsed(start, asked) + calendar.elapsed(completed, due) == term.value


@laws
@given(calendars, moments, st.integers(8, 40), st.lists(st.integers(0, 900), max_size=6))
def test_hours_stand_still_for_exactly_the_pauses(
    calendar: WorkingCalendar, start: datetime, hours: int, cuts: list[int]
) -> None:
    edges = [start + timedelta(minutes=n) for n in sorted(cuts[: len(cuts) // 2 * 2])]
    pauses = list(zip(edges[::2], edges[1::2], strict=True))

    due = due_paused(calendar, start, Term(hours, Unit.WORKING_HOUR), pauses)

    stood = sum(calendar.minutes_between(a, b) for a, b in pauses if a < due)
    assert abs(calendar.minutes_between(start, due) - stood - hours * 60) <= len(pauses)


@laws
@given(calendars, moments, st.sampled_from(Way), terms)
def test_no_term_starts_before_papers_came(
    calendar: WorkingCalendar, received: datetime, way: Way, value: int
) -> None:
    start = start_of(calendar, way, received, Term(value, Unit.WORKING_HOUR))

    assert start.at >= received
    assert start.lines


@laws
@given(calendars, moments, st.integers(1, 30))
def test_the_minutes_of_a_reckoning_sum_to_the_term(
    calendar: WorkingCalendar, start: datetime, hours: int
) -> None:
    start = start.replace(second=0)

    table = rows(calendar, start, Term(hours, Unit.WORKING_HOUR))

    assert sum(row.number for row in table) == hours * 60


@laws
@given(calendars, st.lists(st.tuples(moments, terms, st.sampled_from(Unit)), max_size=8))
def test_in_bulk_as_one_by_one(
    calendar: WorkingCalendar, asked: list[tuple[datetime, int, Unit]]
) -> None:
    pairs = [(start, _term(value, unit)) for start, value, unit in asked]

    assert Dues(calendar).due_moments(pairs) == [calendar.due_at(*pair) for pair in pairs]
