"""Asking the assistant: which procedure is meant, which part, and what is published of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from django.urls import reverse

from sauro.assistant import around, rephrasing
from sauro.assistant.around import Centre, Own
from sauro.assistant.rules import centres, choosing, composing, nameless, outside, parts
from sauro.assistant.rules.composing import Published, Sentence, Source
from sauro.assistant.rules.evaluating import plain_name
from sauro.assistant.rules.outside import Outside, Reply
from sauro.assistant.rules.parts import Part
from sauro.core.actor import Actor
from sauro.core.clock import local_day
from sauro.core.errors import NotFound
from sauro.core.text import _, fold
from sauro.laws import queries as laws
from sauro.procedures import queries as procedures
from sauro.procedures.queries import ProcedureHit
from sauro.procedures.rules import acts

_LOOKED_AT = 8
_MOST_PARAGRAPHS = 8
_ARTICLE = re.compile(r"\bdieu (?:thu )?\d+")
LONGEST = 600


class Kind(StrEnum):
    """What an answer is: an answer, a question back, a refusal with a desk, or a courtesy.

    LAW: an article as it stands; CENTRE: where to go and when; OWN: the asker's own dossiers.
    """

    ANSWER = "answer"
    CLARIFY = "clarify"
    REFUSE = "refuse"
    SMALL_TALK = "small_talk"
    LAW = "law"
    CENTRE = "centre"
    OWN = "own"


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
    others: what else was found, for "perhaps you meant". address: of the article or page that
    says it all.
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
    address: str = ""
    centres: tuple[Centre, ...] = ()
    own: tuple[Own, ...] = ()


def answer(
    question: str, *, subject: str = "", by: Actor | None = None, now: datetime | None = None
) -> Answer:
    """Return what is said to a question. At most a dozen queries, mostly four.

    subject: the code of the procedure talked about, or chosen; a question that does not surely
    name another is of it. by, now: who asks and when, for their own dossiers, the nearest
    centre and the law of that day; without them such questions are sent to the pages for them.
    """
    question = " ".join(question.split())[:LONGEST]
    aside = outside.looked_at(question)
    if aside is not None:
        return (_of_own(question, by) if aside.why is Outside.MINE else None) or _aside(
            question, aside
        )
    if now is not None and centres.asks(question):
        return _of_centres(question, by, now)
    of_law = _of_law(question, now) if now is not None else None
    return of_law or _of_procedure(question, subject)


def _of_procedure(question: str, subject: str) -> Answer:
    part = parts.asked(question)
    if nameless.names_nothing(question):
        return of_part(subject, part, question) if subject else _asked_which(question, part)
    looks_off = outside.looks_off(question)
    hits, verdict = _judged(question, looks_off=looks_off)
    if subject and not looks_off and _keeps(subject, hits, verdict):
        return of_part(subject, part, question)
    if verdict is choosing.Verdict.OUTSIDE:
        return _refused(question, part)
    if verdict is choosing.Verdict.UNSURE:
        meant = rephrasing.pick(question, [(hit.code, hit.name) for hit in hits])
        return of_part(meant, part, question) if meant else _asked_back(question, part, hits)
    others = tuple(Choice(h.code, h.name, h.level_label) for h in hits[1 : choosing.MOST_CHOICES])
    return replace(of_part(hits[0].code, part, question), others=others)


def _keeps(subject: str, hits: Sequence[ProcedureHit], verdict: choosing.Verdict) -> bool:
    """Test whether a question stays with the procedure talked of.

    It does unless it surely names another; on "đăng ký khai sinh có yếu tố nước ngoài" a question
    about "khai sinh" is about that one, not about the general case. One query.
    """
    if verdict is not choosing.Verdict.SURE:
        return True
    names = [plain_name(hit.name).split() for hit in procedures.by_codes((subject,))]
    return any(set(plain_name(hits[0].name).split()) <= set(name) for name in names)


def _aside(question: str, aside: Reply) -> Answer:
    return Answer(
        kind=Kind.SMALL_TALK if aside.is_small_talk else Kind.REFUSE,
        question=question,
        text=aside.text,
        desk=aside.desk,
        reason=aside.why.value,
    )


def _of_own(question: str, by: Actor | None) -> Answer | None:
    """Return how the asker's own dossiers stand, or None if there are none to tell of."""
    if by is None or by.person_id is None:
        return None
    found = around.own(question, by=by)
    text = "\n".join(f"{own.code}: {own.standing}" for own in found)
    return Answer(kind=Kind.OWN, question=question, text=text, own=found) if found else None


def _of_centres(question: str, by: Actor | None, now: datetime) -> Answer:
    found = around.nearest(question, by=by, now=now)
    if not found:
        text = _("Ông/Bà ở xã, phường nào? Viết thêm tên xã, phường, tên cũ cũng được.")
    else:
        lines = (f"{one.name}: {one.address}. {one.today}" for one in found)
        text = "\n".join(lines)
    return Answer(kind=Kind.CENTRE, question=question, text=text, centres=found)


def _of_law(question: str, now: datetime) -> Answer | None:
    """Return the article that is asked for by number, None if none is."""
    if not _ARTICLE.search(fold(question)):
        return None
    found = laws.find(question, on=local_day(now), limit=1).article
    if found is None:
        return None
    source = Source(
        found.law.number,
        0,
        _("Điều {number}").format(number=found.number),
        found.law.name,
        f"{found.law.snapshot_on:%d/%m/%Y}",
    )
    said = (found.clause or found.paragraphs)[:_MOST_PARAGRAPHS]
    return Answer(
        kind=Kind.LAW,
        question=question,
        text="\n".join(said),
        name=_("Điều {number}. {title}").format(number=found.number, title=found.title),
        sentences=tuple(Sentence(text, source) for text in said),
        address=reverse("laws:article", args=[found.law.slug, found.number]),
    )


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
