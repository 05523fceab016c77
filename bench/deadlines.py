"""The workloads D1 and D2: due dates by the million, and every open case after a new holiday."""

import random
import time as timer
from argparse import Namespace
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from bench.measuring import Rate
from bench.preparing import World
from sauro.cases import recomputing
from sauro.core import clock
from sauro.core.actor import Actor, ActorKind
from sauro.core.bulk import Dues
from sauro.core.clock import HERE
from sauro.core.workdays import Term, Unit
from sauro.offices import queries as offices
from sauro.offices.rules import DayKind, Level
from sauro.onestop import retiming
from sauro.timing import queries, services
from sauro.timing.rules import Proposal

_MILLION = 1_000_000
_TERMS = [
    *(Term(n, Unit.WORKING_DAY) for n in (1, 2, 3, 5, 7, 10, 15, 20, 30)),
    *(Term(n, Unit.DAY) for n in (10, 15, 30, 45)),
    Term(1, Unit.MONTH),
    Term(8, Unit.WORKING_HOUR),
]


def due_dates(_world: World, given: Namespace) -> dict[str, list[Rate]]:
    """D1: a million starts with a term each, all of them and by the kind of term."""
    rng = random.Random(1)  # noqa: S311 - a bench, not a secret
    first = datetime(2025, 1, 1, 7, tzinfo=HERE)
    starts = [first + timedelta(minutes=rng.randrange(700 * 1440)) for _ in range(_MILLION)]
    calendar = offices.working_calendar()
    kinds: dict[str, Callable[[], list[datetime]]] = {
        "due mixed": lambda: Dues(calendar).due_moments(
            [(start, _TERMS[n % len(_TERMS)]) for n, start in enumerate(starts)]
        ),
        "due days": lambda: Dues(calendar).due_moments([(s, _TERMS[3]) for s in starts]),
        "due hours": lambda: Dues(calendar).due_moments([(s, _TERMS[-1]) for s in starts]),
    }
    rounds = range(given.rounds)
    return {name: [_timed(work, _MILLION) for _ in rounds] for name, work in kinds.items()}


def _timed(work: Callable[[], object], pieces: int) -> Rate:
    began = timer.perf_counter()
    work()
    took = timer.perf_counter() - began
    return Rate(pieces / took, 1000 * took, 1000 * took)


def new_holiday(_world: World, given: Namespace) -> dict[str, list[Rate]]:
    """D2: a day off in the middle of the terms of all open cases: preview, confirm, undo.

    p50 is what one whole preview, confirmation or undoing took.
    """
    day = date(2026, 11, 25)
    _spread_open_cases(day)
    leader = _leader()
    proposal = Proposal(
        since=day,
        until=day,
        kind=DayKind.LOCAL_OFF,
        name="Lễ hội Cà phê",
        source="Quyết định của tỉnh",
    )
    total = queries.preview(proposal).total
    print(f"  {total:,} hồ sơ đang mở bị ảnh hưởng", flush=True)
    whats = ("preview", "confirm", "undo")
    rounds: dict[str, list[Rate]] = {f"holiday {what}": [] for what in whats}
    done: list[int] = []

    def confirm() -> None:
        done.append(services.change_calendar(proposal, by=leader, now=clock.now()))

    for _ in range(given.rounds):
        rounds["holiday preview"].append(_timed(lambda: queries.preview(proposal), total))
        rounds["holiday confirm"].append(_timed(confirm, total))
        rounds["holiday undo"].append(
            _timed(lambda: services.undo(done[-1], by=leader, now=clock.now()), total)
        )
    return rounds


def _leader() -> Actor:
    roster = offices.roster(clock.local_day(clock.now()))
    row = next(
        official
        for official in roster.officials
        if official.leads and roster.office(official.office_id).level == Level.PROVINCE
    )
    return Actor(
        kind=ActorKind.OFFICIAL,
        label=f"{row.name}, {row.title}",
        person_id=row.person_id,
        official_id=row.id,
        office_id=row.office_id,
        post=row.role,
        leads=row.leads,
    )


_SPREAD = """
UPDATE onestop_dossier d SET limit_value = 5 + d.case_id %% 11, limit_unit = 'WORKING_DAY'
FROM cases_case c WHERE c.id = d.case_id AND c.ended_at IS NULL;
UPDATE cases_task t SET opened_at = at FROM (
    SELECT id, %(day)s::timestamptz - (1 + id %% 4) * interval '1 day'
        + (id %% 480) * interval '1 minute' AS at
    FROM cases_case WHERE ended_at IS NULL
) c WHERE t.case_id = c.id AND t.done_at IS NULL;
UPDATE cases_case c SET started_at = t.opened_at, legal_due_at = t.opened_at + interval '9 days'
FROM cases_task t WHERE t.case_id = c.id AND t.done_at IS NULL AND c.ended_at IS NULL;
"""
_SET = """
UPDATE cases_case c SET legal_due_at = g.legal, promised_at = g.legal, due_at = g.legal
FROM unnest(%(ids)s::bigint[], %(legals)s::timestamptz[]) AS g (id, legal) WHERE c.id = g.id;
UPDATE cases_task t SET due_at = g.due
FROM unnest(%(tasks)s::bigint[], %(dues)s::timestamptz[]) AS g (id, due) WHERE t.id = g.id;
ANALYZE cases_case, cases_task, onestop_dossier;
"""


def _spread_open_cases(day: date) -> None:
    """Let the terms of all open cases run over `day`, by their own rules."""
    begins = datetime(day.year, day.month, day.day, 7, 30, tzinfo=HERE)
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(_SPREAD, {"day": begins})
    rows = recomputing.running([day])
    reckoned = retiming.reckon(rows, offices.calendars())
    given: dict[str, list[Any]] = {
        "ids": [row.id for row in rows],
        "legals": [each.legal_due_at for each in reckoned],
        "tasks": [row.task_id for row in rows],
        "dues": [each.task_due_at for each in reckoned],
    }
    with connection.cursor() as cursor:
        cursor.execute(_SET, given)


ALL = {"D1": due_dates, "D2": new_holiday}
