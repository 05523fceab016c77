"""The door for later: a worker that was killed leaves no work behind."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from asgiref.sync import async_to_sync
from django.db import connection, connections
from procrastinate.contrib.django import app

from sauro.core.jobs import rescue

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_work_is_left() -> None:
    """Clear the queue: its tables are not Django's, so nothing else does."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_periodic_defers")
        cursor.execute("DELETE FROM procrastinate_events")
        cursor.execute("DELETE FROM procrastinate_jobs")


def _statuses() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, status::text FROM procrastinate_jobs ORDER BY id")
        return [(str(name), str(status)) for name, status in cursor.fetchall()]


def _begun_by_a_worker(heartbeat: str) -> None:
    """Put one job into the hands of a worker that was last heard of `heartbeat` ago."""
    app.configure_task("events.seal").defer()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - %s::interval) RETURNING id",
            [heartbeat],
        )
        [number] = cursor.fetchone() or [0]
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", [number])


def _rescued() -> None:
    """Rescue on a thread of its own: a browser of other tests may keep a loop on this one."""

    def work() -> None:
        async_to_sync(rescue.func)()
        connections.close_all()

    with ThreadPoolExecutor(1) as own:
        own.submit(work).result()


def test_the_work_of_a_killed_worker_waits_for_the_next() -> None:
    _begun_by_a_worker("5 minutes")

    _rescued()

    assert _statuses() == [("events.seal", "todo")]


def test_the_work_of_a_living_worker_stays_in_its_hands() -> None:
    _begun_by_a_worker("5 seconds")

    _rescued()

    assert _statuses() == [("events.seal", "doing")]


def test_repeated_work_that_waits_again_is_not_queued_twice() -> None:
    _begun_by_a_worker("5 minutes")
    app.configure_task("events.seal").defer()

    _rescued()

    assert _statuses() == [("events.seal", "todo")]
