"""The supervisor's children, with real processes."""

import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config import children
from config.children import MARK, Child

_SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture
def child(tmp_path: Path) -> Iterator[Child]:
    environment = dict(os.environ) | {MARK: str(tmp_path)}
    made = Child("web", _SLEEP, environment, tmp_path, tmp_path / "pid", tmp_path / "log")
    made.start()
    yield made
    children.end([made])


def _pid(child: Child) -> int:
    return int(child.pid_file.read_text())


def _until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + 10
    while not true():
        assert time.monotonic() < until
        time.sleep(0.02)


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_killed_child_is_started_again(child: Child) -> None:
    first = _pid(child)

    os.kill(first, signal.SIGKILL)
    while _pid(child) == first:
        child.revive()

    assert _alive(_pid(child))


def test_a_child_that_runs_is_left_alone(child: Child) -> None:
    first = _pid(child)

    child.revive()

    assert _pid(child) == first


def test_what_an_earlier_supervisor_left_behind_is_ended(child: Child, tmp_path: Path) -> None:
    left = _pid(child)
    _until(lambda: MARK.encode() in Path(f"/proc/{left}/environ").read_bytes())

    children.end_marked(tmp_path / "another")
    assert _alive(left)

    children.end_marked(tmp_path)
    _until(lambda: not _alive(left))


def test_the_next_free_port_is_taken() -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        taken = listening.getsockname()[1]

        assert children.free_port("127.0.0.1", taken) > taken
