"""Every vector of the specification's section 3.6, by its number, and the laws behind them."""

from datetime import date, datetime, timedelta

import pytest

from sauro.core.clock import HERE
from sauro.core.explain import from_data
from sauro.core.tests.state_calendar import state_calendar
from sauro.core.workdays import (
    LABELS,
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


class TestSupplement:
    """Received Mon 2026-03-02, ten working days, first due Mon 2026-03-16."""

    RECEIVED, ASKED, COMPLETED = day("2026-03-02"), day("2026-03-04"), day("2026-03-12")

    def test_the_first_promise(self) -> None:
        assert CALENDAR.last_day(self.RECEIVED, days(10)) == day("2026-03-16")

    def test_t32_the_term_starts_anew_when_the_dossier_is_complete(self) -> None:
        assert restart(CALENDAR, self.COMPLETED, days(10)) == day("2026-03-26")

    def test_t33_the_term_goes_on_where_it_stood(self) -> None:
        due = resume(CALENDAR, self.RECEIVED, self.ASKED, self.COMPLETED, days(10))

        assert due == day("2026-03-24")

    def test_a_term_already_used_up_ends_when_the_dossier_is_complete(self) -> None:
        due = resume(CALENDAR, self.RECEIVED, day("2026-03-20"), day("2026-03-28"), days(10))

        assert due == day("2026-03-30")

    def test_a_calendar_term_moves_by_the_days_it_stood_still_and_rolls_forward(self) -> None:
        term = Term(15, Unit.DAY)

        due = resume(CALENDAR, self.RECEIVED, self.ASKED, self.COMPLETED, term)

        assert due == day("2026-03-25")


@pytest.mark.parametrize(
    ("received", "due"),
    [
        pytest.param("2026-03-05 14:59", "2026-03-05 17:00", id="T34 before the cut-off"),
        pytest.param("2026-03-05 15:00", "2026-03-05 17:00", id="T34 at the cut-off"),
        pytest.param("2026-03-05 15:01", "2026-03-06 17:00", id="T34 after the cut-off"),
        pytest.param("2026-02-13 15:30", "2026-02-23 17:00", id="T35 the last day before Tet"),
        pytest.param("2026-03-07 09:00", "2026-03-09 17:00", id="on a Saturday"),
    ],
)
def test_a_same_day_procedure_is_due(received: str, due: str) -> None:
    assert same_day_due(CALENDAR, at(received)) == at(due)


@pytest.mark.parametrize(
    ("received", "handed_over"),
    [
        pytest.param("2026-04-24 15:20", "2026-04-28 07:00", id="T36 late before a long weekend"),
        pytest.param("2026-04-24 09:10", "2026-04-24 09:10", id="in the morning"),
        pytest.param("2026-04-24 12:00", "2026-04-24 13:30", id="at noon"),
        pytest.param("2026-04-25 09:00", "2026-04-28 07:00", id="on a Saturday"),
    ],
)
def test_papers_go_to_the_unit(received: str, handed_over: str) -> None:
    assert handover_at(CALENDAR, at(received)) == at(handed_over)


@pytest.mark.parametrize(
    ("effective", "latest"),
    [
        pytest.param("2026-07-01", "2026-06-24", id="T37"),
        pytest.param("2026-05-15", "2026-05-08", id="T38"),
    ],
)
def test_five_working_days_before(effective: str, latest: str) -> None:
    assert CALENDAR.after(day(effective), -5) == day(latest)


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


class TestExplained:
    def test_every_day_on_the_way_has_a_line_with_what_it_counts_for(self) -> None:
        explained = CALENDAR.explain(day("2026-11-20"), days(3))

        assert explained.value == "Thứ Năm, 26/11/2026 (3 ngày làm việc)"
        assert [(line.fact, line.rule) for line in explained.lines] == [
            ("Thứ Sáu, 20/11/2026", "Ngày bắt đầu, không tính"),
            ("Thứ Bảy, 21/11/2026", "Không tính: Nghỉ cuối tuần"),
            ("Chủ Nhật, 22/11/2026", "Không tính: Nghỉ cuối tuần"),
            ("Thứ Hai, 23/11/2026", "Ngày thứ 1"),
            ("Thứ Ba, 24/11/2026", "Không tính: Ngày Văn hóa Việt Nam"),
            ("Thứ Tư, 25/11/2026", "Ngày thứ 2"),
            ("Thứ Năm, 26/11/2026", "Ngày thứ 3"),
        ]
        assert explained.lines[0].source == "Bộ luật Dân sự 2015, Điều 147"
        assert explained.lines[4].source == "Điều 112 Bộ luật Lao động 2019"

    def test_a_swapped_saturday_says_why_it_counts(self) -> None:
        assert CALENDAR.explain(day("2026-08-21"), days(1)).lines[-1].rule == "Ngày thứ 1: Làm bù"

    def test_a_calendar_term_says_why_it_moved(self) -> None:
        lines = CALENDAR.explain(day("2026-01-31"), Term(1, Unit.MONTH)).lines

        assert [(line.fact, line.rule) for line in lines[-3:]] == [
            ("Thứ Bảy, 28/2/2026", "Tính"),
            ("Chủ Nhật, 01/3/2026", "Ngày cuối không làm việc: Nghỉ cuối tuần"),
            ("Thứ Hai, 02/3/2026", "Chuyển sang ngày làm việc tiếp theo"),
        ]

    def test_a_term_in_hours_shows_the_openings_it_used(self) -> None:
        explained = CALENDAR.explain_due(at("2026-01-09 16:00"), Term(4, Unit.WORKING_HOUR))

        assert explained.value == "10:00 Thứ Bảy, 10/1/2026 (4 giờ làm việc)"
        assert [(line.fact, line.amount) for line in explained.lines[1:]] == [
            ("Thứ Sáu, 09/1/2026, 16:00 đến 17:00", "60 phút"),
            ("Thứ Bảy, 10/1/2026, 07:00 đến 10:00", "180 phút"),
        ]

    def test_an_explanation_is_read_back_as_it_was_stored(self) -> None:
        explained = CALENDAR.explain_due(at("2026-11-20 08:00"), days(3))

        assert from_data(explained.as_data()) == explained

    def test_every_unit_has_a_word(self) -> None:
        assert set(LABELS) == set(Unit)
        assert str(Term(5, Unit.WORKING_DAY)) == "5 ngày làm việc"


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
