"""`sauro verify-log`: prove that the log is what was written, and that the cases agree with it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from sauro.cases import checking
from sauro.core import clock
from sauro.events import queries as events
from sauro.events import services as event_services
from sauro.ui.formats import number


class Command(BaseCommand):
    """Check every hash, every seal and every case; name the first rows that differ."""

    help = "Kiểm chứng nhật ký: từng mã băm, từng niêm phong, từng hồ sơ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how many faults to name."""
        parser.add_argument("--limit", type=int, default=20)

    def handle(self, *_args: object, **options: Any) -> None:  # noqa: ANN401
        """Print the verdict; exit with 1 where anything differs."""
        with transaction.atomic():
            faults = events.faults(limit=options["limit"])
            broken = checking.broken(limit=options["limit"])
            broken += checking.differing(limit=options["limit"])
        for fault in faults:
            self.stderr.write(f"✗ {fault.where}: {fault.reason}")
        for case in broken:
            self.stderr.write(f"✗ hồ sơ {case.code}: {case.what}: {case.detail}")
        if faults or broken:
            raise CommandError("Nhật ký hoặc hồ sơ đã bị sửa ngoài hệ thống.")
        event_services.seal(now=clock.now())
        whole = number(events.count())
        self.stdout.write(f"✓ {whole} sự kiện nguyên vẹn, mọi hồ sơ khớp nhật ký.")
