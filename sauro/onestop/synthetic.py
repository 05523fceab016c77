"""Dossiers that are nobody's (dữ liệu thử): what an earlier simulation left behind."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Max

from sauro.onestop.models import Dossier


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An open synthetic dossier. since: when its open task began."""

    case_id: int
    version_id: int
    since: datetime


_UNFINISHED = """
SELECT d.case_id, d.version_id, t.opened_at
FROM onestop_dossier d JOIN cases_task t ON t.case_id = d.case_id AND t.done_at IS NULL
WHERE d.is_synthetic ORDER BY d.case_id
"""


def last_filed_at() -> datetime | None:
    """Return when the last synthetic dossier was filed; None if there is none. One query."""
    synthetic = Dossier.objects.filter(is_synthetic=True)
    found: datetime | None = synthetic.aggregate(at=Max("case__opened_at"))["at"]
    return found


def unfinished() -> list[Unfinished]:
    """Return the synthetic dossiers that are still open, oldest first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_UNFINISHED)
        return [Unfinished(*row) for row in cursor.fetchall()]
