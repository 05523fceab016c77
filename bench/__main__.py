"""`python -m bench`: W1 create, W2 transition, W3 work list, beside raw PostgreSQL; D1, D2.

Runs on the database of DATABASE_URL, which it fills: never on one that holds real cases.
"""

import argparse
import os
import statistics
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from bench import deadlines, preparing, workloads  # noqa: E402 - Django must be set up first
from bench.measuring import Rate  # noqa: E402


def main() -> int:
    """Prepare, measure in interleaved rounds, check, print; exit 1 where a check fails."""
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--closed", type=int, default=1_000_000)
    parser.add_argument("--open", type=int, default=62_000)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pg-bin", type=Path, required=True)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--http", default="", help="address of a running server for W1 and W2")
    given = parser.parse_args()
    world = preparing.prepare(given.closed, given.open)
    for name, workload in {**workloads.ALL, **deadlines.ALL}.items():
        if given.only and name not in given.only:
            continue
        _report(name, workload(world, given))
    faults = workloads.check()
    for fault in faults:
        print(f"✗ {fault}")
    print("✓ mọi hồ sơ khớp nhật ký, mã không trùng" if not faults else "")
    return 1 if faults else 0


def _report(name: str, rounds: dict[str, list[Rate]]) -> None:
    print(f"\n{name}")
    medians = {who: statistics.median(r.a_second for r in rates) for who, rates in rounds.items()}
    for who, rates in rounds.items():
        middle = sorted(rates, key=lambda rate: rate.a_second)[len(rates) // 2]
        base = who.split(" ")[0] + " raw"
        ratio = f"  {medians[who] / medians[base]:5.0%} of raw" if base in medians else ""
        print(f"  {who:28} {middle}{ratio}")


if __name__ == "__main__":
    sys.exit(main())
