"""`sauro settle-payments`: one round of what the worker does every ten seconds."""

from typing import Any

from django.core.management import BaseCommand

from sauro.core import clock
from sauro.onestop import settling


class Command(BaseCommand):
    """Settle once and say how much the gateway told."""

    help = "Hỏi lại cổng thanh toán, hoàn những khoản phải hoàn; chạy lại nhiều lần được."

    def handle(self, **_given: Any) -> None:  # noqa: ANN401 - as Django gives them
        """Settle once."""
        told = settling.settle(now=clock.now())
        self.stdout.write(f"Cổng thanh toán đã trả lời về {told} lệnh.")
