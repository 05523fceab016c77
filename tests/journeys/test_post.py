"""A result that comes home by post: handed over on a list, on its way, delivered."""

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from sauro.core import clock
from sauro.onestop.postal import check_digit
from tests.journeys.walking import carry_through, file_to_the_end, holder, sign_in, walking
from tests.province import Province

pytestmark = pytest.mark.province


@pytest.mark.parametrize(("width", "script"), [(390, False), (1440, True)])
def test_a_result_comes_by_post_and_the_citizen_sees_it_on_its_way(  # noqa: PLR0917 - fixtures
    browser: Browser,
    address: str,
    province: Province,
    paper: Path,
    tmp_path: Path,
    width: int,
    script: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    with walking(browser, address, width=width, script=script) as citizen:
        sign_in(citizen, "congdan")
        citizen.go("/nop/1.001612")
        citizen.press("Bắt đầu")
        code = file_to_the_end(citizen, paper, nhan="POST")
        carry_through(browser, province, citizen, code, until="return")
        _step, login = holder(province, code)
        number = f"EB{width:08}{check_digit(f'{width:08}')}VN"

        with walking(browser, address, width=width, script=script) as clerk:
            sign_in(clerk, login)
            clerk.go("/ban-lam-viec/buu-chinh")
            expect(clerk.page.locator("main")).to_contain_text(code)
            with clerk.page.expect_download() as download:
                clerk.page.get_by_role("link", name="CSV", exact=True).click()
            filled = _filled(download.value.path(), code, number)
            path = tmp_path / "ban-giao.csv"
            path.write_text(filled, "utf-8")
            clerk.page.locator("#file-di").set_input_files(path)
            clerk.page.locator("form[action$='/xem/di'] button").click()
            clerk.page.wait_for_load_state()
            clerk.press(re.compile("^Ghi cả 1 dòng"))
            expect(clerk.page.locator("main")).to_contain_text("Đã ghi 1 dòng.")
            clerk.done()

        citizen.go(f"/ho-so/{code}")
        expect(citizen.page.locator("main")).to_contain_text(number)
        citizen.done()


def _filled(path: Path, code: str, number: str) -> str:
    """Return the list of the centre as the post gives it back, with the one row that it took."""
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    [row] = [row for row in rows if row["Mã hồ sơ"] == code]
    now = clock.local(clock.now())
    row |= {
        "Mã bưu gửi": number,
        "Giờ giao nhận": f"{now:%d/%m/%Y %H:%M}",
        "Bưu tá": "Nguyễn Văn Thư",
    }
    written = io.StringIO()
    writer = csv.DictWriter(written, fieldnames=list(row))
    writer.writeheader()
    writer.writerow(row)
    return written.getvalue()
