"""The log: what a command leaves behind, and that nobody can change it unseen."""

from datetime import UTC, datetime

import pytest
from django.db import InternalError, connection, transaction
from django.db.utils import IntegrityError
from pytest_django import DjangoAssertNumQueries

from sauro.core.actor import SYSTEM, Actor, ActorKind
from sauro.core.commands import command
from sauro.core.errors import Invalid
from sauro.events import queries, services
from sauro.events.models import Event, Seal
from sauro.events.tests.settling import settle

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
CLERK = Actor(kind=ActorKind.OFFICIAL, label="H'Linh Niê, Công chức", official_id=7, office_id=3)


def _thing(number: int) -> Event:
    return Event(pk=number)


@command
def touch(number: int, *, times: int = 1) -> None:
    """Record `times` events on one subject."""
    for time in range(times):
        services.record("thing.touched", _thing(number), by=CLERK, at=NOW, time=time)


@command
def touch_and_refuse(number: int) -> None:
    """Record, then change its mind."""
    services.record("thing.touched", _thing(number), by=CLERK, at=NOW)
    raise Invalid("không")


def _tamper(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql)
        cursor.execute("SET session_replication_role = DEFAULT")


def test_an_event_says_who_did_what_to_whom_and_when() -> None:
    touch(5)

    assert queries.history("events.event", 5) == [
        queries.HistoryLine(NOW, "thing.touched", "H'Linh Niê, Công chức", {"time": 0})
    ]
    event = Event.objects.get()
    assert (event.official_id, event.office_id, event.person_id) == (7, 3, None)


def test_events_of_one_command_share_an_operation_and_are_numbered_in_their_subject() -> None:
    touch(5, times=3)
    touch(6)

    rows = list(Event.objects.order_by("id").values_list("subject_id", "seq"))
    assert rows == [(5, 1), (5, 2), (5, 3), (6, 1)]
    assert Event.objects.filter(subject_id=5).values("operation").distinct().count() == 1


def test_nothing_is_recorded_outside_a_command() -> None:
    with pytest.raises(RuntimeError):
        services.record("thing.touched", _thing(5), by=SYSTEM, at=NOW)


def test_a_refused_command_leaves_no_trace() -> None:
    with pytest.raises(Invalid):
        touch_and_refuse(5)

    assert queries.count() == 0


@pytest.mark.parametrize("sql", ["UPDATE events_event SET verb = 'x'", "DELETE FROM events_event"])
def test_the_database_refuses_to_change_the_log(sql: str) -> None:
    touch(5)

    with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
        connection.cursor().execute(sql)

    assert queries.count() == 1


def test_an_untouched_log_has_no_faults() -> None:
    touch(5, times=3)
    touch(6, times=2)

    assert queries.faults() == []


def test_a_row_changed_by_hand_is_named() -> None:
    touch(5, times=3)
    changed = Event.objects.get(seq=2)

    _tamper("UPDATE events_event SET data = '{\"time\": 9}' WHERE seq = 2")

    assert [fault.where for fault in queries.faults()] == [
        f"sự kiện #{changed.pk} thing.touched của events.event #5"
    ]


def test_a_row_deleted_by_hand_breaks_the_chain_at_the_next_row() -> None:
    touch(5, times=3)
    after = Event.objects.get(seq=3)

    _tamper("DELETE FROM events_event WHERE seq = 2")

    assert [(fault.where, fault.reason.split(":")[0]) for fault in queries.faults()] == [
        (f"sự kiện #{after.pk} thing.touched của events.event #5", "đứt chuỗi")
    ]


def test_a_row_rehashed_after_a_change_still_breaks_the_chain() -> None:
    touch(5, times=3)

    _tamper(
        "UPDATE events_event SET verb = 'x' WHERE seq = 2;"
        "UPDATE events_event e SET hash = event_digest(e) WHERE seq = 2"
    )

    assert [fault.reason.split(":")[0] for fault in queries.faults()] == ["đứt chuỗi"]


@pytest.mark.django_db(transaction=True)
class TestSealed:
    def test_a_seal_closes_what_was_committed_since_the_last(self) -> None:
        touch(5, times=2)
        settle()
        first = services.seal(now=NOW)
        touch(6)
        settle()
        second = services.seal(now=NOW)

        assert services.seal(now=NOW) is None
        assert dict(Seal.objects.values_list("id", "events")) == {first: 2, second: 1}
        assert queries.faults() == []

    def test_a_lost_last_event_is_seen_by_the_seal(self) -> None:
        touch(5, times=2)
        settle()
        seal = services.seal(now=NOW)

        _tamper("DELETE FROM events_event WHERE seq = 2")

        assert queries.faults() == [
            queries.Fault(f"niêm phong #{seal}", "khối sự kiện không còn khớp: thiếu 1 sự kiện")
        ]

    def test_a_reader_sees_each_event_once_and_no_transaction_cut_in_two(self) -> None:
        touch(5, times=2)
        touch(6, times=3)
        settle()

        first = queries.unread("reader", "events.event", limit=2)
        _read_up_to(first[-1].txid)
        second = queries.unread("reader", "events.event", limit=2)

        assert [row.subject_id for row in first] == [5, 5]
        assert [row.subject_id for row in second] == [6, 6, 6]

    @pytest.mark.parametrize("times", [1, 20])
    def test_reading_the_log_asks_the_same_however_much_is_in_it(
        self, times: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        touch(5, times=times)
        settle()
        services.seal(now=NOW)

        with django_assert_num_queries(1):
            assert len(queries.history("events.event", 5)) == times
        with django_assert_num_queries(2):
            queries.unread("reader", "events.event")
        with django_assert_num_queries(5):  # three, and the two that hold them together
            assert queries.faults() == []


@command
def _read_up_to(txid: int) -> None:
    services.advance("reader", txid)
