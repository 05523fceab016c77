"""The pages of a plan: offered, answered part by part, sent whole."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from sauro.cases.models import Case
from sauro.core.actor import Actor
from sauro.onestop.models import Draft, Plan
from sauro.onestop.tests import world as worlds
from sauro.onestop.tests.world import World
from sauro.portal.queries import mine
from sauro.portal.rules import life
from sauro.portal.rules.life import PlanPart
from sauro.portal.tests.conftest import SignIn
from sauro.portal.tests.walking import paper_slug, said, text

pytestmark = pytest.mark.django_db
EVENT = "/su-kien/kinh-doanh"


@pytest.fixture(autouse=True)
def plan(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the event of opening a shop have a plan of the one procedure there is."""
    monkeypatch.setattr(
        life, "PLANS", {"kinh-doanh": (PlanPart("1.001612", "Để buôn bán hợp pháp"),)}
    )


def begun(client: Client) -> str:
    client.post(EVENT, {"viec": ["1.001612"]})
    return f"/ke-hoach/{Plan.objects.get().key}"


def filled(client: Client, world: World) -> str:
    """Begin a plan, answer its only filing, and return the address of the plan."""
    address = begun(client)
    draft = f"/ban-nhap/{Draft.objects.get().key}"
    said(client, draft, "noi-dung", noi_dung="Mở quán cà phê rang xay")
    said(client, draft, "nguoi-nop", nop_cho="self")
    said(client, draft, "noi-co-viec", noi="nha")
    said(client, draft, "trung-tam", trung_tam=world.centre_id)
    said(client, draft, "lien-lac")
    said(client, draft, paper_slug(client, draft), cach="brought")
    answer = said(client, draft, "nhan-ket-qua", nhan="ONLINE")
    assert answer.url == f"{draft}/kiem-tra"
    assert said(client, draft, "kiem-tra").url == address
    return address


def test_an_event_offers_its_plan_to_everybody_and_begins_it_for_who_is_signed_in(
    world: World, citizen: Actor, sign_in: SignIn
) -> None:
    visitor = text(Client().get(EVENT))
    assert "Đăng nhập để bắt đầu" in visitor
    assert "Để buôn bán hợp pháp" in visitor

    client = sign_in(citizen)
    nothing = client.post(EVENT, {"viec": []})

    assert nothing.status_code == 422
    assert "Chọn ít nhất một việc." in text(nothing)
    assert "Lập kế hoạch" in text(client.get("/thu-tuc/?viec=kinh-doanh"))
    assert "Còn 7 câu" in text(client.get(begun(client)))


def test_a_plan_is_sent_whole_and_shows_its_dossiers(
    world: World, citizen: Actor, sign_in: SignIn
) -> None:
    client = sign_in(citizen)
    address = filled(client, world)

    undeclared = client.post(address)
    client.post(address, {"cam_doan": "1"})
    client.post(address, {"cam_doan": "1"})

    assert undeclared.status_code == 422
    assert "Đánh dấu cam đoan" in text(undeclared)
    assert Case.objects.get().code in text(client.get(address))


def test_a_plan_with_something_missing_is_not_sent_and_says_what(
    world: World, citizen: Actor, sign_in: SignIn
) -> None:
    client = sign_in(citizen)
    address = begun(client)

    answer = client.post(address, {"cam_doan": "1"})

    assert answer.status_code == 422
    assert "Ghi ngắn gọn việc bạn cần giải quyết." in text(answer)
    assert not Case.objects.exists()


def test_a_strangers_plan_is_not_there(world: World, citizen: Actor, sign_in: SignIn) -> None:
    address = begun(sign_in(citizen))
    other = sign_in(worlds.citizen("Lê Văn Khác"))

    assert other.get(address).status_code == 404
    assert other.post(address, {"cam_doan": "1"}).status_code == 404
    assert Client().get(address).status_code == 302


def test_a_result_cannot_be_promised_by_a_filing_that_waits_for_none(
    world: World, citizen: Actor, sign_in: SignIn
) -> None:
    client = sign_in(citizen)
    begun(client)
    draft = f"/ban-nhap/{Draft.objects.get().key}"
    slug = paper_slug(client, draft)

    answer = said(client, draft, slug, cach="result")

    assert answer.status_code == 422
    assert Draft.objects.get().answers == {}


def test_an_event_without_a_plan_has_no_such_page(world: World) -> None:
    assert Client().get("/su-kien/ket-hon").status_code == 404


def test_plans_stand_on_ones_own_page(
    world: World,
    citizen: Actor,
    sign_in: SignIn,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = sign_in(citizen)
    address = begun(client)

    assert address in text(client.get("/cua-toi"))
    with django_assert_num_queries(1):
        assert len(mine.my_plans(citizen.person_id or 0)) == 1
