"""`sauro load`: bring the data folder into the database, and say what came of it."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from sauro.core import clock
from sauro.deployment import loading, loading_report
from sauro.deployment.loading import Dataset, Step
from sauro.deployment.loading_counts import totals
from sauro.ui.formats import number

_KINDS = {"repaired": "Sửa", "rejected": "Loại", "refused": "Không nạp"}


class Command(BaseCommand):
    """Load, or with --report only print the counts."""

    help = "Nạp dữ liệu của tỉnh: địa bàn, lịch, cơ quan, thủ tục. Nạp lại không làm đổi gì."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where the data is, or the wish for the report alone."""
        parser.add_argument("--report", action="store_true", help="chỉ in số đếm và lý do")
        parser.add_argument("--data", type=Path, default=settings.DATA_DIR, help="thư mục dữ liệu")

    def handle(self, *_args: object, **options: Any) -> None:  # noqa: ANN401
        """Load and print each step; leave with 1 if a dataset was refused."""
        if options["report"]:
            self._report()
            return
        start = perf_counter()
        steps = loading.load(
            options["data"],
            settings.VAR_DIR,
            now=clock.now(),
            began=self._began,
            ended=self._ended,
        )
        changed = sum(step.outcome.added + step.outcome.changed for step in steps)
        seconds = number(perf_counter() - start, 1)
        self.stdout.write(f"{number(changed)} thay đổi, {seconds} giây.")
        self.stdout.write(f"Từng dòng đã sửa, đã loại: {settings.VAR_DIR / loading_report.NAME}")
        if any(step.refusal for step in steps):
            sys.exit(1)

    def _began(self, dataset: Dataset) -> None:
        if self.stdout.isatty():
            self.stdout.write(f"  {dataset.label} …", ending="\r")
            self.stdout.flush()

    def _ended(self, step: Step) -> None:
        label, seconds = f"  {step.dataset.label:<26}", f"{number(step.seconds, 1)} giây"
        if step.refusal:
            self.stdout.write(f"{label} chưa nạp, {seconds}")
            self.stderr.write(f"    {step.refusal}")
            return
        parts = [f"{number(step.outcome.total)} dòng", f"{number(step.outcome.added)} mới"]
        parts.append(f"{number(step.outcome.changed)} đổi")
        parts.append(f"sửa {number(step.repaired)}")
        parts.append(f"loại {number(step.rejected)}")
        self.stdout.write(f"{label} {', '.join(parts)}, {seconds}")

    def _report(self) -> None:
        for label, count, note in totals(on=clock.local_day(clock.now())):
            self.stdout.write(f"{number(count):>9}  {label}{f' ({note})' if note else ''}")
        found = loading_report.counted(settings.VAR_DIR)
        self.stdout.write("")
        self.stdout.write(
            f"Lần nạp cuối, từng dòng ở {settings.VAR_DIR / loading_report.NAME}:"
            if found
            else "Lần nạp cuối không sửa, không loại dòng nào."
        )
        for dataset, kind, reason, rows in found:
            self.stdout.write(f"{number(rows):>9}  {_KINDS[kind]}: {dataset}, {reason}")
