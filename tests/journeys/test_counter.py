"""The counter by keyboard alone: a standard dossier in well under a minute."""

import re
import statistics

import pytest
from playwright.sync_api import Browser

from bench.counter import PROCEDURES, SECONDS_AT_MOST, card, receive, report
from tests.journeys.walking import sign_in, walking

pytestmark = pytest.mark.province


def test_standard_dossiers_are_received_by_keyboard_alone_within_a_minute(
    browser: Browser, address: str
) -> None:
    with walking(browser, address, width=1440, script=True) as clerk:
        sign_in(clerk, "canbo1cua")
        clerk.go("/ban-lam-viec/tiep-nhan")

        taken = [receive(clerk.page, code, 700_000 + n) for n, code in enumerate(PROCEDURES)]

        print(report(taken))  # noqa: T201 - the figure that must be shown
        assert statistics.median(took.whole for took in taken) <= SECONDS_AT_MOST
        assert len({took.code for took in taken}) == len(taken)
        clerk.done()


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
@pytest.mark.parametrize("width", [390, 1440])
def test_the_pages_of_the_counter_hold(
    browser: Browser, address: str, width: int, *, script: bool
) -> None:
    with walking(browser, address, width=width, script=script) as clerk:
        sign_in(clerk, "canbo1cua")
        clerk.go("/ban-lam-viec/tiep-nhan?q=khai+sinh")
        clerk.go("/ban-lam-viec/tiep-nhan/1.001612")
        main = clerk.page.locator("main")
        main.get_by_role("textbox", name="Thẻ căn cước").fill(
            "900091004227|241234567|Phạm Văn Lợi|12031991|Nam|42 Nguyễn Văn Cừ|25122021"
        )
        clerk.press("Điền từ thẻ")
        main.get_by_label("Điện thoại").fill("0500 123 456")
        if main.get_by_label("Vẫn tiếp nhận").count():
            main.get_by_label("Vẫn tiếp nhận").check()
        clerk.press("Tiếp nhận, lập giấy hẹn")

        assert "/tiep-nhan/xong/" in clerk.page.url
        clerk.done()


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
@pytest.mark.parametrize("width", [390, 1440])
def test_a_copy_is_certified_at_the_counter(
    browser: Browser, address: str, width: int, *, script: bool
) -> None:
    with walking(browser, address, width=width, script=script) as clerk:
        sign_in(clerk, "canbo1cua")
        clerk.go("/ban-lam-viec/chung-thuc")
        main = clerk.page.locator("main")
        main.get_by_role("textbox", name="Thẻ căn cước").fill(card(800_000 + width))
        clerk.press("Điền từ thẻ")
        main.get_by_label("Giấy tờ cần chứng thực").fill("Bằng tốt nghiệp đại học")
        main.get_by_label("Số bản").fill("3")
        clerk.press("Vào sổ, lập giấy hẹn")

        assert "/tiep-nhan/xong/" in clerk.page.url
        assert "6.000 đồng" in main.inner_text()
        clerk.go("/ban-lam-viec/buu-chinh")
        clerk.go("/ban-lam-viec/so-theo-doi")
        clerk.done()


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
@pytest.mark.parametrize("width", [390, 1440])
def test_a_number_is_taken_called_and_shown(
    browser: Browser, address: str, width: int, *, script: bool
) -> None:
    with (
        walking(browser, address, width=width, script=script) as visitor,
        walking(browser, address, width=width, script=script) as clerk,
    ):
        sign_in(clerk, "canbo1cua")
        clerk.go("/xep-hang/quay")
        if clerk.page.get_by_role("button", name="Mở quầy").count():
            clerk.page.get_by_label("Số quầy").fill("3")
            clerk.press("Mở quầy")
        kiosk = clerk.page.get_by_role("link", name="Lấy số").get_attribute("href") or ""
        visitor.go(kiosk)
        visitor.press(re.compile("Hộ tịch"))
        code = visitor.page.locator("h1 .called").inner_text()
        for _ in range(9):
            clerk.press(re.compile("Gọi số kế tiếp"))
            if code in clerk.page.locator(".serving").inner_text():
                break
        visitor.go(f"{kiosk}/man-hinh")

        assert code in visitor.page.locator("main").inner_text()
        clerk.go("/xep-hang/thong-ke")
        clerk.done()
        visitor.done()
