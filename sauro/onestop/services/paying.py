"""Money for a dossier: bill, took, took_cash, give_back_next, fee_receipt."""

from datetime import date, datetime
from uuid import UUID

from django.db import connection

from sauro.cases import queries as cases
from sauro.core import money
from sauro.core.actor import Actor
from sauro.core.clock import local_day
from sauro.core.commands import command
from sauro.core.errors import NotFound, NotNow, NotPermitted
from sauro.core.law import Legal, Provision
from sauro.core.text import _
from sauro.documents import services as document_services
from sauro.documents.queries import PaperRow
from sauro.documents.rules import Charge, Form, Receipt
from sauro.events import queries as log
from sauro.events import services as events
from sauro.offices import queries as offices
from sauro.onestop import assigning, queries, sheets
from sauro.onestop.limits import limit_of
from sauro.onestop.models import Dossier
from sauro.onestop.rules import BILLED as SUBJECT
from sauro.onestop.rules import ENDED, State, Verb
from sauro.onestop.services.moving import move_on
from sauro.payments import queries as payments
from sauro.payments import services as payment_services
from sauro.payments.rules.messages import Told

_READER = "onestop.paying"
_BATCH = 200
_MONEY = (Verb.PAID, Verb.PAID_AT_INTAKE)
# What is paid back: nothing was done for a dossier that was never taken in.
REFUNDED_ON: Legal[frozenset[str]] = Legal(
    unit="",
    in_force={
        date(2017, 1, 1): Provision(
            frozenset({State.REJECTED.value}),
            "Luật Phí và lệ phí 97/2015/QH13 và quy định thu của từng loại phí",
            checked=False,
        )
    },
)


@command
def bill(case_id: int, *, by: Actor, now: datetime) -> UUID:
    """Say what a dossier owes, by the fee it was filed under, and return the key of the bill.

    :raises NotNow: it owes nothing, or it has ended
    :raises NotPermitted: neither its applicant nor an official of its offices asks
    """
    held = cases.lock(case_id)
    dossier = Dossier.objects.get(pk=case_id)
    offices_of = {held.door_id, held.unit_id}
    if by.person_id != held.owed_to_id and by.office_id not in offices_of:
        raise NotPermitted(_("Chỉ người nộp hoặc cán bộ nhận hồ sơ lập được khoản phải nộp."))
    if held.state in ENDED:
        raise NotNow(_("Hồ sơ đã kết thúc nên không thu tiền nữa."))
    if not dossier.fee:
        raise NotNow(_("Hồ sơ này không phải nộp phí, lệ phí."))
    key = payment_services.bill(
        SUBJECT,
        case_id,
        code=held.code,
        payer=dossier.name,
        person_id=held.owed_to_id,
        office_id=held.door_id,
        amount=dossier.fee,
        why=dossier.fee_note or _("Phí, lệ phí theo bản công bố của thủ tục."),
        by=by,
        now=now,
    )
    events.record("dossier.billed", dossier, by=by, at=now, amount=dossier.fee)
    return key


@command
def took(told: Told, *, by: Actor, now: datetime) -> None:
    """Take what the gateway says; a dossier that waited for this money goes on at once."""
    paid = payment_services.take(told, by=by, now=now)
    if paid is None or paid.subject != SUBJECT:
        return
    events.record("dossier.paid", Dossier(pk=paid.subject_id), by=by, at=now, receipt=paid.receipt)
    _go_on(paid.subject_id, paid.receipt, by, now)


@command
def took_cash(case_id: int, *, by: Actor, now: datetime) -> str:
    """Take cash at the counter and return the number of the receipt.

    :raises NotPermitted: the official does not work at the centre that took the dossier in
    """
    held = cases.lock(case_id)
    if by.office_id != held.door_id or by.official_id is None:
        raise NotPermitted(_("Chỉ Trung tâm đã nhận hồ sơ thu được tiền mặt."))
    key = bill(case_id, by=by, now=now)
    receipt = payment_services.pay_at_counter(key, by=by, now=now)
    events.record("dossier.paid", Dossier(pk=case_id), by=by, at=now, receipt=receipt)
    _go_on(case_id, receipt, by, now)
    return receipt


def _go_on(case_id: int, receipt: str, by: Actor, now: datetime) -> None:
    """Take a dossier on from the step that waited for money, if there is one."""
    held = cases.lock(case_id)
    process = cases.process(held.process_id)
    for task in held.tasks:
        verb = next((v for v in _MONEY if v in process.step(task.step).moves), None)
        if verb is None:
            continue
        clock = held.clock
        if clock.started_at is None:
            clock = assigning.started(now, limit_of(case_id), queries.calendar(held.unit_id))
        note = _("Đã nộp tiền, biên lai {receipt}").format(receipt=receipt)
        move_on(held.on(task.id), verb, clock, by=by, now=now, note=note)
        return


@command
def give_back_next(*, by: Actor, now: datetime) -> int:
    """Follow the log: owe back what the law gives back, cancel what nobody owes any more.

    Returns how many events were read. The cursor moves in the same transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [_READER])
    rows = log.unread(_READER, "cases.case", limit=_BATCH)
    for row in rows:
        after = str(row.data.get("to", ""))
        if after not in ENDED:
            continue
        if after in REFUNDED_ON.on(local_day(now)):
            payment_services.owe_back(SUBJECT, row.subject_id, after, by=by, now=now)
        payment_services.cancel(SUBJECT, row.subject_id, by=by, now=now)
    if rows:
        events.advance(_READER, rows[-1].txid)
    return len(rows)


@command
def fee_receipt(case_id: int, *, by: Actor, now: datetime) -> PaperRow:
    """Return the receipt of what was paid (biên lai), issuing it if there is none yet.

    :raises NotFound: nothing was paid
    """
    held = cases.lock(case_id)
    bill = payments.bill_of(SUBJECT, case_id)
    if bill is None or bill.paid_at is None:
        raise NotFound(_("Hồ sơ này chưa nộp tiền nên chưa có biên lai."))
    if known := sheets.issued(case_id, Form.RECEIPT):
        return known
    whole = sheets.whole(held)
    return document_services.issue(
        Form.RECEIPT,
        Receipt(
            letterhead=sheets.letterhead(offices.office(bill.office_id), whole.dossier),
            code=held.code,
            applicant=whole.addressee,
            request=whole.request,
            charges=(Charge(name=bill.why, amount=bill.amount),),
            in_words=money.in_words(bill.amount),
            paid_at=bill.paid_at,
            paid_by=_("Trực tuyến") if bill.is_online else _("Tiền mặt tại quầy"),
            collector=bill.paid_by,
        ),
        subject=sheets.SUBJECT,
        subject_id=case_id,
        number=bill.receipt,
        by=by,
        now=now,
    )
