"""What is known of somebody who has just come: what they filed of late, what they hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from sauro.desk import rules
from sauro.onestop.rules import LABELS, Outcome, State
from sauro.procedures import queries as procedures
from sauro.procedures.rules import Component

_LOOKED_AT = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A result the province gave this person before, which stands for a paper asked for."""

    key: str
    code: str
    name: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """A dossier of the same person for the same procedure that is still open."""

    code: str
    opened_at: datetime
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What the counter should know before it takes papers in."""

    twins: Sequence[Twin] = ()
    held: Sequence[Held] = ()

    @property
    def held_by_key(self) -> dict[str, Held]:
        """Return what is held by the paper it stands for."""
        return {one.key: one for one in self.held}


_EARLIER = """
SELECT c.code, c.opened_at, c.ended_at, c.finished_at, c.state, c.outcome, d.version_id,
       v.procedure_id = asked.procedure_id
FROM cases_case c
JOIN procedures_procedureversion asked ON asked.id = %(version)s
JOIN onestop_dossier d ON d.case_id = c.id
JOIN procedures_procedureversion v ON v.id = d.version_id
WHERE c.owed_to_id = %(person)s
ORDER BY c.opened_at DESC, c.id DESC LIMIT %(limit)s
"""


def arrival(person_id: int | None, version_id: int, papers: Sequence[Component]) -> Arrival:
    """Return what a person has open for a procedure and which of its papers they already hold.

    Newest first. One query, and what is kept of procedures in memory; none for a stranger.
    """
    if person_id is None:
        return Arrival()
    with connection.cursor() as cursor:
        given = {"person": person_id, "version": version_id, "limit": _LOOKED_AT}
        cursor.execute(_EARLIER, given)
        rows = cursor.fetchall()
    twins = [
        Twin(code=code, opened_at=opened, state=LABELS[State(state)])
        for code, opened, ended, _done, state, _outcome, _version, is_same in rows
        if is_same and ended is None
    ]
    results = [
        (name, code, done)
        for code, _opened, _ended, done, _state, outcome, version, _same in rows
        if outcome == Outcome.GRANTED and done is not None
        for name in procedures.results_of(version)
    ]
    held: dict[str, Held] = {}
    for paper in papers:
        for name, code, done in results:
            if paper.key not in held and rules.is_same_paper(paper.name, name):
                held[paper.key] = Held(key=paper.key, code=code, name=name, since=done)
    return Arrival(twins=twins, held=list(held.values()))
