"""Writing to the event log: `record` for every command, `seal` by the worker.

`record` is the one public function of a services module that is not a command: it may only
run inside one.
"""

from datetime import datetime

from django.db import connection, models

from sauro.core.actor import Actor
from sauro.core.commands import command, note_write, operation_id
from sauro.events.models import Cursor, Event, Seal

Plain = str | int | bool | None | list[str] | list[int]


def record(verb: str, subject: models.Model, *, by: Actor, at: datetime, **data: Plain) -> None:
    """Record that `by` did `verb` to `subject`.

    `verb` is "module.past_tense", e.g. "person.registered". `data` holds what was known or
    chosen at that moment, as plain values, never what can be read from the subject later.

    :raises RuntimeError: no command is running
    """
    note_write()
    Event.objects.create(
        at=at,
        operation=operation_id(),
        verb=verb,
        subject=subject._meta.label_lower,
        subject_id=subject.pk,
        actor_kind=by.kind,
        actor_label=by.label,
        person_id=by.person_id,
        official_id=by.official_id,
        office_id=by.office_id,
        data=data,
        txid=0,
        seq=0,
        prev_hash=b"",
        hash=b"",
    )


RECORD = """
INSERT INTO events_event (txid, at, operation, verb, subject, subject_id, seq, actor_kind,
    actor_label, person_id, official_id, office_id, data, prev_hash, hash)
SELECT 0, %(now)s, %(operation)s, {verb}, '{subject}', {subject_id}, 0, %(actor_kind)s,
    %(actor_label)s, %(actor_person)s, %(actor_official)s, %(actor_office)s, {data}, '', ''
"""


def recorded_by(by: Actor, at: datetime) -> dict[str, object]:
    """Return the parameters of `RECORD` that say who and when.

    `RECORD` is the event of a hot command, to be written in the command's own statement:
    format it with the SQL of verb, subject, subject_id and data, and append its FROM.
    """
    return {
        "now": at,
        "operation": operation_id(),
        "actor_kind": by.kind.value,
        "actor_label": by.label,
        "actor_person": by.person_id,
        "actor_official": by.official_id,
        "actor_office": by.office_id,
    }


_NEXT_SEAL = """
WITH last AS (
    SELECT coalesce(max(until_txid), 0) AS txid FROM events_seal
), fresh AS (
    SELECT e.txid, e.id, e.hash FROM events_event e, last
    WHERE e.txid > last.txid AND e.txid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
), block AS (
    SELECT max(txid) AS until_txid, count(*) AS events,
           sha256(string_agg(hash, ''::bytea ORDER BY txid, id)) AS content
    FROM fresh
), before AS (
    SELECT coalesce((SELECT hash FROM events_seal ORDER BY until_txid DESC LIMIT 1), ''::bytea) AS h
)
INSERT INTO events_seal (until_txid, events, sealed_at, prev_hash, hash)
SELECT until_txid, events, %s, h, sha256(h || content || int8send(events::bigint))
FROM block, before WHERE events > 0
RETURNING id
"""


@command
def seal(*, now: datetime) -> int | None:
    """Close the block of all events committed since the last seal; return its id, if any.

    The seal records itself: it is the one command whose trace is not an event.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('events.seal'))")
        cursor.execute(_NEXT_SEAL, [now])
        row = cursor.fetchone()
    return Seal.objects.get(pk=row[0]).pk if row else None


def advance(reader: str, txid: int) -> None:
    """Remember that `reader` has handled everything up to `txid`; inside a command only.

    :raises RuntimeError: no command is running
    """
    note_write()
    Cursor.objects.update_or_create(reader=reader, defaults={"txid": txid})
