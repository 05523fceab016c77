"""The page where a fee is paid, and the door of the gateway."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from sauro.core.actor import Actor
from sauro.onestop.models import Dossier
from sauro.onestop.rules import BILLED
from sauro.onestop.tests import world as worlds
from sauro.onestop.tests.world import World
from sauro.payments import queries as payments
from sauro.payments.models import Order
from sauro.payments.rules import messages
from sauro.payments.tests.gateways import running

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Actor], Client]


@pytest.fixture
def world() -> World:
    return worlds.build()


def _filed(world: World, sign_in: SignedIn, fee: int = 100_000) -> tuple[Client, int, str]:
    by = worlds.citizen()
    case_id, code = worlds.filed(world, by)
    Dossier.objects.filter(pk=case_id).update(fee=fee, fee_note="Lệ phí hộ kinh doanh")
    return sign_in(by), case_id, code


def test_the_page_says_what_is_owed_why_and_how_to_pay(world: World, sign_in: SignedIn) -> None:
    client, _id, code = _filed(world, sign_in)

    page = client.get(f"/ho-so/{code}/nop-tien").content.decode()

    assert "Phải nộp 100.000" in page
    assert "Lệ phí hộ kinh doanh" in page
    assert "Mã VietQR" in page


def test_a_dossier_without_a_fee_says_so(world: World, sign_in: SignedIn) -> None:
    client, _id, code = _filed(world, sign_in, fee=0)

    assert "không phải nộp tiền" in client.get(f"/ho-so/{code}/nop-tien").content.decode()


def test_nobody_sees_or_pays_for_the_dossier_of_another(world: World, sign_in: SignedIn) -> None:
    _owner, _id, code = _filed(world, sign_in)
    client = sign_in(worlds.citizen("Lê Văn Tò Mò"))

    assert client.get(f"/ho-so/{code}/nop-tien").status_code == 404
    assert client.post(f"/ho-so/{code}/nop-tien").status_code == 404
    assert client.get(f"/ho-so/{code}/bien-lai.pdf").status_code == 404


def test_a_payment_whose_call_was_lost_is_known_when_the_payer_comes_back(
    world: World, sign_in: SignedIn, settings: Settings, socket_enabled: None, tmp_path: Path
) -> None:
    client, case_id, code = _filed(world, sign_in)
    with running(tmp_path, settings, lost=1.0) as gateway:
        begun = client.post(f"/ho-so/{code}/nop-tien", follow=True).content.decode()
        gateway.pay(Order.objects.get().reference, "PAID")
        back = client.get(f"/ho-so/{code}/nop-tien?ve=1").content.decode()

    assert "Sang trang của cổng thanh toán" in begun
    assert "Đã nộp 100.000" in back
    bill = payments.bill_of(BILLED, case_id)
    assert bill is not None
    assert bill.is_online
    receipt = client.get(f"/ho-so/{code}/bien-lai.pdf")
    receipt.close()
    assert receipt["Content-Type"] == "application/pdf"


def test_a_gateway_that_is_away_is_said_so_and_the_other_ways_stay(
    world: World, sign_in: SignedIn, settings: Settings, socket_enabled: None
) -> None:
    settings.GATEWAY_ADDRESS = "http://127.0.0.1:9"
    client, _id, code = _filed(world, sign_in)

    answer = client.post(f"/ho-so/{code}/nop-tien")

    assert answer.status_code == 409
    assert "chưa trả lời" in answer.content.decode()
    assert "Mã VietQR" in answer.content.decode()


def _called(client: Client, fields: dict[str, object], key: str) -> int:
    body, signature = messages.pack(fields, key)
    answer = client.post(
        "/api/thanh-toan",
        body,
        content_type="application/json",
        headers={"X-Signature": signature},
    )
    return answer.status_code


def test_the_gateways_call_counts_only_with_its_signature_and_amount(
    world: World, sign_in: SignedIn, settings: Settings, socket_enabled: None, tmp_path: Path
) -> None:
    client, case_id, code = _filed(world, sign_in)
    with running(tmp_path, settings):
        client.post(f"/ho-so/{code}/nop-tien")
    fields: dict[str, object] = {
        "reference": Order.objects.get().reference,
        "outcome": "PAID",
        "amount": 100_000,
        "number": "1",
        "at": "2026-11-23T02:00:00+00:00",
    }
    stranger = Client()

    assert _called(stranger, fields, "another key") == 403
    assert _called(stranger, {**fields, "amount": 1}, "for-tests") == 422
    assert _called(stranger, {**fields, "reference": "none"}, "for-tests") == 404
    assert payments.bill_of(BILLED, case_id).state == "OPEN"  # type: ignore[union-attr]
    assert _called(stranger, fields, "for-tests") == 200
    assert _called(stranger, fields, "for-tests") == 200
    assert payments.bill_of(BILLED, case_id).state == "PAID"  # type: ignore[union-attr]
