"""`sauro law`: what the laws say, by article or by words, as of a day."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from sauro.core import clock
from sauro.laws import queries
from sauro.laws.told import told
from sauro.ui.formats import day


class Command(BaseCommand):
    """Look up articles; `--json` for programs."""

    help = "Tra luật: “điều 20 luật cư trú”, “68/2020/QH14”, hoặc bằng lời."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the question, the day and the shape of the answer."""
        parser.add_argument("question")
        parser.add_argument("--on", type=date.fromisoformat, default=None)
        parser.add_argument("--ended", action="store_true", help="cả luật đã hết hiệu lực")
        parser.add_argument("--json", action="store_true")

    def handle(self, *_args: object, **options: Any) -> None:  # noqa: ANN401
        """Print what was found."""
        on = options["on"] or clock.local_day(clock.now())
        found = queries.find(options["question"], on=on, with_ended=options["ended"])
        if options["json"]:
            self.stdout.write(json.dumps(told(found), ensure_ascii=False, indent=2))
            return
        if found.article:
            shown = found.article
            self.stdout.write(f"Điều {shown.number}. {shown.title} · {shown.law.name}")
            self.stdout.write("\n".join(shown.clause or shown.paragraphs))
        for hit in found.hits:
            said = "".join(piece.text for piece in hit.excerpt)
            self.stdout.write(f"Điều {hit.number}. {hit.title} · {hit.law.name}\n  {said}")
        if not found.article and not found.hits:
            for row in found.laws:
                until = f", đến {day(row.until)}" if row.until else ""
                since = f", từ {day(row.since)}" if row.since else ""
                self.stdout.write(f"{row.name} {row.number}{since}{until}")
        if not (found.article or found.hits or found.laws):
            self.stdout.write("Không tìm thấy. Thử ghi tên luật, số hiệu, hoặc ít chữ hơn.")
