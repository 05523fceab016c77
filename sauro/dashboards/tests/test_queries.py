"""Figures seen: one query however many groups, measures and dossiers."""

from datetime import UTC, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from sauro.core.actor import Actor, ActorKind
from sauro.core.clock import local_day
from sauro.dashboards import queries, rules
from sauro.measures.definitions import DEFINITIONS
from sauro.offices import queries as offices
from sauro.offices.tests.factories import OfficialFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
MONTH = rules.month("", local_day(NOW))


@pytest.fixture
def actor() -> Actor:
    """Return an official; the roster is read before anything is counted."""
    row = OfficialFactory.create()
    offices.roster(local_day(NOW))
    return Actor(
        kind=ActorKind.OFFICIAL, label="", official_id=row.pk, office_id=row.post.office_id
    )


@pytest.mark.parametrize("by", rules.GROUPINGS)
def test_all_figures_of_all_groups_take_one_query(
    actor: Actor, by: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        found = queries.sheet(actor, MONTH, by, list(DEFINITIONS.values()), now=NOW)

    assert (found.lines, len(found.whole)) == ([], len(DEFINITIONS))
    assert {figure.counted for figure in found.whole} == {0}


def test_the_wall_and_a_list_take_one_query_each(
    actor: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        shown = queries.wall(actor, MONTH, now=NOW)
    with django_assert_num_queries(1):
        count, rows = queries.behind(
            actor,
            DEFINITIONS["on_time"],
            MONTH,
            by="procedure",
            key="1.001612",
            is_whole=True,
            start=0,
            size=100,
            now=NOW,
        )

    assert (shown.worst, shown.overdue, count, rows) == ([], [], 0, [])
    assert shown.whole["on_time"].value is None
