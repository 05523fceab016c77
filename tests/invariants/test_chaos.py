"""Whatever is killed while people file and pay: nothing is lost, nothing is done twice.

SAURO_CHAOS says how many file; 500 takes some minutes, the suite lets a few dozen.
"""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any, LiteralString
from urllib.request import urlopen

import psycopg
import pytest

from tests.province import GATEWAY, ROOT, Province, free_port

pytestmark = pytest.mark.province
_COUNT = int(os.environ.get("SAURO_CHAOS", "40"))


@dataclass
class Victim:
    """A process that is killed without a word and started again."""

    words: Sequence[str]
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    killed: int = 0

    def start(self) -> None:
        """Start it."""
        self.process = subprocess.Popen(
            [sys.executable, *self.words],
            cwd=ROOT,
            env=dict(self.environment),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kill(self) -> None:
        """Kill it."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.killed += 1


@contextmanager
def killing(victims: Sequence[Victim]) -> Iterator[None]:
    """Kill each in turn, at random moments, as long as this lasts and at least once.

    They are let live long enough to do something between two deaths. At the end all run.
    """
    chance, is_over = random.Random(766), threading.Event()  # noqa: S311 - play

    def kill() -> None:
        for victim in cycle(victims):
            if is_over.wait(chance.uniform(0.5, 2.5)) and victim.killed:
                return
            victim.kill()
            is_over.wait(chance.uniform(0.0, 1.0))
            victim.start()

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        yield
    finally:
        is_over.set()
        killer.join()


@pytest.fixture
def environment(province: Province, address: str, tmp_path: Path) -> dict[str, str]:
    """Return what every process of ours is told: where the neighbours are."""
    return {
        **province.environment,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SAURO_ADDRESS": address,
        "SAURO_TIME_AUTHORITY": f"http://127.0.0.1:{free_port()}/",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(free_port()),
        "MAILS": str(tmp_path / "mails"),
        "ORDERS": str(tmp_path / "orders.db"),
    }


def _victims(environment: Mapping[str, str]) -> list[Victim]:
    def port(name: str) -> str:
        return environment[name].rstrip("/").rpartition(":")[2]

    gateway = ["-m", "config.cli", "payment-sandbox", "--store", environment["ORDERS"]]
    gateway += ["--port", port(GATEWAY), "--lost", "0.2", "--twice", "0.3", "--late", "0.3"]
    mail = ["-m", "tests.neighbours", "mail", environment["EMAIL_PORT"], environment["MAILS"]]
    time_authority = ["-m", "tests.neighbours", "time", port("SAURO_TIME_AUTHORITY")]
    worker = ["-m", "django", "procrastinate", "worker", "--delete-jobs", "successful"]
    return [Victim(words, environment) for words in (gateway, mail, time_authority, worker)]


def _answering(gateway: str) -> None:
    for _try in range(300):
        try:
            urlopen(f"{gateway}/statement.csv", timeout=2).close()  # noqa: S310 - our own
        except OSError:
            time.sleep(0.1)
        else:
            return


def test_nothing_is_lost_and_nothing_is_doubled_whatever_is_killed(
    province: Province, environment: dict[str, str], tmp_path: Path
) -> None:
    victims = _victims(environment)
    for victim in victims:
        victim.start()
    _answering(environment[GATEWAY])
    try:
        with killing(victims):
            said = _run(environment, "tests.applicants", str(_COUNT))
        _answering(environment[GATEWAY])
        applicants = [json.loads(line) for line in said.splitlines()]
        statement = urlopen(f"{environment[GATEWAY]}/statement.csv", timeout=5).read()  # noqa: S310
        _run(environment, "tests.settling")
    finally:
        for victim in victims:
            victim.kill()

    assert all(victim.killed for victim in victims)
    codes = [one["code"] for one in applicants]
    assert len(set(codes)) == _COUNT
    held = _held(province, codes)
    assert held["dossiers"] == _COUNT
    assert held["drafts"] == _COUNT
    assert held["paid"] == [(one["reference"],) for one in sorted(applicants, key=_reference)]
    assert held["sum"] == 0
    assert held["pending"] == 0
    assert statement.decode().count(",PAYMENT,") == _COUNT
    assert held["told"] == _COUNT
    assert held["waiting"] == 0
    assert held["untimed"] == 0
    mails = (tmp_path / "mails").read_text().splitlines()
    taken = Counter(mail for mail in mails if " nguoi-" in mail)
    assert len(taken) == held["mailed"]
    assert province.sauro("verify-log", check=False).returncode == 0
    print(  # noqa: T201 - what a run of hundreds is made for
        f"{_COUNT} hồ sơ; giết {[victim.killed for victim in victims]} lần cổng tiền, thư, giờ,"
        f" tiến trình sau; {sum(taken.values()) - len(taken)} thư gửi lại cùng mã"
    )


def _reference(one: Mapping[str, str]) -> str:
    return one["reference"]


def _run(environment: Mapping[str, str], *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=ROOT,
        env=dict(environment),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3_000:]
    return done.stdout


def _held(province: Province, codes: Sequence[str]) -> dict[str, Any]:
    """Return what is held of these dossiers in the end."""
    given = {"codes": list(codes)}
    asked: dict[str, LiteralString] = {
        "dossiers": """SELECT count(*) FROM onestop_dossier d JOIN cases_case c ON c.id = d.case_id
                       WHERE c.code = ANY(%(codes)s)""",
        "drafts": """SELECT count(*) FROM onestop_draft d JOIN cases_case c ON c.id = d.case_id
                     WHERE c.code = ANY(%(codes)s)""",
        "sum": "SELECT coalesce(sum(amount), 0)::bigint FROM payments_entry",
        "pending": "SELECT count(*) FROM payments_order WHERE state = 'PENDING'",
        "told": """SELECT count(DISTINCT c.code) FROM notices_notice n JOIN cases_case c
                   ON n.subject = 'Hồ sơ ' || c.code || ': đã nộp' WHERE c.code = ANY(%(codes)s)
                   HAVING count(*) = count(DISTINCT c.code)""",
        "waiting": "SELECT count(*) FROM notices_delivery WHERE state = 'WAITING'",
        "mailed": "SELECT count(*) FROM notices_delivery WHERE state = 'SENT'"
        " AND channel = 'EMAIL' AND address LIKE 'nguoi-%%@example.vn'",
        "untimed": "SELECT count(*) FROM documents_signature WHERE timed_at IS NULL",
    }
    paid: LiteralString = """SELECT p.reference FROM payments_posting p
        JOIN payments_bill b ON b.id = p.bill_id JOIN cases_case c ON c.id = b.subject_id
        WHERE p.kind = 'PAID_ONLINE' AND c.code = ANY(%(codes)s) ORDER BY p.reference"""
    with psycopg.connect(province.database) as connection:
        found: dict[str, Any] = {}
        for name, sql in asked.items():
            row = connection.execute(sql, given).fetchone()
            found[name] = row[0] if row else None
        found["paid"] = connection.execute(paid, given).fetchall()
    return found
