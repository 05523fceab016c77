"""Every vector of the specification's section 3.6, by its number, and the laws behind them."""

from datetime import date, datetime, time, timedelta

import pytest

from sauro.core.clock import HERE
from sauro.core.tests.state_calendar import state_calendar
from sauro.core.workdays import (
    SESSIONS,
    Hours,
    SpecialDay,
    Term,
    Unit,
    WorkingCalendar,
    raw_end,
)

CALENDAR = state_calendar()


def day(text: str) -> date:
    return date.fromisoformat(text)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HERE)


def days(value: int) -> Term:
    return Term(value, Unit.WORKING_DAY)


@pytest.mark.parametrize(
    ("start", "term", "due"),
    [
        pytest.param("2025-09-22", 5, "2025-09-29", id="T01 a plain week"),
        pytest.param("2025-04-24", 5, "2025-05-05", id="T02 Sat 26/4 worked, 30/4 to 4/5 off"),
        pytest.param("2025-08-27", 3, "2025-09-03", id="T03 National Day 2025"),
        pytest.param("2025-12-30", 3, "2026-01-06", id="T04 1/1 and swapped 2/1 off"),
        pytest.param("2026-01-07", 3, "2026-01-10", id="T05 ends on a swapped Saturday"),
        pytest.param("2026-02-11", 5, "2026-02-25", id="T06 Tet 2026"),
        pytest.param("2026-02-13", 1, "2026-02-23", id="T07 from the last day before Tet"),
        pytest.param("2026-04-24", 3, "2026-05-04", id="T08 day in lieu, 30/4 and 1/5"),
        pytest.param("2026-04-28", 10, "2026-05-14", id="T09 30/4 to 3/5"),
        pytest.param("2026-08-20", 8, "2026-09-03", id="T10 Sat 22/8 worked, 31/8 to 2/9 off"),
        pytest.param("2026-08-28", 3, "2026-09-07", id="T11 National Day 2026"),
        pytest.param("2026-11-20", 3, "2026-11-26", id="T12 the new holiday of 24/11"),
        pytest.param("2025-04-04", 1, "2025-04-08", id="T13 Hung Kings on a Monday"),
        pytest.param("2025-01-23", 2, "2025-02-03", id="T14 Tet 2025"),
        pytest.param("2026-08-21", 1, "2026-08-22", id="T15 one day on, a swapped Saturday"),
        pytest.param("2026-08-24", 7, "2026-09-07", id="T39 acceptance of a complaint"),
        pytest.param("2026-04-20", 15, "2026-05-14", id="T41 reply to a petition"),
    ],
)
def test_a_term_in_working_days_ends_on(start: str, term: int, due: str) -> None:
    assert CALENDAR.after(day(start), term) == day(due)
    assert CALENDAR.last_day(day(start), days(term)) == day(due)
    assert CALENDAR.elapsed(day(start), day(due)) == term


@pytest.mark.parametrize(
    ("start", "term", "raw", "due"),
    [
        pytest.param("2026-02-04", Term(15, Unit.DAY), "2026-02-19", "2026-02-23", id="T16"),
        pytest.param("2026-04-01", Term(30, Unit.DAY), "2026-05-01", "2026-05-04", id="T17"),
        pytest.param("2026-01-17", Term(30, Unit.DAY), "2026-02-16", "2026-02-23", id="T18"),
        pytest.param("2025-08-22", Term(10, Unit.DAY), "2025-09-01", "2025-09-03", id="T19"),
        pytest.param("2026-01-31", Term(1, Unit.MONTH), "2026-02-28", "2026-03-02", id="T20"),
        pytest.param("2025-07-31", Term(1, Unit.MONTH), "2025-08-31", "2025-09-03", id="T21"),
        pytest.param("2025-01-30", Term(1, Unit.MONTH), "2025-02-28", "2025-02-28", id="T22"),
        pytest.param("2026-02-06", Term(2, Unit.WEEK), "2026-02-20", "2026-02-23", id="T23"),
        pytest.param("2024-02-29", Term(1, Unit.YEAR), "2025-02-28", "2025-02-28", id="T24"),
        pytest.param("2026-02-09", Term(10, Unit.DAY), "2026-02-19", "2026-02-23", id="T40"),
        pytest.param("2026-09-07", Term(30, Unit.DAY), "2026-10-07", "2026-10-07", id="T42"),
    ],
)
def test_a_calendar_term_ends_on(start: str, term: Term, raw: str, due: str) -> None:
    assert raw_end(day(start), term) == day(raw)
    assert CALENDAR.last_day(day(start), term) == day(due)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        pytest.param("2026-02-13 15:00", 8, "2026-02-23 15:00", id="T25 over Tet"),
        pytest.param("2025-04-29 14:00", 8, "2025-05-05 14:00", id="T26 over 30/4"),
        pytest.param("2026-01-09 16:00", 4, "2026-01-10 10:00", id="T27 into a worked Saturday"),
        pytest.param("2026-08-28 10:00", 8, "2026-09-03 10:00", id="T28 over National Day"),
        pytest.param("2026-04-25 10:00", 8, "2026-04-28 17:00", id="T29 starts while closed"),
        pytest.param("2026-11-23 20:00", 8, "2026-11-25 17:00", id="T30 starts after hours"),
        pytest.param("2026-08-21 16:00", 16, "2026-08-24 16:00", id="T31 two days' hours"),
    ],
)
def test_a_term_in_working_hours_ends_at(start: str, hours: int, due: str) -> None:
    assert CALENDAR.due_at(at(start), Term(hours, Unit.WORKING_HOUR)) == at(due)
    assert CALENDAR.minutes_between(at(start), at(due)) == hours * 60


