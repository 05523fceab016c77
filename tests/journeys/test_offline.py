"""The app: it can be installed, and without a network nothing that was typed is lost."""

import json
import re
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.walking import Walk, sign_in, walking

pytestmark = pytest.mark.province
_SAID = "Cà phê buôn Akŏ Dhông"
_READY = "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"


def _begin(citizen: Walk) -> str:
    """Begin a filing, and return the address of its first page."""
    sign_in(citizen, "congdan")
    citizen.go("/nop/1.001612")
    citizen.press(re.compile("^Bắt đầu"))
    citizen.go(f"/ban-nhap/{citizen.page.url.split('/')[4]}/cau-hoi-ten")
    return citizen.page.url


def test_what_was_typed_without_a_network_comes_back_with_it(
    browser: Browser, address: str
) -> None:
    with walking(browser, address, width=390, script=True, is_app=True) as citizen:
        page = citizen.page
        first = _begin(citizen)
        assert page.evaluate(_READY)

        page.context.set_offline(True)
        page.locator("input[name=business_name]").fill(_SAID)
        page.get_by_role("button", name="Tiếp tục").click()
        expect(page.locator("h1")).to_have_text("Không có mạng")
        citizen.look()
        expect(page.get_by_role("list").get_by_role("link")).to_have_count(1)

        page.context.set_offline(False)
        page.get_by_role("list").get_by_role("link").click()
        expect(page).to_have_url(first)
        expect(page.locator("input[name=business_name]")).to_have_value(_SAID)
        expect(page.get_by_role("status")).to_contain_text("mất mạng")
        citizen.press("Tiếp tục")
        expect(page).not_to_have_url(first)
        assert page.evaluate("Object.keys(localStorage)") == []

        citizen.go("/cua-toi")
        name = page.locator("header .btn").first.inner_text()
        page.context.set_offline(True)
        page.reload()
        expect(page.locator("h1")).to_have_text("Không có mạng")
        assert name not in page.content()
        citizen.wrong = [wrong for wrong in citizen.wrong if "INTERNET_DISCONNECTED" not in wrong]
        citizen.done()


def test_who_signs_out_leaves_nothing_on_the_device(browser: Browser, address: str) -> None:
    with walking(browser, address, width=1440, script=True, is_app=True) as citizen:
        page = citizen.page
        _begin(citizen)
        assert page.evaluate(_READY)
        page.context.set_offline(True)
        page.locator("input[name=business_name]").fill(_SAID)
        page.get_by_role("button", name="Tiếp tục").click()
        expect(page.locator("h1")).to_have_text("Không có mạng")
        page.context.set_offline(False)
        page.goto(f"{address}/cua-toi")

        page.get_by_role("button", name="Đăng xuất").click()
        page.wait_for_load_state()

        assert page.evaluate("Object.keys(localStorage)") == []


def test_the_app_says_what_it_is_to_who_installs_it(address: str) -> None:
    with urlopen(f"{address}/ung-dung.webmanifest") as answer:  # noqa: S310 - our own
        said = json.load(answer)
    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert said["name"] == "Dịch vụ công Tỉnh Đắk Lắk"
    assert said["display"] == "standalone"
    for asked in [*(icon["src"] for icon in said["icons"]), said["start_url"]]:
        assert urlopen(address + asked).status == 200  # noqa: S310 - our own
