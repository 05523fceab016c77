"""The workloads W1 to W3, each in rounds that alternate with what it is compared to."""

import random
from argparse import Namespace
from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.db import connection

from bench import preparing, web
from bench.measuring import CLIENTS, Prepared, Rate, drive, pgbench
from bench.preparing import World
from sauro.cases import checking
from sauro.cases import queries as cases
from sauro.core import clock
from sauro.core.actor import Actor, ActorKind
from sauro.events import queries as events
from sauro.offices import queries as offices
from sauro.onestop import routing
from sauro.onestop.rules import Applicant, Channel, Filing, Outcome
from sauro.onestop.services import filing, handling

_LONG = 400
_DRAFTS_A_SECOND = 1_000


def _address() -> str:
    given = settings.DATABASES["default"]
    return f"host={given['HOST']} port={given['PORT']} user={given['USER']} dbname={given['NAME']}"


def _official(official_id: int) -> Actor:
    row = offices.roster(clock.local_day(clock.now())).official(official_id)
    return Actor(
        kind=ActorKind.OFFICIAL,
        label=f"{row.name}, {row.title}",
        person_id=row.person_id,
        official_id=row.id,
        office_id=row.office_id,
        post=row.role,
        leads=row.leads,
    )


def create(world: World, given: Namespace) -> dict[str, list[Rate]]:
    """W1: a clerk receives complete papers at the counter.

    Routes are known, as they are to a server that has run for a while.
    """
    for _office, place, _clerk in world.centres:
        routing.route(world.version_id, place, on=clock.local_day(clock.now()))
    rounds: dict[str, list[Rate]] = {"create raw": [], "create command": []}
    for _ in range(given.rounds):
        rounds["create raw"].append(
            pgbench(_create_script(world), given.seconds, binaries=given.pg_bin, address=_address())
        )
        rounds["create command"].append(drive(lambda n: _receiver(world, n), given.seconds))
    return rounds


def _create_script(world: World) -> str:
    """Return the raw side of W1: a centre and a person by chance, as on our side."""
    day = f"{clock.local_day(clock.now()):%Y%m%d}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(id) FROM cases_process")
        process = cursor.fetchone()[0]
        cursor.execute("DELETE FROM bench_centre")
        cursor.executemany(
            "INSERT INTO bench_centre VALUES (%s, %s, %s, %s)",
            [(n, *centre) for n, centre in enumerate(world.centres)],
        )
    return (
        f"\\set n random(0, {len(world.centres) - 1})\n"
        f"\\set person random({min(world.person_ids)}, {max(world.person_ids)})\n"
        f"SELECT bench_create('R' || n || '-{day}-', office, office, office, place, :person, "
        f"{process}, clerk, clerk, {world.version_id}) FROM bench_centre WHERE n = :n;"
    )


def _receiver(world: World, client: int) -> Callable[[], object]:
    rng = random.Random(client)  # noqa: S311 - a bench, not a secret
    clerks = {clerk: _official(clerk) for _, _, clerk in world.centres}

    def receive() -> object:
        office, place, clerk = rng.choice(world.centres)
        applicant = Applicant(person_id=rng.choice(world.person_ids), name="Y Bhĭŏ Ayŭn")
        given = Filing(
            version_id=world.version_id,
            centre_id=office,
            place_id=place,
            applicant=applicant,
            channel=Channel.COUNTER,
            is_synthetic=True,
        )
        return filing.receive(given, by=clerks[clerk], now=clock.now())

    return receive


def move(_world: World, given: Namespace) -> dict[str, list[Rate]]:
    """W2: a dossier goes between appraiser and signer, with 10, 100 and 400 events behind it."""
    rounds: dict[str, list[Rate]] = {}
    roster = offices.roster(clock.local_day(clock.now()))
    head = next(o for o in roster.officials if o.leads)
    lengths = {n: preparing.long_cases(n, _LONG, head.id, head.office_id) for n in (10, 100, 400)}
    for turn in range(given.rounds):
        # There and back: whatever grows while it runs weighs on all lengths alike.
        for length, ids in sorted(lengths.items(), reverse=bool(turn % 2)):
            ours = drive(partial(_mover, ids), given.seconds)
            script = _move_script(ids, head.id)
            raw = pgbench(script, given.seconds, binaries=given.pg_bin, address=_address())
            rounds.setdefault(f"move-{length} raw", []).append(raw)
            rounds.setdefault(f"move-{length} command", []).append(ours)
    return rounds


