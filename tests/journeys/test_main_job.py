"""One job, one door, end to end: from a citizen's question to a rated result in hand."""

import re
from pathlib import Path

import psycopg
import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from tests.journeys.walking import enter_pin, file_online, sign_in, walking
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
_STEPS_AT_MOST = 9


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a photograph of a paper, as a phone takes it."""
    path = tmp_path_factory.mktemp("papers") / "giay-to.jpg"
    Image.effect_noise((900, 1200), 40).convert("RGB").save(path, quality=60)
    return path


def _holder(province: Province, code: str) -> tuple[str, str] | None:
    """Return the open step of a dossier and the login of who holds it; None once it ended."""
    with psycopg.connect(province.database) as connection:
        row = connection.execute(
            """SELECT t.step, a.login FROM cases_task t
               JOIN cases_case c ON c.id = t.case_id
               JOIN offices_official o ON o.id = t.official_id
               JOIN people_account a ON a.person_id = o.person_id
               WHERE c.code = %s AND t.done_at IS NULL ORDER BY t.id LIMIT 1""",
            [code],
        ).fetchone()
    return (str(row[0]), str(row[1])) if row else None


def _state(province: Province, code: str) -> str:
    with psycopg.connect(province.database) as connection:
        row = connection.execute("SELECT state FROM cases_case WHERE code = %s", [code]).fetchone()
    return str(row[0]) if row else ""


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("procedure", JOBS)
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

        steps: list[str] = []
        while (held := _holder(province, code)) and len(steps) < _STEPS_AT_MOST:
            step, login = held
            steps.append(step)
            with walking(browser, address, width=width, script=script) as official:
                sign_in(official, login)
                official.go(f"/ban-lam-viec/ho-so/{code}")
                enter_pin(official)
                official.press(re.compile("và mở hồ sơ tiếp"))
                official.done()
            citizen.go(f"/ho-so/{code}")
            expect(citizen.page.locator("main")).to_contain_text(code)

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
