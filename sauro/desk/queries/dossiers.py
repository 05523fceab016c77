"""What the desk reads of many dossiers at once: what waits for a signature, a day's book."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from sauro.cases import queries as cases
from sauro.core.actor import Actor
from sauro.core.clock import local, local_day
from sauro.core.text import _
from sauro.desk import rules
from sauro.desk.queries import queue
from sauro.desk.queries.lists import name_of
from sauro.offices import queries as offices
from sauro.offices.rules import LEADING
from sauro.onestop import rules as onestop
from sauro.onestop.rules import Outcome, Verb

_TO_SIGN_AT_MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A result that waits for a signature: the gist, who prepared it, by when it is due."""

    case_id: int
    code: str
    version: int
    title: str
    who: str
    unit: str
    by: str
    draft: str
    is_refusal: bool
    was_asked: bool
    due_at: datetime
    promised_at: datetime | None
    words: str
    tone: str


_TO_SIGN = """
SELECT c.id, c.code, c.version, c.title, d.name, c.unit_id, c.process_id, t.step, d.proposal,
       d.draft, t.due_at, c.promised_at, made.done_by_id,
       EXISTS (SELECT 1 FROM onestop_supplementrequest s WHERE s.dossier_id = c.id)
FROM cases_task t
JOIN cases_case c ON c.id = t.case_id
JOIN onestop_dossier d ON d.case_id = c.id
LEFT JOIN LATERAL (
    SELECT b.done_by_id FROM cases_task b WHERE b.case_id = c.id AND b.outcome = 'ADVANCE'
    ORDER BY b.id DESC LIMIT 1
) made ON true
WHERE t.done_at IS NULL AND t.official_id = %(official)s AND d.proposal <> ''
ORDER BY t.due_at, c.id LIMIT %(limit)s
"""


def to_sign(actor: Actor, *, now: datetime) -> list[Proposal]:
    """Return the proposed results that wait for this official's signature, most urgent first.

    One query.
    """
    given = {"official": actor.official_id or 0, "limit": _TO_SIGN_AT_MOST}
    rows = [row for row in _read(_TO_SIGN, given) if _is_signing(row[6], row[7])]
    return [_proposal(row, now) for row in rows]


def _is_signing(process_id: int, step: str) -> bool:
    found = cases.process(process_id).step(step)
    return found.post in LEADING and Verb.ADVANCE in found.moves


def _proposal(row: tuple[Any, ...], now: datetime) -> Proposal:
    calendar = offices.working_calendar()
    roster = offices.roster(local_day(now))
    promised = local(row[11]) if row[11] else None
    left = rules.left(calendar, local(row[10]), promised, now=local(now))
    return Proposal(
        case_id=row[0],
        code=row[1],
        version=row[2],
        title=row[3],
        who=row[4],
        unit=roster.office(row[5]).name,
        by=name_of(roster, row[12]) if row[12] else "",
        draft=row[9],
        is_refusal=row[8] == Outcome.REFUSED,
        was_asked=row[13],
        due_at=row[10],
        promised_at=row[11],
        words=queue.words(left, calendar),
        tone=queue.tone(left),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class BookLine:
    """One line of the register of dossiers (sổ theo dõi hồ sơ, Mẫu 07)."""

    code: str
    title: str
    copies: int
    who: str
    contact: str
    unit: str
    received_at: datetime
    promised_at: datetime | None
    ended_at: datetime | None
    return_by: str
    state: str
    state_code: str
    channel: str
    is_assisted: bool

    @property
    def note(self) -> str:
        """Return the last column: how it stands, and whether an official filled it in."""
        return f"{self.state}; khai hộ" if self.is_assisted else self.state


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Which lines of the register: of one channel, in one state; "" for all."""

    channel: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookCount:
    """How many lines of the register `which` gives."""

    which: Which
    label: str
    count: int


_BOOK_COUNTS = """
SELECT d.channel, c.state, count(*)
FROM cases_case c JOIN onestop_dossier d ON d.case_id = c.id
WHERE c.code LIKE %(prefix)s
GROUP BY GROUPING SETS ((), (d.channel), (c.state))
ORDER BY d.channel NULLS FIRST, c.state NULLS FIRST
"""


def book_counts(centre_code: str, day: date) -> list[BookCount]:
    """Return how many came in on a day: all, then by channel, then by state. One query.

    Each count is that of the list its `which` gives.
    """
    rows = _read(_BOOK_COUNTS, {"prefix": f"{onestop.code_prefix(centre_code, day)}%"})
    found = [_counted(channel or "", state or "", count) for channel, state, count in rows]
    order = list(onestop.State)
    return sorted(
        found,
        key=lambda one: (
            bool(one.which.state),
            order.index(onestop.State(one.which.state)) if one.which.state else 0,
        ),
    )


def _counted(channel: str, state: str, count: int) -> BookCount:
    if channel:
        label = onestop.CHANNEL_LABELS[onestop.Channel(channel)]
    else:
        label = onestop.LABELS[onestop.State(state)] if state else _("Tất cả")
    return BookCount(which=Which(channel=channel, state=state), label=label, count=count)


_BOOK = """
SELECT c.code, c.title, d.copies, d.name, d.address, d.phone, c.unit_id, c.opened_at, c.promised_at,
       c.ended_at, d.return_by, c.state, d.channel,
       EXISTS (SELECT 1 FROM onestop_assistance a WHERE a.dossier_id = c.id)
FROM cases_case c
JOIN onestop_dossier d ON d.case_id = c.id
WHERE c.code LIKE %(prefix)s AND c.code > %(after)s
  AND (%(channel)s = '' OR d.channel = %(channel)s) AND (%(state)s = '' OR c.state = %(state)s)
ORDER BY c.code LIMIT %(limit)s
"""
_RETURN_BY = {"CENTRE": "Tại Trung tâm", "ONLINE": "Trực tuyến", "POST": "Bưu chính"}


def book(
    centre_code: str,
    day: date,
    *,
    which: Which | None = None,
    after: str = "",
    limit: int = 50,
) -> Sequence[BookLine]:
    """Return the dossiers that came in at a centre on a day, by code, past `after`. One query."""
    chosen = which or Which()
    roster = offices.roster(day)
    prefix = onestop.code_prefix(centre_code, day)
    given: dict[str, int | str] = {
        "prefix": f"{prefix}%",
        "after": after,
        "limit": limit,
        "channel": chosen.channel,
        "state": chosen.state,
    }
    return [
        BookLine(
            code=row[0],
            title=row[1],
            copies=row[2],
            who=row[3],
            contact=", ".join(part for part in (row[4], row[5]) if part),
            unit=roster.office(row[6]).name,
            received_at=row[7],
            promised_at=row[8],
            ended_at=row[9],
            return_by=_RETURN_BY[row[10]],
            state=onestop.LABELS[onestop.State(row[11])],
            state_code=row[11],
            channel=onestop.CHANNEL_LABELS[onestop.Channel(row[12])],
            is_assisted=row[13],
        )
        for row in _read(_BOOK, given)
    ]


def _read(sql: str, given: Mapping[str, int | str]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return list(cursor.fetchall())
