"""What a page of a form is filled in with before anybody types: what the person said before."""

from collections.abc import Sequence
from dataclasses import dataclass

from sauro.core.text import _
from sauro.forms.rules import Question, reading
from sauro.onestop import plans
from sauro.onestop.plans import Remembered
from sauro.portal.queries.filling import FillingPage
from sauro.ui.formats import day as written_day


@dataclass(frozen=True, slots=True)
class Prefill:
    """Boxes filled in beforehand, and a sentence for each source that they come from."""

    boxes: dict[str, str]
    sources: Sequence[str]


def prefill(filling: FillingPage, asked: Sequence[Question]) -> Prefill:
    """Return what was said before to the questions that have no answer yet.

    What concerns somebody else is taken from the same plan alone: the child of one filing need
    not be the child of the next. Two queries, none where every question has its answer.
    """
    open_questions = [q for q in asked if q.key not in filling.given.said]
    if not open_questions:
        return Prefill({}, ())
    boxes: dict[str, str] = {}
    sources: dict[str, None] = {}
    before = plans.remembered(filling.person.id, filling.draft.key)
    for question in open_questions:
        source = next((one for one in before if _tells(one, question)), None)
        if source is not None:
            boxes |= reading.typed([question], source.said)
            sources[_source(source)] = None
    return Prefill(boxes, tuple(sources))


def _tells(source: Remembered, question: Question) -> bool:
    if source.code and question.whose == "other":
        return False
    answer = source.said.get(question.key)
    return answer is not None and reading.fits(question, answer)


def _source(source: Remembered) -> str:
    if not source.code:
        return _("việc khác trong kế hoạch này")
    return _("hồ sơ {code} bạn nộp ngày {day}").format(code=source.code, day=written_day(source.on))
