"""Land changes hands: asked for more, added from the phone, land office and tax side by side."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.walking import carry_through, file_to_the_end, holder, sign_in, walking
from tests.province import Province

pytestmark = pytest.mark.province


@pytest.mark.parametrize(("width", "script"), [(390, False), (1440, True)])
def test_land_is_transferred_after_a_paper_was_added(  # noqa: PLR0917 - fixtures
    browser: Browser,
    address: str,
    province: Province,
    paper: Path,
    width: int,
    script: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    with walking(browser, address, width=width, script=script) as citizen:
        sign_in(citizen, "congdan")
        citizen.go("/nop/1.012787")
        citizen.press("Bắt đầu")
        code = file_to_the_end(citizen, paper)
        main = citizen.page.locator("main")

        steps = carry_through(browser, province, citizen, code, until="appraise")
        _step, login = holder(province, code)
        with walking(browser, address, width=width, script=script) as official:
            sign_in(official, login)
            official.go(f"/ban-lam-viec/ho-so/{code}")
            form = official.page.locator("form[action$='/yeu-cau-bo-sung']")
            official.page.locator("details", has=form).locator("summary").click()
            form.get_by_label("Giấy tờ, nội dung khác").fill("Trích đo thửa đất")
            form.locator("textarea").fill("Thửa đất chưa có số đo mới.")
            form.get_by_role("button").click()
            official.page.wait_for_load_state()
            official.look()
            official.done()

        citizen.go(f"/ho-so/{code}")
        citizen.press("Bổ sung giấy tờ", role="link")
        expect(main).to_contain_text("1. Trích đo thửa đất")
        citizen.press("Gửi, đã bổ sung đủ")
        expect(main).to_contain_text("Còn thiếu tệp cho “Trích đo thửa đất”")
        main.locator("input[type=file]").set_input_files(paper)
        citizen.press("Gửi, đã bổ sung đủ")

        steps += carry_through(browser, province, citizen, code)
        expect(main).to_contain_text(re.compile("Đã trả kết quả|đã nhận kết quả", re.IGNORECASE))
        assert {"cadastral", "tax", "payment", "draft", "sign", "stamp", "return"} <= set(steps)
        citizen.done()
