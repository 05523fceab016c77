"""Open cases as they will end at today's pace: the basis of lists, letters and reminders."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sauro.cases import queries as cases
from sauro.cases.rules import Step
from sauro.core.clock import local
from sauro.core.statements import named_rows
from sauro.core.workdays import WorkingCalendar
from sauro.lateness.models import Pace
from sauro.lateness.rules import pace
from sauro.lateness.rules.pace import Forecast, Leg, Paces, Usual
from sauro.offices.scopes import Scope

_PAGE = 1_000
_NEAR = """
  c.promised_at < %(until)s
  AND (%(offices)s::bigint[] IS NULL OR c.door_id = ANY(%(offices)s)
       OR c.unit_id = ANY(%(offices)s) OR c.authority_id = ANY(%(offices)s))
  AND (c.promised_at, c.id) > (%(after)s, %(after_id)s)"""
_START = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTask:
    """An open task of an open case."""

    id: int
    step: str
    party: str
    official_id: int
    office_id: int
    head_id: int
    opened_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase:
    """A case whose legal time runs, with all its open tasks. promised_first: before an apology.

    letter: "", "DRAFT", "SIGNED" or "DROPPED". apologised: a letter was given, by whatever way.
    """

    case_id: int
    code: str
    title: str
    who: str
    process_id: int
    door_id: int
    unit_id: int
    authority_id: int
    started_at: datetime
    promised_at: datetime
    promised_first: datetime
    apologised: bool
    letter: str
    tasks: Sequence[OpenTask]


_OPEN = """
SELECT c.id AS case_id, c.code, c.title, d.name AS who, c.process_id, c.door_id, c.unit_id,
       c.authority_id, c.started_at, c.promised_at,
       CASE WHEN a.signed_at >= c.started_at THEN a.promised_before
            ELSE c.promised_at END AS promised_first,
       a.dossier_id IS NOT NULL AS apologised,
       CASE WHEN l.case_id IS NULL THEN '' WHEN l.signed_at IS NOT NULL THEN 'SIGNED'
            WHEN l.dropped_at IS NOT NULL THEN 'DROPPED' ELSE 'DRAFT' END AS letter,
       t.tasks
FROM cases_case c
JOIN onestop_dossier d ON d.case_id = c.id
JOIN LATERAL (
    SELECT array_agg(ARRAY[t.id::text, t.step, t.party, t.official_id::text, t.office_id::text,
        t.head_id::text, extract(epoch FROM t.opened_at)::text,
        extract(epoch FROM t.due_at)::text] ORDER BY t.id) AS tasks
    FROM cases_task t WHERE t.case_id = c.id AND t.done_at IS NULL
) t ON t.tasks IS NOT NULL
LEFT JOIN onestop_apology a ON a.dossier_id = c.id
LEFT JOIN lateness_letter l ON l.case_id = c.id
WHERE c.ended_at IS NULL AND c.finished_at IS NULL AND c.paused_at IS NULL
  AND c.started_at IS NOT NULL AND {which}
ORDER BY c.promised_at, c.id LIMIT %(limit)s
"""


def open_cases(
    scope: Scope,
    *,
    until: datetime,
    limit: int = _PAGE,
    after: tuple[datetime, int] = (_START, 0),
) -> list[OpenCase]:
    """Return the cases whose time runs and whose promise is before `until`, the nearest first.

    One query.
    """
    given = {
        "until": until,
        "offices": None if scope.offices is None else list(scope.offices),
        "after": after[0],
        "after_id": after[1],
        "limit": limit,
    }
    return [_case(row) for row in named_rows(_OPEN.format(which=_NEAR), given)]


def open_cases_of(case_ids: Sequence[int]) -> dict[int, OpenCase]:
    """Return those of these cases whose time runs, by id. One query."""
    given = {"cases": list(case_ids), "limit": len(case_ids)}
    rows = named_rows(_OPEN.format(which="c.id = ANY(%(cases)s)"), given)
    return {case.case_id: case for case in map(_case, rows)}


def every_open_case(*, until: datetime) -> Iterator[OpenCase]:
    """Go through the open cases of the province that are promised before `until`, by pages."""
    everything = Scope(name="", offices=None)
    after = (_START, 0)
    while True:
        page = open_cases(everything, until=until, after=after)
        yield from page
        if len(page) < _PAGE:
            return
        after = (page[-1].promised_at, page[-1].case_id)


def _case(row: dict[str, Any]) -> OpenCase:
    return OpenCase(**{**row, "tasks": [_task(task) for task in row["tasks"]]})


def _task(task: Sequence[str]) -> OpenTask:
    number, step, party, official, office, head, opened, due = task
    return OpenTask(
        id=int(number),
        step=step,
        party=party,
        official_id=int(official),
        office_id=int(office),
        head_id=int(head),
        opened_at=datetime.fromtimestamp(float(opened), UTC),
        due_at=datetime.fromtimestamp(float(due), UTC),
    )


def paces() -> Paces:
    """Return the pace of every step, by process, step and office (0: all of them). One query."""
    rows = Pace.objects.values_list(
        "process_id", "step", "office_id", "median", "careful", "sample"
    )
    return {
        (process, step, office or 0): Usual(median, careful, sample)
        for process, step, office, median, careful, sample in rows
    }


def forecast(
    case: OpenCase, known: Paces, calendar: WorkingCalendar, now: datetime, *, careful: bool = False
) -> Forecast:
    """Return how a case ends at today's pace, against its first promise."""
    chains = [chain for task in case.tasks for chain in _chains(case, task, known, calendar, now)]
    return pace.forecast(
        calendar, chains, local(case.promised_first), now=local(now), careful=careful
    )


@lru_cache(maxsize=4_000)
def ways(process_id: int, step: str) -> tuple[tuple[Step, ...], ...]:
    """Return the ways on from a step of a published process, which never change."""
    return pace.ways(cases.process(process_id), step)


def _chains(
    case: OpenCase, task: OpenTask, known: Paces, calendar: WorkingCalendar, now: datetime
) -> list[list[Leg]]:
    """Return all that is still to do from an open task on, one chain for each way it goes on.

    Who does later steps is not known yet.
    """
    process = cases.process(case.process_id)
    here, opened = local(now), local(task.opened_at)
    allotted = calendar.minutes_between(opened, local(task.due_at))
    term = calendar.minutes_between(local(case.started_at), local(case.promised_first))
    first = Leg(
        step=task.step,
        name=process.step(task.step).name,
        official_id=task.official_id,
        office_id=task.office_id,
        usual=pace.of(known, case.process_id, task.step, task.office_id, allotted),
        taken=calendar.minutes_between(opened, here),
    )
    return [
        [first, *(_leg(case, step, known, term, calendar) for step in way)]
        for way in ways(case.process_id, task.step)
    ]


def _leg(case: OpenCase, step: Step, known: Paces, term: int, calendar: WorkingCalendar) -> Leg:
    offices = {"DOOR": case.door_id, "UNIT": case.unit_id, "AUTHORITY": case.authority_id}
    office = offices[step.at]
    limit = term * step.share // 100 or calendar.minutes_a_day() // 2
    return Leg(
        step=step.key,
        name=step.name,
        official_id=None,
        office_id=office,
        usual=pace.of(known, case.process_id, step.key, office, limit),
    )
