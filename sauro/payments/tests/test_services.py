"""Bills, orders and the ledger: each happening once, whatever the gateway does."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import DjangoAssertNumQueries, Settings

from sauro.core.actor import SYSTEM, Actor, ActorKind
from sauro.core.clock import local_day
from sauro.core.errors import Invalid, NotFound, NotNow
from sauro.payments import calling, queries, sandbox, services
from sauro.payments.models import Bill, Entry, Order, Posting
from sauro.payments.rules.ledger import Account
from sauro.payments.rules.messages import Outcome, Told
from sauro.payments.rules.statements import Verdict
from sauro.payments.tests.gateways import running

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
CLERK = Actor(kind=ActorKind.OFFICIAL, label="Lê Thị Thu Hà, công chức một cửa", office_id=1)
PAID = Outcome.PAID


def _billed(number: int = 1, amount: int = 100_000) -> str:
    key = services.bill(
        "test.matter",
        number,
        code=f"H15.1-{number}",
        payer="Y Khoa Êban",
        person_id=None,
        office_id=1,
        amount=amount,
        why="Lệ phí",
        by=SYSTEM,
        now=MONDAY,
    )
    return services.begin(key, by=SYSTEM, now=MONDAY)


def _told(reference: str, outcome: Outcome = PAID, amount: int = 100_000) -> Told:
    return Told(reference=reference, outcome=outcome, amount=amount, number="G1", at=MONDAY)


def _bill(number: int = 1) -> queries.BillRow:
    found = queries.bill_of("test.matter", number)
    assert found is not None
    return found


def test_a_payment_told_three_times_is_written_once() -> None:
    reference = _billed()

    for _turn in range(3):
        services.take(_told(reference), by=SYSTEM, now=MONDAY)

    assert (_bill().state, _bill().receipt[:10]) == ("PAID", "BL20261123")
    assert Posting.objects.count() == 2
    balances = queries.balances()
    assert balances[Account.GATEWAY] == 100_000
    assert sum(balances.values()) == 0


def test_messages_out_of_order_come_to_the_same() -> None:
    reference = _billed()

    services.take(_told(reference, Outcome.PENDING), by=SYSTEM, now=MONDAY)
    services.take(_told(reference), by=SYSTEM, now=MONDAY)
    services.take(_told(reference, Outcome.FAILED), by=SYSTEM, now=MONDAY)

    assert _bill().state == "PAID"


def test_a_failed_payment_leaves_the_bill_open_for_another() -> None:
    first = _billed()
    services.take(_told(first, Outcome.FAILED), by=SYSTEM, now=MONDAY)

    second = services.begin(_bill().key, by=SYSTEM, now=MONDAY)

    assert (_bill().state, second == first) == ("OPEN", False)


def test_begun_twice_it_is_the_same_order_and_an_old_one_is_left_alone() -> None:
    reference = _billed()

    assert services.begin(_bill().key, by=SYSTEM, now=MONDAY) == reference
    later = services.begin(_bill().key, by=SYSTEM, now=MONDAY + timedelta(hours=1))
    assert later != reference


def test_a_bill_paid_by_two_orders_gives_the_second_back() -> None:
    first = _billed()
    second = services.begin(_bill().key, by=SYSTEM, now=MONDAY + timedelta(hours=1))

    services.take(_told(first), by=SYSTEM, now=MONDAY)
    services.take(_told(second), by=SYSTEM, now=MONDAY)
    refund = Order.objects.get(is_refund=True)
    services.take(_told(refund.reference), by=SYSTEM, now=MONDAY)

    assert _bill().state == "PAID"
    balances = queries.balances()
    assert (balances[Account.GATEWAY], balances[Account.TO_REFUND]) == (100_000, 0)
    assert sum(balances.values()) == 0


def test_another_amount_and_another_reference_are_refused_and_change_nothing() -> None:
    reference = _billed()

    with pytest.raises(Invalid):
        services.take(_told(reference, amount=1), by=SYSTEM, now=MONDAY)
    with pytest.raises(NotFound):
        services.take(_told("SR-none"), by=SYSTEM, now=MONDAY)

    assert _bill().state == "OPEN"


def test_cash_pays_once_and_an_online_payment_after_it_is_given_back() -> None:
    reference = _billed()

    receipt = services.pay_at_counter(_bill().key, by=CLERK, now=MONDAY)
    with pytest.raises(NotNow):
        services.pay_at_counter(_bill().key, by=CLERK, now=MONDAY)
    services.take(_told(reference), by=SYSTEM, now=MONDAY)

    assert (_bill().receipt, _bill().is_online) == (receipt, False)
    assert Order.objects.filter(is_refund=True).count() == 1
    assert queries.balances()[Account.TILL] == 100_000


def test_what_was_paid_is_owed_back_once() -> None:
    reference = _billed()
    services.take(_told(reference), by=SYSTEM, now=MONDAY)

    for _turn in range(2):
        services.owe_back("test.matter", 1, "REJECTED", by=SYSTEM, now=MONDAY)
    refund = Order.objects.get(is_refund=True)
    services.take(_told(refund.reference), by=SYSTEM, now=MONDAY)

    assert _bill().state == "REFUNDED"
    assert set(queries.balances().values()) == {0}


def test_a_bill_that_nobody_paid_is_cancelled_and_a_paid_one_is_not() -> None:
    _billed(1)
    reference = _billed(2)
    services.take(_told(reference), by=SYSTEM, now=MONDAY)

    for number in (1, 2, 3):
        services.cancel("test.matter", number, by=SYSTEM, now=MONDAY)

    assert list(Bill.objects.order_by("id").values_list("state", flat=True)) == [
        "CANCELLED",
        "PAID",
    ]


def test_a_payment_of_a_cancelled_bill_goes_back() -> None:
    reference = _billed()
    services.cancel("test.matter", 1, by=SYSTEM, now=MONDAY)

    services.take(_told(reference), by=SYSTEM, now=MONDAY)

    assert Order.objects.filter(is_refund=True).count() == 1
    assert sum(queries.balances().values()) == 0


def test_nothing_is_billed_for_nothing() -> None:
    with pytest.raises(Invalid):
        _billed(amount=0)


def test_old_orders_expire_but_money_that_comes_all_the_same_is_taken() -> None:
    reference = _billed()

    assert services.expire(by=SYSTEM, now=MONDAY + timedelta(hours=25)) == 1
    services.take(_told(reference), by=SYSTEM, now=MONDAY + timedelta(hours=26))

    assert _bill().state == "PAID"


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_a_posting_that_does_not_balance() -> None:
    posting = Posting.objects.create(key="x", kind="BILLED", at=MONDAY)

    with pytest.raises(DatabaseError, match="does not balance"), transaction.atomic():
        Entry.objects.create(posting=posting, account="OWED", amount=5)


@pytest.mark.parametrize("table", ["payments_entry", "payments_posting"])
def test_the_database_refuses_to_change_the_ledger(table: str) -> None:
    _billed()

    for words in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):  # noqa: S608
        with (
            pytest.raises(DatabaseError, match="only added to"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(words)


def test_a_day_closes_to_zero_and_a_difference_is_named() -> None:
    first, second = _billed(1), _billed(2)
    for reference in (first, second):
        services.take(_told(reference), by=SYSTEM, now=MONDAY)
    day = local_day(MONDAY)
    head = "reference,kind,amount,number\n"

    services.bring_statement(day, f"{head}{first},PAYMENT,100000,1\n", by=CLERK, now=MONDAY)
    part = queries.reconciliation(day)
    services.bring_statement(
        day,
        f"{head}{first},PAYMENT,100000,1\n{second},PAYMENT,100000,2\n",
        by=CLERK,
        now=MONDAY,
    )
    whole = queries.reconciliation(day)

    assert (part.difference, part.closes) == (-100_000, False)
    assert [match.verdict for match in part.matches] == [Verdict.ONLY_OURS, Verdict.SAME]
    assert (whole.difference, whole.closes) == (0, True)
    assert queries.balances()[Account.TREASURY] == 200_000
    assert queries.balances()[Account.GATEWAY] == 0


def test_a_file_that_is_no_statement_brings_nothing() -> None:
    with pytest.raises(Invalid, match="dòng"):
        services.bring_statement(date(2026, 11, 23), "x", by=CLERK, now=MONDAY)

    assert not queries.reconciliation(date(2026, 11, 23)).has_statement


def test_a_day_is_read_in_two_queries_however_many_lines(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(1, 21):
        reference = _billed(number)
        services.take(_told(reference), by=SYSTEM, now=MONDAY)
        if number in {1, 20}:
            with django_assert_num_queries(2):
                queries.reconciliation(local_day(MONDAY))


def test_a_lost_call_is_found_by_asking(
    settings: Settings, socket_enabled: None, tmp_path: Path
) -> None:
    with running(tmp_path, settings, lost=1.0) as gateway:
        reference = _billed()
        address = calling.opened(reference, back="http://back.example/")
        assert address.endswith(f"/tra/{reference}")
        gateway.pay(reference, "PAID")

        for told in calling.ask_about_pending(now=MONDAY):
            services.take(told, by=SYSTEM, now=MONDAY)

    assert _bill().state == "PAID"


def test_a_refund_that_the_gateway_never_heard_of_is_sent_again(
    settings: Settings, socket_enabled: None, tmp_path: Path
) -> None:
    with running(tmp_path, settings, lost=1.0):
        reference = _billed()
        services.take(_told(reference), by=SYSTEM, now=MONDAY)
        services.owe_back("test.matter", 1, "REJECTED", by=SYSTEM, now=MONDAY)

        for told in calling.ask_about_pending(now=MONDAY):
            services.take(told, by=SYSTEM, now=MONDAY)

    assert _bill().state == "REFUNDED"


def test_a_gateway_that_is_away_for_a_day_loses_nothing(
    settings: Settings, socket_enabled: None
) -> None:
    settings.GATEWAY_ADDRESS = "http://127.0.0.1:9"
    reference = _billed()

    with pytest.raises(NotNow):
        calling.opened(reference, back="")
    assert calling.ask_about_pending(now=MONDAY) == []

    assert Order.objects.get(reference=reference).state == "PENDING"


def test_an_answer_signed_by_somebody_else_is_not_believed(
    settings: Settings, socket_enabled: None, tmp_path: Path
) -> None:
    with running(tmp_path, settings) as gateway:
        reference = _billed()
        calling.opened(reference, back="")
        gateway.pay(reference, "PAID")
        settings.GATEWAY_KEY = "another"
        assert isinstance(gateway, sandbox.Sandbox)

        assert calling.ask_about_pending(now=MONDAY) == []
