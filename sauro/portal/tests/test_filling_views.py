"""The way of a filing, page by page, and everything that is refused on it."""

from typing import Any

import pytest
from django.test import Client

from sauro.cases.models import Case
from sauro.core.actor import Actor
from sauro.onestop.models import Dossier, Draft
from sauro.onestop.tests import world as worlds
from sauro.onestop.tests.world import World
from sauro.places.models import Succession
from sauro.places.tests.factories import PlaceFactory, ProvinceFactory
from sauro.portal.tests.conftest import SignIn
from sauro.portal.tests.walking import begun, filled, main, said, text
from sauro.portal.views import filling

pytestmark = pytest.mark.django_db
FIELD_OF = {"noi-dung": {"noi_dung": "Mở quán cà phê"}}
MOST = 50 * 1024 * 1024 + 1024 * 1024


def test_a_filing_goes_from_the_procedure_to_a_dossier(
    world: World, citizen: Actor, sign_in: SignIn
) -> None:
    client = sign_in(citizen)

    address = filled(client, world)
    page = client.get(f"{address}/kiem-tra")
    answer = said(client, address, "kiem-tra", cam_doan="1")

    assert "Mở quán cà phê rang xay" in text(page)
    assert "Phòng Kinh tế, Hạ tầng và Đô thị" in text(page)
    case = Case.objects.get()
    assert answer["Location"] == f"/ho-so/{case.code}/da-nop"
    assert (case.state, case.door_id) == ("REGISTERED", world.centre_id)
    dossier = Dossier.objects.get()
    assert (dossier.phone, dossier.return_by) == (
        dossier.case.owed_to.phone,
        "ONLINE",
    )
    assert "Mở quán cà phê rang xay" in dossier.answers.values()


def test_the_same_filing_sent_twice_is_one_dossier(
    world: World, citizen: Actor, sign_in: SignIn
) -> None:
    client = sign_in(citizen)
    address = filled(client, world)
    page = {"revision": Draft.objects.get().revision, "cam_doan": "1"}

    first = client.post(f"{address}/kiem-tra", page)
    second = client.post(f"{address}/kiem-tra", page)

    assert first["Location"] == second["Location"]
    assert Case.objects.count() == 1
    assert client.get(f"{address}/noi-dung")["Location"] == first["Location"]


def test_it_is_not_sent_without_the_declaration(
    world: World, citizen: Actor, sign_in: SignIn
) -> None:
    client = sign_in(citizen)
    address = filled(client, world)

    answer = said(client, address, "kiem-tra")

    assert answer.status_code == 422
    assert "<title>Lỗi: Kiểm tra trước khi nộp" in text(answer)
    assert "Đánh dấu cam đoan những điều trên là đúng." in text(answer)
    assert Case.objects.count() == 0


def test_it_is_not_sent_while_something_is_missing(
    world: World, citizen: Actor, sign_in: SignIn
) -> None:
    client = sign_in(citizen)
    address = begun(client)

    answer = said(client, address, "kiem-tra", cam_doan="1")

    assert answer.status_code == 422
    assert 'href="#noi-dung">Ghi ngắn gọn việc bạn cần giải quyết.</a>' in text(answer)
    assert Case.objects.count() == 0


@pytest.mark.parametrize(
    ("slug", "given", "sentence"),
    [
        ("noi-dung", {"noi_dung": " . "}, "Ghi ngắn gọn việc bạn cần giải quyết."),
        ("noi-dung", {"noi_dung": "a" * 1001}, "Nội dung dài quá 1000 ký tự."),
        ("nguoi-nop", {}, "Chọn nộp cho mình hay nộp thay."),
        ("nguoi-nop", {"nop_cho": "other"}, "Ghi họ và tên như trên giấy tờ tùy thân."),
        ("noi-co-viec", {"noi": "khac"}, "Ghi xã, phường nơi có việc."),
        ("noi-co-viec", {"noi": "999999"}, "Chọn một xã, phường đang có của tỉnh."),
        ("trung-tam", {}, "Chọn Trung tâm nhận hồ sơ."),
        ("trung-tam", {"trung_tam": "999999"}, "Chọn Trung tâm nhận hồ sơ."),
        ("lien-lac", {"phone": "12"}, "Số điện thoại có 10 chữ số, bắt đầu bằng 0."),
        ("lien-lac", {"email": "a@b"}, "Thư điện tử có dạng ten@noinhan.vn."),
        ("nhan-ket-qua", {"nhan": "BY_PIGEON"}, "Chọn cách nhận kết quả."),
    ],
)
def test_a_page_says_what_to_mend_and_saves_nothing(
    world: World,
    citizen: Actor,
    sign_in: SignIn,
    *,
    slug: str,
    given: dict[str, str],
    sentence: str,
) -> None:
    client = sign_in(citizen)
    address = begun(client)
    before = Draft.objects.values().get()

    answer = said(client, address, slug, **given)

    assert answer.status_code == 422
    assert sentence in text(answer)
    assert "<title>Lỗi: " in text(answer)
    assert Draft.objects.values().get() == before


