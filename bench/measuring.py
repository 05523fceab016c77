"""Driving one workload from several processes, and pgbench beside it."""

import multiprocessing
import os
import re
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

CLIENTS = 8


@dataclass(frozen=True, slots=True)
class Rate:
    """Work done a second, and the milliseconds of one piece at the median and 95th percentile."""

    a_second: float
    p50: float
    p95: float

    def __str__(self) -> str:
        return f"{self.a_second:8.0f}/s  p50 {self.p50:6.2f} ms  p95 {self.p95:6.2f} ms"


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which `share` of the values lie."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def rate_of(times: Sequence[float], seconds: float) -> Rate:
    """Return the rate of pieces that took `times` seconds each, done within `seconds`."""
    return Rate(
        len(times) / seconds, 1000 * statistics.median(times), 1000 * percentile(times, 0.95)
    )


@dataclass(frozen=True, slots=True)
class Prepared:
    """Work with something to do before each piece that is not the work: its time is left out."""

    work: Callable[[], object]
    before: Callable[[], object]

    def __call__(self) -> object:
        """Do one piece."""
        return self.work()


def drive(make: Callable[[int], Callable[[], object]], seconds: float) -> Rate:
    """Run what `make(client)` returns, again and again, in `CLIENTS` processes at once."""
    context = multiprocessing.get_context("fork")
    _forget_connections()
    results: multiprocessing.Queue[list[float]] = context.Queue()
    barrier = context.Barrier(CLIENTS)
    workers = [
        context.Process(target=_client, args=(make, client, seconds, barrier, results))
        for client in range(CLIENTS)
    ]
    for worker in workers:
        worker.start()
    times = [took for _ in workers for took in results.get()]
    for worker in workers:
        worker.join()
    return rate_of(times, seconds)


def _forget_connections() -> None:
    """Close the pool: connections made before the fork are the parent's."""
    connection.close()
    getattr(connection, "close_pool")()  # noqa: B009 - only PostgreSQL's wrapper has one


def _client(
    make: Callable[[int], Callable[[], object]],
    client: int,
    seconds: float,
    barrier: "multiprocessing.synchronize.Barrier",
    results: "multiprocessing.Queue[list[float]]",
) -> None:
    _forget_connections()
    work = make(client)
    before = work.before if isinstance(work, Prepared) else lambda: None
    for _ in range(20):
        before()
        work()
    barrier.wait()
    times = []
    spare = 0.0
    began = time.perf_counter()
    while (start := time.perf_counter()) - began - spare < seconds:
        before()
        ready = time.perf_counter()
        spare += ready - start
        work()
        times.append(time.perf_counter() - ready)
    results.put(times)
    _forget_connections()


def pgbench(script: str, seconds: float, *, binaries: Path, address: str) -> Rate:
    """Run one statement a transaction with pgbench, prepared, at the same number of clients."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "script.sql"
        file.write_text(script)
        command = [
            str(binaries / "pgbench"),
            *("-n", "-M", "prepared", "-c", str(CLIENTS), "-j", "2", "-T", str(int(seconds))),
            *("-f", str(file), "-l", "--log-prefix", str(Path(folder) / "log"), address),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ)
        took = [
            int(line.split()[2]) / 1e6
            for log in Path(folder).glob("log.*")
            for line in log.read_text().splitlines()
        ]
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    if found is None:
        raise RuntimeError(done.stdout + done.stderr)
    return Rate(float(found[1]), 1000 * statistics.median(took), 1000 * percentile(took, 0.95))
