"""`sauro ask`: one question on the command line, answered as on the page."""

import json
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sauro.assistant import queries
from sauro.assistant.told import as_data
from sauro.procedures import queries as procedures


class Command(BaseCommand):
    """The command."""

    help = "Trả lời một câu hỏi về thủ tục từ những gì đã công bố, kèm nguồn."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the question, and whether to answer in JSON."""
        parser.add_argument("question", nargs="+", help="câu hỏi, có dấu hay không dấu")
        parser.add_argument("--json", action="store_true", help="trả lời bằng JSON")
        parser.add_argument("--subject", default="", help="mã thủ tục đang nói tới, nếu có")

    def handle(self, *_args: object, **given: Any) -> None:  # noqa: ANN401 - Django hands over anything
        """Answer, and say how long it took once the catalogue was in memory."""
        if not procedures.counts().full:
            raise CommandError("Chưa có thủ tục nào. Chạy: sauro load")
        procedures.suggest("khai sinh", limit=1)
        began = time.perf_counter()
        answer = queries.answer(" ".join(given["question"]), subject=given["subject"])
        took = round(1000 * (time.perf_counter() - began), 1)
        if given["json"]:
            data = {**as_data(answer), "milliseconds": took}
            self.stdout.write(json.dumps(data, ensure_ascii=False, indent=1))
            return
        self.stdout.write(answer.text)
        for sentence in answer.sentences[:1]:
            source = sentence.source
            self.stdout.write(
                f"\nNguồn: thủ tục {source.code}, bản {source.version}, phần {source.part}"
                f" ({source.decision}; công bố đến {source.published_on})."
            )
        if answer.desk:
            self.stdout.write(f"Hỏi tiếp: {answer.desk}.")
