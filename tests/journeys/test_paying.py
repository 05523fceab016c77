"""Money on its way: a fee paid through the gateway, and given back when the dossier is refused."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.walking import Walk, file_online, holder, sign_in, walking
from tests.province import Province, sandbox

pytestmark = pytest.mark.province
_NAME = re.compile("thành lập hộ kinh doanh", re.IGNORECASE)


@pytest.fixture(scope="module")
def gateway(province: Province, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with sandbox(province, tmp_path_factory.mktemp("gateway") / "orders.db") as address:
        yield address


def _refuse(clerk: Walk) -> None:
    """Refuse the dossier at intake, on the first ground of the list."""
    form = clerk.page.locator("form[action$='/tu-choi']")
    clerk.page.locator("details", has=form).locator("summary").click()
    form.locator("input[name=ground]").first.check()
    form.locator("textarea").fill("Nộp tại phòng Kinh tế.")
    form.get_by_role("button", name=re.compile("^Từ chối")).click()
    clerk.page.wait_for_load_state()
    clerk.look()


@pytest.mark.parametrize(("width", "script"), [(390, False), (1440, True)])
def test_a_fee_is_paid_online_and_given_back_when_the_dossier_is_refused(  # noqa: PLR0917
    browser: Browser,
    address: str,
    province: Province,
    gateway: str,
    paper: Path,
    width: int,
    script: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    with walking(browser, address, width=width, script=script) as citizen:
        sign_in(citizen, "congdan")
        code = file_online(citizen, "mở quán cà phê", _NAME, "1.001612", paper)
        citizen.press("Nộp phí, lệ phí", role="link")
        expect(citizen.page.locator("h1")).to_contain_text("Phải nộp")
        citizen.press("Trả trực tuyến")

        citizen.page.get_by_role("link", name="Sang trang của cổng thanh toán").click()
        expect(citizen.page).to_have_url(re.compile(re.escape(gateway)))
        citizen.page.get_by_role("button", name="Trả tiền").click()
        expect(citizen.page.locator("h1")).to_contain_text("Đã nộp")

        with walking(browser, address, width=width, script=script) as clerk:
            sign_in(clerk, holder(province, code)[1])
            clerk.go(f"/ban-lam-viec/ho-so/{code}")
            expect(clerk.page.locator("main")).to_contain_text("Biên lai BL")
            _refuse(clerk)
            clerk.done()

        province.sauro("settle-payments")
        citizen.go(f"/ho-so/{code}/nop-tien")
        expect(citizen.page.locator("h1")).to_contain_text("Đã hoàn lại")
        citizen.wrong = [wrong for wrong in citizen.wrong if gateway not in wrong]
        citizen.done()
