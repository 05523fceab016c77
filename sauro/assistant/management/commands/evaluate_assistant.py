"""`sauro evaluate-assistant`: questions with known answers, asked and counted."""

import json
import resource
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sauro.assistant import queries
from sauro.assistant.rules import evaluating
from sauro.assistant.rules.evaluating import Asked, Got, Report
from sauro.procedures import queries as procedures

_LABELS = {
    "questions": "Số câu hỏi",
    "top1": "Đúng thủ tục ngay câu đầu, %",
    "top1_same_code": "  đúng cả mã (không kể thủ tục cùng tên ở cấp khác), %",
    "top3": "Đúng thủ tục trong ba câu đầu, %",
    "part": "Đúng phần được hỏi, %",
    "value": "Có đủ giá trị phải nói, %",
    "refused_right": "Từ chối đúng, %",
    "refused_wrong": "Từ chối sai, %",
    "asked_back": "Hỏi lại, %",
    "wrong_and_sure": "Trả lời chắc mà sai, %",
    "p50_ms": "Thời gian giữa (p50), ms",
    "p95_ms": "Thời gian p95, ms",
}


class Command(BaseCommand):
    """The command."""

    help = "Đánh giá trợ lý bằng tệp câu hỏi có đáp án (JSONL)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the files, and how to report."""
        parser.add_argument("files", nargs="+", type=Path)
        parser.add_argument("--json", action="store_true", help="in bằng JSON")
        parser.add_argument("--misses", action="store_true", help="in cả những câu trả lời sai")

    def handle(self, *_args: object, **given: Any) -> None:  # noqa: ANN401 - Django hands over anything
        """Ask every question of every file and print the figures, in all and by kind."""
        asked = [one for file in given["files"] for one in _read(file)]
        if not procedures.counts().full:
            raise CommandError("Chưa có thủ tục nào. Chạy: sauro load")
        procedures.suggest("khai sinh", limit=1)
        whole = Report()
        by_kind: dict[str, Report] = {}
        for one in asked:
            got = _ask(one)
            names = [evaluating.plain_name(hit.name) for hit in _gold(one)]
            evaluating.count(whole, one, got, names)
            evaluating.count(by_kind.setdefault(one.kind, Report()), one, got, names)
            if given["misses"]:
                self._miss(one, got, names)
        figures = whole.figures()
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        if given["json"]:
            kinds = {kind: report.figures() for kind, report in sorted(by_kind.items())}
            data = {"all": figures, "by_kind": kinds, "memory_mb": memory}
            self.stdout.write(json.dumps(data, ensure_ascii=False, indent=1))
            return
        self._table("Tất cả", figures)
        self.stdout.write(f"  {'Bộ nhớ, MB':58} {memory}")
        for kind, report in sorted(by_kind.items()):
            self._table(kind, report.figures())

    def _table(self, title: str, figures: dict[str, float | int | None]) -> None:
        self.stdout.write(f"\n{title}")
        for key, value in figures.items():
            if value is not None:
                self.stdout.write(f"  {_LABELS[key]:58} {value}".replace(".", ","))

    def _miss(self, one: Asked, got: Got, names: list[str]) -> None:
        has_gold = bool(one.codes or one.title)
        right = got.codes[:1] and (got.codes[0] in one.codes or got.names[0] in (*names, one.title))
        if (has_gold and not right) or (one.parts and got.part not in one.parts):
            gold = ",".join(sorted(one.codes)) or one.title
            self.stdout.write(
                f"- {one.question} | {gold} | {got.kind} {','.join(got.codes[:3])} {got.part}"
            )


def _read(file: Path) -> list[Asked]:
    found = []
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise CommandError(f"Không đọc được tệp {file}.") from None
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            found.append(evaluating.read(json.loads(line)))
        except (ValueError, AttributeError, TypeError):
            raise CommandError(f"{file}, dòng {number}: không phải là một câu hỏi.") from None
    if not found:
        raise CommandError(f"Tệp {file} không có câu hỏi nào.")
    return found


def _gold(one: Asked) -> list[procedures.ProcedureHit]:
    return procedures.by_codes(tuple(sorted(one.codes))) if one.codes else []


def _ask(one: Asked) -> Got:
    began = time.perf_counter()
    answer = queries.answer(one.question, subject=one.subject)
    took = time.perf_counter() - began
    thought = [(answer.code, answer.name)] if answer.code else []
    thought += [(c.code, c.name) for c in (*answer.choices, *answer.others)]
    ordered = list(dict.fromkeys(thought))
    return Got(
        kind=answer.kind.value,
        codes=tuple(code for code, _name in ordered),
        names=tuple(evaluating.plain_name(name) for _code, name in ordered),
        part=answer.part,
        text=answer.text,
        seconds=took,
    )
