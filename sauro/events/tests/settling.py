"""Waiting for the log in tests that read it."""

from time import monotonic, sleep

from django.db import connection


def settle() -> None:
    """Wait until what was recorded is older than every transaction still open on this server.

    The log is read no further than that; other tests run on the same server.
    """
    until = monotonic() + 60
    with connection.cursor() as cursor:
        while monotonic() < until:
            cursor.execute(
                "SELECT max(txid) < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
                " FROM events_event"
            )
            if cursor.fetchone() == (True,):
                return
            sleep(0.05)
