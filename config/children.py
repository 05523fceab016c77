"""The processes under the supervisor: how each is started, found dead, started again, ended.

A child leads a group of its own, so that Ctrl-C reaches only the supervisor and the whole group
can be ended with it. It dies with the supervisor (`setpriv --pdeathsig`); one that outlived a
kill all the same is known by the mark in its environment.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from config.progress import say

MARK = "SAURO_SUPERVISED"
SANDBOX = "SAURO_PAYMENT_SANDBOX"
_LONG_ENOUGH = 30.0
_LONGEST_WAIT = 30.0
_GRACE = 15.0
_PORTS_TRIED = 50
_LONGEST_LOG = 10 * 1024 * 1024


@dataclass
class Child:
    """One process that must always run. log: where it speaks, None for our own stderr."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    root: Path
    pid_file: Path
    log: Path | None
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    _started: float = field(default=0.0, init=False)
    _falls: int = field(default=0, init=False)
    _again_at: float | None = field(default=None, init=False)

    def start(self) -> None:
        """Start the process."""
        self._process = _spawn(self.command, self.environment, self.root, self.log)
        self._started, self._again_at = time.monotonic(), None
        self.pid_file.write_text(str(self._process.pid))

    def revive(self) -> None:
        """Start the process again if it has ended: at once, then after ever longer waits."""
        if self._process is None or self._process.poll() is None:
            return
        now = time.monotonic()
        if self._again_at is None:
            self._signal(signal.SIGKILL)  # what it leaves behind may hold the port
            self._falls = 0 if now - self._started > _LONG_ENOUGH else self._falls + 1
            wait = min(_LONGEST_WAIT, 0.25 * 2**self._falls) if self._falls else 0.0
            self._again_at = now + wait
            code = self._process.returncode
            say(f"{self.name} đã dừng (mã {code}), chạy lại sau {wait:.0f} giây.")
        if now >= self._again_at:
            self.start()

    def ask_to_end(self) -> None:
        """Ask the process to finish what it is doing and end."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def end(self, until: float) -> None:
        """Wait until the process has ended, and make it end when the time is over."""
        if self._process is None:
            return
        try:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(max(0.0, until - time.monotonic()))
        finally:
            self._signal(signal.SIGKILL)
            self._process.wait()

    def _signal(self, number: int) -> None:
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, number)


def family(
    host: str, port: int, environment: Mapping[str, str], root: Path, var: Path
) -> list[Child]:
    """Return what a running platform consists of: the web server and the worker.

    With a gateway of our own (`SANDBOX` in the environment: port and address) also that.
    """
    given = {"DJANGO_SETTINGS_MODULE": "config.settings"} | dict(environment)
    web = ["granian", "--interface", "wsgi", "--host", host, "--port", str(port), "--no-ws"]
    web += ["--workers", environment.get("SAURO_WEB_PROCESSES", "2")]
    web += ["--blocking-threads", environment.get("SAURO_WEB_THREADS", "4")]
    web += ["--respawn-failed-workers", "--respawn-interval", "0.5", "--workers-kill-timeout", "10"]
    web += ["--log-level", "warning", "config.wsgi:application"]
    worker = ["django", "procrastinate", "worker", "--delete-jobs", "successful"]
    worker += ["--concurrency", environment.get("SAURO_JOBS_AT_ONCE", "2")]
    worker += ["--shutdown-graceful-timeout", "10"]
    commands = [("web", web), ("worker", worker)]
    if sandbox := environment.get(SANDBOX):
        gateway = ["config.cli", "payment-sandbox", "--host", host, "--port"]
        commands.append(("gateway", [*gateway, *sandbox.split()]))
    for folder in (var / "run", var / "log"):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for log in (var / "log").glob("*.log"):
        if log.stat().st_size > _LONGEST_LOG:
            log.replace(log.with_suffix(".old"))
    return [
        Child(
            name,
            [sys.executable, "-P", "-m", *words],
            given,
            root,
            var / "run" / f"{name}.pid",
            var / "log" / f"{name}.log" if sys.stderr.isatty() else None,
        )
        for name, words in commands
    ]


def end(children: Sequence[Child]) -> None:
    """End all of them: together, gracefully, and for certain."""
    for child in children:
        child.ask_to_end()
    until = time.monotonic() + _GRACE
    for child in children:
        child.end(until)


def end_marked(var: Path) -> None:
    """End every process that an earlier supervisor of this `var` left behind."""
    mark = f"{MARK}={var}".encode()
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended, or belongs to somebody else
            if mark in (process / "environ").read_bytes().split(b"\0"):
                os.kill(int(process.name), signal.SIGKILL)


def run(command: Sequence[str], environment: Mapping[str, str], root: Path) -> int:
    """Run a process to its end at our own terminal and return its exit code."""
    words = [*_dying_with_us(), *command]
    return subprocess.call(words, env=dict(environment), cwd=root)


def free_port(host: str, first: int) -> int:
    """Return the first port from `first` on that nobody listens on.

    :raises OSError: fifty in a row are taken, or the host is not this machine's
    """
    kind = socket.AF_INET6 if ":" in host else socket.AF_INET
    for port in range(first, first + _PORTS_TRIED):
        with socket.socket(kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with suppress(OSError):
                probe.bind((host, port))
                return port
    raise OSError(f"no free port from {first} on at {host}")


def _spawn(
    command: Sequence[str], environment: Mapping[str, str], root: Path, log: Path | None
) -> subprocess.Popen[bytes]:
    words = [*_dying_with_us(), *command]
    where = log.open("ab") if log else None
    try:
        return subprocess.Popen(
            words,
            env=dict(environment),
            cwd=root,
            stdin=subprocess.DEVNULL,
            stdout=where,
            stderr=where,
            start_new_session=True,
        )
    finally:
        if where:
            where.close()


def _dying_with_us() -> list[str]:
    return ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []
