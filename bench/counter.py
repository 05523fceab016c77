"""A clerk at the counter, by keyboard alone: how long a standard dossier takes, from the first key.

`python -m bench.counter http://127.0.0.1:8000 -n 20` on a demo that is running, in the machine's
own browser, headless. Keys are struck at the pace of a slow typist, the card is read at the pace
of a reader, and every paper is looked at before it is ticked; printed is the median of everything
and, beside it, of what was only waiting for the machine.
"""

import argparse
import os
import random
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Page, sync_playwright

PROCEDURES = ("1.001193", "1.001612", "2.000815")
SECONDS_AT_MOST = 60
_KEY = 0.2  # a slow typist: five keys a second
_READER = 0.003  # a card reader types without a pause
_LOOK = 2.0  # each paper is looked at before it is ticked
_PAPERS_AT_MOST = 40
_NAMES = ("Y Khoa Êban", "H'Bĭă Mlô", "Phạm Văn Lợi", "Lê Thị Thu Hà", "Nguyễn Đức Ẩn")


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds of one dossier: all of it, and what was waiting for the machine."""

    code: str
    whole: float
    machine: float


class Hand:
    """A person's hand on the keyboard: it is counted how long it took, pauses too."""

    def __init__(self, page: Page, *, pace: float = 1.0) -> None:
        self.page, self.pace, self.spent = page, pace, 0.0

    def look(self) -> None:
        """Take the time to look at a paper."""
        self._rest(_LOOK)

    def press(self, key: str) -> None:
        """Press one key."""
        self._rest(_KEY)
        self.page.keyboard.press(key)

    def type(self, text: str, *, key: float = _KEY) -> None:
        """Type a text, key by key."""
        started = time.perf_counter()
        self.page.keyboard.type(text, delay=key * self.pace * 1000)
        self.spent += time.perf_counter() - started

    def _rest(self, seconds: float) -> None:
        time.sleep(seconds * self.pace)
        self.spent += seconds * self.pace


def card(number: int) -> str:
    """Return what the QR code of the card of somebody who does not exist says."""
    sex = number % 2
    year = 60 + number % 38
    pid = f"900{sex}{year:02}{number:06}"
    name = _NAMES[number % len(_NAMES)]
    return (
        f"{pid}||{name}|120319{year:02}|{'Nữ' if sex else 'Nam'}|{number} Nguyễn Tất Thành|25122021"
    )


def receive(page: Page, procedure: str, number: int, *, pace: float = 1.0) -> Took:
    """Take in one standard dossier from the page of the counter, its receipt included.

    pace: 1.0 as a person would, 0.0 as fast as the machine can.
    """
    hand = Hand(page, pace=pace)
    started = time.perf_counter()
    with _next_page(page):
        hand.type(procedure)
        hand.press("Enter")
    with _next_page(page):
        hand.type(card(number), key=_READER)
        hand.press("Enter")
    if _focused(page) == "phone":
        hand.type(f"0500{number:06}")
    for _ in range(_PAPERS_AT_MOST):
        at = _focused(page)
        if at in {"papers", "held"}:
            hand.look()
        elif at in {"content", "submit"}:
            break
        hand.press("Enter")
    with _next_page(page):
        hand.press("Control+Enter")
    code = page.locator(".code-l").inner_text()
    receipt = page.locator("[data-key=p]").get_attribute("href") or ""
    answer = page.request.get(page.url.partition("/ban-lam-viec")[0] + receipt)
    if not (answer.ok and answer.body().startswith(b"%PDF-")):
        raise RuntimeError(f"no receipt for {code}: {answer.status}")
    whole = time.perf_counter() - started
    with _next_page(page):
        page.keyboard.press("n")
    return Took(code, whole, whole - hand.spent)


@contextmanager
def _next_page(page: Page) -> Iterator[None]:
    with page.expect_navigation(wait_until="load"):
        yield
    # A person waits for the cursor; so does this hand.
    page.wait_for_function("document.activeElement && document.activeElement !== document.body")


def _focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.name || 'submit'"))


def report(taken: Sequence[Took]) -> str:
    """Return the medians as one line."""
    whole = statistics.median(took.whole for took in taken)
    machine = statistics.median(took.machine for took in taken)
    slowest = max(took.whole for took in taken)
    return (
        f"{len(taken)} hồ sơ bằng bàn phím: trung vị {whole:.1f} giây "
        f"(chờ máy {machine:.1f} giây), lâu nhất {slowest:.1f} giây"
    )


def main() -> int:
    """Take in some dossiers on a running demo; exit 1 where the median is over a minute."""
    parser = argparse.ArgumentParser(prog="bench.counter")
    parser.add_argument("address")
    parser.add_argument("-n", type=int, default=20)
    parser.add_argument("--pace", type=float, default=1.0)
    parser.add_argument("--login", default="canbo1cua")
    parser.add_argument("--password", default="sauro2026")
    given = parser.parse_args()
    sandbox = () if os.geteuid() else ("--no-sandbox",)
    with sync_playwright() as playwright:
        found = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=found, args=[*sandbox])
        page = browser.new_page(locale="vi-VN")
        page.goto(f"{given.address}/dang-nhap")
        page.get_by_label("Tên đăng nhập").fill(given.login)
        page.get_by_label("Mật khẩu").fill(given.password)
        page.locator("main").get_by_role("button", name="Đăng nhập").click()
        page.wait_for_load_state()
        page.goto(f"{given.address}/ban-lam-viec/tiep-nhan")
        first = random.randrange(100_000, 900_000)  # noqa: S311 - a number, no secret
        taken = [
            receive(page, PROCEDURES[n % len(PROCEDURES)], first + n, pace=given.pace)
            for n in range(given.n)
        ]
        browser.close()
    print(report(taken))
    return int(statistics.median(took.whole for took in taken) > SECONDS_AT_MOST)


if __name__ == "__main__":
    sys.exit(main())
