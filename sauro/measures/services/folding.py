"""Facts from the log: fold what is new, or count everything again in bulk."""

from django.db import connection

from sauro.core.commands import command
from sauro.events import services as events

_READER = "measures.facts"
_FRESH = """
SELECT c.txid, max(e.txid)
FROM (SELECT max(txid) AS txid FROM events_cursor WHERE reader = %s) AS c
LEFT JOIN events_event e ON e.txid > c.txid
    AND e.txid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
GROUP BY c.txid
"""
_COLUMNS = (
    "dossier_id, code, channel, procedure_id, place_id, door_id, unit_id, outcome, opened_at,"
    " started_at, legal_due_at, paused_at, finished_at, ended_at, supplemented_at, rated_at,"
    " score, is_synthetic"
)
_WRITE = f"""
INSERT INTO measures_fact ({_COLUMNS})
SELECT c.id, c.code, d.channel, v.procedure_id, c.place_id, c.door_id, c.unit_id, c.outcome,
    c.opened_at, c.started_at, c.legal_due_at, c.paused_at, c.finished_at, c.ended_at,
    s.asked_at, r.rated_at, r.score, d.is_synthetic
FROM cases_case c
JOIN onestop_dossier d ON d.case_id = c.id
JOIN procedures_procedureversion v ON v.id = d.version_id
LEFT JOIN onestop_rating r ON r.dossier_id = c.id
LEFT JOIN (SELECT dossier_id, min(asked_at) AS asked_at FROM onestop_supplementrequest
    {{touched}} GROUP BY dossier_id) AS s ON s.dossier_id = c.id
"""  # noqa: S608 - only constants of this module are put in
_AGAIN = ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS.split(", ")[1:])
_ALL = _WRITE.format(touched="")
_TOUCHED = """
WITH touched AS MATERIALIZED (
    SELECT DISTINCT subject_id AS id FROM events_event
    WHERE txid > %(since)s AND txid <= %(until)s
      AND subject IN ('cases.case', 'onestop.dossier', 'onestop.rating')
)
"""
_CHANGED = _WRITE.format(touched="WHERE dossier_id IN (SELECT id FROM touched)")
_FOLD = f"""
{_TOUCHED} {_CHANGED}
WHERE c.id IN (SELECT id FROM touched)
ON CONFLICT (dossier_id) DO UPDATE SET {_AGAIN}
"""  # noqa: S608 - only constants of this module are put in


@command
def fold() -> int:
    """Take in what the log holds since the last time; return how many facts were written.

    Facts and watermark are one transaction, so that a worker killed half-way leaves neither. A
    fact says what its dossier is now: taking the same event in twice changes nothing. The first
    time, everything is counted from zero.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [_READER])
        cursor.execute(_FRESH, [_READER])
        since, until = cursor.fetchone() or (None, None)
        if since is None:
            return rebuild()
        if until is None:
            return 0
        cursor.execute(_FOLD, {"since": since, "until": until})
        written: int = cursor.rowcount
    events.advance(_READER, until)
    return written


@command
def rebuild() -> int:
    """Count every fact again from zero, set-wise; return how many there are.

    Those who read meanwhile see the facts as they were. The watermark is taken first: what is
    written while this runs is taken in by the next fold.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [_READER])
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1")
        [until] = cursor.fetchone() or (0,)
        cursor.execute("DELETE FROM measures_fact")
        cursor.execute(_ALL)
        written: int = cursor.rowcount
    events.advance(_READER, until)
    return written
