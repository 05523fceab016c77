"""The embedded server, for real: made from nothing, killed, moved to awkward places."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from config.postgres import Server
from config.postgres_machine import CannotStartError


@pytest.fixture(params=["short", "a name with 'spaces' " + "that is too long for a socket " * 3])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    made = Server(tmp_path / request.param)
    yield made
    made.stop()


def _ask(address: str, sql: str) -> object:
    with psycopg.connect(address) as connection:
        row = connection.execute(sql).fetchone()
    return row[0] if row else None


def _kill_the_first_process(server: Server) -> None:
    os.kill(int((server.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)


def test_what_was_committed_outlives_a_kill(server: Server) -> None:
    server.start()
    with psycopg.connect(server.address) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS seven")

    _kill_the_first_process(server)
    server.start()

    assert _ask(server.address, "SELECT seven FROM kept") == 7
    assert _ask(server.address, "SELECT current_setting('listen_addresses')") == ""


def test_the_last_user_stops_it(tmp_path: Path) -> None:
    server = Server(tmp_path / "server", throwaway=True)

    with server.used():
        with server.used():
            assert server.is_running()
        assert server.is_running()

    assert not server.is_running()


def test_data_of_another_version_is_left_alone(tmp_path: Path) -> None:
    server = Server(tmp_path)
    server.data.mkdir()
    (server.data / "PG_VERSION").write_text("9\n")

    with pytest.raises(CannotStartError, match="PostgreSQL 9"):
        server.start()

    assert [path.name for path in server.data.iterdir()] == ["PG_VERSION"]


def test_a_process_number_of_somebody_else_is_not_believed(tmp_path: Path) -> None:
    server = Server(tmp_path)
    server.data.mkdir()
    (server.data / "postmaster.pid").write_text(f"{os.getpid()}\n")

    assert not server.is_running()
