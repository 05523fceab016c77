"""What tests of the whole share: a province that has been lived in, its address, a browser.

All three go when the last of these tests is over: an open browser keeps an event loop running, and
nobody else in this process could run one.
"""

import os
from collections.abc import Iterator

import pytest
from django.db import connections
from playwright.sync_api import Browser, sync_playwright

from tests import province as provinces
from tests.province import Province

# Without them a headless browser looks for hosts of its maker.
_ALONE = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="package")
def province(tmp_path_factory: pytest.TempPathFactory) -> Province:
    """Build a province with a month behind it; once for all tests that ask."""
    folder = tmp_path_factory.mktemp("province")
    return provinces.build(os.environ["DATABASE_URL"], folder, days=30, a_day=40)


@pytest.fixture(scope="package")
def address(province: Province) -> Iterator[str]:
    """Serve that province and return where."""
    with provinces.serving(province) as where:
        yield where


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Open the machine's own browser; where there is none, journeys are skipped, but not in CI."""
    found = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    if not os.path.exists(found):  # noqa: PTH110 - one question
        message = "no browser: install chromium, or set CHROMIUM"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    # Its event loop lives as long as these tests; those beside it use the database as ever.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    sandbox = () if os.geteuid() else ("--no-sandbox",)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=[*_ALONE, *sandbox])
        yield opened
        opened.close()
        connections.close_all()  # those that were opened while the loop ran
