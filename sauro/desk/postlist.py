"""Lists the post and the centre give each other, read row by row. Pure.

Each row is held against the rules alone; what is wrong is said with the number of the row as the
spreadsheet counts it, and a list with one bad row is not taken in at all.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from sauro.core.errors import Invalid, Refusal
from sauro.core.text import _, fold
from sauro.onestop import postal
from sauro.people.rules import NewPerson, checked

COMING = (
    "Mã bưu gửi",
    "Mã thủ tục",
    "Họ và tên",
    "Số định danh",
    "Điện thoại",
    "Địa chỉ",
    "Xã, phường",
    "Giờ giao nhận",
    "Bưu tá",
)
GOING = ("Mã hồ sơ", "Mã bưu gửi", "Giờ giao nhận", "Bưu tá", "Tiền thu hộ", "Giờ phát")
_HOURS = ("%d/%m/%Y %H:%M", "%H:%M %d/%m/%Y", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M:%S")
_MOST_COD = 100_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A row of what the post brought. hour: local, as written."""

    row: int
    number: str
    procedure: str
    person: NewPerson
    place: str
    hour: datetime
    postman: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """A row of what the post took over, and of what it delivered. hours: local, as written."""

    row: int
    code: str
    number: str
    hour: datetime
    postman: str
    cod: int
    delivered: datetime | None


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row."""

    row: int
    said: str


def coming(rows: Sequence[Sequence[str]], *, on: date) -> tuple[list[Coming], list[Fault]]:
    """Return the rows of a list of what the post brought, and what is wrong with the others.

    :raises Invalid: the columns are not those of `COMING`
    """

    def read(row: int, cell: Mapping[str, str]) -> Coming:
        given = NewPerson(
            name=cell["Họ và tên"],
            pid=cell["Số định danh"],
            phone=cell["Điện thoại"],
            address=cell["Địa chỉ"],
        )
        return Coming(
            row=row,
            number=postal.checked_number(cell["Mã bưu gửi"]),
            procedure=cell["Mã thủ tục"],
            person=checked(given, on=on),
            place=_needed(cell["Xã, phường"], _("Ghi xã, phường nơi có việc.")),
            hour=_hour(cell["Giờ giao nhận"]),
            postman=cell["Bưu tá"],
        )

    return _read(rows, COMING, read)


def going(rows: Sequence[Sequence[str]]) -> tuple[list[Going], list[Fault]]:
    """Return the rows of a list of what the post took over, and what is wrong with the others.

    :raises Invalid: the columns are not those of `GOING`
    """

    def read(row: int, cell: Mapping[str, str]) -> Going:
        return Going(
            row=row,
            code=_needed(cell["Mã hồ sơ"], _("Ghi mã hồ sơ.")).upper(),
            number=postal.checked_number(cell["Mã bưu gửi"]),
            hour=_hour(cell["Giờ giao nhận"]),
            postman=cell["Bưu tá"],
            cod=_dong(cell["Tiền thu hộ"]),
            delivered=_hour(cell["Giờ phát"]) if cell["Giờ phát"] else None,
        )

    return _read(rows, GOING, read)


Row = TypeVar("Row", Coming, Going)


def _read(
    rows: Sequence[Sequence[str]],
    columns: Sequence[str],
    read: Callable[[int, Mapping[str, str]], Row],
) -> tuple[list[Row], list[Fault]]:
    head = {fold(name): at for at, name in enumerate(rows[0])}
    missing = [name for name in columns if fold(name) not in head]
    if missing:
        raise Invalid(
            _("Bảng thiếu cột {missing}. Dùng bảng mẫu rồi gửi lại."),
            field="file",
            missing=", ".join(f"“{name}”" for name in missing),
        )
    found: list[Row] = []
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    for row, cells in enumerate(rows[1:], start=2):
        cell = {name: _at(cells, head[fold(name)]) for name in columns}
        try:
            one = read(row, cell)
        except Refusal as refusal:
            faults.append(Fault(row, str(refusal)))
            continue
        if one.number in seen:
            twin = _("Mã bưu gửi trùng dòng {other}.").format(other=seen[one.number])
            faults.append(Fault(row, twin))
        else:
            found.append(one)
        seen.setdefault(one.number, row)
    return found, faults


def _at(cells: Sequence[str], at: int) -> str:
    return cells[at] if at < len(cells) else ""


def _needed(text: str, otherwise: str) -> str:
    if not text:
        raise Invalid(otherwise)
    return text


def _hour(text: str) -> datetime:
    for form in _HOURS:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 - an hour there, as written
        except ValueError:
            continue
    raise Invalid(_("Ghi giờ dạng 23/11/2026 09:30."))


def _dong(text: str) -> int:
    plain = text.replace(".", "").replace(" ", "").removesuffix("đ").removesuffix("đồng")
    if not plain:
        return 0
    if not (plain.isascii() and plain.isdigit() and int(plain[:12]) <= _MOST_COD):
        raise Invalid(_("Ghi số tiền thu hộ bằng chữ số, ví dụ 25.000."))
    return int(plain)
