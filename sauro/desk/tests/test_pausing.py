"""Legal time that an official lets stand still and go on again, at the desk."""

from datetime import date, timedelta

import pytest

from sauro.cases.models import Case
from sauro.core import clock
from sauro.desk.queries.queue import queue
from sauro.desk.rules import Group
from sauro.desk.services import taking
from sauro.desk.tests import world
from sauro.desk.tests.browser import ROOT, decide, signed_in, text
from sauro.desk.tests.world import MONDAY, World
from sauro.events import queries as events
from sauro.onestop.models import Pause
from sauro.ui.formats import day_long, moment_short

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hour")]
GIVEN = {
    "pause_for": "OTHER_AGENCY",
    "note": "Chờ Thuế tỉnh trả lời phiếu chuyển số 12.",
    "expected_on": "2026-11-27",
}


@pytest.fixture
def here() -> World:
    return world.build()


def _appraised(here: World) -> tuple[int, str]:
    case_id, code = world.filed(here)
    taking.take_in(case_id, by=here.clerk, now=MONDAY)
    return case_id, code


def test_an_official_lets_the_time_stand_still_and_go_on(
    here: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id, code = _appraised(here)
    holder = world.holder(here, case_id)
    browser = signed_in(holder)

    offered = text(browser.get(f"{ROOT}ho-so/{code}"))
    decide(browser, case_id, code, "tam-dung", **GIVEN)
    standing = text(browser.get(f"{ROOT}ho-so/{code}"))
    waiting = queue(holder, now=MONDAY)
    monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(days=1))
    decide(browser, case_id, code, "tinh-tiep")
    going_on = text(browser.get(f"{ROOT}ho-so/{code}"))

    assert f"ho-so/{code}/tam-dung" in offered
    assert "Dự kiến tính tiếp từ ngày" in offered
    assert "/tinh-tiep" not in offered
    assert f"Thời hạn tạm dừng từ {moment_short(MONDAY)}." in standing
    assert "Chờ cơ quan khác trả lời. Chờ Thuế tỉnh trả lời phiếu chuyển số 12." in standing
    assert "Dự kiến tính tiếp 27/11/2026." in standing
    assert "chưa kiểm chứng" in standing
    assert f"ho-so/{code}/tinh-tiep" in standing
    assert f"ho-so/{code}/tam-dung" not in standing
    [section] = waiting.sections
    assert (section.group, waiting.late, waiting.actionable) == (Group.WAITING, 0, [])
    assert section.rows[0].note == "đang tạm dừng thời hạn"
    assert "Không tính: Chờ cơ quan khác trả lời" in going_on
    pause = Pause.objects.get()
    assert (pause.expected_on, pause.minutes) == (date(2026, 11, 27), 480)


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("pause_for", "Chọn lý do tạm dừng."),
        ("note", "Ghi rõ lý do"),
        ("expected_on", "Ghi ngày dự kiến tính tiếp."),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(
    here: World, missing: str, said: str
) -> None:
    case_id, code = _appraised(here)

    answer = decide(
        signed_in(world.holder(here, case_id)), case_id, code, "tam-dung", **{**GIVEN, missing: ""}
    )

    assert answer.status_code == 422
    assert said in text(answer)
    assert all(
        value in text(answer) for key, value in GIVEN.items() if key == "expected_on" != missing
    )
    assert Case.objects.get(pk=case_id).paused_at is None


def test_who_does_not_hold_it_is_not_offered_to_pause_it(here: World) -> None:
    case_id, code = _appraised(here)
    others = next(
        actor
        for actor in (here.specialist, here.colleague)
        if actor.official_id != world.holder(here, case_id).official_id
    )

    page = text(signed_in(others).get(f"{ROOT}ho-so/{code}"))
    answer = decide(signed_in(here.head), case_id, code, "tam-dung", **GIVEN)

    assert "/tam-dung" not in page
    assert answer.status_code == 403


def test_the_applicant_reads_why_and_until_when(here: World) -> None:
    citizen = world.citizen()
    case_id, code = world.filed(here, citizen)
    taking.take_in(case_id, by=here.clerk, now=MONDAY)
    decide(signed_in(world.holder(here, case_id)), case_id, code, "tam-dung", **GIVEN)

    page = text(signed_in(citizen).get(f"/ho-so/{code}"))

    assert "Thời hạn đang tạm dừng." in page
    assert "Chờ cơ quan khác trả lời." in page
    assert f"Dự kiến tính tiếp {day_long(date(2026, 11, 27))}." in page
    assert "Khi tính tiếp, hạn lùi đúng bằng thời gian đã dừng" in page
    note = events.history("cases.case", case_id)[-1].data["note"]
    assert note == f"{GIVEN['note']} Dự kiến tính tiếp 27/11/2026."


def test_money_is_asked_for_by_the_step_where_it_can_and_not_by_a_pause(here: World) -> None:
    case_id, code = _appraised(here)
    browser = signed_in(world.holder(here, case_id))

    page = text(browser.get(f"{ROOT}ho-so/{code}"))
    refused = decide(browser, case_id, code, "tam-dung", **{**GIVEN, "pause_for": "PAYMENT"})
    decide(browser, case_id, code, "yeu-cau-nop-tien", note="Lệ phí 100.000 đồng, nộp trực tuyến.")

    assert 'value="PAYMENT"' not in page
    assert "Việc chờ người nộp có bước riêng trong quy trình." in text(refused)
    assert Case.objects.get(pk=case_id).state == "PAYMENT_REQUESTED"
