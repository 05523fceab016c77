"""`sauro payment-sandbox`: a gateway to try payments with; it never takes money."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand

from sauro.payments import sandbox
from sauro.payments.sandbox import Manners


class Command(BaseCommand):
    """Serve the sandbox until told to stop."""

    help = "Chạy cổng thanh toán thử; các tùy chọn làm cho nó cư xử tệ như cổng thật."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8099)
        parser.add_argument("--store", type=Path, default=settings.VAR_DIR / "payment-sandbox.db")
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--address", default="", help="địa chỉ người trả tiền thấy")
        for name in ("lost", "twice", "late", "badly-signed"):
            parser.add_argument(f"--{name}", type=float, default=0.0)

    def handle(self, **given: Any) -> None:  # noqa: ANN401 - as Django gives them
        manners = Manners(
            lost=given["lost"],
            twice=given["twice"],
            late=given["late"],
            badly_signed=given["badly_signed"],
        )
        gateway = sandbox.Sandbox(given["store"], settings.GATEWAY_KEY, manners)
        where = {"host": given["host"], "address": given["address"]}
        sandbox.server(gateway, settings.GATEWAY_KEY, given["port"], **where).serve_forever()
