"""The ledger, the QR of a transfer, signed messages and statements: by words and numbers alone."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauro.payments.rules import ledger, messages, statements, vietqr
from sauro.payments.rules.ledger import Account, Kind
from sauro.payments.rules.messages import BadMessageError, Outcome
from sauro.payments.rules.statements import BadStatementError, StatementLine, Verdict, Which
from sauro.payments.rules.vietqr import Transfer

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@given(st.lists(st.tuples(st.sampled_from(Kind), st.integers(1, 10**12)), max_size=50))
def test_whatever_happens_the_accounts_sum_to_zero(happened: list[tuple[Kind, int]]) -> None:
    entries = [line for kind, amount in happened for line in ledger.lines(kind, amount)]

    assert sum(ledger.balances(entries).values()) == 0


def test_a_bill_paid_settled_and_another_given_back_leave_nothing_owed() -> None:
    kinds: tuple[Kind, ...] = (Kind.BILLED, Kind.PAID_ONLINE, Kind.SETTLED)
    paid = [line for kind in kinds for line in ledger.lines(kind, 100_000)]
    kinds = (Kind.BILLED, Kind.PAID_ONLINE, Kind.REFUND_OWED, Kind.REFUNDED)
    back = [line for kind in kinds for line in ledger.lines(kind, 20_000)]

    assert ledger.balances([*paid, *back]) == {
        Account.OWED: 0,
        Account.GATEWAY: 0,
        Account.TILL: 0,
        Account.TREASURY: 100_000,
        Account.REVENUE: -100_000,
        Account.TO_REFUND: 0,
    }


@pytest.mark.parametrize("amount", [0, -1])
def test_nothing_is_written_down_for_no_money(amount: int) -> None:
    with pytest.raises(ValueError, match="BILLED"):
        ledger.lines(Kind.BILLED, amount)


def test_the_checksum_is_the_one_of_the_standard() -> None:
    assert vietqr.crc("123456789") == 0x29B1


def test_a_transfer_is_read_back_as_a_bank_reads_it() -> None:
    text = vietqr.code(Transfer("970415", "113366668888", 79_000, "Ủng hộ quỹ Đắk Lắk"))

    read = vietqr.read(text)
    assert (read["53"], read["54"], read["58"]) == ("704", "79000", "VN")
    napas = vietqr.fields(read["38"])
    assert (napas["00"], napas["02"]) == ("A000000727", "QRIBFTTA")
    assert vietqr.fields(napas["01"]) == {"00": "970415", "01": "113366668888"}
    assert vietqr.fields(read["62"]) == {"08": "UNG HO QUY DAK LAK"}


@given(st.integers(1, 10**11), st.text(min_size=1, max_size=60))
def test_any_transfer_that_is_made_reads_back(amount: int, words: str) -> None:
    if not vietqr.plain(words):
        return
    read = vietqr.read(vietqr.code(Transfer("970436", "0123456789", amount, words)))

    assert read["54"] == str(amount)


@pytest.mark.parametrize(
    "transfer",
    [
        Transfer("97041", "1", 1, "A"),
        Transfer("970415", "", 1, "A"),
        Transfer("970415", "1" * 20, 1, "A"),
        Transfer("970415", "1", 0, "A"),
        Transfer("970415", "1", 1, "!?"),
    ],
)
def test_a_transfer_that_no_bank_takes_is_refused(transfer: Transfer) -> None:
    with pytest.raises(ValueError, match="no such"):
        vietqr.code(transfer)


def test_a_changed_qr_is_noticed() -> None:
    text = vietqr.code(Transfer("970415", "1", 20_000, "A"))

    with pytest.raises(ValueError, match="checksum"):
        vietqr.read(text.replace("20000", "90000"))


def test_a_message_is_believed_only_with_its_signature() -> None:
    fields = {"reference": "SR1", "outcome": "PAID", "amount": 5, "number": "1", "at": str(AT)}
    body, signature = messages.pack(fields, "key")

    assert messages.unpack(body, signature, "key").outcome is Outcome.PAID
    for wrong in ((body + b" ", signature, "key"), (body, "", "key"), (body, signature, "")):
        with pytest.raises(BadMessageError):
            messages.unpack(*wrong)


@pytest.mark.parametrize("fields", [{}, {"reference": "SR1"}, {"outcome": "??"}])
def test_a_signed_message_that_says_nothing_is_refused(fields: dict[str, str]) -> None:
    body, signature = messages.pack(fields, "key")

    with pytest.raises(BadMessageError):
        messages.unpack(body, signature, "key")


def test_a_day_is_matched_line_by_line_differences_first() -> None:
    theirs = statements.read(
        "reference,kind,amount,number\nA,PAYMENT,5,1\nB,PAYMENT,7,2\nC,REFUND,9,3\n"
    )
    ours = [
        StatementLine("A", Which.PAYMENT, 5),
        StatementLine("B", Which.PAYMENT, 8),
        StatementLine("D", Which.PAYMENT, 1),
    ]

    found = [(match.reference, match.verdict) for match in statements.matched(theirs, ours)]

    assert found == [
        ("B", Verdict.OTHER_AMOUNT),
        ("C", Verdict.ONLY_THEIRS),
        ("D", Verdict.ONLY_OURS),
        ("A", Verdict.SAME),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a,b\n",
        "reference,kind,amount,number\nA,PAYMENT,x,1\n",
        "reference,kind,amount,number\nA,PAYMENT,0,1\n",
        "reference,kind,amount,number\nA,GIFT,5,1\n",
        "reference,kind,amount,number\nA,PAYMENT,5,1\nA,PAYMENT,5,1\n",
        "reference,kind,amount,number\nA,PAYMENT,5\n",
    ],
)
def test_a_file_that_is_no_statement_is_refused(text: str) -> None:
    with pytest.raises(BadStatementError):
        statements.read(text)
