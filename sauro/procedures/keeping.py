"""The index of the catalogue that every process keeps in memory, and when it is built anew.

Built when first asked for, about a second, and again when the newest edition is another than
the one it was built from. A catalogue without an edition is never kept.
"""

from functools import lru_cache
from pathlib import Path
from threading import Lock

from sauro.procedures.models import Edition, Procedure
from sauro.procedures.rules import POPULAR, Level, Status
from sauro.procedures.rules.catalogue import DOUBTFUL_NAME
from sauro.procedures.rules.searching import Entry, Index
from sauro.procedures.rules.wording import Wording, read_entries

WORDING = Path(__file__).parent / "data" / "wording.tsv"
_FIELDS = ("code", "name", "field", "words", "level", "has_full", "flags")


@lru_cache(maxsize=1)
def wording() -> Wording:
    """Return what people say and what it means, read once from the file."""
    with WORDING.open(encoding="utf-8") as lines:
        return Wording(read_entries(lines))


class _Kept:
    """One index and the edition it is of."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._edition: int | None = None
        self._index: Index | None = None

    def get(self) -> Index:
        """Return the index of the newest edition. One query, two when it is built anew."""
        edition = Edition.objects.order_by("-pk").values_list("pk", flat=True).first()
        with self._lock:
            if self._index is None or edition is None or edition != self._edition:
                self._index = _build()
                self._edition = edition
            return self._index


def _build() -> Index:
    """Return an index of everything that is not gone, in the order of codes. One query."""
    rows = Procedure.objects.exclude(status=Status.GONE).order_by("code").values(*_FIELDS)
    popular = set(POPULAR)
    entries = [
        Entry(
            code=row["code"],
            name=row["name"],
            field=row["field"],
            words=row["words"],
            level=Level(row["level"]) if row["level"] else None,
            has_full=row["has_full"],
            is_doubtful=DOUBTFUL_NAME in row["flags"],
            is_popular=row["code"] in popular,
        )
        for row in rows
    ]
    return Index(entries, wording())


index = _Kept()
