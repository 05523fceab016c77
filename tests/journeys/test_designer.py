"""The process editor, as a clerk and a chairman walk through it: drawn, published, carried over."""

import re

import psycopg
import pytest
from playwright.sync_api import Browser, FilePayload, Locator, expect

from tests.journeys.walking import Walk, sign_in, walking
from tests.province import Province

pytestmark = pytest.mark.province
CODE = "dossier.default"
_SCREENS = pytest.mark.parametrize(
    ("width", "script"),
    [(390, True), (390, False), (1440, True)],
    ids=str,
)


def _rows(province: Province, sql: str, *given: object) -> list[tuple[object, ...]]:
    with psycopg.connect(province.database) as connection:
        return connection.execute(sql, given).fetchall()


def _newest(province: Province) -> int:
    [(version,)] = _rows(province, "SELECT max(version) FROM cases_process WHERE code = %s", CODE)
    return int(str(version))


def _begin(walk: Walk) -> None:
    """Open the default process and its draft, a fresh one."""
    walk.go(f"/quy-trinh/{CODE}")
    walk.press("Sửa quy trình")
    expect(walk.page).to_have_url(re.compile("/ban-nhap/"))


def _step(walk: Walk, name: str) -> Locator:
    heading = walk.page.get_by_role("heading", name=name)
    return walk.page.locator(".drawn > li").filter(has=heading).first


def _add_after(walk: Walk, step: str, name: str) -> None:
    row = _step(walk, step)
    row.get_by_text("Thêm bước, đổi chỗ, bỏ").click()
    row.get_by_label("Tên bước mới").fill(name)
    row.get_by_role("button", name="Thêm ngay sau bước này").click()
    walk.page.wait_for_load_state()
    walk.look()


def _discard(walk: Walk) -> None:
    walk.page.get_by_text("Bỏ bản nháp", exact=True).click()
    walk.press("Bỏ bản nháp này")


@_SCREENS
def test_a_new_step_is_added_published_and_running_cases_follow_after_a_preview(
    browser: Browser,
    address: str,
    province: Province,
    width: int,
    script: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    before = _newest(province)
    name = f"Kiểm tra thực địa {before}"
    with walking(browser, address, width=width, script=script) as chairman:
        sign_in(chairman, "chutich")
        _begin(chairman)

        _add_after(chairman, "Thẩm định", name)
        form = chairman.page.locator(".step-form")
        form.get_by_label("Rõ việc").fill("Đi xem thực địa, lập biên bản")
        form.get_by_label("Rõ kết quả").fill("Biên bản thực địa")
        form.get_by_label("Người dân đọc thấy").fill("Xem thực địa")
        if script:
            picture = chairman.page.locator("#song")
            expect(picture).to_contain_text("Không còn chỗ nào phải sửa")
            chairman.look()
        chairman.press("Lưu bước")
        expect(_step(chairman, name)).to_contain_text("Đi xem thực địa, lập biên bản")

        chairman.press("Xem lại và ban hành", role="link")
        main = chairman.page.locator("main")
        expect(main).to_contain_text(f"Thêm bước “{name}” sau “Thẩm định”.")
        chairman.press(f"Ban hành bản {before + 1}")
        expect(main).to_contain_text("Đã ban hành.")
        assert _newest(province) == before + 1

        chairman.press(re.compile("hồ sơ đang chạy sang bản mới"), role="link")
        expect(main).to_contain_text("Đây là bản xem trước, chưa đổi gì.")
        expect(main).to_contain_text(name)
        running = _rows(province, _LEFT_BEHIND, CODE, before + 1)
        chairman.press(re.compile(rf"^Chuyển .* hồ sơ sang bản {before + 1}$"))
        expect(main).to_contain_text("Đã chuyển")
        assert len(_rows(province, _LEFT_BEHIND, CODE, before + 1)) < len(running)
        chairman.done()


_LEFT_BEHIND = """
SELECT c.id FROM cases_case c JOIN cases_process p ON p.id = c.process_id
WHERE p.code = %s AND p.version < %s AND c.ended_at IS NULL
"""


@_SCREENS
def test_a_broken_process_is_refused_with_the_reason_beside_the_step(
    browser: Browser,
    address: str,
    province: Province,
    width: int,
    script: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    before = _newest(province)
    with walking(browser, address, width=width, script=script) as clerk:
        sign_in(clerk, "canbotinh")
        _begin(clerk)

        _add_after(clerk, "Ký duyệt", "Bước còn trống")
        clerk.press("Lưu bước")
        row = _step(clerk, "Bước còn trống")
        expect(row).to_contain_text("Ghi việc phải làm ở bước này.")
        expect(row).to_contain_text("Ghi kết quả: làm xong thì giao ra cái gì.")
        clerk.press("Xem lại và ban hành", role="link")
        main = clerk.page.locator("main")
        expect(main).to_contain_text("Còn 3 chỗ cần sửa trước khi ban hành")
        expect(main.get_by_role("button", name=re.compile("^Ban hành"))).to_have_count(0)

        clerk.press("Về bản nháp", role="link")
        _discard(clerk)
        expect(clerk.page.locator("main")).to_contain_text("Bản đang dùng không đổi.")
        assert _newest(province) == before
        clerk.done()


def test_a_process_goes_out_as_bpmn_and_comes_in_as_the_same_draft(
    browser: Browser, address: str, province: Province
) -> None:
    with walking(browser, address, width=1440, script=True) as clerk:
        sign_in(clerk, "canbotinh")
        clerk.go(f"/quy-trinh/{CODE}")
        with clerk.page.expect_download() as sent:
            clerk.page.get_by_role("link", name="Xuất BPMN").click()

        clerk.go("/quy-trinh/moi")
        clerk.page.get_by_label("Tệp .bpmn hoặc .xml").set_input_files(sent.value.path())
        clerk.press("Nhập tệp")
        expect(clerk.page.locator("main")).to_contain_text("Chỉ nhận tệp .bpmn hoặc .xml")
        content = sent.value.path().read_bytes()
        file = FilePayload(name="quy-trinh.bpmn", mimeType="application/xml", buffer=content)
        clerk.page.get_by_label("Tệp .bpmn hoặc .xml").set_input_files(file)
        clerk.press("Nhập tệp")
        clerk.press("Xem lại và ban hành", role="link")
        expect(clerk.page.locator("main")).to_contain_text("Bản nháp giống hệt bản đang dùng.")
        clerk.press("Quy trình mặc định một cửa", role="link")
        _discard(clerk)
        clerk.done()
