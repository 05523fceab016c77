"""Walking through the pages as a person would: what is seen, filled in and pressed."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Response, expect

from sauro.documents.demo_keys import DEMO_PIN
from tests.province import Province

PASSWORD = "sauro2026"
_GO_ON = re.compile(r"^(Bắt đầu|Tiếp tục|Nộp hồ sơ|Xong việc này, về kế hoạch)$")
_STEPS_AT_MOST = 12
# Pages are held against axe once in each width: two that differ in words alone are the same page.
_SHAPE = r"""[...document.querySelectorAll("*")].map(e => [e.tagName, !e.textContent.trim(),
    ...[...e.attributes].map(a => /^(aria-.*|class|for|id|lang|role|type)$/.test(a.name)
        ? a.name + a.value.replace(/\d+/g, "0") : a.name)].join()).join()"""
_HELD: set[tuple[int, str]] = set()


@dataclass
class Walk:
    """One person's way in one browser; whatever is wrong with a page on it is kept.

    With script the pages are held against axe and the width of the screen as well: without it
    there is nothing in the page that could look.
    """

    page: Page
    address: str
    script: bool
    wrong: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        """Open an address and look at what came."""
        self.page.goto(self.address + path)
        self.look()

    def press(self, name: str | re.Pattern[str], role: str = "button") -> None:
        """Press the first button (or link) of the main part with this name."""
        self.page.locator("main").get_by_role(role, name=name).first.click()  # type: ignore[arg-type]
        self.page.wait_for_load_state()
        self.look()

    def look(self) -> None:
        """Hold the page against what every page must keep."""
        path = self.page.url.removeprefix(self.address)
        expect(self.page.locator("h1").first).to_be_visible()
        if not self.script:
            return
        shape = width_of(self.page), self.page.evaluate(_SHAPE)
        if shape in _HELD:
            return
        _HELD.add(shape)
        for found in Axe().run(self.page).response["violations"]:
            self.wrong.append(f"{path}: {found['id']}: {found['nodes'][0]['html'][:120]}")
        root = "document.documentElement"
        wider = self.page.evaluate(f"{root}.scrollWidth - {root}.clientWidth")
        if wider > 0:
            self.wrong.append(f"{path}: {wider} px wider than the screen")

    def meet(self, response: Response) -> None:
        """Note a page that failed, and a host that is not ours."""
        if not response.url.startswith((self.address, "data:")):
            self.wrong.append(f"asked another host: {response.url}")
        if response.status >= 500:
            self.wrong.append(f"{response.status} at {response.url}")

    def done(self) -> None:
        """Fail with everything that was wrong on the way."""
        assert self.wrong == []


def width_of(page: Page) -> int:
    """Return how wide a screen is, in pixels."""
    size = page.viewport_size
    return size["width"] if size else 0


@contextmanager
def walking(
    browser: Browser, address: str, *, width: int, script: bool, is_app: bool = False
) -> Iterator[Walk]:
    """Open a browser of this width, with or without JavaScript, for one person.

    is_app: what stands between the app and the network works too
    """
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        java_script_enabled=script,
        locale="vi-VN",
        service_workers="allow" if is_app else "block",
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    walk = Walk(page, address, script)
    page.on("response", walk.meet)
    try:
        yield walk
    finally:
        context.close()


def sign_in(walk: Walk, login: str) -> None:
    """Sign in on the page for it."""
    walk.go("/dang-nhap")
    walk.page.get_by_label("Tên đăng nhập").fill(login)
    walk.page.get_by_label("Mật khẩu").fill(PASSWORD)
    walk.press("Đăng nhập")
    expect(walk.page).not_to_have_url(re.compile("dang-nhap"))


def enter_pin(walk: Walk) -> None:
    """Enter the PIN of the demo where the page asks for one."""
    asked = walk.page.locator("main").get_by_label("Mã PIN chữ ký số")
    if asked.count() and asked.first.is_visible():
        asked.first.fill(DEMO_PIN)


def holder(province: Province, code: str) -> tuple[str, str]:
    """Return the open step of a dossier and the login of who holds it; blanks once it ended."""
    with psycopg.connect(province.database) as connection:
        row = connection.execute(
            """SELECT t.step, a.login FROM cases_task t
               JOIN cases_case c ON c.id = t.case_id
               JOIN offices_official o ON o.id = t.official_id
               JOIN people_account a ON a.person_id = o.person_id
               WHERE c.code = %s AND t.done_at IS NULL ORDER BY t.id LIMIT 1""",
            [code],
        ).fetchone()
    return (str(row[0]), str(row[1])) if row else ("", "")


def carry_through(
    browser: Browser, province: Province, citizen: Walk, code: str, *, until: str = ""
) -> list[str]:
    """Let each official who holds a dossier do the step, until it ends or comes to a step.

    The citizen looks in between. Returns the steps.
    """
    width = width_of(citizen.page)
    steps: list[str] = []
    while len(steps) < _STEPS_AT_MOST:
        step, login = holder(province, code)
        if step == until:
            break
        steps.append(step)
        with walking(browser, citizen.address, width=width, script=citizen.script) as official:
            sign_in(official, login)
            official.go(f"/ban-lam-viec/ho-so/{code}")
            enter_pin(official)
            for words in official.page.locator(".decide > form textarea").all():
                if not words.input_value():
                    words.fill("Lệ phí trước bạ 1.250.000 đồng, biên lai số 0001234.")
            official.press(re.compile("và mở hồ sơ tiếp"))
            official.done()
        citizen.go(f"/ho-so/{code}")
        expect(citizen.page.locator("main")).to_contain_text(code)
    return steps


def fill_in(walk: Walk, paper: Path) -> None:
    """Answer whatever the page asks, as a person with an ordinary matter would."""
    main = walk.page.locator("main")
    _choose(main)
    _fill_form(main)
    for box in main.locator("input[type=text], input:not([type]), textarea").all():
        if box.is_visible() and not box.input_value():
            box.fill("Cà phê rang xay Y Khoa, buôn Kô Siêr")
    for upload in main.locator("input[type=file]").all():
        if not main.get_by_text(paper.name).count():
            upload.set_input_files(paper)
    for promise in main.locator("input[name=cam_doan]").all():
        promise.check()


# By the kind of a form's question: what goes into each of its boxes.
_ANSWERS = {
    "name": ["H'Bĭă Mlô"],
    "pid": ["066190000000"],
    "number": ["2"],
    "money": ["50000000"],
    "date": ["5", "3", "2026"],
}


def _fill_form(main: Locator) -> None:
    for kind, answers in _ANSWERS.items():
        for question in main.locator(f"[data-kind={kind}]").all():
            for box, answer in zip(question.locator("input").all(), answers, strict=True):
                if box.is_visible() and not box.input_value():
                    box.fill(answer)
    for chosen in main.locator("[data-kind] select").all():
        if chosen.is_visible() and not chosen.input_value():
            chosen.select_option(index=1)


def _choose(main: Locator) -> None:
    """Choose the first of every group of which none is chosen."""
    groups: dict[str, bool] = {}
    for radio in main.locator("input[type=radio]").all():
        name = radio.get_attribute("name") or ""
        groups[name] = groups.get(name, False) or radio.is_checked()
    for name, chosen in groups.items():
        if not chosen:
            main.locator(f'input[type=radio][name="{name}"]').first.check()


def file_online(walk: Walk, words: str, procedure: re.Pattern[str], code: str, paper: Path) -> str:
    """Search in everyday words, open the procedure, file it page by page; return the code."""
    walk.go("/")
    walk.page.locator("main").get_by_role("searchbox").first.fill(words)
    walk.press("Tìm")
    walk.press(procedure, role="link")
    expect(walk.page).to_have_url(re.compile(re.escape(code)))
    walk.press(re.compile("^Nộp hồ sơ"))
    return file_to_the_end(walk, paper)


def answer_all(walk: Walk, paper: Path, *, until: str, **chosen: str) -> None:
    """Go through the pages of a filing that was begun, until an address says it is over.

    chosen: what to choose where the first choice is not meant.
    """
    for _page in range(25):
        if until in walk.page.url:
            break
        for name, value in chosen.items():
            for choice in walk.page.locator(f'main input[name="{name}"][value="{value}"]').all():
                choice.check()
        fill_in(walk, paper)
        walk.press(_GO_ON)


def file_to_the_end(walk: Walk, paper: Path, **chosen: str) -> str:
    """Go through the pages of a filing that was begun; return the code of the dossier."""
    answer_all(walk, paper, until="/ho-so/", **chosen)
    expect(walk.page).to_have_url(re.compile("/da-nop$"))
    expect(walk.page.locator("h1")).to_contain_text("Bạn đã nộp xong.")
    return walk.page.url.split("/ho-so/")[1].split("/")[0]
