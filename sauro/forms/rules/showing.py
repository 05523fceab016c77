"""Which questions concern somebody, given what they said so far. Pure.

A question hidden by an answer counts as unanswered, so what depends on it is hidden as well.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sauro.core.text import _
from sauro.forms.rules.shape import Condition, Form, Kind, Page, Question, constant

Said = Mapping[str, object]


def is_shown(form: Form, question: Question, said: Said) -> bool:
    """Test whether a question concerns somebody; one that waits for itself concerns nobody."""
    return _holds(form, question, said, frozenset())


def shown(form: Form, page: Page, said: Said) -> tuple[Question, ...]:
    """Return the questions of a page that concern somebody, in order."""
    return tuple(q for q in page.questions if is_shown(form, q, said))


def pages(form: Form, said: Said) -> tuple[Page, ...]:
    """Return the pages that have something to ask, in order."""
    return tuple(page for page in form.pages if asked(form, page, said))


def asked(form: Form, page: Page, said: Said) -> tuple[Question, ...]:
    """Return the questions a page puts: those that wait only for one beside them as well."""
    own = {question.key for question in page.questions}
    return tuple(
        q
        for q in page.questions
        if all(_met(form, c, said, frozenset({q.key})) for c in q.when if c.key not in own)
    )


def kept(form: Form, said: Said) -> dict[str, object]:
    """Return only the answers to what is asked; those of questions now hidden are left out."""
    return {
        question.key: said[question.key]
        for question in form.questions()
        if question.key in said and is_shown(form, question, said)
    }


def _holds(form: Form, question: Question, said: Said, above: frozenset[str]) -> bool:
    if question.key in above:
        return False
    return all(_met(form, c, said, above | {question.key}) for c in question.when)


def _met(form: Form, condition: Condition, said: Said, above: frozenset[str]) -> bool:
    if constant(said.get(condition.key, "")) not in condition.values:
        return False
    other = form.find(condition.key)
    return other is not None and _holds(form, other, said, above)


@dataclass(frozen=True, slots=True)
class Line:
    """One answer in words. page: the key of the page on which it is changed."""

    page: str
    section: str
    label: str
    value: str


def lines(form: Form, said: Said, places: Mapping[str, str]) -> list[Line]:
    """Return every question that concerns somebody with its answer in words, "" for none."""
    return [
        Line(page.key, page.section, question.label, written(question, said, places))
        for page in form.pages
        for question in shown(form, page, said)
    ]


def written(question: Question, said: Said, places: Mapping[str, str]) -> str:
    """Return an answer in words, "" where there is none."""
    answer = said.get(question.key)
    if answer is None:
        return ""
    if question.kind is Kind.ROWS and isinstance(answer, list):
        return "\n".join(_row(question, row, places) for row in answer)
    named = {Kind.CHOICE: dict(question.options), Kind.PLACE: places}.get(question.kind, {})
    if str(answer) in named:
        return named[str(answer)]
    if isinstance(answer, bool):
        return _("Có") if answer else _("Không")
    if question.kind is Kind.DATE:
        day = date.fromisoformat(str(answer))
        return f"{day.day:02}/{day.month}/{day.year}"
    return _number(question, answer)


def _number(question: Question, answer: object) -> str:
    if isinstance(answer, int) and question.kind in {Kind.NUMBER, Kind.MONEY}:
        grouped = f"{answer:,}".replace(",", ".")
        return f"{grouped} đồng" if question.kind is Kind.MONEY else grouped
    return str(answer)


def _row(question: Question, row: Said, places: Mapping[str, str]) -> str:
    parts = [(part.label, written(part, row, places)) for part in question.rows]
    return "; ".join(f"{label}: {value}" for label, value in parts if value)


def summary(form: Form, said: Said, places: Mapping[str, str]) -> str:
    """Return in a line what is asked for: the form's title and the answers it names."""
    found = (form.find(key) for key in form.summary)
    words = [written(q, said, places) for q in found if q is not None and is_shown(form, q, said)]
    about = ", ".join(word for word in words if word)
    return f"{form.title}: {about}" if about else form.title
