from collections.abc import Callable
from datetime import datetime

import pytest
from pytest_django import Settings

from sauro.core import clock
from sauro.desk.tests.world import MONDAY


@pytest.fixture
def hour(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Stop the wall clock at eight on a Monday; the answer moves it."""

    def set_to(at: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: at)

    set_to(MONDAY)
    return set_to


@pytest.fixture(autouse=True)
def on_paper(settings: Settings) -> None:
    """Sign as on paper: keys and PINs are looked at where signing is."""
    settings.SIGNS_RESULTS = False
