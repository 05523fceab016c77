"""Reading the event log, and proving it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models.expressions import RawSQL

from sauro.events.models import Cursor, Event

_COMMITTED = RawSQL("pg_snapshot_xmin(pg_current_snapshot())::text::bigint", [])
_FIELDS = ("id", "txid", "at", "verb", "subject_id", "data")


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One event as the people concerned read it."""

    at: datetime
    verb: str
    who: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LogRow:
    """One event as a follower of the log sees it."""

    id: int
    txid: int
    at: datetime
    verb: str
    subject_id: int
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """A place where the log is not what was written, named so that a person can look at it."""

    where: str
    reason: str


def history(subject: str, subject_id: int) -> list[HistoryLine]:
    """Return everything recorded about one subject, oldest first. One query."""
    rows = Event.objects.filter(subject=subject, subject_id=subject_id).order_by("seq")
    return [HistoryLine(*row) for row in rows.values_list("at", "verb", "actor_label", "data")]


def unread(reader: str, subject: str, *, limit: int = 500) -> list[LogRow]:
    """Return the next committed events past a reader's cursor, in commit order.

    Never cuts a transaction in two: `limit` may be exceeded to complete the last one, so a
    reader that advances to the last row's txid skips nothing and repeats nothing.
    Two queries; three when the limit is reached.
    """
    since = Cursor.objects.filter(reader=reader).values_list("txid", flat=True).first() or 0
    committed = Event.objects.filter(subject=subject, txid__lt=_COMMITTED).order_by("txid", "id")
    rows = list(committed.filter(txid__gt=since).values_list(*_FIELDS)[:limit])
    if len(rows) == limit:
        last = rows[-1][1]
        rows = [row for row in rows if row[1] < last]
        rows += committed.filter(txid=last).values_list(*_FIELDS)
    return [LogRow(*row) for row in rows]


def count() -> int:
    """Return how many events the log holds. One query."""
    return Event.objects.count()


_BROKEN = """
SELECT chained.id, chained.verb, chained.subject, chained.subject_id,
       CASE WHEN chained.altered THEN 'nội dung hoặc mã băm đã bị sửa'
            ELSE 'đứt chuỗi: sự kiện ngay trước đã bị xóa hoặc sửa' END
FROM (
    SELECT e.id, e.verb, e.subject, e.subject_id, e.seq, e.prev_hash,
           e.hash <> event_digest(e) AS altered,
           coalesce(lag(e.hash) OVER chain, ''::bytea) AS before,
           coalesce(lag(e.seq) OVER chain, 0) AS seq_before
    FROM events_event e
    WINDOW chain AS (PARTITION BY e.subject, e.subject_id ORDER BY e.seq)
) chained
WHERE altered OR prev_hash <> before OR seq <> seq_before + 1
ORDER BY id LIMIT %s
"""

_BROKEN_SEALS = """
SELECT bounds.id, block.events - bounds.events
FROM (
    SELECT *, lag(until_txid, 1, 0::bigint) OVER blocks AS since,
           lag(hash, 1, ''::bytea) OVER blocks AS before
    FROM events_seal WINDOW blocks AS (ORDER BY until_txid)
) bounds, LATERAL (
    SELECT count(*) AS events, sha256(string_agg(hash, ''::bytea ORDER BY txid, id)) AS content
    FROM events_event WHERE txid > bounds.since AND txid <= bounds.until_txid
) block
WHERE bounds.prev_hash <> bounds.before
   OR bounds.hash IS DISTINCT FROM
      sha256(bounds.before || block.content || int8send(bounds.events::bigint))
ORDER BY bounds.id LIMIT %s
"""


def faults(*, limit: int = 20) -> list[Fault]:
    """Return the events and seals that are not as they were written, oldest first. Three queries.

    Reads the whole log: about 10 s for a million events.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(_BROKEN, [limit])
        found = [
            Fault(f"sự kiện #{pk} {verb} của {subject} #{subject_id}", reason)
            for pk, verb, subject, subject_id, reason in cursor.fetchall()
        ]
        cursor.execute(_BROKEN_SEALS, [limit])
        for pk, difference in cursor.fetchall():
            lost = f"thiếu {-difference} sự kiện" if difference < 0 else "nội dung đã khác"
            found.append(Fault(f"niêm phong #{pk}", f"khối sự kiện không còn khớp: {lost}"))
    return found
