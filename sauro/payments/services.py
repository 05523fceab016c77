"""What happens with money: bill, cancel, begin, take, pay_at_counter, owe_back, expire.

Every happening is one posting with a key of its own, written in the transaction that changes the
bill; the same message told twice, late or out of order changes nothing the second time.
"""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from sauro.core.actor import Actor
from sauro.core.commands import command
from sauro.core.errors import Invalid, NotFound, NotNow
from sauro.core.text import _
from sauro.events import services as events
from sauro.payments.models import Bill, Entry, Order, Posting, Statement
from sauro.payments.queries import SAME_ORDER
from sauro.payments.rules import ledger, statements
from sauro.payments.rules.ledger import Kind
from sauro.payments.rules.messages import Outcome, Told
from sauro.payments.rules.statements import BadStatementError

EXPIRES_AFTER = timedelta(hours=24)


@command
def bill(
    subject: str,
    subject_id: int,
    *,
    code: str,
    payer: str,
    person_id: int | None,
    office_id: int,
    amount: int,
    why: str,
    by: Actor,
    now: datetime,
) -> UUID:
    """Say what is owed for a matter and return the key of the bill; once for each matter.

    amount: whole đồng. A bill that is there already stands, whatever it says.

    :raises Invalid: nothing is owed
    """
    if amount <= 0:
        raise Invalid(_("Việc này không phải nộp tiền."))
    known = _open(subject, subject_id)
    if known is not None:
        return known.key
    made = Bill.objects.create(
        key=uuid4(),
        subject=subject,
        subject_id=subject_id,
        code=code,
        payer=payer,
        person_id=person_id,
        office_id=office_id,
        amount=amount,
        why=why,
        made_at=now,
    )
    _post(Kind.BILLED, made, f"bill:{made.key}", "", now)
    events.record("bill.made", made, by=by, at=now, amount=amount, code=code)
    return made.key


@command
def cancel(subject: str, subject_id: int, *, by: Actor, now: datetime) -> None:
    """Take back a bill that nobody has paid; nothing happens where there is none."""
    found = _open(subject, subject_id)
    if found is None or found.state != "OPEN":
        return
    found.state = "CANCELLED"
    found.save(update_fields=["state"])
    _post(Kind.CANCELLED, found, f"cancel:{found.key}", "", now)
    events.record("bill.cancelled", found, by=by, at=now)


@command
def begin(key: UUID, *, by: Actor, now: datetime) -> str:
    """Begin a payment through the gateway and return the reference of its order.

    The order is ours before the gateway hears of it, so one that it took and we did not hear of
    is found when we ask. Begun again within a quarter of an hour it is the same order.

    :raises NotNow: it is paid already
    """
    found = _locked(key)
    if found.state != "OPEN":
        raise NotNow(_("Khoản này đã nộp hoặc không còn phải nộp."))
    recent = Order.objects.filter(bill=found, state="PENDING", made_at__gt=now - SAME_ORDER)
    if known := recent.order_by("-id").first():
        return known.reference
    order = _order(found, is_refund=False, now=now)
    events.record("payment.begun", found, by=by, at=now, reference=order.reference)
    return order.reference


@command
def take(told: Told, *, by: Actor, now: datetime) -> Bill | None:
    """Take what the gateway says of an order; return the bill that this pays, None if it pays none.

    Told again it changes nothing. A payment of a bill that is paid already, or cancelled, is owed
    back at once.

    :raises NotFound: no order of ours has that reference
    :raises Invalid: the amount is not that of the order
    """
    order = (
        Order.objects.select_for_update(of=("self",))
        .select_related("bill")
        .filter(reference=told.reference)
        .first()
    )
    if order is None:
        raise NotFound(_("Không có lệnh thanh toán này."))
    if order.state == "PAID" or told.outcome in {Outcome.PENDING, Outcome.UNKNOWN}:
        return None
    if told.outcome is Outcome.FAILED:
        _end(order, "FAILED", told.number, now)
        return None
    if told.amount != order.amount:
        raise Invalid(_("Số tiền không đúng với lệnh thanh toán."))
    _end(order, "PAID", told.number, now)
    found = _locked(order.bill.key)
    if order.is_refund:
        _post(Kind.REFUNDED, found, f"refunded:{order.reference}", order.reference, now)
        _set(found, "REFUNDED")
        events.record("refund.made", found, by=by, at=now, reference=order.reference)
        return None
    return _paid(found, order.reference, Kind.PAID_ONLINE, by, now)


@command
def pay_at_counter(key: UUID, *, by: Actor, now: datetime) -> str:
    """Take cash for a bill and return the number of the receipt.

    :raises NotNow: it is paid already
    """
    found = _locked(key)
    if found.state != "OPEN":
        raise NotNow(_("Khoản này đã nộp hoặc không còn phải nộp."))
    _paid(found, "", Kind.PAID_CASH, by, now)
    return found.receipt


