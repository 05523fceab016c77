"""What the middle of a dossier's page shows: what was filed, or one of its files."""

from collections.abc import Sequence
from dataclasses import dataclass

from sauro.core.text import _
from sauro.desk.queries.sheet import Sheet
from sauro.documents import queries as documents

_SHOWN = {"application/pdf": "pdf", "image/jpeg": "image", "image/png": "image"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One paper that can be looked at. number: its key on the keyboard, from 1."""

    number: int
    title: str
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Panes:
    """The papers of a dossier and the one that is open. kind: "form", "pdf", "image", "other"."""

    tabs: Sequence[Tab]
    kind: str
    title: str
    file_id: int | None


def panes(sheet: Sheet, asked: str) -> Panes:
    """Return the papers to look at; `asked` is the number of one. At most one query."""
    files = sheet.dossier.files
    number = int(asked) if asked.isascii() and asked.isdigit() else 1
    number = number if 1 <= number <= len(files) + 1 else 1
    titles = [_("Nội dung nộp"), *(file.name for file in files)]
    tabs = [
        Tab(number=n, title=title, is_open=n == number) for n, title in enumerate(titles, start=1)
    ]
    if number == 1:
        return Panes(tabs=tabs, kind="form", title=titles[0], file_id=None)
    file = files[number - 2]
    facts = documents.file_facts([file.file_id]).get(file.file_id)
    kind = _SHOWN.get(facts.media_type, "other") if facts else "other"
    return Panes(tabs=tabs, kind=kind, title=file.name, file_id=file.id)
