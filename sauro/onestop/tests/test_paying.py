"""Money for a dossier: billed by its fee, paid anyhow, given back where the rule says so."""

import pytest

from sauro.core.actor import SYSTEM
from sauro.core.errors import NotFound, NotNow, NotPermitted
from sauro.documents import queries as documents
from sauro.events.tests.settling import settle
from sauro.onestop.models import Dossier
from sauro.onestop.rules import BILLED
from sauro.onestop.services import intake, paying
from sauro.onestop.tests import world as worlds
from sauro.onestop.tests.world import MONDAY, World
from sauro.payments import queries as payments
from sauro.payments import services as payment_services
from sauro.payments.models import Bill, Order
from sauro.payments.queries import BillRow
from sauro.payments.rules.messages import Outcome, Told

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return worlds.build()


def _filed(world: World, fee: int = 100_000) -> int:
    case_id, _code = worlds.filed(world)
    Dossier.objects.filter(pk=case_id).update(fee=fee, fee_note="Lệ phí")
    return case_id


def _bill(case_id: int) -> BillRow:
    found = payments.bill_of(BILLED, case_id)
    assert found is not None
    return found


def _pay_online(world: World, case_id: int) -> None:
    key = paying.bill(case_id, by=world.clerk, now=MONDAY)
    reference = payment_services.begin(key, by=world.clerk, now=MONDAY)
    told = Told(reference=reference, outcome=Outcome.PAID, amount=100_000, number="1", at=MONDAY)
    for _turn in range(2):
        paying.took(told, by=SYSTEM, now=MONDAY)


def test_a_dossier_is_billed_its_fee_once(world: World) -> None:
    case_id = _filed(world)

    keys = {paying.bill(case_id, by=world.clerk, now=MONDAY) for _turn in range(2)}

    assert len(keys) == 1
    assert (_bill(case_id).amount, _bill(case_id).why) == (100_000, "Lệ phí")


def test_nothing_is_billed_where_nothing_is_owed_or_by_a_stranger(world: World) -> None:
    free, dear = _filed(world, fee=0), _filed(world)

    with pytest.raises(NotNow):
        paying.bill(free, by=world.clerk, now=MONDAY)
    for stranger in (world.stranger, worlds.citizen("Lê Văn Tò Mò")):
        with pytest.raises(NotPermitted):
            paying.bill(dear, by=stranger, now=MONDAY)


def test_cash_is_taken_by_the_centre_and_gives_a_receipt_on_paper(world: World) -> None:
    case_id = _filed(world)
    with pytest.raises(NotPermitted):
        paying.took_cash(case_id, by=world.stranger, now=MONDAY)

    number = paying.took_cash(case_id, by=world.clerk, now=MONDAY)
    paper = paying.fee_receipt(case_id, by=world.clerk, now=MONDAY)

    assert (_bill(case_id).receipt, paper.number) == (number, number)
    path, media_type = documents.open_file(paper.file_id)
    assert (media_type, path.read_bytes()[:5]) == ("application/pdf", b"%PDF-")
    assert paying.fee_receipt(case_id, by=world.clerk, now=MONDAY).id == paper.id


def test_there_is_no_receipt_before_the_money(world: World) -> None:
    with pytest.raises(NotFound):
        paying.fee_receipt(_filed(world), by=world.clerk, now=MONDAY)


@pytest.mark.django_db(transaction=True)
def test_a_refused_dossier_gives_back_what_was_paid_and_a_free_one_nothing(world: World) -> None:
    paid, unpaid = _filed(world), _filed(world)
    _pay_online(world, paid)
    paying.bill(unpaid, by=world.clerk, now=MONDAY)

    for case_id in (paid, unpaid):
        intake.reject(case_id, "Không đúng thẩm quyền.", by=world.clerk, now=MONDAY)
    settle()
    while paying.give_back_next(by=SYSTEM, now=MONDAY):
        pass

    assert _bill(paid).state == "TO_REFUND"
    assert Order.objects.get(is_refund=True).bill.subject_id == paid
    assert Bill.objects.get(subject_id=unpaid).state == "CANCELLED"


@pytest.mark.django_db(transaction=True)
def test_what_was_paid_stays_where_the_dossier_goes_on(world: World) -> None:
    case_id = _filed(world)
    _pay_online(world, case_id)

    intake.accept(case_id, by=world.clerk, now=MONDAY)
    settle()
    while paying.give_back_next(by=SYSTEM, now=MONDAY):
        pass

    assert _bill(case_id).state == "PAID"


def test_a_dossier_that_has_ended_is_not_billed(world: World) -> None:
    case_id = _filed(world)
    intake.reject(case_id, "Không đúng thẩm quyền.", by=world.clerk, now=MONDAY)

    with pytest.raises(NotNow):
        paying.bill(case_id, by=world.clerk, now=MONDAY)
