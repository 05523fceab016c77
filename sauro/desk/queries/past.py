"""The history of a dossier, in the words of the desk."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sauro.core.text import _
from sauro.desk import rules
from sauro.events.queries import HistoryLine
from sauro.onestop.parcels import ParcelRow
from sauro.onestop.postal import WAY_LABELS
from sauro.onestop.rules import State, Verb

_NOTE_SAYS_IT = frozenset({Verb.ADVANCE.value})


@dataclass(frozen=True, slots=True)
class Past:
    """One thing that happened: when, what, by whom, and why."""

    at: datetime
    what: str
    who: str
    note: str


def past(lines: Iterable[HistoryLine], carried: Sequence[ParcelRow] = ()) -> list[Past]:
    """Return the history of a dossier, newest first, with what the post did."""
    said = [Past(line.at, _what(line), line.who, _note(line.data)) for line in lines]
    said += [
        Past(one.handed_at, WAY_LABELS[one.way], one.postman or _("Bưu chính"), one.number)
        for one in carried
    ]
    said += [
        Past(one.delivered_at, _("Bưu chính đã phát"), one.postman or _("Bưu chính"), one.number)
        for one in carried
        if one.delivered_at
    ]
    return sorted(said, key=lambda one: one.at)[::-1]


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
