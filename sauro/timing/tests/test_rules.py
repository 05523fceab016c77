"""The picture of a year, the words for a move, and answers to what people ask."""

from datetime import date

import pytest

from sauro.core.errors import Invalid
from sauro.core.starts import Way
from sauro.core.tests.state_calendar import state_calendar
from sauro.core.workdays import Term, Unit
from sauro.offices.calendars import DaySetting
from sauro.offices.rules import DayKind
from sauro.timing import rules
from sauro.timing.rules import Look, Question
from sauro.timing.tests.world import WEDNESDAY, at, off

CALENDAR = state_calendar()


def test_the_picture_has_every_day_once_and_counts_those_worked() -> None:
    months = rules.picture(CALENDAR, 2026)

    cells = [cell for month in months for week in month.weeks for cell in week if cell]
    assert len(cells) == 365
    assert [month.worked for month in months] == [21, 15, 22, 20, 20, 22, 23, 21, 20, 22, 20, 23]
    looks = {cell.day: cell.look for cell in cells}
    assert looks[date(2026, 1, 10)] is Look.MADE_UP
    assert looks[date(2026, 2, 16)] is Look.HOLIDAY
    assert looks[date(2026, 2, 14)] is Look.WEEKEND


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("2026-11-27 17:00", "2026-11-30 17:00", "+1 ngày làm việc"),
        ("2026-11-27 17:00", "2026-11-25 17:00", "−2 ngày làm việc"),
        ("2026-11-27 09:00", "2026-11-27 14:15", "+3 giờ 15 phút làm việc"),
        ("2026-11-27 09:30", "2026-11-27 09:00", "−30 phút làm việc"),
    ],
)
def test_a_move_is_told_in_working_time(before: str, after: str, words: str) -> None:
    assert rules.moved(at(before), at(after), CALENDAR) == words


def test_an_answer_tells_where_it_starts_and_every_day() -> None:
    term = Term(8, Unit.WORKING_HOUR)

    answer = rules.answer(Question(at=at("2026-11-20 15:30"), term=term, way=Way.COUNTER), CALENDAR)

    assert (answer.start.at, answer.due) == (at("2026-11-23 07:00"), at("2026-11-23 17:00"))
    assert len(answer.start.lines) == 2
    assert sum(row.number for row in answer.rows) == 480


def test_an_answer_backward_tells_the_latest_start() -> None:
    asked = Question(at=at("2026-07-01 17:00"), term=Term(5, Unit.WORKING_DAY), backward=True)

    assert rules.answer(asked, CALENDAR).start.at.date() == date(2026, 6, 24)


def test_years_that_are_not_known_are_refused() -> None:
    asked = Question(at=at("2030-01-01 08:00"), term=Term(5, Unit.DAY))

    with pytest.raises(Invalid, match="lịch có từ 01/01/2024 đến 31/12/2026"):
        rules.answer(asked, CALENDAR)


def test_settings_are_read_back_as_they_were_stored() -> None:
    settings = [
        *rules.settings_of(off(kind=DayKind.SWAP_OFF, makeup_on=date(2026, 11, 28))),
        DaySetting(day=WEDNESDAY, office_id=3, plan=None, by_hand=False),
    ]

    assert rules.restored(rules.stored(settings)) == settings
    assert len(settings) == 3


def test_a_change_is_told_in_one_line() -> None:
    assert rules.summary(off()) == (
        "Nghỉ của địa phương, cơ quan: Lễ hội Cà phê (Thứ Tư, 25/11/2026)"
    )
    assert rules.summary(off(kind=None)) == "Bỏ ngày đặc biệt (Thứ Tư, 25/11/2026)"
