"""When a term starts, stands still and starts anew: by the way papers came, and by the hour."""

from datetime import date, datetime

import pytest

from sauro.core.clock import HERE
from sauro.core.starts import (
    WAY_LABELS,
    Way,
    due_paused,
    handover_at,
    last_day_paused,
    restart,
    resume,
    same_day_due,
    start_of,
)
from sauro.core.tests.state_calendar import state_calendar
from sauro.core.workdays import Term, Unit

CALENDAR = state_calendar()
HOURS = Term(8, Unit.WORKING_HOUR)


def day(text: str) -> date:
    return date.fromisoformat(text)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HERE)


def days(value: int) -> Term:
    return Term(value, Unit.WORKING_DAY)


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
    ("way", "received", "term", "starts"),
    [
        pytest.param(Way.COUNTER, "2026-03-05 16:20", days(5), "2026-03-05 16:20", id="counter"),
        pytest.param(Way.ONLINE, "2026-03-05 10:00", days(5), "2026-03-05 10:00", id="online"),
        pytest.param(Way.ONLINE, "2026-03-07 10:00", days(5), "2026-03-09 07:00", id="Saturday"),
        pytest.param(Way.ONLINE, "2026-03-05 20:00", days(5), "2026-03-06 07:00", id="evening"),
        pytest.param(Way.POST, "2026-03-05 16:20", days(5), "2026-03-05 16:20", id="post"),
        pytest.param(Way.COUNTER, "2026-03-05 15:00", HOURS, "2026-03-05 15:00", id="at 15:00"),
        pytest.param(Way.COUNTER, "2026-03-05 15:01", HOURS, "2026-03-06 07:00", id="after 15:00"),
        pytest.param(Way.SUPPLEMENT, "2026-02-13 16:00", HOURS, "2026-02-23 07:00", id="Tet"),
    ],
)
def test_a_term_starts_by_the_way_papers_came(
    way: Way, received: str, term: Term, starts: str
) -> None:
    assert start_of(CALENDAR, way, at(received), term).at == at(starts)


def test_a_start_tells_its_rule() -> None:
    start = start_of(CALENDAR, Way.OTHER_TERRITORY, at("2026-09-03 15:30"), HOURS)

    assert [(line.rule, line.source) for line in start.lines] == [
        (
            "Tính từ lúc cơ quan có thẩm quyền nhận được hồ sơ",
            "Nghị định 118/2025/NĐ-CP, Điều 17 khoản 3",
        ),
        ("Tính từ đầu ngày làm việc kế tiếp", "Nghị định 309/2026/NĐ-CP, Điều 18 khoản 2"),
    ]
    assert not start_of(CALENDAR, Way.ONLINE, at("2026-09-03 08:00"), HOURS).checked
    assert set(WAY_LABELS) == set(Way)


class TestPaused:
    def test_two_pauses_use_up_what_lies_outside_them(self) -> None:
        pauses = [(day("2026-03-04"), day("2026-03-06")), (day("2026-03-10"), day("2026-03-12"))]

        # 3, 4, 9 and 10 March are used up; six are left from the 13th.
        due = last_day_paused(CALENDAR, day("2026-03-02"), days(10), pauses)

        assert due == day("2026-03-20")

    def test_hours_stand_still_to_the_minute(self) -> None:
        pauses = [(at("2026-03-02 10:00"), at("2026-03-02 14:15"))]

        due = due_paused(CALENDAR, at("2026-03-02 08:00"), HOURS, pauses)

        assert due == at("2026-03-03 10:15")

    def test_a_pause_after_the_end_adds_nothing(self) -> None:
        pauses = [(at("2026-03-05 10:00"), at("2026-03-06 10:00"))]

        assert due_paused(CALENDAR, at("2026-03-02 08:00"), HOURS, pauses) == at("2026-03-03 08:00")

    def test_a_term_in_days_is_over_at_closing(self) -> None:
        pauses = [(at("2026-03-04 10:00"), at("2026-03-12 10:00"))]

        due = due_paused(CALENDAR, at("2026-03-02 08:00"), days(10), pauses)

        assert due == at("2026-03-24 17:00")
