"""Tables (bảng tính) as CSV and XLSX: written so that nothing in them runs, read with suspicion.

A cell that begins like a formula is a formula to the programme that opens a CSV file, whoever
wrote it: such a cell gets an apostrophe before it. In XLSX every cell is said to be text or a
number, and nothing is ever a formula.
"""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Final
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from sauro.core.errors import Invalid
from sauro.core.text import _, tidy

Cell = str | int | date | None
CSV_TYPE: Final = "text/csv; charset=utf-8"
XLSX_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_ROWS_AT_MOST: Final = 2_000
_COLUMNS_AT_MOST: Final = 40
_LONGEST: Final = 1_000
_UNPACKED_AT_MOST: Final = 30 * 1024 * 1024
_PARTS_AT_MOST: Final = 200
_WIDEST: Final = 48
_ILLEGAL: Final = {code: None for code in range(32) if chr(code) not in "\t\n\r"}


def harmless(cell: Cell) -> str:
    """Return a cell as it is written to CSV: no programme takes it for a formula."""
    text = _said(cell)
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text


def _said(cell: Cell) -> str:
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return "" if cell is None else str(cell).translate(_ILLEGAL)


def as_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a table as CSV, in UTF-8 with the mark by which spreadsheets know it."""
    out = StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(header)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(
    title: str, header: Sequence[str], rows: Sequence[Sequence[Cell]], *, now: datetime
) -> bytes:
    """Return a table as one sheet with a bold, frozen head and columns as wide as they need."""
    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = now.replace(tzinfo=None)
    book.properties.creator = "Sáu Rõ"
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for number, name in enumerate(header, start=1):
        longest = max([len(name), *(len(_said(row[number - 1])) for row in rows)])
        sheet.column_dimensions[get_column_letter(number)].width = min(longest + 2, _WIDEST)
    sheet.append([_cell(sheet, name, bold=True) for name in header])
    for row in rows:
        sheet.append([_cell(sheet, cell) for cell in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: object, value: Cell, *, bold: bool = False) -> WriteOnlyCell:
    is_number = isinstance(value, int)
    cell = WriteOnlyCell(sheet, value=value if is_number else _said(value)[:32_000])
    if not is_number:
        cell.data_type = "s"  # text, whatever it begins with
    cell.font = Font(bold=bold)
    cell.alignment = Alignment(vertical="top", wrap_text=not is_number)
    return cell


def read(content: bytes) -> list[list[str]]:
    """Return the rows of a CSV or XLSX file as text, the head first; empty rows are left out.

    :raises Invalid: it is neither, is broken, packed to burst, or larger than a list can be
    """
    rows = _from_xlsx(content) if content.startswith(b"PK") else _from_csv(content)
    found: list[list[str]] = []
    for row in rows:
        cells = [tidy(cell)[:_LONGEST] for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        if len(found) > _ROWS_AT_MOST or len(cells) > _COLUMNS_AT_MOST:
            raise Invalid(
                _("Bảng có quá {rows} dòng hoặc {columns} cột. Chia thành nhiều tệp."),
                field="file",
                rows=_ROWS_AT_MOST,
                columns=_COLUMNS_AT_MOST,
            )
        found.append(cells)
    if not found:
        raise _unreadable()
    return found


def _from_csv(content: bytes) -> Iterable[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Invalid(
            _("Tệp CSV chưa lưu theo UTF-8 nên mất dấu. Lưu lại, chọn “CSV UTF-8”."), field="file"
        ) from wrong
    if "\0" in text:
        raise _unreadable()
    head = text.partition("\n")[0]
    mark = max((",", ";", "\t"), key=head.count)
    try:
        # An apostrophe that we put before a formula comes off again.
        return [
            [
                cell[1:] if cell[:1] == "'" and cell[1:].startswith(_STARTS_A_FORMULA) else cell
                for cell in row
            ]
            for row in csv.reader(StringIO(text, newline=""), delimiter=mark)
        ]
    except csv.Error as wrong:
        raise _unreadable() from wrong


def _from_xlsx(content: bytes) -> Iterable[list[str]]:
    try:
        with ZipFile(BytesIO(content)) as packed:
            parts = packed.infolist()
            unpacked = sum(part.file_size for part in parts)
            if len(parts) > _PARTS_AT_MOST or unpacked > _UNPACKED_AT_MOST:
                raise _unreadable()
            for part in parts:  # what a part says of its size may be a lie
                _measure(packed.open(part))
        book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(max_row=_ROWS_AT_MOST + 2, max_col=_COLUMNS_AT_MOST)
        return [[_text(cell.value) for cell in row] for row in rows]
    except Invalid:
        raise
    except _BROKEN as wrong:
        raise _unreadable() from wrong


_BROKEN = (
    BadZipFile,
    InvalidFileException,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    OSError,
    EOFError,
    SyntaxError,
    NotImplementedError,
    RuntimeError,
)


def _measure(part: object) -> None:
    size = 0
    while chunk := part.read(1 << 16):  # type: ignore[attr-defined]
        size += len(chunk)
        if size > _UNPACKED_AT_MOST:
            raise _unreadable()


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}" if value.hour or value.minute else f"{value:%d/%m/%Y}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _unreadable() -> Invalid:
    return Invalid(
        _("Tệp này không đọc được như một bảng. Gửi tệp XLSX, hoặc CSV UTF-8."), field="file"
    )
