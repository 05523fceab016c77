"""`sauro score-766`: the points of index 766 from a file of counts; no server, no database."""

import csv
import json
import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, NoReturn

from config.progress import say
from sauro.measures import criteria
from sauro.measures.rules import index766, published
from sauro.measures.rules.index766 import GroupPoints, Points, Score, Version
from sauro.measures.rules.published import Reading, Unit

_HOW = "Ví dụ: sauro score-766 so-lieu.csv --json"
_MOST_BYTES = 20_000_000
_MOST_FAULTS = 20


class _AskedError(Exception):
    """What was asked cannot be answered; the message is the sentence to show."""


class _Parser(ArgumentParser):
    def error(self, _message: str) -> NoReturn:
        """Say in one sentence what is wrong; argparse's own words are English."""
        raise _AskedError(f"Không hiểu lệnh. {_HOW}")


def main(words: list[str]) -> int:
    """Score and return 0, or refuse with sentences and return 2."""
    parser = _Parser("sauro score-766", description="Tính điểm Bộ chỉ số 766 từ tử số, mẫu số.")
    parser.add_argument("file", type=Path, help="tệp CSV: h_code, province, metric, numerator, …")
    parser.add_argument("--json", action="store_true", help="trả lời bằng JSON")
    parser.add_argument(
        "--on", default="", help="theo bản có hiệu lực ngày này (mặc định: mới nhất)"
    )
    try:
        given = parser.parse_args(words)
        version = _version(given.on)
        reading = _read(given.file, version)
    except _AskedError as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 2
    scored = [(unit, index766.score(version, unit.counts)) for unit in reading.units]
    if given.json:
        say(json.dumps(_plain(version, scored), ensure_ascii=False, indent=1))
    else:
        _print(version, scored)
    return 0


def _version(text: str) -> Version:
    known = criteria.index_766()
    if not text:
        return known[-1]
    try:
        return index766.in_force(known, date.fromisoformat(text))
    except ValueError:
        raise _AskedError(f"--on phải là một ngày như 2026-10-10, không phải “{text}”.") from None
    except LookupError:
        raise _AskedError(f"Ngày {text} chưa có Bộ chỉ số 766 (từ 2022-08-01).") from None


def _read(file: Path, version: Version) -> Reading:
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise _AskedError(f"Tệp {file} quá lớn (trên 20 MB).")
        text = file.read_text(encoding="utf-8-sig")
    except OSError:
        raise _AskedError(f"Không mở được tệp {file}.") from None
    except UnicodeDecodeError:
        raise _AskedError(f"Tệp {file} không phải là chữ UTF-8. Lưu lại dạng CSV UTF-8.") from None
    reader = csv.DictReader(text.splitlines(), delimiter=_delimiter(text), skipinitialspace=True)
    reader.fieldnames = [(name or "").strip().lower() for name in reader.fieldnames or []]
    lacking = [column for column in published.COLUMNS if column not in reader.fieldnames]
    if lacking:
        raise _AskedError(f"Tệp {file} thiếu cột {', '.join(lacking)}. {_HOW}")
    try:
        reading = published.read(reader, version)
    except csv.Error as fault:
        raise _AskedError(f"Tệp {file} không đọc được ở dòng {reader.line_num}: {fault}.") from None
    if reading.faults:
        shown = "\n".join(reading.faults[:_MOST_FAULTS])
        raise _AskedError(f"Tệp {file} có {len(reading.faults)} dòng cần sửa:\n{shown}")
    if not reading.units:
        raise _AskedError(f"Tệp {file} không có dòng số liệu nào.")
    return reading


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)


def _plain(version: Version, scored: list[tuple[Unit, Score]]) -> dict[str, Any]:
    return {
        "version": version.key,
        "since": version.since.isoformat(),
        "source": version.source,
        "checked": version.checked,
        "provinces": [_plain_unit(unit, score) for unit, score in scored],
    }


def _plain_unit(unit: Unit, score: Score) -> dict[str, Any]:
    return {
        "h_code": unit.code,
        "province": unit.name,
        "groups": {g.group.key: _number(g.value) for g in score.groups},
        "total": _number(score.value),
        "total_known": _number(sum((g.known for g in score.groups), Fraction(0))),
        "unknown": {g.group.key: g.unknown for g in score.groups if g.value is None},
        "details": {g.group.key: _plain_group(g) for g in score.groups},
        "not_used": unit.information,
        "not_recognised": unit.strange,
    }


def _plain_group(group: GroupPoints) -> dict[str, Any]:
    return {
        "name": group.group.name,
        "points": _number(group.value),
        "known": _number(group.known),
        "at_most": _number(group.at_most),
        "max": group.group.max,
        "criteria": [_plain_points(points) for points in group.criteria],
    }


def _plain_points(points: Points) -> Mapping[str, Any]:
    count, line = points.count, points.explanation.lines[0]
    return {
        "code": points.criterion.code,
        "number": points.criterion.number,
        "name": points.criterion.name,
        "numerator": _number(count.numerator) if count else None,
        "denominator": _number(count.denominator) if count else None,
        "points": _number(points.value),
        "max": points.criterion.max,
        "why": f"{line.fact}; {line.rule}" if line.rule else line.fact,
    }


def _number(value: Fraction | None) -> float | int | None:
    if value is None:
        return None
    return int(value) if value.denominator == 1 else float(index766.rounded(value))


def _print(version: Version, scored: list[tuple[Unit, Score]]) -> None:
    badge = "" if version.checked else " [chưa kiểm chứng]"
    say(f"Bộ chỉ số 766, bản {version.key}{badge}")
    say(version.source)
    for unit, score in scored:
        say(f"\n{unit.name or unit.code} ({unit.code})")
        for group in score.groups:
            _print_group(group)
        known = sum((g.known for g in score.groups), Fraction(0))
        total = index766.decimal(known if score.value is None else score.value)
        say(f"  {'Cộng' if score.value is not None else 'Phần tính được':44} {total:>7}")
        if unit.strange:
            say(f"  Chỉ tiêu không nhận ra, không tính: {', '.join(unit.strange)}")


def _print_group(group: GroupPoints) -> None:
    given = "?" if group.value is None else index766.decimal(group.value)
    say(f"  {group.group.name:44} {given:>7} / {group.group.max}")
    if group.value is None:
        low, high = index766.decimal(group.known), index766.decimal(group.at_most)
        say(f"      {group.unknown} Điểm nằm trong khoảng {low} đến {high}.")
    for points in group.criteria:
        if points.count is not None:
            line = points.explanation.lines[0]
            name = f"{points.criterion.number} {points.criterion.name}"
            say(f"    {name:60} {line.amount:>6}   {line.fact}; {line.rule}")
