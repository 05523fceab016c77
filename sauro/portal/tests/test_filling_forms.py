from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from sauro.core.actor import SYSTEM, Actor
from sauro.forms import services
from sauro.onestop.models import Dossier, Draft
from sauro.onestop.tests import world as worlds
from sauro.onestop.tests.world import World
from sauro.portal.tests.conftest import SignIn
from sauro.portal.tests.walking import begun, main, paper_slug, said, text

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def publish(name: str = "Tên hộ kinh doanh") -> None:
    properties = {
        "shop": {"type": "string", "title": name},
        "rented": {"type": "boolean", "title": "Đi thuê mặt bằng"},
        "owner": {"type": "string", "format": "name", "title": "Họ tên chủ nhà"},
    }
    wait = {"shown_when": [{"field": "rented", "is": [True]}]}
    services.publish(
        "1.001612",
        {
            "type": "object",
            "title": "Mở hộ kinh doanh",
            "properties": properties,
            "required": list(properties),
        },
        {
            "pages": [
                {"key": "ten", "title": "Tên quán", "fields": ["shop", "rented"]},
                {"key": "chu-nha", "title": "Chủ nhà là ai?", "fields": ["owner"], **wait},
            ],
            "summary": ["shop"],
        },
        since=date(2026, 1, 1),
        by=SYSTEM,
        now=NOW,
    )


@pytest.fixture
def form(world: World) -> None:
    assert world.version_id
    publish()


def answered(client: Client, address: str, **given: object) -> Any:  # noqa: ANN401
    return said(client, address, "cau-hoi-ten", **given)


@pytest.mark.usefixtures("form")
def test_the_answers_to_a_form_go_with_the_dossier(
    world: World, citizen: Actor, sign_in: SignIn
) -> None:
    client = sign_in(citizen)
    address = begun(client)
    answered(client, address, shop="Quán  phở", rented="yes")
    said(client, address, "cau-hoi-chu-nha", owner="H’Bĭă Mlô")
    said(client, address, "nguoi-nop", nop_cho="self")
    said(client, address, "noi-co-viec", noi="nha")
    said(client, address, "trung-tam", trung_tam=world.centre_id)
    said(client, address, "lien-lac")
    said(client, address, paper_slug(client, address), cach="brought")
    said(client, address, "nhan-ket-qua", nhan="ONLINE")
    check = main(client.get(f"{address}/kiem-tra"))
    said(client, address, "kiem-tra", cam_doan="1")

    assert "H&#39;Bĭă Mlô" in check
    assert "/cau-hoi-chu-nha?ve=kiem-tra" in check
    dossier = Dossier.objects.get()
    assert dossier.said == {"shop": "Quán phở", "rented": True, "owner": "H'Bĭă Mlô"}
    assert dossier.answers["content"] == "Mở hộ kinh doanh: Quán phở"
    assert dossier.form_id == Draft.objects.get().form_id


@pytest.mark.usefixtures("form")
def test_a_page_that_does_not_concern_is_not_asked_and_its_answer_not_kept(
    citizen: Actor, sign_in: SignIn
) -> None:
    client = sign_in(citizen)
    address = begun(client)
    answered(client, address, shop="Quán phở", rented="yes")
    said(client, address, "cau-hoi-chu-nha", owner="Lê Thị Hoa")
    answer = answered(client, address, shop="Quán phở", rented="no")

    assert answer["Location"] == f"{address}/nguoi-nop"
    assert Draft.objects.get().said == {"shop": "Quán phở", "rented": False}


@pytest.mark.usefixtures("form")
def test_each_question_says_what_to_mend_and_keeps_what_was_typed(
    citizen: Actor, sign_in: SignIn
) -> None:
    client = sign_in(citizen)
    address = begun(client)
    answer = answered(client, address, shop="Quán phở")

    assert answer.status_code == 422
    assert "Chọn có hoặc không cho “Đi thuê mặt bằng”." in text(answer)
    assert 'value="Quán phở"' in text(answer)
    assert Draft.objects.get().said == {}


@pytest.mark.usefixtures("form")
def test_a_draft_keeps_the_form_it_was_begun_with(citizen: Actor, sign_in: SignIn) -> None:
    client = sign_in(citizen)
    address = begun(client)
    publish("Tên cửa hàng")

    page = text(client.get(f"{address}/cau-hoi-ten"))

    assert "Tên hộ kinh doanh" in page
    assert "Tên cửa hàng" not in page


@pytest.mark.usefixtures("form")
def test_what_was_said_before_is_filled_in_with_its_source_but_not_what_concerns_others(
    world: World, citizen: Actor, sign_in: SignIn
) -> None:
    case_id, code = worlds.filed(world, citizen)
    Dossier.objects.filter(pk=case_id).update(
        said={"shop": "Cà phê Y Khoa", "rented": "không rõ", "owner": "Lê Thị Hoa"}
    )
    client = sign_in(citizen)
    address = begun(client)

    shown = main(client.get(f"{address}/cau-hoi-ten"))

    assert 'value="Cà phê Y Khoa"' in shown
    assert f"hồ sơ {code} bạn nộp ngày 23/11/2026" in shown
    assert "checked" not in shown  # “không rõ” cannot answer yes or no
    assert Draft.objects.get().said == {}


@pytest.mark.usefixtures("form")
def test_the_answers_of_another_person_fill_in_nothing(
    world: World, citizen: Actor, sign_in: SignIn
) -> None:
    case_id, _code = worlds.filed(world, worlds.citizen("Lê Văn Khác"))
    Dossier.objects.filter(pk=case_id).update(said={"shop": "Quán của người khác"})
    client = sign_in(citizen)

    shown = main(client.get(f"{begun(client)}/cau-hoi-ten"))

    assert "Quán của người khác" not in shown
    assert "Đã điền sẵn" not in shown
