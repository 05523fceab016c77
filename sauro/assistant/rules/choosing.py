"""Whether what was found is surely what is meant, may be, or is nothing of ours (độ chắc). Pure.

Figures measured on questions of several sources, half of them kept apart: docs/assistant.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

MOST_CHOICES = 4
_LEAST_SCORE = 9.0  # below it nothing of the question is in the catalogue
_WEAK_SCORE = 20.0
_LEAD, _LEAD_OF_PART = 1.25, 1.5  # over the next procedure of another name
_COVERED = 0.5  # of the pairs of words of a name


class Verdict(StrEnum):
    """What to do: answer, ask back, or say that it is not here."""

    SURE = "sure"
    UNSURE = "unsure"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A procedure that was found. matched: pairs of words its name shares with the question.

    name: without marks and level, so that the same procedure elsewhere is not another one.
    """

    name: str
    score: float
    matched: int


def judged(
    found: Sequence[Candidate], *, looks_outside: bool = False, lacks_act: bool = False
) -> Verdict:
    """Return what to do with what was found, best first.

    looks_outside: the question has words of what no office answers. lacks_act: something is to
    be done, such as extending, that the best name does not speak of.
    """
    if not found:
        return Verdict.OUTSIDE
    best = found[0]
    is_weak = best.score < _WEAK_SCORE or not best.matched
    if best.score < _LEAST_SCORE or (is_weak and (looks_outside or not best.matched)):
        return Verdict.OUTSIDE
    if is_weak or lacks_act:
        return Verdict.UNSURE
    second = next((other.score for other in found[1:] if other.name != best.name), 0.0)
    covered = best.matched / max(1, len(best.name.split()) - 1)
    if looks_outside and covered < _COVERED:
        return Verdict.OUTSIDE
    needed = _LEAD if covered >= _COVERED else _LEAD_OF_PART
    return Verdict.SURE if best.score >= needed * second else Verdict.UNSURE
