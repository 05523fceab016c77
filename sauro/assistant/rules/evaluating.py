"""How well questions with known answers were answered (đánh giá trợ lý). Pure.

A question file has one JSON object a line: id, question, expect (answer | clarify |
refuse_or_escalate), gold_code or gold_codes, gold_title, gold_intent or fields or category,
expected_values, kind, subject (the procedure talked of before). What is missing is not scored.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sauro.assistant.rules import parts
from sauro.assistant.rules.parts import Part
from sauro.core.text import fold

_LEVEL = re.compile(r"( thuc hien)?( tai| o)? cap (xa|huyen|tinh|bo|trung uong)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question with what is known of its answer; empty where nothing is."""

    id: str
    question: str
    kind: str
    expect: str
    codes: frozenset[str]
    title: str
    parts: frozenset[Part]
    values: tuple[str, ...]
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Got:
    """What was answered. codes: procedures thought of, best first; names: theirs, folded."""

    kind: str
    codes: tuple[str, ...]
    names: tuple[str, ...]
    part: Part
    text: str
    seconds: float


@dataclass(slots=True)
class Share:
    """How many of how many."""

    right: int = 0
    of: int = 0

    def count(self, *, right: bool) -> None:
        """Count one more."""
        self.right += right
        self.of += 1

    @property
    def percent(self) -> float | None:
        """Return the share in percent; None of nothing."""
        return round(100 * self.right / self.of, 1) if self.of else None


@dataclass(slots=True)
class Report:
    """The figures of a set of questions.

    top1, top3: the gold code, or one of the same procedure at another level (siblings counted
    apart in `strict1`). wrong: answered surely and falsely, of all questions.
    """

    strict1: Share = field(default_factory=Share)
    top1: Share = field(default_factory=Share)
    top3: Share = field(default_factory=Share)
    part: Share = field(default_factory=Share)
    value: Share = field(default_factory=Share)
    refused_right: Share = field(default_factory=Share)
    refused_wrong: Share = field(default_factory=Share)
    asked_back: Share = field(default_factory=Share)
    wrong: Share = field(default_factory=Share)
    seconds: list[float] = field(default_factory=list)

    def figures(self) -> dict[str, float | int | None]:
        """Return the figures by name, in percent and milliseconds."""
        return {
            "questions": self.wrong.of,
            "top1": self.top1.percent,
            "top1_same_code": self.strict1.percent,
            "top3": self.top3.percent,
            "part": self.part.percent,
            "value": self.value.percent,
            "refused_right": self.refused_right.percent,
            "refused_wrong": self.refused_wrong.percent,
            "asked_back": self.asked_back.percent,
            "wrong_and_sure": self.wrong.percent,
            "p50_ms": _quantile(self.seconds, 0.5),
            "p95_ms": _quantile(self.seconds, 0.95),
        }


def _quantile(seconds: Sequence[float], share: float) -> float | None:
    ordered = sorted(seconds)
    if not ordered:
        return None
    return round(1000 * ordered[min(int(len(ordered) * share), len(ordered) - 1)], 1)


def read(row: Mapping[str, Any]) -> Asked:
    """Return one line of a question file.

    :raises ValueError: there is no question in it
    """
    question = row.get("question")
    if not isinstance(question, str) or not question.strip():
        raise ValueError("no question")
    codes = row.get("gold_codes") or ([row["gold_code"]] if row.get("gold_code") else [])
    named = row.get("gold_intent") or row.get("fields") or row.get("category") or []
    known = {parts.named(str(name)) for name in ([named] if isinstance(named, str) else named)}
    return Asked(
        id=str(row.get("id", "")),
        question=question,
        kind=str(row.get("kind") or row.get("category") or "-"),
        expect=str(row.get("expect") or ("answer" if codes or row.get("gold_title") else "")),
        codes=frozenset(map(str, codes)),
        title=plain_name(str(row.get("gold_title") or "")),
        parts=frozenset(part for part in known if part is not None),
        values=tuple(map(str, row.get("expected_values") or ())),
        subject=str(row.get("subject") or ""),
    )


def plain_name(name: str) -> str:
    """Return a procedure's name without marks and without the level it is handled at."""
    text = " ".join(re.findall(r"\w+", fold(name))).removeprefix("thu tuc ")
    return _LEVEL.sub("", text)


def count(report: Report, asked: Asked, got: Got, gold_names: Collection[str]) -> None:
    """Count one answered question. gold_names: the plain names of its gold procedures."""
    report.seconds.append(got.seconds)
    wants_refusal = asked.expect.startswith("refuse")
    is_refusal = got.kind in {"refuse", "small_talk"}
    if wants_refusal:
        report.refused_right.count(right=is_refusal)
        report.wrong.count(right=got.kind == "answer")
        return
    names = {name for name in (*gold_names, asked.title) if name}
    right = [
        code in asked.codes or name in names
        for code, name in zip(got.codes, got.names, strict=True)
    ]
    has_gold = bool(asked.codes or asked.title)
    if asked.expect:
        report.refused_wrong.count(right=is_refusal)
        report.asked_back.count(right=got.kind == "clarify")
    if has_gold:
        report.strict1.count(right=bool(got.codes and got.codes[0] in asked.codes))
        report.top1.count(right=any(right[:1]))
        report.top3.count(right=any(right[:3]))
    if asked.parts:
        report.part.count(right=got.part in asked.parts)
    if asked.values:
        report.value.count(right=all(_says(got.text, value) for value in asked.values))
    report.wrong.count(right=has_gold and got.kind == "answer" and not any(right[:1]))


def _says(text: str, value: str) -> bool:
    """Test whether a text says a value; marks of numbers and a leading zero do not matter."""
    return f" {_spoken(value)} " in f" {_spoken(text)} "


def _spoken(text: str) -> str:
    joined = re.sub(r"(?<=\d)[.,](?=\d{3})", "", fold(text))
    return " ".join(word.lstrip("0") or "0" for word in re.findall(r"\w+", joined))
