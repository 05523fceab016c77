"""Loading the catalogue of procedures: complete records, and the names of all the others."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sauro.core.actor import SYSTEM
from sauro.deployment.loading_files import Folder
from sauro.deployment.loading_report import Kind, Outcome
from sauro.places.rules import Finding
from sauro.procedures import services

RECORDS = "procedures/procedures.jsonl.gz"
TITLES = "procedures/catalogue.csv.gz"
_COLUMNS = ("code", "name", "field", "promulgator", "implementer", "levels", "status")


def load(folder: Folder, *, now: datetime) -> Outcome:
    """Bring the catalogue of procedures to what the files say.

    :raises Invalid: a file cannot be read
    """
    lines: dict[str, tuple[str, int]] = {}
    titles = list(_titles(folder, lines))
    loaded = services.load_catalogue(_records(folder, lines), titles, by=SYSTEM, now=now)
    for kind, findings in ((Kind.REJECTED, loaded.rejected), (Kind.REPAIRED, loaded.repaired)):
        for finding in findings:
            name, line = lines.get(finding.key, (RECORDS, 0))
            folder.note(kind, name, line, Finding(finding.key, finding.reason, finding.message))
    return Outcome(
        total=loaded.added + loaded.changed + loaded.same,
        added=loaded.added,
        changed=loaded.changed,
    )


def _titles(folder: Folder, lines: dict[str, tuple[str, int]]) -> Iterator[dict[str, str]]:
    """Yield the list of names, each code once; `lines` learns where each was read."""
    for line, row in folder.rows(TITLES, _COLUMNS):
        if row["code"] in lines:
            message = f"Mã {row['code']} có hai lần trong danh mục, giữ lần đầu."
            folder.reject(TITLES, line, row["code"], "duplicate", message)
            continue
        lines[row["code"]] = (TITLES, line)
        yield row


def _records(folder: Folder, lines: dict[str, tuple[str, int]]) -> Iterator[dict[str, Any]]:
    for line, record in folder.records(RECORDS):
        lines[str(record.get("code"))] = (RECORDS, line)
        yield record
