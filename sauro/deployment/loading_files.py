"""Reading the data files: what cannot be read at all is refused, a bad row is reported.

The data folder is the project's own, but people edit files, disks fill up and copies break
off. A file that is not what it should be is refused by name, before anything is written.
"""

import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from sauro.core.errors import Invalid
from sauro.core.text import _
from sauro.deployment.loading_report import Entry, Kind, Report
from sauro.places.rules import Finding

GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a file comes from, as `sources.csv` says."""

    source: str
    snapshot_on: date


@dataclass(frozen=True, slots=True)
class Folder:
    """The data folder, read for one dataset; findings go to the report under its name."""

    path: Path
    dataset: str
    report: Report

    def origin(self, name: str) -> Origin:
        """Return where a file comes from.

        :raises Invalid: `sources.csv` does not say, or not with a day
        """
        for _line, row in self.rows("sources.csv", ("file", "source", "snapshot_on")):
            if row["file"] == name and row["source"]:
                return Origin(row["source"], day(row["snapshot_on"]))
        raise Invalid(
            _("Tệp sources.csv chưa ghi nguồn của “{file}”. Ghi thêm một dòng."),
            field=name,
            file=name,
        )

    def rows(self, name: str, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield (line, row) of a CSV file, plain or gz; report lines that are cut or too long.

        :raises Invalid: the file is missing, broken, not UTF-8, or lacks a column
        """
        reader = csv.DictReader(io.StringIO(self.text(name)), restkey="", restval=None)
        missing = [column for column in columns if column not in (reader.fieldnames or ())]
        if missing:
            raise Invalid(
                _("Tệp “{file}” thiếu cột: {columns}. Thêm cột này, hoặc lấy lại tệp gốc."),
                field=name,
                file=name,
                columns=", ".join(missing),
            )
        for row in reader:
            if "" in row or None in row.values():
                self.reject(name, reader.line_num, "", "columns", "Dòng thừa hoặc thiếu cột.")
                continue
            yield reader.line_num, row

    def records(self, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield (line, object) of a file with one JSON object a line; report broken lines.

        :raises Invalid: the file is missing, broken or not UTF-8
        """
        for line, text in enumerate(self.text(name).split("\n"), start=1):
            if not text.strip():
                continue
            try:
                found = json.loads(text)
            except json.JSONDecodeError as error:
                message = f"Dòng không đọc được từ ký tự {error.pos}: {text[:40]}"
                self.reject(name, line, "", "broken_json", message)
                continue
            if not isinstance(found, dict):
                self.reject(name, line, "", "broken_json", f"Dòng không là bản ghi: {text[:40]}")
                continue
            yield line, found

    def document(self, name: str) -> Any:  # noqa: ANN401 - whatever JSON holds
        """Return a file that is one JSON document; raises like `rows`."""
        try:
            return json.loads(self.text(name))
        except json.JSONDecodeError as error:
            raise Invalid(
                _("Tệp “{file}” không đọc được từ dòng {line}. Sửa lại, hoặc lấy lại tệp gốc."),
                field=name,
                file=name,
                line=error.lineno,
            ) from error

    def text(self, name: str) -> str:
        """Return the text of a file, unpacked if its name ends in gz; raises like `rows`."""
        path = self.path / name
        try:
            content = path.read_bytes()
        except OSError as error:
            raise Invalid(
                _("Không mở được tệp dữ liệu “{file}”. Kiểm tra thư mục dữ liệu rồi tải lại."),
                field=name,
                file=name,
            ) from error
        try:
            if path.suffix == ".gz":
                content = gzip.decompress(content)
            return content.decode("utf-8")
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise Invalid(
                _("Tệp “{file}” không giải nén được, có thể đã hỏng hoặc bị cắt. Lấy lại tệp gốc."),
                field=name,
                file=name,
            ) from error
        except UnicodeDecodeError as error:
            raise Invalid(
                _("Tệp “{file}” không phải văn bản UTF-8. Lưu lại theo UTF-8."),
                field=name,
                file=name,
            ) from error

    def reject(self, name: str, line: int, key: str, reason: str, message: str) -> None:
        """Report a row that is not taken."""
        self.note(Kind.REJECTED, name, line, Finding(key, reason, message))

    def repair(self, name: str, line: int, finding: Finding) -> None:
        """Report a row that is taken with a change."""
        self.note(Kind.REPAIRED, name, line, finding)

    def note(self, kind: Kind, name: str, line: int, finding: Finding) -> None:
        """Report what became of a row."""
        self.report.add(
            Entry(
                dataset=self.dataset,
                kind=kind,
                file=name,
                row=line,
                key=finding.key,
                reason=finding.reason,
                message=finding.message,
            )
        )


def day(text: str) -> date:
    """Return a day written as 2025-07-01.

    :raises Invalid: it is written otherwise, or there is no such day
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Invalid(
            _("Ngày “{text}” cần viết như 2025-07-01."), field="date", text=text
        ) from error


def maybe_day(text: str) -> date | None:
    """Return a day, None for ""; raises like `day`."""
    return day(text) if text else None


def maybe_decimal(text: str) -> Decimal | None:
    """Return a number with decimals, None for "".

    :raises Invalid: it is not a number
    """
    if not text:
        return None
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise Invalid(_("“{text}” không phải là số."), field="number", text=text)
    return found


def maybe_whole(text: str) -> int | None:
    """Return a whole number, None for ""; raises like `maybe_decimal`."""
    if not text:
        return None
    if not text.lstrip("-").isdecimal():
        raise Invalid(_("“{text}” không phải là số nguyên."), field="number", text=text)
    return int(text)


def one_of(row: Mapping[str, str], column: str, known: Sequence[str]) -> str:
    """Return a column that must hold one of the known words.

    :raises Invalid: it holds another
    """
    if row[column] not in known:
        raise Invalid(
            _("Cột {column} ghi “{text}”, cần một trong: {known}."),
            field="word",
            column=column,
            text=row[column],
            known=", ".join(known),
        )
    return row[column]
