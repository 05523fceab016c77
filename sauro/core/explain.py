"""Explanations (giải trình): a value that a person may dispute carries how it came about.

An explanation is data: it is shown on screen, printed on paper, stored with the decision it
explains, and read back without the code that made it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Line:
    """One step of the reasoning.

    fact: what is so, in Vietnamese. rule: what follows from it. source: the article, decision
    or datum it stands on. amount: what the step adds or gives, already written for people.
    """

    fact: str
    rule: str = ""
    source: str = ""
    amount: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A value with its lines, in the order in which they were applied."""

    value: str
    lines: tuple[Line, ...]

    def as_data(self) -> dict[str, Any]:
        """Return plain data for storing; `from_data` reads it back unchanged."""
        return {
            "value": self.value,
            "lines": [
                {"fact": x.fact, "rule": x.rule, "source": x.source, "amount": x.amount}
                for x in self.lines
            ],
        }


def from_data(data: Mapping[str, Any]) -> Explanation:
    """Return the explanation that `as_data` stored.

    :raises KeyError: the data was not written by `as_data`
    """
    return Explanation(data["value"], tuple(Line(**line) for line in data["lines"]))
