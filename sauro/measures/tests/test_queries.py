from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sauro.measures.definitions import DEFINITIONS
from sauro.measures.queries.figures import GROUPINGS, Period, codes, figures

pytestmark = pytest.mark.django_db
_MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
_WEEK = Period(since=_MONDAY, until=_MONDAY + timedelta(days=7))


@pytest.mark.parametrize("by", GROUPINGS)
def test_figures_and_their_lists_take_one_query_each(
    by: str,
    django_assert_num_queries: Any,  # noqa: ANN401
) -> None:
    with django_assert_num_queries(1):
        figures(DEFINITIONS["on_time"], _WEEK, by=by)

    with django_assert_num_queries(1):
        codes(DEFINITIONS["on_time"], _WEEK, by=by)
