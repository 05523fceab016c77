"""Reading terms and fees, whose cells the source glued together and the portal fills oddly. Pure.

A number that cannot be trusted is left out and the note speaks; it is never guessed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sauro.core.text import _, fold
from sauro.core.workdays import Term, Unit
from sauro.procedures.rules.records import Channel, Fee, FeeKind, Method
from sauro.procedures.rules.texts import neat

_UNITS = {
    "working_day": Unit.WORKING_DAY,
    "day": Unit.DAY,
    "week": Unit.WEEK,
    "month": Unit.MONTH,
    "year": Unit.YEAR,
    "hour": Unit.WORKING_HOUR,
}
_CHANNELS = {"direct": Channel.DIRECT, "online": Channel.ONLINE, "post": Channel.POST}
_CHANNELS["postal"] = Channel.POST
_HOURS_A_DAY = 8
_LONGEST_VALUE = 160
_SHORTEST_NOTE = 4
_LONGEST_FREE = 60  # a note that says no more than that nothing is charged
_LEAST_FEE = 1_000  # no fee or charge of the state is below a thousand đồng
_NO_TERM = _("Bản công bố quốc gia không ghi thời hạn cụ thể.")
_AT_ONCE = _("Giải quyết ngay khi nhận đủ giấy tờ.")
_FREE = (
    "khong",
    "khong co",
    "khong thu",
    "mien phi",
    "khong thu phi",
    "khong thu le phi",
    "khong mat phi",
    "khong phai nop",
    "le phi khong",
    "phi khong",
    "phi le phi khong",
)
_ZERO = re.compile(r"^(?:phi|le phi)?\s*0\s*(?:dong)?$")
_EXEMPT = ("mien le phi", "mien phi", "khong thu")


@dataclass
class Notes:
    """Collects what was repaired in a record: (part, sentence with what the source said)."""

    said: list[tuple[str, str]] = field(default_factory=list)

    def add(self, part: str, reason: str, value: object = "") -> None:
        """Note a repair of `part`, and what the source has there."""
        self.said.append((part, f"{reason} [{neat(str(value))[:_LONGEST_VALUE]}]"))


def methods(given: Any, notes: Notes) -> tuple[Method, ...]:  # noqa: ANN401 - JSON
    """Return the ways to file, each once."""
    found: dict[Method, None] = {}
    for raw in given if isinstance(given, list) else []:
        method = _method(raw, notes)
        if method is None:
            continue
        if method in found:
            notes.add("methods", _("Cách nộp ghi trùng, giữ một."), method.channel)
        found[method] = None
    return tuple(found)


def _method(raw: Any, notes: Notes) -> Method | None:  # noqa: ANN401 - JSON
    channel = _CHANNELS.get(raw.get("channel", "")) if isinstance(raw, Mapping) else None
    if channel is None:
        notes.add("methods", _("Không rõ cách nộp, bỏ dòng này."), raw)
        return None
    term, term_note = _term(raw.get("duration"), raw.get("unit"), notes)
    note = neat(str(raw.get("note") or ""))
    if len(note) < _SHORTEST_NOTE:  # a bracket or a stray letter
        note = ""
    fees, foreign = _fees(raw.get("fees"), note, notes)
    return Method(
        channel=channel,
        term=term,
        term_note=term_note,
        fees=fees,
        note=" ".join(filter(None, (note, *foreign))),
    )


def _term(value: Any, unit: Any, notes: Notes) -> tuple[Term | None, str]:  # noqa: ANN401 - JSON
    """Return the term, or None with the sentence that says why there is none."""
    if value is None or unit is None:
        return None, _NO_TERM
    counted = _UNITS.get(unit)
    if counted is None or not isinstance(value, int | float) or value < 0:
        notes.add("methods", _("Không đọc được thời hạn, để trống."), f"{value} {unit}")
        return None, _NO_TERM
    if value == 0:
        notes.add("methods", _("Thời hạn ghi 0, hiểu là giải quyết ngay."), f"{value} {unit}")
        return None, _AT_ONCE
    if counted is Unit.WORKING_HOUR:
        notes.add("methods", _("Nguồn ghi “giờ”, hiểu là giờ làm việc."), f"{value} {unit}")
    if value == int(value):
        return Term(int(value), counted), ""
    return _fraction(value, counted, notes)


def _fraction(value: float, unit: Unit, notes: Notes) -> tuple[Term | None, str]:
    """Return a term of part of a day in working hours; less than an hour has no unit here."""
    hours = value * _HOURS_A_DAY if unit is Unit.WORKING_DAY else value
    if unit not in {Unit.WORKING_DAY, Unit.WORKING_HOUR} or hours != int(hours):
        notes.add("methods", _("Thời hạn lẻ, không đổi được ra giờ; xem ghi chú."), value)
        return None, _NO_TERM
    notes.add("methods", _("Thời hạn lẻ ngày, đổi ra giờ làm việc."), value)
    return Term(int(hours), Unit.WORKING_HOUR), ""


def _fees(given: Any, note: str, notes: Notes) -> tuple[tuple[Fee, ...], list[str]]:  # noqa: ANN401 - JSON
    """Return the fees in đồng, each once, and the sentences that stand for all others."""
    fees: dict[Fee, None] = {}
    sentences: list[str] = []
    for raw in given if isinstance(given, list) else []:
        fee, sentence = _fee(raw, notes)
        if fee is not None:
            if fee in fees:
                notes.add("fees", _("Mức thu ghi trùng, giữ một."), fee.note or fee.amount)
            fees[fee] = None
        if sentence and sentence not in note and sentence not in sentences:
            sentences.append(sentence)
    return tuple(fees), sentences


def _fee(raw: Any, notes: Notes) -> tuple[Fee | None, str]:  # noqa: ANN401 - JSON
    """Return a fee in đồng, or the sentence that stands for one that is not."""
    if not isinstance(raw, Mapping):
        notes.add("fees", _("Không đọc được mức thu, bỏ dòng này."), raw)
        return None, ""
    amount, currency = raw.get("amount"), raw.get("currency")
    note = neat(str(raw.get("note") or ""))
    if not isinstance(amount, int) or amount < 0:
        notes.add("fees", _("Mức thu không có số, giữ phần chữ."), note)
        return None, note if len(note) >= _SHORTEST_NOTE else ""
    if currency != "VND":
        notes.add("fees", _("Mức thu không bằng đồng Việt Nam, chuyển vào ghi chú."), amount)
        return None, f"{amount} {currency or ''}{note}".strip()
    if 0 < amount < _LEAST_FEE:
        return _too_small(amount, note, notes)
    return Fee(amount=amount, kind=_kind(amount, note), note=note), ""


def _too_small(amount: int, note: str, notes: Notes) -> tuple[Fee | None, str]:
    """Mend an amount that lost its thousands, if the note says the whole; else drop the number."""
    if re.match(rf"(?:[^0-9]*)\b{amount}\.000\s*(?:đ|đồng)\b", note):
        notes.add("fees", _("Số tiền bị mất ba số 0, lấy lại theo ghi chú."), f"{amount}: {note}")
        return Fee(amount=amount * 1_000, kind=FeeKind.SET, note=note), ""
    notes.add("fees", _("Số tiền nhỏ bất thường, bỏ số và giữ ghi chú."), f"{amount}: {note}")
    return (Fee(amount=0, kind=FeeKind.NOTE, note=note), "") if note else (None, "")


def _kind(amount: int, note: str) -> FeeKind:
    if amount:
        return FeeKind.SET
    bare = fold(note[:_LONGEST_FREE])
    if not bare or _ZERO.match(bare):
        return FeeKind.ZERO
    if (bare in _FREE and len(note) < _LONGEST_FREE) or bare.startswith(_EXEMPT):
        return FeeKind.FREE
    return FeeKind.NOTE
