"""Opening hours from a day on: looked at, set, told, undone; only where they are kept."""

from datetime import date, time
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from sauro.cases import checking
from sauro.core import clock as wall
from sauro.core.errors import Invalid, NotPermitted
from sauro.events import queries as events
from sauro.offices import queries as offices
from sauro.onestop.tests import world as worlds
from sauro.onestop.tests.steps import accepted, appraised
from sauro.onestop.tests.world import MONDAY
from sauro.timing import hours, queries, services
from sauro.timing.rules import HoursProposal
from sauro.timing.tests.world import ROOT, WEDNESDAY, at, clock, leader, signed_in, step_due

pytestmark = pytest.mark.django_db
EARLY = ((time(7), time(11)), (time(13), time(16)))
GIVEN = {
    "tu": "2026-11-25",
    "sang-tu": "07:00",
    "sang-den": "11:00",
    "chieu-tu": "13:00",
    "chieu-den": "16:00",
    "nguon": "QĐ 12",
}


def early(since: date = WEDNESDAY, **given: Any) -> HoursProposal:  # noqa: ANN401 - any field
    return HoursProposal(**{"since": since, "sessions": EARLY, "source": "QĐ 12", **given})


def test_shorter_days_move_the_term_and_the_steps_and_keep_the_promise() -> None:
    here, by = worlds.build(), leader()
    case_id = accepted(here)

    change_id = services.change_calendar(early(), by=by, now=MONDAY)

    assert clock(case_id) == {
        "legal_due_at": at("2026-11-27 16:00"),
        "promised_at": at("2026-11-27 17:00"),
        "due_at": at("2026-11-27 17:00"),
    }
    made = queries.change(change_id)
    assert (made.affected, made.summary) == (
        1,
        "Giờ làm việc 07:00-11:00, 13:00-16:00 từ Thứ Tư, 25/11/2026",
    )
    assert checking.broken() == []
    assert checking.differing() == []
    assert events.faults() == []


def test_a_preview_says_what_confirming_does_and_writes_nothing() -> None:
    here, by = worlds.build(), leader()
    case_id = accepted(here)
    before = clock(case_id)

    seen = queries.preview(early())
    unchanged = clock(case_id), offices.working_calendar().sessions_on(WEDNESDAY)
    change_id = services.change_calendar(early(), seen=seen.seen, by=by, now=MONDAY)

    assert unchanged[0] == before
    assert unchanged[1] != EARLY
    assert (seen.total, seen.earlier, seen.promised) == (1, 1, 1)
    assert seen.rows[0].moved == "−1 giờ"
    assert [row.after for row in seen.rows] == [row.after for row in queries.affected_by(change_id)]


def test_undoing_gives_every_case_its_due_dates_back() -> None:
    here, by = worlds.build(), leader()
    case_id = appraised(here)
    before = clock(case_id), step_due(case_id)

    change_id = services.change_calendar(early(), by=by, now=MONDAY)
    changed = clock(case_id), step_due(case_id)
    services.undo(change_id, by=by, now=MONDAY)
    offices.forget()

    assert changed != before
    assert (clock(case_id), step_due(case_id)) == before
    assert offices.working_calendar().hours == ()


def test_hours_set_again_from_the_same_day_come_back_when_that_is_undone() -> None:
    worlds.build()
    by = leader()
    services.change_calendar(early(), by=by, now=MONDAY)
    later = early(sessions=((time(8), time(12)),))
    second = services.change_calendar(later, by=by, now=MONDAY)

    services.undo(second, by=by, now=MONDAY)
    offices.forget()

    assert offices.working_calendar().sessions_on(WEDNESDAY) == EARLY


def test_hours_of_one_office_move_its_own_cases_alone() -> None:
    here = worlds.build()
    case_id = appraised(here)
    office_id = here.head.office_id or 0
    other = leader().office_id or 0

    elsewhere = queries.preview(early(office_id=other))
    change_id = services.change_calendar(early(office_id=office_id), by=here.head, now=MONDAY)

    assert elsewhere.total == 0
    assert queries.change(change_id).affected == 1
    assert clock(case_id)["legal_due_at"] == at("2026-11-27 16:00")
    assert offices.working_calendar().sessions_on(WEDNESDAY) != EARLY
    with pytest.raises(NotPermitted):
        services.change_calendar(early(office_id=other), by=here.head, now=MONDAY)


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"since": date(2026, 11, 20)}, "tu", "từ hôm nay trở đi"),
        ({"sessions": EARLY[::-1]}, "sang-tu", "theo thứ tự"),
        ({"sessions": ()}, "sang-tu", "theo thứ tự"),
        ({"weekday": 4}, "rieng-sang-tu", "theo thứ tự"),
        ({"source": " "}, "nguon", "Ghi căn cứ"),
    ],
)
def test_hours_that_cannot_be_so_are_refused(given: dict[str, Any], field: str, said: str) -> None:
    worlds.build()

    with pytest.raises(Invalid, match=said) as refused:
        services.change_calendar(early(**given), by=leader(), now=MONDAY)

    assert refused.value.field == field


def test_a_weekday_may_have_hours_of_its_own(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    worlds.build()
    friday = ((time(7), time(11)),)
    services.change_calendar(early(weekday=4, own=friday), by=leader(), now=MONDAY)
    offices.working_calendar()

    with django_assert_num_queries(0):
        rows = hours.held(None, on=date(2026, 11, 26))

    assert offices.working_calendar().sessions_on(date(2026, 11, 27)) == friday
    assert [(row.since, row.is_now) for row in rows] == [(WEDNESDAY, True), (None, False)]
    assert rows[0].week == [("Thứ Sáu", "07:00-11:00")]


class TestPages:
    @pytest.fixture(autouse=True)
    def _monday(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(wall, "now", lambda: MONDAY)

    def test_from_the_form_to_the_preview_to_the_change_and_back(self) -> None:
        here = worlds.build()
        case_id = accepted(here)
        client = signed_in(leader())

        year = client.get(ROOT).content.decode()
        form = client.get(f"{ROOT}gio").content.decode()
        shown = client.get(f"{ROOT}gio/xem-truoc", GIVEN).content.decode()
        seen = offices.calendars().province.version
        made = client.post(f"{ROOT}gio/xac-nhan", {**GIVEN, "seen": seen}, follow=True)
        changed = clock(case_id)["legal_due_at"]
        address = made.redirect_chain[-1][0].partition("?")[0]
        client.post(f"{address}/hoan-tac")

        assert "Đổi giờ làm việc" in year
        assert "giờ mặc định" in form
        assert "Xác nhận, tính lại 1 hồ sơ" in shown
        assert f'action="{ROOT}gio/xac-nhan"' in shown
        assert "Đã đặt lịch và tính lại 1 hồ sơ." in made.content.decode()
        assert changed == at("2026-11-27 16:00")
        assert clock(case_id)["legal_due_at"] == at("2026-11-27 17:00")

    def test_what_cannot_be_read_is_said_beside_its_field_and_kept(self) -> None:
        worlds.build()
        client = signed_in(leader())

        answer = client.get(f"{ROOT}gio/xem-truoc", {**GIVEN, "chieu-den": ""})

        assert answer.status_code == 422
        assert "Ghi đủ giờ mở cửa và đóng cửa dạng 07:30." in answer.content.decode()
        assert 'value="13:00"' in answer.content.decode()

    def test_who_leads_nothing_is_refused(self) -> None:
        here = worlds.build()

        assert signed_in(here.clerk).get(f"{ROOT}gio").status_code == 403
        assert Client().get(f"{ROOT}gio").status_code == 302
