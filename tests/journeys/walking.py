"""Walking through the pages as a person would: what is seen, filled in and pressed."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response, expect

FIRST_LOAD = 50_000  # bytes that a page may send the first time, compressed as it travels
PICTURE = Path(__file__).parent / "paper.png"


@dataclass
class Walk:
    """One person's way in one browser. Every page passed is held against the budgets."""

    page: Page
    address: str
    looks: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        """Open an address and look at what came."""
        self.page.goto(self.address + path)
        self.look()

    def press(self, name: str | re.Pattern[str]) -> None:
        """Press the first button or link with this name and look at what came."""
        button = self.page.get_by_role("button", name=name)
        target = button if button.count() else self.page.get_by_role("link", name=name)
        target.first.click()
        self.page.wait_for_load_state()
        self.look()

    def look(self) -> None:
        """Hold the page against axe, the width of the screen and the language."""
        path = self.page.url.removeprefix(self.address)
        violations = Axe().run(self.page).response["violations"]
        self.failures += [
            f"{path}: {found['id']}: {found['nodes'][0]['html'][:120]}" for found in violations
        ]
        wide = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if wide > 0:
            self.failures.append(f"{path}: {wide} px wider than the screen")
        self.looks.append(path)

    def done(self) -> None:
        """Fail with everything that was wrong on the way."""
        assert self.strangers == []
        assert self.failures == []


@contextmanager
def walking(browser: Browser, address: str, *, width: int, script: bool) -> Iterator[Walk]:
    """Open a browser of this width, with or without JavaScript, that no other host may enter."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=script, locale="vi-VN"
    )
    page = context.new_page()
    walk = Walk(page, address)

    def meet(response: Response) -> None:
        if not response.url.startswith((address, "data:")):
            walk.strangers.append(response.url)
        if response.status >= 500:
            walk.failures.append(f"{response.status} at {response.url}")

    page.on("response", meet)
    page.set_default_timeout(15_000)
    try:
        yield walk
    finally:
        context.close()


def sign_in(walk: Walk, login: str, password: str) -> None:
    """Sign in on the page for it."""
    walk.go("/dang-nhap")
    walk.page.get_by_label("Tên đăng nhập").fill(login)
    walk.page.get_by_label("Mật khẩu").fill(password)
    walk.page.locator("main").get_by_role("button", name="Đăng nhập").click()
    walk.page.wait_for_load_state()
    expect(walk.page).not_to_have_url(re.compile("dang-nhap"))
    walk.look()


def fill_in(walk: Walk) -> None:
    """Answer whatever the page asks, as a person with nothing special to say would."""
    main = walk.page.locator("main")
    for name in _names(walk, "input[type=radio]"):
        group = main.locator(f'input[type=radio][name="{name}"]')
        if (
            not group.evaluate_all("all => all.some(one => one.checked)")
            if _scripts(walk)
            else True
        ):
            group.first.check()
    for file in main.locator("input[type=file]").all():
        file.set_input_files(PICTURE)


def _scripts(walk: Walk) -> bool:
    return True


def _names(walk: Walk, selector: str) -> list[str]:
    fields = walk.page.locator("main").locator(selector).all()
    return list(dict.fromkeys(field.get_attribute("name") or "" for field in fields))
