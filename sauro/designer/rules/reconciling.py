"""Whether the longest way through a process fits into the time the law gives. Pure.

Circular 01/2018/TT-VPCP, article 8: the limits of the steps on the longest way add up to the
limit of the procedure. A wait that stops the clock takes none of it; nor does what happens
before a dossier is accepted, because legal time has not begun.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sauro.cases.picture.flow import Flow, Way, of_definition
from sauro.core.text import _
from sauro.core.workdays import LABELS, Unit

_HOURS = {Unit.WORKING_HOUR: 1, Unit.WORKING_DAY: 8}
_WHOLE = 100
_BEFORE_TIME_BEGINS = frozenset({"ACCEPT", "ACCEPT_AT_INTAKE"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Longest:
    """The longest way: its steps in order, its percent of the limit and its hours beside."""

    steps: tuple[str, ...]
    share: int
    hours: Fraction


def over(definition: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the last step of a way that takes too long, with what is too long about it."""
    way = longest(definition)
    if way is None:
        return []
    last = way.steps[-1]
    if way.share > _WHOLE:
        sentence = _("Cộng các bước trên đường dài nhất được {share}% thời hạn, quá 100%.")
        return [(last, sentence.format(share=way.share))]
    limit = _hours(definition.get("limit"))
    if limit is None:
        return []
    taken = limit * way.share / _WHOLE + way.hours
    if taken <= limit:
        return []
    sentence = _("Đường dài nhất hết {taken}, quá thời hạn theo luật là {limit}. Rút bớt hạn.")
    return [(last, sentence.format(taken=said(taken), limit=said(limit)))]


def longest(definition: Mapping[str, Any]) -> Longest | None:
    """Return the way on through the process that takes the most time; None without steps."""
    flow = of_definition(definition)
    steps = {step["key"]: step for step in definition.get("steps", ())}
    limit = _hours(definition.get("limit")) or Fraction(_WHOLE)
    best: dict[str, tuple[Fraction, Longest]] = {}
    for key in _downwards(flow):
        came = [best[e.source] for e in flow.into(key, Way.ON) if e.source in best]
        before = (
            max(came, key=lambda pair: pair[0])[1]
            if came
            else Longest(steps=(), share=0, hours=Fraction(0))
        )
        share, hours = _takes(steps[key])
        own = Longest(
            steps=(*before.steps, key), share=before.share + share, hours=before.hours + hours
        )
        best[key] = (limit * own.share / _WHOLE + own.hours, own)
    return max(best.values(), key=lambda pair: pair[0])[1] if best else None


def _downwards(flow: Flow) -> list[str]:
    nodes = sorted((node for node in flow.nodes if not node.aside), key=lambda node: node.rank)
    return [node.key for node in nodes]


def _takes(step: Mapping[str, Any]) -> tuple[int, Fraction]:
    """Return the percent of the limit and the hours that a step takes of legal time."""
    waits = step.get("kind") == "WAIT" and step.get("pause") in {"RESUME", "RESTART"}
    stops = waits or ("kind" not in step and step.get("party") == "CITIZEN")
    if stops or _BEFORE_TIME_BEGINS & set(step.get("moves") or {}):
        return 0, Fraction(0)
    share = step.get("share") or 0
    return (share if isinstance(share, int) else 0), _hours(step.get("term")) or Fraction(0)


def _hours(term: object) -> Fraction | None:
    """Return a term in working hours; None where it is not counted in working time."""
    if not isinstance(term, dict) or not isinstance(term.get("value"), int):
        return None
    each = {str(unit): hours for unit, hours in _HOURS.items()}.get(str(term.get("unit")))
    return Fraction(term["value"] * each) if each else None


def said(hours: Fraction) -> str:
    """Return working hours as days in words: "2,5 ngày làm việc"."""
    days = hours / _HOURS[Unit.WORKING_DAY]
    whole = f"{float(days):.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return f"{whole} {LABELS[Unit.WORKING_DAY]}"
