"""A due date tells day by day how it came about, forward and backward."""

from datetime import date, datetime, time

from sauro.core.clock import HERE
from sauro.core.explain import from_data
from sauro.core.reckoning import explain_due, explain_start, rows
from sauro.core.tests.state_calendar import state_calendar
from sauro.core.workdays import LABELS, SpecialDay, Term, Unit, WorkingCalendar

CALENDAR = state_calendar()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HERE)


def days(value: int) -> Term:
    return Term(value, Unit.WORKING_DAY)


class TestExplained:
    def test_every_day_on_the_way_has_a_line_with_what_it_counts_for(self) -> None:
        explained = explain_due(CALENDAR, at("2026-11-20"), days(3))

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
        assert (
            explain_due(CALENDAR, at("2026-08-21"), days(1)).lines[-1].rule == "Ngày thứ 1: Làm bù"
        )

    def test_a_calendar_term_says_why_it_moved(self) -> None:
        lines = explain_due(CALENDAR, at("2026-01-31"), Term(1, Unit.MONTH)).lines

        assert [(line.fact, line.rule) for line in lines[-3:]] == [
            ("Thứ Bảy, 28/2/2026", "Ngày thứ 28"),
            ("Chủ Nhật, 01/3/2026", "Ngày cuối không làm việc: Nghỉ cuối tuần"),
            ("Thứ Hai, 02/3/2026", "Chuyển sang ngày làm việc tiếp theo"),
        ]

    def test_a_term_in_hours_shows_the_openings_it_used(self) -> None:
        explained = explain_due(CALENDAR, at("2026-01-09 16:00"), Term(4, Unit.WORKING_HOUR))

        assert explained.value == "10:00 Thứ Bảy, 10/1/2026 (4 giờ làm việc)"
        assert [(line.fact, line.amount) for line in explained.lines[1:]] == [
            ("Thứ Sáu, 09/1/2026, 16:00 đến 17:00", "60 phút"),
            ("Thứ Bảy, 10/1/2026, 07:00 đến 10:00", "180 phút"),
        ]

    def test_an_explanation_is_read_back_as_it_was_stored(self) -> None:
        explained = explain_due(CALENDAR, at("2026-11-20 08:00"), days(3))

        assert from_data(explained.as_data()) == explained

    def test_every_unit_has_a_word(self) -> None:
        assert set(LABELS) == set(Unit)
        assert str(Term(5, Unit.WORKING_DAY)) == "5 ngày làm việc"


class TestTable:
    """What a page and the command line show."""

    def test_every_day_says_whether_it_counts_and_by_what(self) -> None:
        table = rows(CALENDAR, at("2026-11-20 08:00"), days(3))

        assert [(row.day.day, row.counts, row.number) for row in table] == [
            (20, False, 0),
            (21, False, 0),
            (22, False, 0),
            (23, True, 1),
            (24, False, 0),
            (25, True, 2),
            (26, True, 3),
        ]
        assert table[1].source == "Bộ luật Lao động 2019, Điều 111"

    def test_the_days_between_the_openings_of_a_term_in_hours_are_shown_too(self) -> None:
        table = rows(CALENDAR, at("2026-04-24 16:00"), Term(2, Unit.WORKING_HOUR))

        assert [(row.day.day, row.counts, row.number, row.why) for row in table] == [
            (24, True, 60, ""),
            (25, False, 0, "Nghỉ cuối tuần"),
            (26, False, 0, "Nghỉ cuối tuần"),
            (27, False, 0, "Nghỉ bù Giỗ Tổ Hùng Vương"),
            (28, True, 60, ""),
        ]

    def test_what_nobody_has_decided_yet_is_called_an_estimate(self) -> None:
        tet = SpecialDay("Tết Đinh Mùi", is_estimate=True)
        calendar = WorkingCalendar({date(2027, 2, 8): tet})

        line = explain_due(calendar, at("2027-02-05 08:00"), days(1)).lines[3]

        assert line.rule == "Không tính: Tết Đinh Mùi (ước tính, chưa có quyết định)"


class TestBackward:
    def test_the_latest_start_has_the_same_table(self) -> None:
        explained = explain_start(CALENDAR, at("2026-07-01 17:00"), days(5))

        assert explained.value == "Thứ Tư, 24/6/2026 (trước 5 ngày làm việc)"
        assert explained.lines[-1].fact == "Thứ Tư, 01/7/2026"

    def test_a_half_day_counts_as_a_day_and_gives_only_its_hours(self) -> None:
        morning = SpecialDay("Chỉ làm buổi sáng", works=True, sessions=((time(7), time(11, 30)),))
        calendar = WorkingCalendar({date(2026, 3, 3): morning})

        hours = explain_start(calendar, at("2026-03-04 08:00"), Term(2, Unit.WORKING_HOUR))

        assert hours.value == "10:30 Thứ Ba, 03/3/2026 (trước 2 giờ làm việc)"
        assert calendar.elapsed(date(2026, 3, 2), date(2026, 3, 3)) == 1
