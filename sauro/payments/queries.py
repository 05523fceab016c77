"""Reading what is owed and paid, and a day's statement against the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Sum

from sauro.core.clock import at_local
from sauro.core.errors import NotFound
from sauro.core.text import _
from sauro.payments.models import Bill, Entry, Order, Posting, Statement
from sauro.payments.rules import statements, vietqr
from sauro.payments.rules.ledger import Account, Kind
from sauro.payments.rules.statements import Match, StatementLine, Which

SAME_ORDER = timedelta(minutes=15)
STATES = {
    "OPEN": _("Chưa nộp"),
    "PAID": _("Đã nộp"),
    "CANCELLED": _("Không còn phải nộp"),
    "TO_REFUND": _("Đang hoàn lại"),
    "REFUNDED": _("Đã hoàn lại"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BillRow:
    """A bill as a page shows it. state_label: in words; receipt: "" until it is paid.

    is_online: whether it was paid through the gateway.
    """

    id: int
    key: UUID
    subject: str
    subject_id: int
    code: str
    payer: str
    person_id: int | None
    office_id: int
    amount: int
    why: str
    state: str
    state_label: str
    made_at: datetime
    paid_at: datetime | None
    paid_by: str
    receipt: str
    is_online: bool


@dataclass(frozen=True, slots=True)
class TransferTo:
    """Where a bill can be paid by transfer. code: the text of its QR; words: what to write."""

    bank_name: str
    account: str
    owner: str
    words: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """A day of the gateway against the ledger. difference: theirs less ours, 0 when it closes."""

    day: date
    has_statement: bool
    matches: Sequence[Match]
    theirs: int
    ours: int

    @property
    def difference(self) -> int:
        """Return what is left to explain, in đồng."""
        return self.theirs - self.ours

    @property
    def closes(self) -> bool:
        """Test whether every line has its own on the other side."""
        return self.has_statement and all(
            match.verdict is statements.Verdict.SAME for match in self.matches
        )


def bill_of(subject: str, subject_id: int) -> BillRow | None:
    """Return the bill of a matter, None if nothing was billed. One query."""
    found = Bill.objects.filter(subject=subject, subject_id=subject_id).exclude(state="CANCELLED")
    row = found.order_by("-id").first()
    return _row(row) if row else None


def by_key(key: UUID) -> BillRow:
    """Return a bill by its key. One query.

    :raises NotFound: there is none
    """
    row = Bill.objects.filter(key=key).first()
    if row is None:
        raise NotFound(_("Không có khoản phải nộp này."))
    return _row(row)


def transfer_to(row: BillRow) -> TransferTo:
    """Return where and with which words a bill is paid by transfer. No query."""
    words = f"SAURO {row.id:08}"
    transfer = vietqr.Transfer(settings.TREASURY_BANK, settings.TREASURY_ACCOUNT, row.amount, words)
    return TransferTo(
        settings.TREASURY_BANK_NAME,
        settings.TREASURY_ACCOUNT,
        settings.TREASURY_OWNER,
        words,
        vietqr.code(transfer),
    )


def gate(key: UUID, *, now: datetime) -> str:
    """Return where a bill can be paid at the gateway now, "" if nothing was begun. One query."""
    recent = Order.objects.filter(
        bill__key=key, state="PENDING", is_refund=False, made_at__gt=now - SAME_ORDER
    ).exclude(address="")
    return recent.order_by("-id").values_list("address", flat=True).first() or ""


def reconciliation(day: date) -> Reconciliation:
    """Return a day's statement against what the ledger has of the gateway that day. Two queries."""
    statement = Statement.objects.filter(day=day).first()
    theirs = [
        StatementLine(reference, Which(which), amount, number)
        for reference, which, amount, number in (statement.lines if statement else [])
    ]
    ours = _through_the_gateway(day)
    return Reconciliation(
        day=day,
        has_statement=statement is not None,
        matches=statements.matched(theirs, ours),
        theirs=_sum(theirs),
        ours=_sum(ours),
    )


def _through_the_gateway(day: date) -> list[StatementLine]:
    since = at_local(day, time(0))
    rows = Posting.objects.filter(
        kind__in=[Kind.PAID_ONLINE, Kind.REFUNDED], at__gte=since, at__lt=since + timedelta(days=1)
    ).values_list("reference", "kind", "bill__amount")
    kinds = {Kind.PAID_ONLINE.value: Which.PAYMENT, Kind.REFUNDED.value: Which.REFUND}
    return [StatementLine(reference, kinds[kind], amount) for reference, kind, amount in rows]


def _sum(lines: Sequence[StatementLine]) -> int:
    return sum(line.amount if line.which is Which.PAYMENT else -line.amount for line in lines)


def balances() -> dict[Account, int]:
    """Return what stands on each account. One query; the sum over all is zero."""
    rows = Entry.objects.values_list("account").annotate(total=Sum("amount")).order_by("account")
    return dict.fromkeys(Account, 0) | {Account(account): total for account, total in rows}


def pending() -> int:
    """Return how many orders the gateway has yet to tell of. One query."""
    return Order.objects.filter(state="PENDING").count()


def _row(row: Bill) -> BillRow:
    names = [name for name in BillRow.__dataclass_fields__ if name != "state_label"]
    return BillRow(**{name: getattr(row, name) for name in names}, state_label=STATES[row.state])
