"""Apologies that wait for a signature, and what became of the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sauro.core.actor import Actor
from sauro.core.clock import local_day
from sauro.core.statements import named_rows
from sauro.lateness.queries.access import office_name, signs_for
from sauro.offices import queries as offices
from sauro.offices.roster import Roster


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRow:
    """A drafted letter. office: who owes it; is_overdue: the day of the law has passed.

    promised_day: the new day, as a form wants it.
    """

    case_id: int
    code: str
    who: str
    title: str
    office_id: int
    office: str
    reason: str
    received_at: datetime
    promised_before: datetime
    promised_after: datetime
    promised_day: str
    send_by: datetime
    is_overdue: bool


_WAITING = "l.signed_at IS NULL AND l.dropped_at IS NULL AND l.office_id = ANY(%(offices)s)"
_TO_SIGN = f"""
SELECT l.case_id, c.code, d.name AS who, c.title, l.office_id, l.reason,
       c.started_at AS received_at, l.promised_before, l.promised_after, l.send_by,
       l.send_by < %(now)s AS is_overdue
FROM lateness_letter l
JOIN cases_case c ON c.id = l.case_id
JOIN onestop_dossier d ON d.case_id = c.id
WHERE {_WAITING} ORDER BY l.send_by, l.case_id LIMIT %(limit)s
"""  # noqa: S608 - only constants of this module are put in
_COUNT = f"SELECT count(*) AS letters FROM lateness_letter l WHERE {_WAITING}"  # noqa: S608


def signed_by(actor: Actor, roster: Roster) -> Sequence[int]:
    """Return the offices that a leader signs for: their own, and those under it without a head."""
    near = [o.id for o in roster.offices if actor.office_id in {o.id, o.parent_id}]
    return [office_id for office_id in near if signs_for(actor, roster, office_id)]


def to_sign(actor: Actor, *, now: datetime, limit: int = 100) -> list[LetterRow]:
    """Return the letters that this leader may sign, the most urgent first. One query."""
    roster = offices.roster(local_day(now))
    given = {"offices": list(signed_by(actor, roster)), "now": now, "limit": limit}
    return [
        LetterRow(
            office=office_name(roster, row["office_id"]),
            promised_day=local_day(row["promised_after"]).isoformat(),
            **row,
        )
        for row in named_rows(_TO_SIGN, given)
    ]


def count_to_sign(actor: Actor, roster: Roster) -> int:
    """Return how many letters wait for this leader. One query."""
    return int(named_rows(_COUNT, {"offices": list(signed_by(actor, roster))})[0]["letters"])


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterState:
    """What became of the letter of a case."""

    promised_before: datetime
    promised_after: datetime
    send_by: datetime
    drafted_at: datetime
    signed_at: datetime | None
    sent_at: datetime | None
    dropped_at: datetime | None


_STATE = """
SELECT promised_before, promised_after, send_by, drafted_at, signed_at, sent_at, dropped_at
FROM lateness_letter WHERE case_id = %s
"""


def letter_of(case_id: int) -> LetterState | None:
    """Return the letter of a case, or None where none was owed. One query."""
    rows = named_rows(_STATE, [case_id])
    return LetterState(**rows[0]) if rows else None
