"""What people are shown, in as many queries for many rows as for one."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from sauro.core.errors import NotFound
from sauro.offices import queries as offices
from sauro.offices.tests.factories import SpecialDayFactory
from sauro.onestop.tests import world as worlds
from sauro.onestop.tests.steps import accepted, appraised
from sauro.onestop.tests.world import MONDAY
from sauro.timing import queries, services
from sauro.timing.tests.world import WEDNESDAY, at, leader, off

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


class TestPreview:
    @pytest.mark.parametrize("size", [1, 8])
    def test_it_asks_as_often_for_many_cases_as_for_one(
        self, size: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        here = worlds.build()
        for _ in range(size):
            accepted(here)
        queries.preview(off())

        with django_assert_num_queries(5):
            found = queries.preview(off())

        assert (found.total, found.later, found.earlier, found.promised) == (size, size, 0, size)

    def test_a_row_tells_the_old_and_the_new_due_date(self) -> None:
        accepted(worlds.build())

        (row,) = queries.preview(off()).rows

        assert (row.before, row.after) == (at("2026-11-27 17:00"), at("2026-11-30 17:00"))
        assert (row.moved, row.is_step) == ("+1 ngày làm việc", False)
        assert row.title == "Đăng ký thành lập hộ kinh doanh"

    def test_pages_go_on_where_the_last_one_ended(self, monkeypatch: pytest.MonkeyPatch) -> None:
        here = worlds.build()
        for _ in range(3):
            accepted(here)
        monkeypatch.setattr(queries, "PAGE", 2)

        first, second = queries.preview(off()), queries.preview(off(), page=1)

        assert (len(first.rows), len(second.rows)) == (2, 1)
        assert (first.after, second.after) == (1, 0)

    def test_nothing_is_written(self) -> None:
        here = worlds.build()
        accepted(here)

        queries.preview(off())

        assert queries.changes() == []
        assert queries.day_rows(2026, None)[0].day == date(2026, 11, 24)


class TestChanges:
    @pytest.mark.parametrize("size", [1, 4])
    def test_lists_take_one_query(
        self, size: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        here, by = worlds.build(), leader()
        for _ in range(size):
            appraised(here)
        for number in range(size):
            last = services.change_calendar(off(name=f"Lần {number}"), by=by, now=MONDAY)
        first = queries.changes()[-1].id
        offices.working_calendar()

        with django_assert_num_queries(1):
            rows = queries.changes()
        with django_assert_num_queries(1):
            affected = queries.affected_by(first)

        assert [row.may_be_undone for row in rows] == [True, *[False] * (size - 1)]
        assert rows[0].id == last
        assert len(affected) == size

    def test_one_that_is_not_there(self) -> None:
        with pytest.raises(NotFound):
            queries.change(1)


class TestYear:
    def test_the_days_of_one_office_stand_among_those_of_the_province(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        here = worlds.build()
        office_id = here.head.office_id or 0
        services.change_calendar(off(office_id=office_id), by=here.head, now=MONDAY)
        queries.year_page(2026, None)

        with django_assert_num_queries(3):
            page = queries.year_page(2026, office_id)

        assert [(row.day, row.own) for row in page.days] == [
            (date(2026, 11, 24), False),
            (WEDNESDAY, True),
        ]
        assert queries.year_page(2026, None).worked == page.worked + 1
        assert office_id in {row.id for row in queries.offices_with_their_own(on=DAY)}

    @pytest.mark.parametrize("size", [1, 20])
    def test_special_days_take_one_query(
        self, size: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(size):
            SpecialDayFactory.create(day=date(2026, 3, 1 + number))

        with django_assert_num_queries(1):
            assert len(queries.day_rows(2026, None)) == size

    def test_years_that_nobody_has_decided_are_estimates(self) -> None:
        worlds.build()

        page = queries.year_page(2029, None)

        assert page.has_estimates
        assert all(row.is_estimate for row in page.days)

    @pytest.mark.parametrize("year", [1990, 2026 + 20])
    def test_years_out_of_reach_are_refused(self, year: int) -> None:
        worlds.build()

        with pytest.raises(NotFound, match="Lịch làm việc có từ năm"):
            queries.year_page(year, None)
