"""Filling the bench database: real units, offices and procedures, then cases in bulk."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from sauro.core import clock
from sauro.core.actor import SYSTEM
from sauro.deployment import names
from sauro.offices import queries as offices
from sauro.offices.rules import Kind
from sauro.people import services as people
from sauro.places import queries as places
from sauro.procedures import queries as procedures

SQL = Path(__file__).parent / "sql"
_PEOPLE = 3_000
_FIRST_LONG = 50_000_000


@dataclass(frozen=True, slots=True)
class World:
    """What the workloads draw from. centres: (office, place, clerk); drafts: (person, key)."""

    version_id: int
    person_ids: list[int]
    centres: list[tuple[int, int, int]]
    official_ids: list[int]
    drafts: list[tuple[int, str]] = field(default_factory=list)


def run_file(name: str, **given: object) -> None:
    """Run a file of `bench/sql` with its placeholders filled in."""
    text = (SQL / name).read_text(encoding="utf-8")
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(text.format(**given) if given else text)


def prepare(closed: int, opened: int) -> World:
    """Bring the database to the asked size; what is there already is kept."""
    call_command("migrate", verbosity=0)
    call_command("load")
    run_file("functions.sql")
    now = clock.now()
    day = clock.local_day(now)
    communes = places.communes("66", on=day)
    rng = random.Random(1)  # noqa: S311 - a bench, not a secret
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_person WHERE pid IS NOT NULL")
        missing = _PEOPLE - int(cursor.fetchone()[0])
    for _ in range(max(missing, 0)):
        place = rng.choice(communes)
        people.find_or_register(
            **names.synthetic_citizen(rng, place), place_id=place.id, by=SYSTEM, now=now
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_case WHERE code LIKE 'X%%'")
        there = int(cursor.fetchone()[0])
    if there < closed + opened:
        print(f"  {closed + opened:,} hồ sơ nền …", flush=True)
        run_file("history.sql", closed=closed, open=opened)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE) cases_case, cases_task, onestop_dossier, events_event")
    roster = offices.roster(day)
    centres = [
        (office.id, office.place_id, roster.pick(office.id, "CLERK", 0).id)
        for office in roster.offices
        if office.kind == Kind.CENTRE and office.place_id
    ]
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM people_person ORDER BY id")
        person_ids = [row[0] for row in cursor.fetchall()]
    return World(
        version_id=procedures.procedure("1.001193").version_id,
        person_ids=person_ids,
        centres=centres,
        official_ids=[official.id for official in roster.officials],
    )


def long_cases(events: int, count: int, official_id: int, office_id: int) -> range:
    """Make `count` cases at the signer with `events` events each; return their ids."""
    first = _FIRST_LONG + events * 100_000
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM cases_case WHERE id > %s AND id <= %s", [first, first + count]
        )
        there = int(cursor.fetchone()[0])
    if not there:
        run_file(
            "long_cases.sql",
            first=first,
            count=count,
            events=events,
            official=official_id,
            office=office_id,
        )
    return range(first + 1, first + count + 1)


def holders(case_ids: Sequence[int]) -> list[tuple[int, str, int]]:
    """Return (case, step, official) of the open task of each case, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT case_id, step, official_id FROM cases_task "
            "WHERE case_id = ANY(%s) AND done_at IS NULL ORDER BY case_id",
            [list(case_ids)],
        )
        rows: list[tuple[int, str, int]] = cursor.fetchall()
    if len(rows) != len(case_ids):
        raise RuntimeError("a case of the bench has ended or has two open tasks")
    return rows
