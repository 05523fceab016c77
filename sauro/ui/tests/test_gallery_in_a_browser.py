"""The gallery as a person meets it: nothing from outside, no side scroll, no barrier."""

import os
from collections.abc import Iterator
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, Page, Route, sync_playwright

pytestmark = [pytest.mark.journey, pytest.mark.django_db]

_HOST = "https://gallery.test"
_SWITCHES = ("--disable-gpu", "--no-first-run", "--disable-background-networking")
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
    if not found.exists():
        pytest.skip("no browser: install chromium, or set CHROMIUM")
    # Its event loop lives as long as the module; the database is used beside it as ever.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    sandbox = () if os.geteuid() else ("--no-sandbox",)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=[*_SWITCHES, *sandbox])
        yield opened
        opened.close()
        connections.close_all()  # those that were opened while the loop ran


@pytest.fixture
def opened(browser: Browser, client: Client) -> Iterator[Page]:
    """Open the gallery without a server: what it asks for is answered from here, or refused."""
    answer = client.get("/giao-dien/")
    asked: list[str] = []

    def serve(route: Route) -> None:
        path = urlsplit(route.request.url).path
        if not route.request.url.startswith(_HOST):
            asked.append(route.request.url)
            route.abort()
        elif path == "/giao-dien/":
            route.fulfill(body=answer.content, headers=dict(answer.headers))
        elif file := finders.find(path.removeprefix("/static/")):
            kind = guess_type(str(file))[0] or "font/woff2"
            route.fulfill(body=Path(str(file)).read_bytes(), content_type=kind)
        else:
            route.fulfill(status=404)

    page = browser.new_page(service_workers="block")
    page.route("**/*", serve)
    page.on("console", lambda said: asked.append(said.text) if said.type == "error" else None)
    page.goto(f"{_HOST}/giao-dien/")
    yield page
    page.close()
    # Without the fonts, which are built at set-up, the page falls back to the machine's own.
    assert [text for text in asked if "404" not in text] == []


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_the_gallery_fits_every_screen_and_bars_nobody(opened: Page, width: int) -> None:
    opened.set_viewport_size({"width": width, "height": 900})

    wide = opened.evaluate("document.documentElement.scrollWidth")
    found = Axe().run(opened, options={"runOnly": _RULES}).response["violations"]

    assert wide == width
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


def test_a_letter_presses_its_button_but_not_while_somebody_types(opened: Page) -> None:
    opened.evaluate(
        "document.querySelectorAll('[data-key=n]').forEach(n => n.addEventListener('click',"
        " e => { e.preventDefault(); window.pressed = (window.pressed || 0) + 1; }))"
    )

    opened.keyboard.press("n")
    opened.focus("#ly-do")
    opened.keyboard.press("n")

    assert opened.evaluate("window.pressed") == 1
    assert opened.input_value("#ly-do") == "n"


def test_no_letter_does_anything_behind_the_list_of_shortcuts(opened: Page) -> None:
    opened.keyboard.press("?")

    listed = opened.inner_text("dialog")
    opened.keyboard.press("?")

    assert "Hồ sơ tiếp theo" in listed
    assert opened.locator("dialog").count() == 1


def test_shortcuts_can_be_switched_off(opened: Page) -> None:
    opened.click("[data-keys-switch]")

    opened.keyboard.press("?")

    assert opened.inner_text("[data-keys-switch]") == "Bật phím tắt"
    assert opened.locator("dialog").count() == 0
