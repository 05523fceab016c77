"""The history of a dossier, in the words of the desk."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sauro.core.text import _
from sauro.desk import rules
from sauro.events.queries import HistoryLine
from sauro.onestop.rules import State, Verb

_NOTE_SAYS_IT = frozenset({Verb.ADVANCE.value})


@dataclass(frozen=True, slots=True)
class Past:
    """One thing that happened: when, what, by whom, and why."""

    at: datetime
    what: str
    who: str
    note: str


def past(lines: Iterable[HistoryLine]) -> list[Past]:
    """Return the history of a dossier, newest first."""
    said = [Past(line.at, _what(line), line.who, _note(line.data)) for line in lines]
    return said[::-1]


def _what(line: HistoryLine) -> str:
    if line.verb == "case.opened":
        registered = line.data.get("to") == State.REGISTERED
        return _("Nộp hồ sơ") if registered else _("Tiếp nhận tại quầy")
    verb = str(line.data.get("verb", ""))
    if verb in _NOTE_SAYS_IT and line.data.get("note"):
        return str(line.data["note"])
    return rules.DONE_WORDS.get(verb, _("Cập nhật"))


def _note(data: Mapping[str, Any]) -> str:
    note = str(data.get("note", ""))
    return "" if data.get("verb") in _NOTE_SAYS_IT else note
