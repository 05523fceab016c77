"""Answers out of a record's own fields, each sentence with its source (câu trả lời). Pure.

Nothing is written that the record does not hold; where it holds nothing, that is said.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sauro.assistant.rules.parts import LABELS, Part
from sauro.core.text import _
from sauro.core.workdays import Term
from sauro.procedures.rules import CHANNEL_LABELS, Channel, Method, ProcedureRecord, papers
from sauro.procedures.rules.papers import Paper
from sauro.procedures.rules.records import Fee

_MOST_PAPERS = 14
_MOST_CASES = 4
_MOST_STEPS = 8
_MOST_LAWS = 8
_LONG = 420


@dataclass(frozen=True, slots=True)
class Source:
    """Where a sentence stands: the procedure, its version and the part, as published."""

    code: str
    version: int
    part: str
    decision: str
    published_on: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence or item of an answer, with its source."""

    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Published:
    """A record with the version that an answer cites."""

    record: ProcedureRecord
    version: int
    name: str
    level_label: str


def compose(published: Published, part: Part) -> tuple[Sentence, ...]:
    """Return what the record says of a part, never empty."""
    if part is Part.OVERVIEW:
        return tuple(_overview(published))
    lines = list(_LINES[part](published)) or [
        _("Bản công bố của thủ tục {name} không ghi phần “{part}”.").format(
            name=published.name, part=LABELS[part]
        )
    ]
    return tuple(Sentence(_short(line), _source(published, part)) for line in lines)


def _source(published: Published, part: Part) -> Source:
    record = published.record
    day = f"{record.snapshot_on:%d/%m/%Y}" if record.snapshot_on else ""
    return Source(record.code, published.version, LABELS[part], record.decision, day)


def _overview(published: Published) -> Iterator[Sentence]:
    """Yield the first lines of what most people ask: papers, time, fee, where."""
    for part in (Part.WHERE, Part.TIME, Part.FEES, Part.PAPERS):
        yield from compose(published, part)


def _fees(published: Published) -> Iterator[str]:
    ways: dict[str, list[str]] = {}
    for method in published.record.methods:
        for line in _fees_of(method):
            labels = ways.setdefault(line, [])
            if (label := CHANNEL_LABELS[method.channel]) not in labels:
                labels.append(label)
    for line, labels in ways.items():
        yield f"{', '.join(labels)}: {line}"


def _fees_of(method: Method) -> Iterator[str]:
    for fee in method.fees:
        yield _fee(fee)
    if not method.fees and _is_about_money(method.note):
        yield method.note


def _fee(fee: Fee) -> str:
    note = fee.note.strip()
    if not note:
        return fee.label + "."
    joint = "" if note.startswith("/") else ". "
    return f"{fee.label}{joint}{note}"


def _is_about_money(text: str) -> bool:
    low = text.lower()
    return any(word in low for word in ("đồng", "phí", "usd", "đ/"))


def _time(published: Published) -> Iterator[str]:
    by_term: dict[str, list[str]] = {}
    for method in published.record.methods:
        text = _term(method.term, method.term_note)
        if text:
            label = CHANNEL_LABELS[method.channel].lower()
            labels = by_term.setdefault(text, [])
            if label not in labels:
                labels.append(label)
    for text, labels in by_term.items():
        yield f"{text} (nộp {', '.join(labels)})." if len(by_term) > 1 else f"{text}."


def _term(term: Term | None, note: str) -> str:
    return str(term) if term else note.rstrip(".")


def _papers(published: Published) -> Iterator[str]:
    """Yield what everybody hands in, then what only some do, then what those file for others."""
    listing = papers.listing(published.record.cases)
    for name, lines in list(listing.cases.items())[:_MOST_CASES]:
        yield from _group(_("Trường hợp: {name}").format(name=name.rstrip(":")), lines, name)
    if len(listing.cases) > _MOST_CASES:
        yield _("Còn {more} trường hợp khác, xem trang thủ tục.").format(
            more=len(listing.cases) - _MOST_CASES
        )
    yield from _group(_("Đã đăng nhập thì không phải nộp:"), listing.known)
    yield from _group(_("Chỉ khi thuộc trường hợp riêng:"), listing.some)
    yield from _group(_("Chỉ khi nộp bản giấy:"), listing.counter)
    yield from _group(_("Chỉ khi nộp thay người khác:"), listing.proxy)
    yield from _group(_("Lưu ý trong bản công bố:"), listing.remarks)


