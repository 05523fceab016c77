"""The supervisor: prepares everything, runs the web server and the worker, and looks after them.

`var/run/lock` is held while it lives, so a second start finds the first; a killed supervisor
holds nothing, and the next start ends whatever it left behind.
"""

import fcntl
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from config import children, welcome
from config.children import Child
from config.postgres import Server
from config.postgres_machine import CannotStartError
from config.progress import STEPS, Steps, say

_ROOT = Path(__file__).parents[1]
_LOOK_EVERY = 0.3
_PATIENCE = 60.0
_SANDBOX_PORT = 8099

Database = Callable[[], AbstractContextManager[None]]


def var() -> Path:
    """Return the folder for everything that this machine keeps."""
    return Path(os.environ.get("SAURO_VAR") or _ROOT / "var").resolve()


@dataclass(frozen=True, slots=True)
class Wish:
    """How to start. days: how much of a province's life the demo begins with; 0 for no demo."""

    host: str
    port: int
    days: int


def start(wish: Wish, database: Database) -> int:
    """Prepare everything and serve until told to stop; say where, if it is served already."""
    run = var() / "run"
    run.mkdir(parents=True, exist_ok=True)
    with (run / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return _already_running(run)
        children.end_marked(var())
        (run / "supervisor.pid").write_text(str(os.getpid()))
        try:
            return _serve(wish, run, database)
        finally:
            for file in (*run.glob("*.pid"), run / "address"):
                file.unlink(missing_ok=True)


def stop() -> int:
    """Stop the running server and wait until it is gone."""
    run = var() / "run"
    run.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + _PATIENCE
    with (run / "lock").open("a") as lock:
        while not _taken(lock.fileno()):
            if time.monotonic() > until:
                sys.stderr.write("Máy chủ chưa dừng sau một phút. Xin thử lại.\n")
                return 1
            with suppress(OSError, ValueError):
                os.kill(int((run / "supervisor.pid").read_text()), signal.SIGTERM)
            time.sleep(0.5)
        children.end_marked(var())
        if not os.environ.get("DATABASE_URL"):
            Server(var() / "postgres").stop_if_unused()
    say("Đã dừng.")
    return 0


def _taken(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _already_running(run: Path) -> int:
    try:
        where = (run / "address").read_text()
    except FileNotFoundError:
        say("Sáu Rõ đang khởi động ở một cửa sổ khác.")
    else:
        say(f"Sáu Rõ đang chạy ở {where}\nMuốn dừng: .venv/bin/sauro stop")
    return 0


def _serve(wish: Wish, run: Path, database: Database) -> int:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)  # the same end as Ctrl-C
    ours = None if os.environ.get("DATABASE_URL") else Server(var() / "postgres")
    # On the way out: first the children, then the database under them.
    with suppress(KeyboardInterrupt), ExitStack() as opened:
        with Steps(done=1).step("PostgreSQL"):
            opened.enter_context(database())
        port = children.free_port(wish.host, wish.port)
        address = welcome.addresses(wish.host, port)
        environment = _environment(wish, address)
        prepare = [sys.executable, "-P", "-m", "config.prepare", str(wish.days)]
        if code := children.run(prepare, environment, _ROOT):
            return code
        family = children.family(wish.host, port, environment, _ROOT, var())
        opened.callback(_end, family)
        with Steps(done=STEPS - 1).step("Máy chủ"):
            _start_all(family, wish.host, port)
        (run / "address").write_text(address.local)
        welcome.show(address, run / "accounts")
        _keep(family, ours)
    say("Đã dừng. Dữ liệu còn nguyên; chạy lại bằng ./run")
    return 0


def _environment(wish: Wish, address: welcome.Addresses) -> dict[str, str]:
    """Return what every process of ours is told; what is in our own environment wins."""
    told = {
        "SAURO_DEMO": "1" if wish.days else "0",
        "SAURO_ADDRESS": address.public,
        "ALLOWED_HOSTS": ",".join(address.hosts),
    }
    if wish.days and "SAURO_GATEWAY_ADDRESS" not in os.environ:
        port = children.free_port(wish.host, _SANDBOX_PORT)
        shown = address.public.rpartition(":")[0]
        told["SAURO_GATEWAY_ADDRESS"] = f"http://127.0.0.1:{port}"
        told[children.SANDBOX] = f"{port} --address {shown}:{port}"
    return told | dict(os.environ) | {children.MARK: str(var()), "SAURO_VAR": str(var())}


def _start_all(family: Sequence[Child], host: str, port: int) -> None:
    """Start the children and wait until the health page answers.

    :raises CannotStartError: it does not
    """
    for child in family:
        child.start()
    until = time.monotonic() + _PATIENCE
    there = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - not binding
    while True:
        with suppress(OSError), urlopen(f"http://{there}:{port}/song", timeout=2):
            return
        if time.monotonic() > until:
            raise CannotStartError("Máy chủ chưa trả lời sau một phút. Xin xem var/log/web.log")
        time.sleep(_LOOK_EVERY)
        for child in family:
            child.revive()


def _keep(family: Sequence[Child], database: Server | None) -> None:
    """Look after the children and our own database, for ever."""
    while True:
        time.sleep(_LOOK_EVERY)
        if database and not database.is_running():
            say("PostgreSQL đã dừng ngoài ý muốn, đang chạy lại.")
            database.start()
        for child in family:
            child.revive()


def _end(family: Sequence[Child]) -> None:
    say("\nĐang dừng …")
    children.end(family)
