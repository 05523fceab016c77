"""Putting the complete records and the list of names together into one catalogue. Pure."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from sauro.core.errors import Invalid
from sauro.core.text import _, fold
from sauro.procedures.rules.competence import competence
from sauro.procedures.rules.parsing import Reading, read
from sauro.procedures.rules.records import Finding, Level, ProcedureRecord, Status
from sauro.procedures.rules.titles import Title, read_title

DOUBTFUL_NAME = "doubtful_name"
_OFTEN = 4  # so many codes of one name: the crawl took the name of another procedure
_WORDS_OF_A_PAPER, _PAPERS = 10, 12
_NO_SOURCE = "không rõ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A version's worth of a procedure: the source's record and what is known about it."""

    record: Mapping[str, Any]
    digest: str
    decision: str
    source: str
    source_url: str
    snapshot_on: date
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A procedure as it is kept; content None where only its name is known."""

    code: str
    name: str
    folded: str
    words: str
    field: str
    promulgator: str
    implementers: tuple[str, ...]
    level: Level | None
    levels: tuple[Level, ...]
    status: Status
    gone_on: date | None
    flags: tuple[str, ...]
    content: Content | None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that could be read, by code, and what was mended or turned away."""

    rows: Mapping[str, Row]
    repaired: tuple[Finding, ...]
    rejected: tuple[Finding, ...]


@dataclass
class _Findings:
    repaired: list[Finding] = field(default_factory=list)
    rejected: list[Finding] = field(default_factory=list)

    def reject(self, given: Mapping[str, Any], refusal: Invalid) -> None:
        key = str(given.get("code") or "")
        self.rejected.append(Finding(key, refusal.field or "record", str(refusal)))


def gather(
    records: Iterable[Mapping[str, Any]], titles: Iterable[Mapping[str, str]], *, on: date
) -> Catalogue:
    """Return the catalogue that complete records and the list of names make together.

    A record overrules its line of the list; of two records of a code the first stands. on: the
    day from which a record that does not say its own day is taken to be known.
    """
    findings = _Findings()
    rows = {row.code: row for row in _named(titles, findings)}
    read_so_far = _readings(records, findings)
    names = Counter(reading.record.name for _given, reading in read_so_far.values())
    for code, (given, reading) in read_so_far.items():
        is_doubtful = names[reading.record.name] >= _OFTEN
        if is_doubtful:
            often = f"{names[reading.record.name]} mã cùng tên “{reading.record.name}”"
            findings.repaired.append(Finding(code, "name", _("Nghi lấy nhầm tên: ") + often))
        findings.repaired.extend(reading.findings)
        rows[code] = row_of(given, reading.record, on=on, is_doubtful=is_doubtful)
    return Catalogue(rows, tuple(findings.repaired), tuple(findings.rejected))


def _readings(
    records: Iterable[Mapping[str, Any]], findings: _Findings
) -> dict[str, tuple[Mapping[str, Any], Reading]]:
    found: dict[str, tuple[Mapping[str, Any], Reading]] = {}
    for given in records:
        try:
            reading = read(given)
        except Invalid as refusal:
            findings.reject(given, refusal)
            continue
        if reading.record.code in found:
            message = _("Mã đã có một bản ghi trước, bỏ bản sau.")
            findings.rejected.append(Finding(reading.record.code, "code", message))
            continue
        found[reading.record.code] = given, reading
    return found


def _named(titles: Iterable[Mapping[str, str]], findings: _Findings) -> Iterable[Row]:
    for given in titles:
        try:
            title, repaired = read_title(given)
        except Invalid as refusal:
            findings.reject(given, refusal)
            continue
        findings.repaired.extend(repaired)
        yield _row_of_title(title)


def _row_of_title(title: Title) -> Row:
    """Return a row of a name; what has no content here is listed, not current."""
    status = Status.LISTED if title.status is Status.CURRENT else title.status
    return Row(
        code=title.code,
        name=title.name,
        folded=fold(title.name),
        words="",
        field=title.field,
        promulgator=title.promulgator,
        implementers=title.implementers,
        level=title.levels[0] if title.levels else None,
        levels=title.levels,
        status=status,
        gone_on=title.gone_on,
        flags=(),
        content=None,
    )


def row_of(
    given: Mapping[str, Any], record: ProcedureRecord, *, on: date, is_doubtful: bool = False
) -> Row:
    """Return the row of a complete record; raises nothing that reading it did not."""
    flags = (*record.flags, *([DOUBTFUL_NAME] if is_doubtful else []))
    return Row(
        code=record.code,
        name=record.name,
        folded=fold(record.name),
        words=about(record),
        field=record.field,
        promulgator=record.promulgator,
        implementers=record.implementers,
        level=competence(record).level,
        levels=record.levels,
        status=Status.CURRENT,
        gone_on=None,
        flags=flags,
        content=Content(
            record=given,
            digest=digest(given),
            decision=record.decision,
            source=record.source or _NO_SOURCE,
            source_url=record.source_url,
            snapshot_on=record.snapshot_on or on,
            flags=flags,
        ),
    )


def about(record: ProcedureRecord) -> str:
    """Return the folded words by which a procedure is found besides its name."""
    papers = [item.name for case in record.cases for item in case.items][:_PAPERS]
    firsts = (" ".join(paper.split()[:_WORDS_OF_A_PAPER]) for paper in papers)
    return fold(" ".join((record.keywords, *record.results, *firsts, record.summary)))


def digest(given: Mapping[str, Any]) -> str:
    """Return the same name for the same record, whatever the order of its keys."""
    text = json.dumps(given, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()
