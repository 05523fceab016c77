"""State tables: who may be where, and which verb leads on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sauro.core.errors import NotNow
from sauro.core.text import _


@dataclass(frozen=True, slots=True)
class Workflow:
    """A state machine as a table: (state, verb) -> next state.

    first: the states a case may be opened in. ended: the states nothing may leave.
    labels: what people call each state.
    """

    moves: Mapping[tuple[str, str], str]
    first: frozenset[str]
    ended: frozenset[str]
    labels: Mapping[Any, str]

    def next(self, state: str, verb: str) -> str:
        """Return the state after `verb`.

        :raises NotNow: the table has no such move
        """
        after = self.moves.get((state, verb))
        if after is None:
            message = _("Hồ sơ đang ở trạng thái “{state}” nên chưa làm được việc này.")
            raise NotNow(message, state=self.labels.get(state, state))
        return after

    def allows(self, before: str, after: str) -> bool:
        """Test whether some verb leads from one state to the other."""
        return any(b == before and a == after for (b, _verb), a in self.moves.items())

    def verbs(self, state: str) -> frozenset[str]:
        """Return what may be done in `state`."""
        return frozenset(verb for (before, verb) in self.moves if before == state)