def test_what_was_typed_is_still_there_when_something_is_to_be_mended(
    world: World, citizen: Actor, sign_in: SignIn
) -> None:
    client = sign_in(citizen)
    address = begun(client)

    answer = said(client, address, "lien-lac", phone="0905 12", address="Buôn Kô Siêr")

    assert 'value="0905 12"' in text(answer)
    assert 'value="Buôn Kô Siêr"' in text(answer)


def test_a_stale_page_is_refused_and_shows_what_was_typed(
    world: World, citizen: Actor, sign_in: SignIn
) -> None:
    client = sign_in(citizen)
    address = begun(client)
    said(client, address, "noi-dung", noi_dung="Mở quán cà phê")

    answer = client.post(f"{address}/noi-dung", {"revision": 1, "noi_dung": "Mở xưởng mộc ở buôn"})

    assert answer.status_code == 409
    assert "Bản nháp vừa được sửa ở nơi khác." in text(answer)
    assert "Mở xưởng mộc ở buôn" in text(answer)
    assert Draft.objects.get().answers == {"content": "Mở quán cà phê"}


def test_a_change_from_the_check_page_leads_straight_back(
    world: World, citizen: Actor, sign_in: SignIn
) -> None:
    client = sign_in(citizen)
    address = filled(client, world)

    page = client.get(f"{address}/noi-dung?ve=kiem-tra")
    answer = said(client, address, "noi-dung", noi_dung="Mở quán phở", ve="kiem-tra")

    assert '<input type="hidden" name="ve" value="kiem-tra">' in text(page)
    assert answer["Location"] == f"{address}/kiem-tra"


def test_saving_for_later_goes_to_what_is_mine(
    world: World, citizen: Actor, sign_in: SignIn
) -> None:
    client = sign_in(citizen)
    address = begun(client)

    answer = said(client, address, "noi-dung", noi_dung="Mở quán phở", lam_sau="1")

    assert answer["Location"] == "/cua-toi"
    assert "Đăng ký thành lập hộ kinh doanh" in text(client.get("/cua-toi"))
    assert client.get(address)["Location"] == f"{address}/nguoi-nop"


def test_an_unsent_filing_is_taken_up_again(world: World, citizen: Actor, sign_in: SignIn) -> None:
    client = sign_in(citizen)
    begun(client)

    client.post("/nop/1.001612")

    assert Draft.objects.count() == 1


def test_a_strangers_draft_looks_like_none(world: World, citizen: Actor, sign_in: SignIn) -> None:
    address = begun(sign_in(citizen))
    other = sign_in(worlds.citizen("Người Lạ"))

    theirs = other.get(f"{address}/noi-dung")
    none = other.get("/ban-nhap/00000000-0000-0000-0000-000000000000/noi-dung")
    nonsense = other.get("/ban-nhap/khong-phai/noi-dung")

    assert theirs.status_code == none.status_code == nonsense.status_code == 404
    assert "Không có bản nháp này, hoặc bản nháp thuộc tài khoản khác." in text(theirs)
    assert main(theirs) == main(none) == main(nonsense)


def test_a_stranger_cannot_write_into_a_draft(
    world: World, citizen: Actor, sign_in: SignIn
) -> None:
    address = begun(sign_in(citizen))
    before = Draft.objects.values().get()
    other = sign_in(worlds.citizen("Người Lạ"))

    answer = said(other, address, "noi-dung", noi_dung="Của tôi")

    assert answer.status_code == 404
    assert Draft.objects.values().get() == before


