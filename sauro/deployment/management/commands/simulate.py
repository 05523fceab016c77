"""`sauro simulate`: play days of the province through the same commands (synthetic)."""

from argparse import ArgumentParser
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from sauro.core import clock
from sauro.deployment.simulation import Plan, Simulation


class Command(BaseCommand):
    """Play the last days up to now, with a fixed seed."""

    help = "Diễn lại những ngày làm việc của tỉnh bằng chính các lệnh của hệ thống."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how long and how busy."""
        parser.add_argument("--days", type=int, default=30, help="số ngày lịch tới hôm nay")
        parser.add_argument("--a-day", type=int, default=150, help="số hồ sơ mỗi ngày làm việc")
        parser.add_argument("--seed", type=int, default=2026)
        parser.add_argument(
            "--goes-on", action="store_true", help="diễn tiếp lần bị ngắt giữa chừng"
        )

    def handle(self, *_args: object, **options: Any) -> None:  # noqa: ANN401
        """Play and print what happened."""
        now = clock.now()
        plan = Plan(
            since=clock.local_day(now) - timedelta(days=options["days"]),
            until=now,
            a_day=options["a_day"],
            seed=options["seed"],
            goes_on=options["goes_on"],
        )
        simulation = Simulation(plan, settings.PROVINCE["code"])
        played = simulation.play(self._progress)
        for verb, count in sorted(played.counts.items(), key=lambda item: -item[1]):
            self.stdout.write(f"  {count:>6}  {verb}")

    def _progress(self, day: date, filed: int) -> None:
        self.stdout.write(f"  {day:%d/%m/%Y}: {filed} hồ sơ", ending="\r")
        self.stdout.flush()