def _paid(found: Bill, reference: str, kind: Kind, by: Actor, now: datetime) -> Bill | None:
    """Write a payment down; one that nobody owed any more is owed back."""
    _post(kind, found, f"paid:{reference or found.key}", reference, now)
    if found.state != "OPEN":
        _post(Kind.REFUND_OWED, found, f"twice:{reference}", reference, now)
        _refund_order(found, reference, now)
        events.record("payment.came_twice", found, by=by, at=now, reference=reference)
        return None
    found.state, found.paid_at, found.paid_by = "PAID", now, by.label
    found.receipt, found.is_online = f"BL{now:%Y%m%d}-{found.pk:07}", bool(reference)
    found.save(update_fields=["state", "paid_at", "paid_by", "receipt", "is_online"])
    events.record("bill.paid", found, by=by, at=now, receipt=found.receipt, reference=reference)
    return found


@command
def owe_back(subject: str, subject_id: int, why: str, *, by: Actor, now: datetime) -> bool:
    """Owe back what was paid for a matter; return whether anything was. Once for each bill.

    What was paid through the gateway goes back through it; cash waits at the counter.
    """
    found = _open(subject, subject_id)
    if found is None or found.state != "PAID":
        return False
    found.state = "TO_REFUND"
    found.save(update_fields=["state"])
    _post(Kind.REFUND_OWED, found, f"owe-back:{found.key}", "", now)
    paid = Order.objects.filter(bill=found, state="PAID", is_refund=False).first()
    if paid is not None:
        _refund_order(found, paid.reference, now)
    events.record("refund.owed", found, by=by, at=now, why=why, amount=found.amount)
    return True


def _refund_order(found: Bill, of: str, now: datetime) -> Order:
    return _order(found, is_refund=True, now=now, of=of)


@command
def expire(*, by: Actor, now: datetime) -> int:
    """End the payments that nobody finished within a day; return how many.

    One that is paid all the same is taken when the gateway says so.
    """
    old = Order.objects.filter(
        state="PENDING", is_refund=False, made_at__lt=now - EXPIRES_AFTER
    ).select_related("bill")
    ended = list(old.select_for_update(of=("self",), skip_locked=True)[:500])
    for order in ended:
        _end(order, "EXPIRED", "", now)
        events.record("payment.expired", order.bill, by=by, at=now, reference=order.reference)
    return len(ended)


@command
def bring_statement(day: date, text: str, *, by: Actor, now: datetime) -> None:
    """Bring in the gateway's statement of a day; what agrees moves to the treasury, once.

    Nothing of a file that cannot be read is brought in. A later file of the same day replaces the
    lines; what was moved stays moved.

    :raises Invalid: the file is no statement, and which line says so
    """
    try:
        theirs = statements.read(text)
    except BadStatementError as trouble:
        raise Invalid(_("Sao kê chưa nhận được: {why}."), field="file", why=trouble) from trouble
    lines = [[line.reference, line.which.value, line.amount, line.number] for line in theirs]
    kept, _new = Statement.objects.update_or_create(
        day=day, defaults={"lines": lines, "brought_at": now, "brought_by": by.label}
    )
    ours = {order.reference: order for order in _orders_of(theirs)}
    settled = 0
    for line in theirs:
        order = ours.get(line.reference)
        is_same = order is not None and order.state == "PAID" and order.amount == line.amount
        if order is not None and is_same and line.which is statements.Which.PAYMENT:
            settled += _post(
                Kind.SETTLED, order.bill, f"settled:{order.reference}", order.reference, now
            )
    events.record("statement.brought", kept, by=by, at=now, lines=len(lines), settled=settled)


def _orders_of(theirs: tuple[statements.StatementLine, ...]) -> list[Order]:
    references = [line.reference for line in theirs]
    return list(Order.objects.select_related("bill").filter(reference__in=references))


def _post(kind: Kind, found: Bill, key: str, reference: str, now: datetime) -> bool:
    """Write a happening of the amount of a bill down once; return whether it is new."""
    with transaction.atomic():
        posting, is_new = Posting.objects.get_or_create(
            key=key, defaults={"kind": kind, "bill": found, "reference": reference, "at": now}
        )
        if is_new:
            Entry.objects.bulk_create(
                Entry(posting=posting, account=line.account, amount=line.amount)
                for line in ledger.lines(kind, found.amount)
            )
    return is_new


def _order(found: Bill, *, is_refund: bool, now: datetime, of: str = "") -> Order:
    turn = Order.objects.filter(bill=found).count() + 1
    mark = "H" if is_refund else "T"
    return Order.objects.create(
        bill=found,
        reference=f"SR{found.pk:08}{mark}{turn:02}",
        is_refund=is_refund,
        amount=found.amount,
        of=of,
        made_at=now,
    )


def _open(subject: str, subject_id: int) -> Bill | None:
    bills = Bill.objects.select_for_update().filter(subject=subject, subject_id=subject_id)
    return bills.exclude(state="CANCELLED").first()


def _locked(key: UUID) -> Bill:
    found = Bill.objects.select_for_update().filter(key=key).first()
    if found is None:
        raise NotFound(_("Không có khoản phải nộp này."))
    return found


def _end(order: Order, state: str, number: str, now: datetime) -> None:
    order.state, order.number, order.ended_at = state, number, now
    order.save(update_fields=["state", "number", "ended_at"])


def _set(found: Bill, state: str) -> None:
    if found.state == "TO_REFUND":
        found.state = state
        found.save(update_fields=["state"])
