"""The clock, as those walk who may touch it: let stand still, gone on; other hours and back."""

import re
from datetime import timedelta

import psycopg
import pytest
from playwright.sync_api import Browser, expect

from sauro.core import clock
from sauro.ui.formats import day
from tests.journeys.walking import sign_in, walking
from tests.province import Province

pytestmark = pytest.mark.province
_SCREENS = pytest.mark.parametrize(
    ("width", "script"), [(390, True), (390, False), (1440, True)], ids=str
)
_HANDLED = """
SELECT c.code, a.login FROM cases_case c
JOIN cases_task t ON t.case_id = c.id AND t.done_at IS NULL
JOIN offices_official o ON o.id = t.official_id
JOIN people_account a ON a.person_id = o.person_id
WHERE c.state = 'PROCESSING' AND c.paused_at IS NULL AND t.step = 'appraise'
ORDER BY c.promised_at DESC, c.id LIMIT 1
"""


def _handled(province: Province) -> tuple[str, str]:
    with psycopg.connect(province.database) as connection:
        row = connection.execute(_HANDLED).fetchone()
    assert row
    return str(row[0]), str(row[1])


def _clock(province: Province, code: str) -> tuple[object, ...]:
    sql = "SELECT paused_at IS NULL, promised_at FROM cases_case WHERE code = %s"
    with psycopg.connect(province.database) as connection:
        row = connection.execute(sql, [code]).fetchone()
    assert row
    return tuple(row)


@_SCREENS
def test_an_official_lets_the_time_stand_still_and_go_on(
    browser: Browser,
    address: str,
    province: Province,
    width: int,
    script: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    code, login = _handled(province)
    until = clock.local_day(clock.now()) + timedelta(days=5)
    with walking(browser, address, width=width, script=script) as official:
        sign_in(official, login)
        official.go(f"/ban-lam-viec/ho-so/{code}")
        form = official.page.locator("form[action$='/tam-dung']")
        official.page.locator("summary", has_text="Tạm dừng").click()
        official.look()
        form.get_by_label("Chờ cơ quan khác trả lời").check()
        form.get_by_label("Nói rõ").fill("Chờ Thuế tỉnh trả lời phiếu chuyển số 12.")
        form.get_by_label("Dự kiến tính tiếp từ ngày").fill(until.isoformat())
        form.get_by_role("button").click()
        official.page.wait_for_load_state()
        official.look()

        official.go(f"/ban-lam-viec/ho-so/{code}")
        main = official.page.locator("main")
        expect(main).to_contain_text("Thời hạn tạm dừng từ")
        expect(main).to_contain_text(f"Dự kiến tính tiếp {day(until)}")
        assert not _clock(province, code)[0]

        official.page.locator("form[action$='/tinh-tiep'] button").click()
        official.page.wait_for_load_state()
        official.go(f"/ban-lam-viec/ho-so/{code}")
        expect(main).to_contain_text("Tính tiếp thời hạn")
        assert _clock(province, code)[0]
        official.done()


@_SCREENS
def test_a_leader_sets_other_hours_after_a_preview_and_takes_them_back(
    browser: Browser,
    address: str,
    province: Province,
    width: int,
    script: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    since = clock.local_day(clock.now()) + timedelta(days=1)
    with walking(browser, address, width=width, script=script) as chairman:
        sign_in(chairman, "chutich")
        chairman.go("/lich-lam-viec/")
        chairman.press("Đổi giờ làm việc", role="link")
        page = chairman.page
        page.get_by_label("Từ ngày").fill(since.isoformat())
        page.locator("#chieu-den").fill("16:30")
        page.get_by_label("Căn cứ").fill("Quyết định 12/QĐ-UBND")
        chairman.press("Xem trước hồ sơ bị ảnh hưởng")
        main = page.locator("main")
        expect(main).to_contain_text("Giờ làm việc 07:00-11:30, 13:30-16:30")

        chairman.press(re.compile("^Xác nhận, tính lại"))
        expect(main).to_contain_text("Đã đặt lịch và tính lại")
        page.get_by_text("Hoàn tác lần thay đổi này").click()
        chairman.press("Hoàn tác")
        expect(main).to_contain_text("Đã hoàn tác")
        chairman.done()
