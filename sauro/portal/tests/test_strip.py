from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sauro.core.workdays import SpecialDay, Unit, WorkingCalendar
from sauro.portal.rules.strip import CELLS, Cell, strip

CALENDAR = WorkingCalendar(
    {date(2026, 9, 2): SpecialDay("Quốc khánh"), date(2026, 9, 1): SpecialDay("Quốc khánh")}
)
THURSDAY = date(2026, 9, 24)


def test_three_working_days_over_a_weekend_are_six_cells() -> None:
    marks = {THURSDAY: ("Nộp", ""), date(2026, 9, 29): ("Hẹn trả", "due")}

    cells = strip(CALENDAR, marks, today=date(2026, 9, 25))

    assert cells == (
        Cell("Th 5", "24/9", "Nộp"),
        Cell("Hôm nay", "25/9", "Ngày 1", "now"),
        Cell("Th 7", "26/9", "Nghỉ", "off"),
        Cell("CN", "27/9", "Nghỉ", "off"),
        Cell("Th 2", "28/9", "Ngày 2"),
        Cell("Th 3", "29/9", "Hẹn trả", "due"),
    )


def test_a_holiday_says_that_it_is_one() -> None:
    marks = {date(2026, 8, 31): ("Nhận", ""), date(2026, 9, 3): ("Hẹn trả", "due")}

    cells = strip(CALENDAR, marks, today=date(2026, 8, 31))

    assert [(cell.main, cell.bottom) for cell in cells] == [
        ("31/8", "Nhận"),
        ("01/9", "Nghỉ lễ"),
        ("02/9", "Nghỉ lễ"),
        ("03/9", "Hẹn trả"),
    ]


def test_a_long_term_folds_into_cells_that_count_its_days() -> None:
    marks = {
        date(2026, 9, 3): ("Nhận", ""),
        date(2026, 9, 24): ("Hẹn cũ", "late"),
        date(2026, 9, 29): ("Hẹn mới", "due"),
    }

    cells = strip(CALENDAR, marks, today=date(2026, 9, 28))

    assert cells == (
        Cell("Th 5", "03/9", "Nhận"),
        Cell("04–23/9", "14", "ngày làm"),
        Cell("Th 5", "24/9", "Hẹn cũ", "late"),
        Cell("25–27/9", "1", "ngày làm"),
        Cell("Hôm nay", "28/9", "Ngày 17", "now"),
        Cell("Th 3", "29/9", "Hẹn mới", "due"),
    )


def test_a_term_in_calendar_days_counts_every_day() -> None:
    marks = {THURSDAY: ("Nhận", ""), date(2026, 9, 28): ("Hẹn trả", "due")}

    cells = strip(CALENDAR, marks, today=THURSDAY, unit=Unit.DAY)

    assert [cell.bottom for cell in cells] == ["Nhận", "Ngày 1", "Ngày 2", "Ngày 3", "Hẹn trả"]


def test_a_promise_on_the_same_day_needs_no_strip() -> None:
    assert strip(CALENDAR, {THURSDAY: ("Hẹn trả", "due")}, today=THURSDAY) == ()


def test_days_that_the_calendar_does_not_know_are_not_drawn() -> None:
    marks = {date(2027, 12, 30): ("Nhận", ""), date(2028, 1, 5): ("Hẹn trả", "due")}

    assert strip(CALENDAR, marks, today=THURSDAY) == ()


@given(st.integers(1, 200), st.integers(0, 250))
def test_a_strip_fits_a_phone_and_never_loses_its_ends(length: int, today: int) -> None:
    start = date(2026, 1, 5)
    end = start + timedelta(days=length)
    marks = {start: ("Nhận", ""), end: ("Hẹn trả", "due")}

    cells = strip(CALENDAR, marks, today=start + timedelta(days=today))

    assert 2 <= len(cells) <= CELLS
    assert cells[0].bottom == "Nhận"
    assert cells[-1].kind == "due"
