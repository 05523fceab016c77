"""The processes that were published, as a catalogue: versions, and how many cases run on each."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, Q

from sauro.cases.models import Process
from sauro.core.errors import NotFound
from sauro.core.text import _

NO_SUCH_PROCESS = _("Không có quy trình này. Mở lại danh sách quy trình rồi chọn.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A version of a process as it was published. running: cases open on it today."""

    id: int
    code: str
    version: int
    name: str
    since: date
    definition: Mapping[str, Any]
    running: int
    is_newest: bool


_RUNNING = Count("case", filter=Q(case__ended_at__isnull=True))


def newest() -> list[Published]:
    """Return the newest version of every process, by name; running: on all versions. One query."""
    running: dict[str, int] = {}
    newest_rows: list[Published] = []
    for row in _rows(Q()):
        running[row.code] = running.get(row.code, 0) + row.running
        if row.is_newest:
            newest_rows.append(row)
    found = [replace(row, running=running[row.code]) for row in newest_rows]
    return sorted(found, key=lambda row: (row.name, row.code))


def versions(code: str) -> list[Published]:
    """Return all versions of a process, the newest first. One query.

    :raises NotFound: nothing was published under that code
    """
    rows = _rows(Q(code=code))
    if not rows:
        raise NotFound(NO_SUCH_PROCESS)
    return rows


def exists(code: str) -> bool:
    """Test whether a process was published under that code. One query."""
    return Process.objects.filter(code=code).exists()


def _rows(which: Q) -> list[Published]:
    found = Process.objects.filter(which).annotate(running=_RUNNING).order_by("code", "-version")
    rows: list[Published] = []
    for row in found:
        rows.append(
            Published(
                id=row.pk,
                code=row.code,
                version=row.version,
                name=row.name,
                since=row.since,
                definition=row.definition,
                running=row.running,
                is_newest=not rows or rows[-1].code != row.code,
            )
        )
    return rows