def _group(heading: str, lines: Sequence[Paper], shown: str = "-") -> Iterator[str]:
    if not lines:
        return
    if shown:
        yield heading
    for paper in lines[:_MOST_PAPERS]:
        count = ", ".join(
            text
            for text in (
                _("{n} bản chính").format(n=paper.originals) if paper.originals else "",
                _("{n} bản sao").format(n=paper.copies) if paper.copies else "",
            )
            if text
        )
        form = f"; mẫu: {paper.form}" if paper.form else ""
        yield f"{paper.text.rstrip('.;')}{f' ({count}{form})' if count or form else ''}."
    if len(lines) > _MOST_PAPERS:
        yield _("Còn {more} giấy tờ khác, xem trang thủ tục.").format(
            more=len(lines) - _MOST_PAPERS
        )


def _where(published: Published) -> Iterator[str]:
    record = published.record
    if record.implementers:
        yield _("Cơ quan giải quyết: {who} ({level}).").format(
            who=", ".join(record.implementers), level=published.level_label
        )
    if record.receiving_address:
        yield _("Nơi tiếp nhận: {where}").format(where=record.receiving_address)
    if record.authority and record.authority not in record.implementers:
        yield _("Cơ quan có thẩm quyền: {who}.").format(who=record.authority)
    channels = list(dict.fromkeys(method.channel for method in record.methods))
    if channels and record.implementers:
        ways = ", ".join(CHANNEL_LABELS[channel].lower() for channel in channels)
        yield _("Nộp được theo cách: {ways}.").format(ways=ways)


def _ways(published: Published) -> Iterator[str]:
    methods = published.record.methods
    if methods and not any(method.channel is Channel.ONLINE for method in methods):
        yield _("Bản công bố không có cách nộp trực tuyến.")
    said: set[str] = set()
    for method in methods:
        term = _term(method.term, method.term_note)
        text = f"{CHANNEL_LABELS[method.channel]}{f': {term}' if term else ''}."
        if method.note and not _is_about_money(method.note):
            text = f"{text} {method.note}"
        if text not in said:
            said.add(text)
            yield text


def _steps(published: Published) -> Iterator[str]:
    steps = published.record.steps
    for step in steps[:_MOST_STEPS]:
        text = " ".join(step.paragraphs)
        yield f"{step.label}: {text}" if step.label else text
    if len(steps) > _MOST_STEPS:
        yield _("Còn {more} bước khác, xem trang thủ tục.").format(more=len(steps) - _MOST_STEPS)


def _conditions(published: Published) -> Iterator[str]:
    yield from (line for line in published.record.requirements.split("\n") if line.strip())


def _results(published: Published) -> Iterator[str]:
    for name in published.record.results:
        yield f"{name.rstrip('.')}."


def _laws(published: Published) -> Iterator[str]:
    laws = published.record.legal_basis
    yield from laws[:_MOST_LAWS]
    if len(laws) > _MOST_LAWS:
        yield _("Còn {more} văn bản khác, xem trang thủ tục.").format(more=len(laws) - _MOST_LAWS)


def _subjects(published: Published) -> Iterator[str]:
    subjects = published.record.subjects
    if subjects:
        yield _("Người được làm thủ tục này: {who}.").format(who=", ".join(subjects))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONG else text[: _LONG - 1].rsplit(" ", 1)[0] + "…"


_LINES = {
    Part.FEES: _fees,
    Part.TIME: _time,
    Part.PAPERS: _papers,
    Part.WHERE: _where,
    Part.WAYS: _ways,
    Part.STEPS: _steps,
    Part.CONDITIONS: _conditions,
    Part.RESULTS: _results,
    Part.LAWS: _laws,
    Part.SUBJECTS: _subjects,
}


def joined(sentences: Iterable[Sentence]) -> str:
    """Return an answer as one text, a line a sentence."""
    return "\n".join(sentence.text for sentence in sentences)
