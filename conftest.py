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


_WITH_A_PROVINCE = ("tests/journeys/", "tests/invariants/")
# About half of the time that all of them take.
_IN_THE_FIRST = ("main_job", "plan", "land", "post", "paying")


class TwoProvinces(LoadScopeScheduling):
    """Gives tests to whoever is free, but all that share a province to the same worker."""

    def _split_scope(self, nodeid: str) -> str:
        if not nodeid.startswith(_WITH_A_PROVINCE):
            return nodeid
        subject = nodeid.partition("/test_")[2].partition(".py")[0]
        return "first province" if subject in _IN_THE_FIRST else "second province"


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> TwoProvinces:  # noqa: ANN401
    """Say how tests are divided among workers."""
    return TwoProvinces(config, log)