@pytest.mark.parametrize(
    ("effective", "latest"),
    [
        pytest.param("2026-07-01", "2026-06-24", id="T37"),
        pytest.param("2026-05-15", "2026-05-08", id="T38"),
    ],
)
def test_five_working_days_before(effective: str, latest: str) -> None:
    assert CALENDAR.after(day(effective), -5) == day(latest)
    assert CALENDAR.latest_start(day(effective), days(5)) == day(latest)


@pytest.mark.parametrize(
    ("year", "worked"),
    [
        (2025, [17, 20, 21, 21, 20, 21, 23, 21, 20, 23, 20, 23]),
        (2026, [21, 15, 22, 20, 20, 22, 23, 21, 20, 22, 20, 23]),
    ],
)
def test_the_working_days_of_each_month(year: int, worked: list[int]) -> None:
    first = date(year, 1, 1)
    all_days = [first + timedelta(days=n) for n in range(365)]

    counted = [
        sum(CALENDAR.is_working(d) for d in all_days if d.month == month) for month in range(1, 13)
    ]

    assert counted == worked


class TestRefused:
    """A date that looks right and is wrong is worse than none."""

    @pytest.mark.parametrize("value", [0, -1])
    def test_a_term_of_nothing(self, value: int) -> None:
        with pytest.raises(ValueError, match="at least 1"):
            Term(value, Unit.DAY)

    def test_no_working_days(self) -> None:
        with pytest.raises(ValueError, match="at least one working day"):
            CALENDAR.after(day("2026-03-02"), 0)

    def test_no_working_minutes(self) -> None:
        with pytest.raises(ValueError, match="at least one working minute"):
            CALENDAR.after_minutes(at("2026-03-02 08:00"), 0)

    def test_the_calendar_day_on_which_a_term_in_hours_ends(self) -> None:
        with pytest.raises(ValueError, match="working time"):
            CALENDAR.last_day(day("2026-03-02"), Term(8, Unit.WORKING_HOUR))

    @pytest.mark.parametrize("outside", ["2023-12-29", "2027-01-04", "2035-01-01"])
    def test_years_that_nobody_has_decided_yet(self, outside: str) -> None:
        inside = day("2026-06-01")
        moment, known = at(f"{outside} 08:00"), at("2026-06-01 08:00")

        for ask in (
            lambda: CALENDAR.is_working(day(outside)),
            lambda: CALENDAR.after(day(outside), 1),
            lambda: CALENDAR.after(day(outside), -1),
            lambda: CALENDAR.elapsed(inside, day(outside)),
            lambda: CALENDAR.elapsed(day(outside), inside),
            lambda: CALENDAR.opening(moment),
            lambda: CALENDAR.minutes_between(moment, known),
            lambda: CALENDAR.minutes_between(known, moment),
        ):
            with pytest.raises(LookupError, match="no working calendar"):
                ask()

    def test_terms_that_end_in_years_that_nobody_has_decided_yet(self) -> None:
        with pytest.raises(LookupError, match="no working calendar"):
            CALENDAR.after(day("2026-12-20"), 30)
        with pytest.raises(LookupError, match="no working calendar"):
            CALENDAR.after_minutes(at("2026-12-31 16:00"), 600)
        with pytest.raises(LookupError, match="no working calendar"):
            CALENDAR.opening(at("2026-12-31 18:00"))


def test_a_day_has_eight_hours() -> None:
    assert CALENDAR.minutes_a_day() == 480