def _move_script(ids: range, official_id: int) -> str:
    return (
        f"\\set case random({ids.start}, {ids.stop - 1})\n"
        f"SELECT bench_move(:case, {official_id}, {official_id});"
    )


def _mover(ids: range, client: int) -> Callable[[], object]:
    """Return work that moves one of this client's own cases.

    Who holds them is looked up for all of them at once before: an official has it on the page.
    """
    rng = random.Random(client)  # noqa: S311 - a bench, not a secret
    actors: dict[int, Actor] = {}
    waiting: list[tuple[int, str, Actor]] = []

    def look_up() -> None:
        for case_id, step, holder in preparing.holders(ids[client::CLIENTS]):
            if holder not in actors:
                actors[holder] = _official(holder)
            waiting.append((case_id, step, actors[holder]))
        rng.shuffle(waiting)

    def advance() -> None:
        case_id, step, by = waiting.pop()
        if step == "appraise":
            handling.propose(case_id, Outcome.GRANTED, "Đề nghị cấp", by=by, now=clock.now())
        else:
            handling.send_back(case_id, "Xem lại căn cứ", by=by, now=clock.now())

    return Prepared(advance, lambda: look_up() if not waiting else None)


def work_list(world: World, given: Namespace) -> dict[str, list[Rate]]:
    """W3: an official opens their queue."""
    rounds: dict[str, list[Rate]] = {"list raw": [], "list query": []}
    script = f"\\set official random({min(world.official_ids)}, {max(world.official_ids)})\n" + (
        preparing.SQL / "work_list.sql"
    ).read_text(encoding="utf-8")
    for _ in range(given.rounds):
        rounds["list raw"].append(
            pgbench(script, given.seconds, binaries=given.pg_bin, address=_address())
        )
        rounds["list query"].append(drive(lambda n: _reader(world, n), given.seconds))
    return rounds


def _reader(world: World, client: int) -> Callable[[], object]:
    rng = random.Random(client)  # noqa: S311 - a bench, not a secret
    return lambda: cases.work_of(rng.choice(world.official_ids))


def create_over_http(world: World, given: Namespace) -> dict[str, list[Rate]]:
    """W1 over HTTP: a citizen sends a finished filing from its check page."""
    rounds: dict[str, list[Rate]] = {"send raw": [], "send http": []}
    script = _create_script(world).replace("bench_create", "bench_send")
    with web.serving() as port:
        for _ in range(given.rounds):
            rounds["send raw"].append(
                pgbench(script, given.seconds, binaries=given.pg_bin, address=_address())
            )
            web.drafts(world, int((given.seconds + 5) * _DRAFTS_A_SECOND))
            rounds["send http"].append(drive(partial(web.sender, world, port), given.seconds))
    return rounds


def move_over_http(_world: World, given: Namespace) -> dict[str, list[Rate]]:
    """W2 over HTTP: an official decides on the page of a dossier with 100 events behind it."""
    roster = offices.roster(clock.local_day(clock.now()))
    head = next(o for o in roster.officials if o.leads)
    ids = preparing.long_cases(101, _LONG, head.id, head.office_id)
    script = _move_script(ids, head.id)
    rounds: dict[str, list[Rate]] = {"decide raw": [], "decide http": []}
    with web.serving() as port:
        for _ in range(given.rounds):
            rounds["decide http"].append(drive(partial(web.mover, ids, port), given.seconds))
            rounds["decide raw"].append(
                pgbench(script, given.seconds, binaries=given.pg_bin, address=_address())
            )
    return rounds


ALL = {
    "W1": create,
    "W2": move,
    "W3": work_list,
    "W1-http": create_over_http,
    "W2-http": move_over_http,
}


def check() -> list[str]:
    """Return what is wrong with the rows after the runs; nothing, if all is well."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
    found = [fault.where for fault in events.faults(limit=3)]
    found += [f"{case.code}: {case.what}" for case in checking.broken(limit=3)]
    return found
