"""What a load mended and what it could not take: one line of JSON each, with the reason.

The file is for the person who looks after the data: every row that is not in the database
exactly as the source has it can be found there, and why. Nothing is dropped silently.
"""

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path

NAME = "load-report.jsonl"


class Kind(StrEnum):
    """What became of a row, or of a whole dataset."""

    REPAIRED = "repaired"
    REJECTED = "rejected"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row that was mended or not taken, or a dataset that was refused.

    row: the line in the file, 0 where it is the whole file. key: which record. reason: a word
    to count by. message: for the person.
    """

    dataset: str
    kind: Kind
    file: str
    row: int = 0
    key: str = ""
    reason: str
    message: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What loading a dataset came to, in rows. total: all that are there now."""

    total: int
    added: int
    changed: int


@dataclass
class Report:
    """The entries of one load, in order."""

    entries: list[Entry] = field(default_factory=list)

    def add(self, entry: Entry) -> None:
        """Keep an entry."""
        self.entries.append(entry)

    def count(self, dataset: str, kind: Kind) -> int:
        """Return how many rows of a dataset ended so."""
        return sum(entry.dataset == dataset and entry.kind is kind for entry in self.entries)

    def write(self, folder: Path) -> Path:
        """Write the report, whole or not at all, and return where it is."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / NAME
        draft = path.with_suffix(".draft")
        lines = (json.dumps(asdict(entry), ensure_ascii=False) for entry in self.entries)
        draft.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        draft.replace(path)
        return path


def counted(folder: Path) -> list[tuple[str, str, str, int]]:
    """Return (dataset, kind, reason, rows) of the last load, most rows first within a kind."""
    path = folder / NAME
    if not path.exists():
        return []
    with path.open(encoding="utf-8") as file:
        entries = [json.loads(line) for line in file]
    found = Counter((entry["kind"], entry["dataset"], entry["reason"]) for entry in entries)
    return [
        (dataset, kind, reason, rows)
        for (kind, dataset, reason), rows in sorted(
            found.items(), key=lambda item: (item[0][0], item[0][1], -item[1], item[0][2])
        )
    ]
