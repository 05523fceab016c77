"""What a page of figures is asked for."""

from datetime import date

import pytest

from sauro.core.errors import Invalid
from sauro.dashboards import rules
from sauro.measures.queries.figures import GROUPINGS

TODAY = date(2026, 11, 23)


def test_a_month_ends_today_or_with_its_last_day() -> None:
    this, past = rules.month("", TODAY), rules.month("2026-02", TODAY)

    assert (this.first, this.last, this.key) == (date(2026, 11, 1), TODAY, "2026-11")
    assert (past.first, past.last, past.name) == (
        date(2026, 2, 1),
        date(2026, 2, 28),
        "tháng 2/2026",
    )


@pytest.mark.parametrize("text", ["2026-12", "2026-00", "x", "2026-1", "2026-11-01"])
def test_no_month_and_none_to_come_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        rules.month(text, TODAY)


def test_groups_are_those_that_figures_are_counted_by() -> None:
    assert set(rules.GROUPINGS) == set(GROUPINGS) - {"all"}
    assert rules.grouping("") == "unit"
    with pytest.raises(Invalid):
        rules.grouping("all")


def test_months_go_back_over_the_year() -> None:
    assert rules.months_before(date(2026, 2, 28), 3) == [
        date(2026, 2, 1),
        date(2026, 1, 1),
        date(2025, 12, 1),
    ]
