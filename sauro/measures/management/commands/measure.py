"""`sauro measure`: a figure by its definition, for a month, as it was known on any day."""

import csv
import io
import json
from argparse import ArgumentParser
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError

from sauro.core import clock
from sauro.documents.tables import harmless
from sauro.measures.definitions import DEFINITIONS, Definition
from sauro.measures.queries.figures import GROUPINGS, Figure, Period, codes, figures
from sauro.measures.services import folding

T = TypeVar("T")


class Command(BaseCommand):
    """The command."""

    help = "Một số đo theo định nghĩa của nó: theo nhóm, trong một tháng, như biết đến một ngày."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the figure, the grouping and the period."""
        parser.add_argument("name", help=", ".join(DEFINITIONS))
        parser.add_argument("--by", default="all", help=", ".join(GROUPINGS))
        parser.add_argument("--month", default="", help="tháng như 2026-10 (mặc định: tháng này)")
        parser.add_argument("--as-of", default="", help="như biết đến hết ngày này: 2026-10-15")
        parser.add_argument("--list", default=None, metavar="NHÓM", help="mã hồ sơ của một nhóm")
        form = parser.add_mutually_exclusive_group()
        form.add_argument("--json", action="store_true", help="trả lời bằng JSON")
        form.add_argument("--csv", action="store_true", help="trả lời bằng CSV")

    def handle(self, *_args: object, **given: Any) -> None:  # noqa: ANN401 - Django hands over anything
        """Bring the facts up to date, then answer."""
        measure = _chosen(DEFINITIONS, given["name"], "số đo")
        by = _chosen({one: one for one in GROUPINGS}, given["by"], "cách chia nhóm")
        today = clock.local_day(clock.now())
        period, last = _period(given["month"], given["as_of"], today)
        folding.fold()
        if given["list"] is not None:
            self.stdout.write("\n".join(codes(measure, period, by=by, key=given["list"])))
            return
        rows = figures(measure, period, by=by)
        if given["json"]:
            self.stdout.write(_as_json(measure, period, last, by, rows))
        elif given["csv"]:
            self.stdout.write(_as_csv(measure, last, rows), ending="")
        else:
            self.stdout.write(_as_text(measure, last, rows))


def _chosen(among: Mapping[str, T], name: str, what: str) -> T:
    if name not in among:
        raise CommandError(f"Không có {what} “{name}”. Chọn một trong: {', '.join(among)}.")
    return among[name]


def _period(month: str, as_of: str, today: date) -> tuple[Period, date]:
    """Return the period and the last day that is known in it."""
    first = (
        _day(f"{month}-01", f"--month phải như 2026-10, không phải “{month}”.")
        if month
        else (today.replace(day=1))
    )
    after = (first + timedelta(days=31)).replace(day=1)
    last = min(after - timedelta(days=1), today)
    if as_of:
        known = _day(as_of, f"--as-of phải là một ngày như 2026-10-15, không phải “{as_of}”.")
        if known > today:
            raise CommandError(f"Ngày {as_of} chưa tới.")
        last = min(last, known)
    if last < first:
        raise CommandError(f"Tháng {first:%m/%Y} chưa bắt đầu vào ngày được hỏi.")
    return Period(since=_begin(first), until=_begin(last + timedelta(days=1))), last


def _day(text: str, refusal: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(refusal) from None


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), clock.HERE)


def _as_json(measure: Definition, period: Period, last: date, by: str, rows: list[Figure]) -> str:
    data = {
        "measure": measure.name,
        "version": measure.version,
        "title": measure.title,
        "formula": measure.formula,
        "unit": measure.unit,
        "since": period.since.date().isoformat(),
        "as_of": last.isoformat(),
        "by": by,
        "rows": [
            {"key": row.key, "name": row.name, "counted": row.counted, "among": row.among,
             "value": row.value}
            for row in rows
        ],
    }  # fmt: skip
    return json.dumps(data, ensure_ascii=False, indent=1)


def _as_csv(measure: Definition, last: date, rows: list[Figure]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        ["key", "name", "counted", "among", "value", "unit", "as_of", "formula", "version"]
    )
    for row in rows:
        figure = [harmless(row.key), harmless(row.name), row.counted, row.among, row.value]
        writer.writerow([*figure, measure.unit, last, measure.formula, measure.version])
    return out.getvalue()


def _as_text(measure: Definition, last: date, rows: list[Figure]) -> str:
    head = f"{measure.title} (bản {measure.version}), đến hết {last:%d/%m/%Y}\n{measure.formula}."
    return "\n".join([head, *(_line(measure, row) for row in rows)])


def _line(measure: Definition, row: Figure) -> str:
    if row.among is None:
        return f"{row.counted:>8} {measure.unit}  {row.name}"
    value = "—" if row.value is None else f"{row.value:.2f} %".replace(".", ",")
    return f"{value:>9}  {row.name} ({row.counted}/{row.among})"
