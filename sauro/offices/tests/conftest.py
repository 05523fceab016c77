"""What every test of this module starts from."""

from collections.abc import Iterator

import pytest

from sauro.offices import queries


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> Iterator[None]:
    """Drop what the process keeps of the test before: its rows were undone unseen."""
    queries.forget()
    yield
    queries.forget()
