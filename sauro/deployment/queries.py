"""What an earlier simulation left behind, so that the next can take it up."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from sauro.cases.models import Task
from sauro.onestop.models import Dossier


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An open synthetic dossier. since: when its open task began."""

    case_id: int
    version_id: int
    since: datetime


def last_filed_at() -> datetime | None:
    """Return when the last synthetic dossier was filed; None if there is none. One query."""
    synthetic = Dossier.objects.filter(is_synthetic=True)
    found: datetime | None = synthetic.aggregate(at=Max("case__opened_at"))["at"]
    return found


def unfinished() -> list[Unfinished]:
    """Return the synthetic dossiers that are still open, oldest first. One query."""
    open_tasks = Task.objects.filter(done_at=None, case__dossier__is_synthetic=True)
    rows = open_tasks.order_by("case_id").values_list(
        "case_id", "case__dossier__version_id", "opened_at"
    )
    return [Unfinished(*row) for row in rows]