def test_a_page_that_this_filing_has_not_is_not_there(
    world: World, citizen: Actor, sign_in: SignIn
) -> None:
    client = sign_in(citizen)
    address = begun(client)

    answer = client.get(f"{address}/giay-to-khong-co")

    assert answer.status_code == 404
    assert "Hồ sơ này không có bước đó." in text(answer)


def test_a_visitor_is_asked_to_sign_in_and_comes_back(world: World) -> None:
    answer = Client().get("/nop/1.001612")

    assert answer["Location"] == "/dang-nhap?ve=%2Fnop%2F1.001612"


def test_an_old_ward_that_was_divided_asks_and_never_guesses(
    world: World, citizen: Actor, sign_in: SignIn
) -> None:
    province = world.place.parent
    city = PlaceFactory.create(
        level="DISTRICT",
        code="555",
        type_word="Thành phố",
        short_name="Tuy Hòa",
        parent=ProvinceFactory.create(short_name="Phú Yên", until="2025-07-01", since=None),
        since=None,
        until="2025-07-01",
    )
    old = PlaceFactory.create(
        type_word="Phường", short_name="9", parent=city, since=None, until="2025-07-01"
    )
    parts = [
        PlaceFactory.create(type_word="Phường", short_name=name, parent=province)
        for name in ("Tuy Hòa", "Bình Kiến")
    ]
    for new in parts:
        Succession.objects.create(old=old, new=new, on="2025-07-01", is_partial=True)
    client = sign_in(citizen)
    address = begun(client)

    answer = said(client, address, "noi-co-viec", noi="khac", dia_chi="Phường 9, TP Tuy Hòa")
    page = client.get(answer["Location"])

    assert answer["Location"] == f"{address}/noi-co-viec"
    assert Draft.objects.get().place_id is None
    assert "nay có thể ở 2 nơi. Bạn chọn giúp, chúng tôi không đoán." in text(page)
    assert "Phường Bình Kiến" in text(page)
    assert "Phường Tuy Hòa" in text(page)
    assert "Vì sao?" in text(page)


def test_a_commune_said_as_it_is_called_today_is_taken_at_once(
    world: World, citizen: Actor, sign_in: SignIn
) -> None:
    client = sign_in(citizen)
    address = begun(client)

    answer = said(client, address, "noi-co-viec", noi="khac", dia_chi="phuong tan lap")

    assert answer["Location"] == f"{address}/trung-tam"
    assert Draft.objects.get().place_id == world.place.pk


@pytest.mark.parametrize(
    "slug", ["noi-dung", "nguoi-nop", "noi-co-viec", "trung-tam", "lien-lac", "kiem-tra"]
)
def test_no_page_asks_the_database_more_than_ten_times(
    world: World,
    citizen: Actor,
    sign_in: SignIn,
    slug: str,
    django_assert_max_num_queries: Any,  # noqa: ANN401 - pytest-django's own
) -> None:
    client = sign_in(citizen)
    address = filled(client, world)
    client.get(f"{address}/{slug}")

    with django_assert_max_num_queries(10):
        answer = client.get(f"{address}/{slug}")

    assert len(answer.content) < 20_000


def test_the_contents_of_a_filing_say_what_is_left_and_a_long_one_is_taken_up_there(
    world: World, citizen: Actor, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in(citizen)
    address = begun(client)
    said(client, address, "noi-dung", noi_dung="Mở quán cà phê rang xay")

    shown = main(client.get(f"{address}/muc-luc"))

    assert "Còn 6 trang" in shown
    assert (shown.count("Chưa xong"), shown.count("Xong</span>")) == (6, 1)
    assert client.get(address)["Location"] == f"{address}/nguoi-nop"
    monkeypatch.setattr(filling, "_LONG", 3)
    assert client.get(address)["Location"] == f"{address}/muc-luc"


def test_the_contents_of_a_strangers_filing_are_not_there(
    world: World, citizen: Actor, sign_in: SignIn
) -> None:
    address = begun(sign_in(citizen))

    assert sign_in(worlds.citizen("Lê Văn Khác")).get(f"{address}/muc-luc").status_code == 404
