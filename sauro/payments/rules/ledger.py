"""The ledger (sổ cái): every happening with money as lines of accounts that sum to zero. Pure.

Double entry: a positive amount is a debit, a negative one a credit. What somebody owes stands on
OWED; what the gateway holds for us on GATEWAY until its statement brings it to the treasury;
what lies in the till of a counter on TILL; REVENUE is what the state has charged.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Account(StrEnum):
    """Where money stands (tài khoản)."""

    OWED = "OWED"
    GATEWAY = "GATEWAY"
    TILL = "TILL"
    TREASURY = "TREASURY"
    REVENUE = "REVENUE"
    TO_REFUND = "TO_REFUND"


LABELS: Mapping[Account, str] = {
    Account.OWED: "Người nộp còn nợ",
    Account.GATEWAY: "Cổng thanh toán đang giữ",
    Account.TILL: "Tiền mặt tại quầy",
    Account.TREASURY: "Kho bạc",
    Account.REVENUE: "Phí, lệ phí đã tính",
    Account.TO_REFUND: "Phải hoàn lại",
}


class Kind(StrEnum):
    """What happened."""

    BILLED = "BILLED"
    CANCELLED = "CANCELLED"
    PAID_ONLINE = "PAID_ONLINE"
    PAID_CASH = "PAID_CASH"
    REFUND_OWED = "REFUND_OWED"
    REFUNDED = "REFUNDED"
    BANKED = "BANKED"
    SETTLED = "SETTLED"


_LINES: Mapping[Kind, tuple[Account, Account]] = {
    Kind.BILLED: (Account.OWED, Account.REVENUE),
    Kind.CANCELLED: (Account.REVENUE, Account.OWED),
    Kind.PAID_ONLINE: (Account.GATEWAY, Account.OWED),
    Kind.PAID_CASH: (Account.TILL, Account.OWED),
    Kind.REFUND_OWED: (Account.REVENUE, Account.TO_REFUND),
    Kind.REFUNDED: (Account.TO_REFUND, Account.GATEWAY),
    Kind.BANKED: (Account.TREASURY, Account.TILL),
    Kind.SETTLED: (Account.TREASURY, Account.GATEWAY),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: an account and whole đồng, debit above zero."""

    account: Account
    amount: int


def lines(kind: Kind, amount: int) -> tuple[Line, Line]:
    """Return what a happening does to the accounts.

    :raises ValueError: an amount that is not above zero
    """
    if amount <= 0:
        raise ValueError(f"{kind} of {amount}")
    debit, credit = _LINES[kind]
    return Line(debit, amount), Line(credit, -amount)


def balances(entries: Iterable[Line]) -> dict[Account, int]:
    """Return what stands on each account."""
    found = dict.fromkeys(Account, 0)
    for line in entries:
        found[line.account] += line.amount
    return found