def test_a_special_day_gives_its_own_reason() -> None:
    calendar = WorkingCalendar({day("2026-07-01"): SpecialDay("Bão số 3")})

    assert calendar.reason(day("2026-07-01")) == "Bão số 3"
    assert calendar.reason(day("2026-07-02")) == "Ngày làm việc"
    assert calendar.reason(day("2026-07-04")) == "Nghỉ cuối tuần"


def test_offices_open_where_they_are_open_and_else_at_the_next_opening() -> None:
    assert CALENDAR.opening(at("2026-03-02 10:15")) == at("2026-03-02 10:15")
    assert CALENDAR.opening(at("2026-03-02 11:30")) == at("2026-03-02 13:30")
    assert CALENDAR.opening(at("2026-02-13 17:00")) == at("2026-02-23 07:00")


class TestOwnHours:
    """An office with its own sessions, days off and half days."""

    FRIDAY = ((time(7), time(11, 30)), (time(13), time(16)))
    MORNINGS = ((time(7, 30), time(11, 30)),)
    CALENDAR = WorkingCalendar(
        {
            day("2026-03-04"): SpecialDay("Lễ hội Đua voi"),
            day("2026-03-06"): SpecialDay("Nửa ngày", works=True, sessions=MORNINGS),
        },
        hours=(Hours(day("2026-01-01"), SESSIONS, {4: FRIDAY}),),
    )

    def test_a_local_day_off_is_not_counted(self) -> None:
        assert self.CALENDAR.after(day("2026-03-02"), 2) == day("2026-03-05")
        assert CALENDAR.after(day("2026-03-02"), 2) == day("2026-03-04")

    def test_a_half_day_ends_when_the_office_closes(self) -> None:
        assert self.CALENDAR.due_at(at("2026-03-05 08:00"), days(1)) == at("2026-03-06 11:30")

    def test_a_weekday_may_have_its_own_hours(self) -> None:
        assert self.CALENDAR.close_of(at("2026-03-13 08:00")) == at("2026-03-13 16:00")
        assert self.CALENDAR.opening(at("2026-03-13 12:30")) == at("2026-03-13 13:00")
        assert self.CALENDAR.close_of(at("2025-12-26 08:00")) == at("2025-12-26 17:00")

    def test_hours_are_those_of_each_day(self) -> None:
        term = Term(8, Unit.WORKING_HOUR)

        # An hour on Thursday, four in the half of Friday, three on Monday.
        assert self.CALENDAR.due_at(at("2026-03-05 16:00"), term) == at("2026-03-09 10:00")


@pytest.mark.parametrize(
    ("due", "term", "latest"),
    [
        pytest.param("2026-02-25", days(5), "2026-02-11", id="over Tet"),
        pytest.param("2026-02-24", days(5), "2026-02-10", id="one day less"),
        pytest.param("2026-02-22", days(1), "2026-02-12", id="due on a day that is not worked"),
        pytest.param("2025-06-30", Term(1, Unit.MONTH), "2025-05-30", id="the last of the month"),
        pytest.param("2026-04-30", Term(1, Unit.MONTH), "2026-03-27", id="rolls back twice"),
        pytest.param("2026-02-23", Term(15, Unit.DAY), "2026-02-06", id="in days"),
        pytest.param("2026-03-06", Term(2, Unit.WEEK), "2026-02-13", id="in weeks, before Tet"),
        pytest.param("2025-02-28", Term(1, Unit.YEAR), "2024-02-29", id="in years"),
    ],
)
def test_the_latest_day_to_start_on(due: str, term: Term, latest: str) -> None:
    assert CALENDAR.latest_start(day(due), term) == day(latest)


def test_the_latest_moment_to_start_at() -> None:
    hours = Term(8, Unit.WORKING_HOUR)

    assert CALENDAR.start_by(at("2026-02-23 15:00"), hours) == at("2026-02-13 15:00")
    assert CALENDAR.start_by(at("2026-02-23 17:00"), hours) == at("2026-02-23 07:00")
    assert CALENDAR.start_by(at("2026-02-25 17:00"), days(5)) == at("2026-02-11 17:00")
    assert CALENDAR.start_by(at("2026-02-25 16:59"), days(5)) == at("2026-02-10 17:00")


def test_nothing_starts_before_the_calendar_does() -> None:
    with pytest.raises(LookupError, match="no working calendar"):
        CALENDAR.start_by(at("2024-01-02 08:00"), Term(90, Unit.WORKING_HOUR))
    with pytest.raises(ValueError, match="at least one working minute"):
        CALENDAR.before_minutes(at("2024-01-02 08:00"), 0)
