"""How long a procedure really takes, and what it really stumbles over: counted from facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db import connection

from sauro.core import clock

_FRESH_SECONDS = 600
TIMES_OVER = timedelta(days=90)
REASONS_OVER = timedelta(days=30)
# What fewer dossiers say in the same words may be about somebody: it is not told.
TOLD_FROM = 3
_REASONS_AT_MOST = 3

_TIMES = """
SELECT count(*), percentile_disc(0.5) WITHIN GROUP (ORDER BY days),
    percentile_disc(0.9) WITHIN GROUP (ORDER BY days), coalesce(bool_or(is_synthetic), FALSE)
FROM (
    SELECT (f.finished_at AT TIME ZONE %(zone)s)::date
           - (f.started_at AT TIME ZONE %(zone)s)::date AS days, f.is_synthetic
    FROM measures_fact f
    JOIN procedures_procedure p ON p.id = f.procedure_id
    WHERE p.code = %(code)s AND f.finished_at >= %(since)s AND f.started_at IS NOT NULL
) AS done
"""
_REASONS = """
WITH filed AS MATERIALIZED (
    SELECT f.dossier_id, f.supplemented_at
    FROM measures_fact f
    JOIN procedures_procedure p ON p.id = f.procedure_id
    WHERE p.code = %(code)s AND f.opened_at >= %(since)s
), said AS (
    SELECT DISTINCT 'asked' AS kind, filed.dossier_id, item AS words
    FROM filed
    JOIN onestop_supplementrequest s ON s.dossier_id = filed.dossier_id,
    LATERAL jsonb_array_elements_text(s.items) AS item
    WHERE filed.supplemented_at IS NOT NULL
    UNION ALL
    SELECT 'refused', filed.dossier_id, split_part(t.note, '. ', 1)
    FROM filed
    JOIN cases_task t ON t.case_id = filed.dossier_id AND t.outcome = 'REJECT'
)
SELECT 'filed', '', count(*) FROM filed
UNION ALL
SELECT kind, '', count(DISTINCT dossier_id) FROM said GROUP BY kind
UNION ALL
(SELECT kind, words, count(*) FROM said GROUP BY kind, words HAVING count(*) >= %(least)s
 ORDER BY 3 DESC, 2)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """What a procedure was like lately.

    done: dossiers finished within ninety days; median, slow: days from acceptance until half and
    nine tenths of them were, None where there were none. filed: within thirty days; asked,
    refused: how many of those were asked for more or turned away, with the commonest reasons.
    """

    done: int
    median: int | None
    slow: int | None
    filed: int
    asked: int
    refused: int
    asked_for: Sequence[tuple[str, int]]
    refused_for: Sequence[tuple[str, int]]
    has_synthetic: bool


def practice(code: str, *, now: datetime) -> Practice:
    """Return what a procedure was like lately, counted anew every ten minutes. Two queries."""
    slot = int(now.timestamp()) // _FRESH_SECONDS
    return _practice(code, slot)


@lru_cache(maxsize=4_000)
def _practice(code: str, slot: int) -> Practice:
    at = datetime.fromtimestamp(slot * _FRESH_SECONDS, tz=clock.HERE)
    given: dict[str, Any] = {"code": code, "zone": str(clock.HERE), "least": TOLD_FROM}
    with connection.cursor() as cursor:
        cursor.execute(_TIMES, {**given, "since": at - TIMES_OVER})
        done, median, slow, has_synthetic = cursor.fetchone() or (0, None, None, False)
        cursor.execute(_REASONS, {**given, "since": at - REASONS_OVER})
        rows = cursor.fetchall()
    totals = {kind: count for kind, words, count in rows if not words}
    told = {
        kind: tuple((words, count) for k, words, count in rows if k == kind and words)
        for kind in ("asked", "refused")
    }
    return Practice(
        done=done,
        median=median,
        slow=slow,
        filed=totals["filed"],
        asked=totals.get("asked", 0),
        refused=totals.get("refused", 0),
        asked_for=told["asked"][:_REASONS_AT_MOST],
        refused_for=told["refused"][:_REASONS_AT_MOST],
        has_synthetic=has_synthetic,
    )


def forget() -> None:
    """Drop what is kept in memory: for tests."""
    _practice.cache_clear()
