"""Asking the assistant: which procedure is meant, which part, and what is published of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from sauro.assistant.rules import choosing, composing, nameless, outside, parts
from sauro.assistant.rules.composing import Published, Sentence
from sauro.assistant.rules.evaluating import plain_name
from sauro.assistant.rules.parts import Part
from sauro.core.errors import NotFound
from sauro.core.text import _, fold
from sauro.procedures import queries as procedures
from sauro.procedures.queries import ProcedureHit
from sauro.procedures.rules import acts

_LOOKED_AT = 8
LONGEST = 600


class Kind(StrEnum):
    """What an answer is: an answer, a question back, a refusal with a desk, or a courtesy."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    REFUSE = "refuse"
    SMALL_TALK = "small_talk"


@dataclass(frozen=True, slots=True)
class Choice:
    """A procedure that may be meant. short: the first thing it says of the part asked."""

    code: str
    name: str
    level_label: str
    short: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the assistant says. code, name: of the procedure it answers from or thinks of first.

    sentences: each with its source; empty unless it answers. choices: when it asks back;
    others: what else was found, for "perhaps you meant".
    """

    kind: Kind
    question: str
    text: str
    part: Part = Part.OVERVIEW
    code: str = ""
    name: str = ""
    can_file: bool = False
    sentences: tuple[Sentence, ...] = ()
    choices: tuple[Choice, ...] = field(default=())
    others: tuple[Choice, ...] = field(default=())
    desk: str = ""
    reason: str = ""


def answer(question: str, *, subject: str = "") -> Answer:
    """Return what is said to a question. At most four queries.

    subject: the code of the procedure talked about, or chosen; a question that does not surely
    name another is of it.
    """
    question = " ".join(question.split())[:LONGEST]
    aside = outside.looked_at(question)
    if aside is not None:
        kind = Kind.SMALL_TALK if aside.is_small_talk else Kind.REFUSE
        return Answer(
            kind=kind, question=question, text=aside.text, desk=aside.desk, reason=aside.why.value
        )
    part = parts.asked(question)
    if nameless.names_nothing(question):
        return of_part(subject, part, question) if subject else _asked_which(question, part)
    looks_off = outside.looks_off(question)
    hits, verdict = _judged(question, looks_off=looks_off)
    if subject and verdict is not choosing.Verdict.SURE and not looks_off:
        return of_part(subject, part, question)
    if verdict is choosing.Verdict.OUTSIDE:
        return _refused(question, part)
    if verdict is choosing.Verdict.UNSURE:
        return _asked_back(question, part, hits)
    others = tuple(Choice(h.code, h.name, h.level_label) for h in hits[1 : choosing.MOST_CHOICES])
    return replace(of_part(hits[0].code, part, question), others=others)


def _judged(text: str, *, looks_off: bool) -> tuple[list[ProcedureHit], choosing.Verdict]:
    hits = procedures.search(text, limit=_LOOKED_AT)
    found = [choosing.Candidate(plain_name(hit.name), hit.score, hit.matched) for hit in hits]
    wanted = acts.asked(" ".join(fold(text).split()))
    lacks_act = bool(hits) and acts.worth(wanted, acts.of_name(hits[0].name)) < 1
    return hits, choosing.judged(found, looks_outside=looks_off, lacks_act=lacks_act)


def of_part(code: str, part: Part, question: str = "") -> Answer:
    """Return what is published of one part of a procedure; gone or unknown ones are never cited."""
    try:
        published, can_file = _published(code)
    except NotFound:
        return _refused(question, part)
    sentences = composing.compose(published, part)
    return Answer(
        kind=Kind.ANSWER,
        question=question,
        text=composing.joined(sentences),
        part=part,
        code=code,
        name=published.name,
        can_file=can_file,
        sentences=sentences,
    )


def _published(code: str) -> tuple[Published, bool]:
    page = procedures.procedure(code)
    if page.gone_on is not None:
        raise NotFound(_("Thủ tục này không còn được công bố."))
    shown = Published(page.record, page.number, page.name, page.level_label)
    return shown, page.current_version_id is not None


def _asked_back(question: str, part: Part, hits: Sequence[ProcedureHit]) -> Answer:
    shown = tuple(_choice(hit, part) for hit in hits[: choosing.MOST_CHOICES])
    lines = "\n".join(f"- {choice.name}: {choice.short}" for choice in shown)
    return Answer(
        kind=Kind.CLARIFY,
        question=question,
        text=_("Ông/Bà hỏi thủ tục nào trong các thủ tục sau?") + "\n" + lines,
        part=part,
        code=hits[0].code,
        name=hits[0].name,
        choices=shown,
    )


def _asked_which(question: str, part: Part) -> Answer:
    """Ask which procedure is meant, with those that people most often come for. Many queries."""
    shown = tuple(_choice(hit, part) for hit in procedures.popular()[: choosing.MOST_CHOICES])
    return Answer(
        kind=Kind.CLARIFY,
        question=question,
        text=_("Ông/Bà hỏi về thủ tục nào? Viết tên việc cần làm, hoặc chọn một việc sau:"),
        part=part,
        choices=shown,
    )


def _choice(hit: ProcedureHit, part: Part) -> Choice:
    try:
        published, _can_file = _published(hit.code)
    except NotFound:
        return Choice(hit.code, hit.name, hit.level_label)
    first = composing.compose(published, part)[0].text
    return Choice(hit.code, hit.name, hit.level_label, first)


def _refused(question: str, part: Part) -> Answer:
    aside = outside.reply(outside.Outside.DOMAIN)
    return Answer(
        kind=Kind.REFUSE,
        question=question,
        text=aside.text,
        part=part,
        desk=aside.desk,
        reason=aside.why.value,
    )
