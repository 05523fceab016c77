"""What every test starts from."""

from collections.abc import Iterator
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

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


class OneProvince(LoadScopeScheduling):
    """Gives tests to whoever is free, but all that share the one province to the same worker."""

    def _split_scope(self, nodeid: str) -> str:
        shared = nodeid.startswith(("tests/journeys/", "tests/invariants/"))
        return "province" if shared else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> OneProvince:  # noqa: ANN401
    """Say how tests are divided among workers."""
    return OneProvince(config, log)
