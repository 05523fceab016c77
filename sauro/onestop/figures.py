"""Public figures of the one-stop shop, counted from the dossiers themselves."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What was done since a moment. on_time: of the finished ones that had a legal term."""

    filed: int
    finished: int
    on_time: int
    ratings: int
    content: int
    has_synthetic: bool


_SERVED = """
SELECT count(*) AS filed,
       count(c.finished_at) FILTER (WHERE c.legal_due_at IS NOT NULL) AS finished,
       count(*) FILTER (WHERE c.finished_at <= c.legal_due_at) AS on_time,
       count(r.score) AS ratings,
       count(*) FILTER (WHERE r.score >= 4) AS content,
       coalesce(bool_or(d.is_synthetic), false) AS has_synthetic
FROM cases_case c
JOIN onestop_dossier d ON d.case_id = c.id
LEFT JOIN onestop_rating r ON r.dossier_id = c.id
WHERE c.opened_at >= %(since)s
"""


def served(since: datetime) -> Served:
    """Return what was done for people since `since`. One query that reads every dossier since."""
    with connection.cursor() as cursor:
        cursor.execute(_SERVED, {"since": since})
        names = [column.name for column in cursor.description]
        row = cursor.fetchone()
    return Served(**dict(zip(names, row or (), strict=True)))
