"""A whole province for the tests that need one: real data, a month of work, a running server."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit
from urllib.request import urlopen

import psycopg

GATEWAY = "SAURO_GATEWAY_ADDRESS"
ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Province:
    """Where the province lives: its database, and the environment its commands run in."""

    database: str
    environment: Mapping[str, str]

    def sauro(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run `sauro WORDS` as an engineer would and return what it said."""
        return self.run("config.cli", *words, check=check)

    def run(self, *words: str, check: bool) -> subprocess.CompletedProcess[str]:
        """Run a module of ours on this province and return what it said."""
        return subprocess.run(
            [sys.executable, "-m", *words],
            cwd=ROOT,
            env=dict(self.environment),
            capture_output=True,
            text=True,
            check=check,
        )


def build(database: str, folder: Path, *, days: int, a_day: int) -> Province:
    """Make a province from nothing: migrate, load the real data, play `days` days."""
    name = "sauro_journeys" + os.environ.get("PYTEST_XDIST_WORKER", "")
    parts = urlsplit(database)
    with psycopg.connect(_at(parts, "postgres"), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name}")
    address = _at(parts, name)
    environment = {
        **os.environ,
        "DATABASE_URL": address,
        "SAURO_VAR": str(folder),
        "SAURO_DEMO": "1",
        "SAURO_TESTING": "0",
        "LOG_LEVEL": "WARNING",
        GATEWAY: f"http://127.0.0.1:{free_port()}",
    }
    province = Province(address, environment)
    for words in (
        ("config.prepare", "0"),
        ("config.cli", "accounts"),
        ("config.cli", "simulate", "--days", str(days), "--a-day", str(a_day)),
    ):
        done = province.run(*words, check=False)
        if done.returncode:
            raise RuntimeError(f"{' '.join(words)}: {done.stdout}{done.stderr}")
    return province


def _at(parts: SplitResult, database: str) -> str:
    """Return the address of another database on the same server."""
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{parts.netloc}/{database}{query}"


@contextmanager
def serving(province: Province) -> Iterator[str]:
    """Run the real server on a free port and yield its address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"),
            *("--port", str(port), "--workers", "1", "--blocking-threads", "4", "--no-ws"),
            "config.wsgi:application",
        ],
        cwd=ROOT,
        env={**province.environment, "SAURO_ADDRESS": address},
    )
    try:
        _wait_for(f"{address}/song")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


@contextmanager
def working(province: Province) -> Iterator[None]:
    """Run the real worker beside the server: what is done later is done."""
    words = ["-m", "django", "procrastinate", "worker", "--delete-jobs", "successful"]
    worker = subprocess.Popen(
        [sys.executable, *words],
        cwd=ROOT,
        env={**province.environment, "DJANGO_SETTINGS_MODULE": "config.settings"},
    )
    try:
        yield
    finally:
        worker.terminate()
        worker.wait(timeout=20)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def sandbox(province: Province, store: Path, *words: str) -> Iterator[str]:
    """Run the sandbox of payments where the province looks for a gateway; yield its address."""
    address = province.environment[GATEWAY]
    command = ["-m", "config.cli", "payment-sandbox", "--store", str(store)]
    command += ["--port", address.rpartition(":")[2]]
    gateway = subprocess.Popen(
        [sys.executable, *command, *words], cwd=ROOT, env=dict(province.environment)
    )
    try:
        _wait_for(f"{address}/statement.csv")
        yield address
    finally:
        gateway.kill()
        gateway.wait(timeout=20)


def _wait_for(address: str) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            with urlopen(address, timeout=2):  # noqa: S310 - our own address
                return
        except OSError:  # not yet listening, or still reading its modules
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
