"""A day's statement of the gateway against our ledger, line by line (đối soát). Pure."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

_HEADER = ["reference", "kind", "amount", "number"]
_MOST_LINES = 200_000


class Which(StrEnum):
    """Money that came in, or that went back."""

    PAYMENT = "PAYMENT"
    REFUND = "REFUND"


class Verdict(StrEnum):
    """What a line of one side has on the other."""

    SAME = "SAME"
    OTHER_AMOUNT = "OTHER_AMOUNT"
    ONLY_THEIRS = "ONLY_THEIRS"
    ONLY_OURS = "ONLY_OURS"


ACTIONS: Mapping[Verdict, str] = {
    Verdict.SAME: "",
    Verdict.OTHER_AMOUNT: "Hỏi cổng thanh toán số tiền đúng, sửa bằng bút toán điều chỉnh",
    Verdict.ONLY_THEIRS: "Hỏi lại lệnh này ở cổng; nếu đã thu thì ghi nhận",
    Verdict.ONLY_OURS: "Hỏi cổng vì sao không có trong sao kê; chưa được coi là đã thu",
}


LABELS: Mapping[Verdict, str] = {
    Verdict.SAME: "Khớp",
    Verdict.OTHER_AMOUNT: "Khác số tiền",
    Verdict.ONLY_THEIRS: "Chỉ cổng có",
    Verdict.ONLY_OURS: "Chỉ sổ ta có",
}


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A payment or a refund of one day. reference: ours; number: the gateway's."""

    reference: str
    which: Which
    amount: int
    number: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A line with what the other side has. theirs, ours: amounts, 0 where there is none."""

    reference: str
    which: Which
    theirs: int
    ours: int
    verdict: Verdict


class BadStatementError(Exception):
    """A file that is no statement. message: which line, and why."""


def read(text: str) -> tuple[StatementLine, ...]:
    """Return the lines of a statement: CSV with reference, kind, amount, number.

    :raises BadStatementError: another header, an amount that is none, a reference twice
    """
    rows = csv.reader(io.StringIO(text.lstrip("\ufeff")))
    if next(rows, None) != _HEADER:
        raise BadStatementError(f"dòng đầu phải là: {','.join(_HEADER)}")
    found: dict[tuple[str, Which], StatementLine] = {}
    for number, row in enumerate(rows, 2):
        line = _line(number, row)
        if (line.reference, line.which) in found or number > _MOST_LINES:
            raise BadStatementError(f"dòng {number}: {line.reference} có hai lần")
        found[line.reference, line.which] = line
    return tuple(found.values())


def _line(number: int, row: list[str]) -> StatementLine:
    try:
        reference, which, amount, theirs = row
        line = StatementLine(reference.strip(), Which(which), int(amount), theirs.strip())
    except ValueError as trouble:
        raise BadStatementError(f"dòng {number}: cần 4 cột đúng kiểu") from trouble
    if line.amount <= 0 or not line.reference:
        raise BadStatementError(f"dòng {number}: số tiền hoặc mã tham chiếu không đúng")
    return line


def matched(theirs: Iterable[StatementLine], ours: Iterable[StatementLine]) -> tuple[Match, ...]:
    """Return every line of both sides once, differences first, then by reference."""
    left = {(line.reference, line.which): line.amount for line in theirs}
    right = {(line.reference, line.which): line.amount for line in ours}
    found = [
        Match(reference, which, left.get(key, 0), right.get(key, 0), _verdict(key, left, right))
        for key in left.keys() | right.keys()
        for reference, which in (key,)
    ]
    return tuple(sorted(found, key=lambda m: (m.verdict is Verdict.SAME, m.reference, m.which)))


def _verdict(
    key: tuple[str, Which],
    left: Mapping[tuple[str, Which], int],
    right: Mapping[tuple[str, Which], int],
) -> Verdict:
    if key not in right:
        return Verdict.ONLY_THEIRS
    if key not in left:
        return Verdict.ONLY_OURS
    return Verdict.SAME if left[key] == right[key] else Verdict.OTHER_AMOUNT
