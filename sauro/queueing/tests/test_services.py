"""The hall: numbers, calls, those who do not come, and what was measured."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from sauro.core.actor import VISITOR
from sauro.core.errors import NotFound, NotNow, NotPermitted
from sauro.queueing import queries, services
from sauro.queueing.models import Ticket, Window
from sauro.queueing.rules import Line, Priority, State
from sauro.queueing.tests import factories
from sauro.queueing.tests.factories import MONDAY, taken

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_numbers_run_by_line_and_begin_anew_each_day() -> None:
    hall = factories.build()

    codes = [taken(hall, line, now=MONDAY).code for line in (Line.PAPERS, Line.LAND, Line.PAPERS)]
    tomorrow = taken(hall, now=MONDAY + timedelta(days=1)).code

    assert codes == ["A001", "B001", "A002"]
    assert tomorrow == "A001"


def test_a_machine_that_takes_all_numbers_is_stopped() -> None:
    hall = factories.build()
    for _ in range(20):
        taken(hall, now=MONDAY)

    with pytest.raises(NotNow):
        taken(hall, now=MONDAY)
    assert taken(hall, now=MONDAY + 2 * MINUTE).code == "A021"


def test_a_window_calls_serves_and_measures() -> None:
    hall = factories.build()
    services.open_window(hall.office_id, 3, [Line.PAPERS], by=hall.clerk, now=MONDAY)
    first, land = taken(hall, now=MONDAY), taken(hall, Line.LAND, now=MONDAY)
    second = taken(hall, now=MONDAY + MINUTE)

    called = [services.call_next(by=hall.clerk, now=MONDAY + n * MINUTE) for n in (5, 9, 12)]

    assert called == [first.code, second.code, ""]
    first.refresh_from_db()
    assert (first.state, first.ended_at) == (State.SERVED, MONDAY + 9 * MINUTE)
    assert Ticket.objects.get(pk=land.pk).state == State.WAITING
    day = queries.statistics(hall.office_id, first.day)
    assert [(row.label, row.taken, row.served) for row in day] == [
        ("Hộ tịch, chứng thực", 2, 2),
        ("Đất đai, xây dựng", 1, 0),
        ("Tất cả", 3, 2),
    ]
    assert (day[0].wait_median, day[0].served_median) == (6.5, 3.5)


def test_two_windows_never_call_the_same_number() -> None:
    hall = factories.build()
    services.open_window(hall.office_id, 1, [Line.PAPERS], by=hall.clerk, now=MONDAY)
    services.open_window(hall.office_id, 2, [Line.PAPERS], by=hall.other, now=MONDAY)
    taken(hall, now=MONDAY)
    taken(hall, Line.PAPERS, Priority.ELDERLY, now=MONDAY + MINUTE)

    called = [services.call_next(by=by, now=MONDAY + 2 * MINUTE) for by in (hall.clerk, hall.other)]

    assert called == ["A002", "A001"]


def test_a_window_has_one_official_and_an_official_one_window() -> None:
    hall = factories.build()
    services.open_window(hall.office_id, 1, [Line.PAPERS], by=hall.clerk, now=MONDAY)

    with pytest.raises(NotNow):
        services.open_window(hall.office_id, 1, [Line.LAND], by=hall.other, now=MONDAY)
    with pytest.raises(NotPermitted):
        services.open_window(hall.office_id, 2, [Line.LAND], by=hall.stranger, now=MONDAY)
    services.open_window(hall.office_id, 2, [Line.LAND], by=hall.clerk, now=MONDAY)

    assert [w.number for w in queries.windows(hall.office_id)] == [2]
    services.close_window(by=hall.clerk, now=MONDAY)
    assert queries.windows(hall.office_id) == []
    assert Window.objects.count() == 2


def test_who_does_not_come_is_noted_and_may_come_back_to_the_old_place() -> None:
    hall = factories.build()
    services.open_window(hall.office_id, 1, [Line.PAPERS], by=hall.clerk, now=MONDAY)
    missed, later = taken(hall, now=MONDAY), taken(hall, now=MONDAY + MINUTE)
    services.call_next(by=hall.clerk, now=MONDAY + 2 * MINUTE)
    services.call_again(by=hall.clerk, now=MONDAY + 3 * MINUTE)
    services.miss(by=hall.clerk, now=MONDAY + 4 * MINUTE)
    missed.refresh_from_db()
    assert (missed.state, missed.calls) == (State.NO_SHOW, 2)

    services.come_back(str(missed.key), by=hall.clerk, now=MONDAY + 5 * MINUTE)

    assert services.call_next(by=hall.clerk, now=MONDAY + 6 * MINUTE) == missed.code
    with pytest.raises(NotNow):
        services.come_back(str(later.key), by=hall.clerk, now=MONDAY + 6 * MINUTE)


def test_a_transferred_person_keeps_the_time_they_came_at() -> None:
    hall = factories.build()
    services.open_window(hall.office_id, 1, list(Line), by=hall.clerk, now=MONDAY)
    moved = taken(hall, now=MONDAY)
    taken(hall, Line.LAND, now=MONDAY + MINUTE)
    services.call_next(by=hall.clerk, now=MONDAY + 2 * MINUTE)

    services.transfer(Line.LAND, by=hall.clerk, now=MONDAY + 3 * MINUTE)

    assert services.call_next(by=hall.clerk, now=MONDAY + 4 * MINUTE) == moved.code == "A001"
    assert taken(hall, now=MONDAY + 5 * MINUTE).code == "A002"


def test_nothing_is_called_without_a_window_and_nothing_ended_without_a_ticket() -> None:
    hall = factories.build()

    with pytest.raises(NotNow):
        services.call_next(by=hall.clerk, now=MONDAY)
    services.open_window(hall.office_id, 1, [Line.PAPERS], by=hall.clerk, now=MONDAY)
    for act in (services.finish, services.miss, services.call_again):
        with pytest.raises(NotNow):
            act(by=hall.clerk, now=MONDAY)
    with pytest.raises(NotFound):
        queries.ticket("nothing")


@pytest.mark.parametrize("size", [1, 15])
def test_the_hall_takes_four_queries(
    size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    hall = factories.build()
    services.open_window(hall.office_id, 1, [Line.PAPERS], by=hall.clerk, now=MONDAY)
    tickets = [taken(hall, now=MONDAY) for _ in range(size)]
    services.call_next(by=hall.clerk, now=MONDAY)

    with django_assert_num_queries(4):
        found = queries.hall(hall.office_id, now=MONDAY)
        found.expected(tickets[-1].pk)

    with django_assert_num_queries(5):
        queries.waiting(hall.office_id, now=MONDAY)
        queries.called(hall.office_id, now=MONDAY)
        queries.absent(hall.office_id, now=MONDAY)
        queries.windows(hall.office_id)
        queries.statistics(hall.office_id, tickets[0].day)


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_numbers_without_a_gap_or_a_twin() -> None:
    hall = factories.build()
    start = Barrier(6)

    def take() -> None:
        start.wait()
        services.take_ticket(hall.office_id, Line.PAPERS, Priority.NONE, by=VISITOR, now=MONDAY)
        connection.close()

    threads = [Thread(target=take) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    codes = sorted(Ticket.objects.values_list("code", flat=True))
    assert codes == [f"A00{n}" for n in range(1, 7)]
