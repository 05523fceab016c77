"""One job, one door, end to end: from a citizen's question to a rated result in hand."""

import re
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.walking import carry_through, file_online, sign_in, walking
from tests.province import Province

pytestmark = pytest.mark.province
JOBS = {
    "1.001193": ("lam giay khai sinh cho con", re.compile("đăng ký khai sinh", re.IGNORECASE)),
    "1.001612": ("mở quán cà phê", re.compile("thành lập hộ kinh doanh", re.IGNORECASE)),
}
_SIGNED = ["sign", "stamp", "return"]
# The business household goes to two offices at once, which meet before the signature.
STEPS = {
    "1.001193": ["receive", "appraise", *_SIGNED],
    "1.001612": ["receive", "appraise", "name_check", "tax_code", "draft", *_SIGNED],
}


def _state(province: Province, code: str) -> str:
    with psycopg.connect(province.database) as connection:
        row = connection.execute("SELECT state FROM cases_case WHERE code = %s", [code]).fetchone()
    return str(row[0]) if row else ""


# A birth on the two screens that the journey of its plan leaves out.
@pytest.mark.parametrize(
    ("procedure", "width", "script"),
    [
        *[("1.001612", width, script) for width in (390, 1440) for script in (True, False)],
        ("1.001193", 390, True),
        ("1.001193", 1440, False),
    ],
)
def test_a_job_from_the_question_to_the_rated_result(  # noqa: PLR0917 - fixtures
    browser: Browser,
    address: str,
    province: Province,
    paper: Path,
    procedure: str,
    width: int,
    script: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    words, name = JOBS[procedure]
    with walking(browser, address, width=width, script=script) as citizen:
        sign_in(citizen, "congdan")
        code = file_online(citizen, words, name, procedure, paper)

        steps = carry_through(browser, province, citizen, code)

        assert [step for step in steps if step != "hand_over"] == STEPS[procedure]
        assert _state(province, code) == "RETURNED"

        citizen.go(f"/ho-so/{code}/danh-gia")
        citizen.page.locator("main input[type=radio]").first.check()
        citizen.press(re.compile("^Gửi"))
        citizen.go(f"/ho-so/{code}")

        citizen.go("/giay-to-cua-toi")
        citizen.press("Kiểm tra chữ ký", role="link")
        expect(citizen.page.locator("h1")).to_contain_text("là thật và còn nguyên vẹn")
        citizen.done()


@pytest.mark.parametrize(
    "path", ["/", "/tim?q=khai+sinh", "/thu-tuc/1.001193", "/thu-tuc/", "/tra-cuu", "/dang-nhap"]
)
def test_a_first_visit_weighs_at_most_fifty_kilobytes(
    browser: Browser, address: str, path: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    sizes: list[int] = []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))

    page.goto(address + path, wait_until="networkidle")
    context.close()

    assert sum(sizes) <= 50_000


def test_a_strangers_code_and_a_wrong_one_get_the_same_page(
    browser: Browser, address: str, province: Province
) -> None:
    with psycopg.connect(province.database) as connection:
        [(code,)] = connection.execute("SELECT code FROM cases_case ORDER BY id LIMIT 1").fetchall()
    with walking(browser, address, width=390, script=True) as citizen:
        sign_in(citizen, "congdan")
        texts = set()
        for typed in (code, "H15.24133.TT-20260101-9999999"):
            citizen.go(f"/ho-so/{typed}")
            texts.add(citizen.page.locator("main").inner_text())

        assert len(texts) == 1
        assert "Không có hồ sơ nào với mã này" in texts.pop()
        citizen.done()
