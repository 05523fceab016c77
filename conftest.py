"""What every test starts from."""

from collections.abc import Iterator

import pytest

from sauro.offices import queries as offices
from sauro.onestop import limits, routing


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> Iterator[None]:
    """Drop what this process keeps of the test before: its rows were undone unseen."""
    offices.forget()
    routing.route.cache_clear()
    limits.limit_of.cache_clear()
    yield
    offices.forget()
    routing.route.cache_clear()
    limits.limit_of.cache_clear()
