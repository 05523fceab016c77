"""A child is born: three procedures answered as one, sent once, and two that go by themselves."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.walking import answer_all, carry_through, sign_in, walking
from tests.province import Province, working

pytestmark = pytest.mark.province
_CODE = re.compile(r"H15[.\w]+-\d{8}-\d{7}")


@pytest.fixture(scope="module", autouse=True)
def worker(province: Province) -> Iterator[None]:
    """Let the real worker do beside us what is done later."""
    with working(province):
        yield


@pytest.mark.parametrize(("width", "script"), [(390, False), (1440, True)])
def test_a_plan_is_sent_once_and_what_waits_goes_by_itself(  # noqa: PLR0917 - fixtures
    browser: Browser,
    address: str,
    province: Province,
    paper: Path,
    width: int,
    script: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    with walking(browser, address, width=width, script=script) as citizen:
        sign_in(citizen, "congdan")
        citizen.go("/thu-tuc/?viec=sinh-con")
        citizen.press("Lập kế hoạch", role="link")
        citizen.press("Bắt đầu")
        plan = citizen.page.url.removeprefix(address)
        main = citizen.page.locator("main")
        expect(main.locator("ol > li")).to_have_count(3)

        for _piece in range(3):
            citizen.press("Làm việc này", role="link")
            answer_all(citizen, paper, until="/ke-hoach/")
        citizen.press("Gửi một lần")
        expect(main).to_contain_text("Đánh dấu cam đoan")
        main.locator("input[name=cam_doan]").check()
        citizen.press("Gửi một lần")

        expect(main).to_contain_text("Việc còn chờ tự gửi khi đến lượt")
        [code] = _CODE.findall(main.inner_text())
        carry_through(browser, province, citizen, code)
        for _look in range(60):
            citizen.go(plan)
            if len(_CODE.findall(main.inner_text())) == 3:
                break
            citizen.page.wait_for_timeout(1_000)
        codes = set(_CODE.findall(main.inner_text()))
        assert len(codes) == 3

        for later in codes - {code}:
            citizen.go(f"/ho-so/{later}")
            expect(main).to_contain_text("Kết quả số")
        citizen.done()
