from collections.abc import Callable
from datetime import datetime

import pytest

from sauro.core import clock
from sauro.desk.tests.world import MONDAY


@pytest.fixture
def hour(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Stop the wall clock at eight on a Monday; the answer moves it."""

    def set_to(at: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: at)

    set_to(MONDAY)
    return set_to
