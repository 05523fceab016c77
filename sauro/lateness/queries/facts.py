"""What accounting needs of cases: their clock, tasks and pauses. Whole sets at a time."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sauro.core.actor import Actor
from sauro.core.clock import local, local_day
from sauro.core.errors import NotFound
from sauro.core.statements import named_rows
from sauro.core.text import _
from sauro.lateness.rules.charging import NOBODY, Course, Span, Stop
from sauro.lateness.rules.verdicts import Asked
from sauro.offices import queries as offices
from sauro.offices.scopes import scope

_NO_CASE = _("Không có hồ sơ nào với mã này. Xem lại mã in dưới mã QR.")
NOT_STARTED = _("Hồ sơ chưa được tiếp nhận nên chưa tính thời hạn.")
_FOR = {"SUPPLEMENT": "CITIZEN", "PAYMENT": "CITIZEN", "OTHER_AGENCY": "OTHER"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """A case with the clock it ran by. promised_first: of the term that ran, before an apology."""

    case_id: int
    code: str
    title: str
    who: str
    state: str
    version: int
    process_id: int
    door_id: int
    unit_id: int
    authority_id: int
    opened_at: datetime
    started_at: datetime | None
    legal_due_at: datetime | None
    promised_at: datetime | None
    promised_first: datetime | None
    paused_at: datetime | None
    finished_at: datetime | None
    ended_at: datetime | None
    limit_value: int
    limit_unit: str
    limit_source: str
    limit_published: bool
    asked: Sequence[Asked]


_CASE = """
SELECT c.id AS case_id, c.code, c.title, d.name AS who, c.state, c.version, c.process_id,
       c.door_id, c.unit_id, c.authority_id, c.opened_at, c.started_at, c.legal_due_at,
       c.promised_at, CASE WHEN a.signed_at >= c.started_at THEN a.promised_before
            ELSE c.promised_at END AS promised_first, c.paused_at,
       c.finished_at, c.ended_at, d.limit_value, d.limit_unit, d.limit_source,
       d.limit_published
FROM cases_case c
JOIN onestop_dossier d ON d.case_id = c.id
LEFT JOIN onestop_apology a ON a.dossier_id = c.id
"""
_ASKED = """
SELECT asked_at, completed_at FROM onestop_supplementrequest
WHERE dossier_id = %s ORDER BY number
"""


def facts(case_id: int) -> CaseFacts:
    """Return a case with its clock. Two queries.

    :raises NotFound: there is no such dossier
    """
    return _facts(_CASE + "WHERE c.id = %s", case_id)


def facts_for(actor: Actor, code: str, *, now: datetime) -> CaseFacts:
    """Return a case that this official may see. Two queries.

    :raises NotFound: no such dossier, or not of this official's offices; the two look the same
    """
    case = _facts(_CASE + "WHERE c.code = %s", code)
    seen = scope(actor, offices.roster(local_day(now)))
    if not seen.includes(case.door_id, case.unit_id, case.authority_id):
        raise NotFound(_NO_CASE)
    return case


def _facts(sql: str, key: int | str) -> CaseFacts:
    rows = named_rows(sql, [key])
    if not rows:
        raise NotFound(_NO_CASE)
    asked = named_rows(_ASKED, [rows[0]["case_id"]])
    return CaseFacts(
        asked=[Asked(local(one["asked_at"]), _local(one["completed_at"])) for one in asked],
        **rows[0],
    )


_SPANS = """
SELECT case_id, id, step, party, official_id, office_id, opened_at, due_at, done_at, outcome
FROM cases_task WHERE case_id = ANY(%s) ORDER BY case_id, id
"""
_STOPS = """
SELECT dossier_id AS case_id, since, until, reason FROM onestop_pause
WHERE dossier_id = ANY(%s) ORDER BY dossier_id, since
"""


def spans_of(case_ids: Sequence[int]) -> Mapping[int, list[Span]]:
    """Return the tasks of cases, oldest first, by case. One query."""
    found: dict[int, list[Span]] = defaultdict(list)
    for row in named_rows(_SPANS, [list(case_ids)]):
        found[row["case_id"]].append(
            Span(
                id=row["id"],
                step=row["step"],
                party=row["party"],
                official_id=row["official_id"],
                office_id=row["office_id"],
                opened_at=local(row["opened_at"]),
                due_at=local(row["due_at"]),
                done_at=_local(row["done_at"]),
                outcome=row["outcome"],
            )
        )
    return found


def stops_of(case_ids: Sequence[int]) -> Mapping[int, list[Stop]]:
    """Return the pauses of cases, oldest first, by case. One query."""
    found: dict[int, list[Stop]] = defaultdict(list)
    for row in named_rows(_STOPS, [list(case_ids)]):
        party = _FOR.get(row["reason"], NOBODY)
        found[row["case_id"]].append(Stop(local(row["since"]), _local(row["until"]), party))
    return found


def course(
    spans: Sequence[Span],
    stops: Sequence[Stop],
    *,
    started_at: datetime,
    due_at: datetime,
    end_at: datetime,
) -> Course:
    """Return what accounting is given of a case."""
    return Course(
        spans=spans,
        stops=[stop for stop in stops if stop.since < local(end_at)],
        started_at=local(started_at),
        due_at=local(due_at),
        end_at=local(end_at),
    )


def _local(at: datetime | None) -> datetime | None:
    return local(at) if at else None
