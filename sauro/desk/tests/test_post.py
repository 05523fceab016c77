"""Lists of the post: looked at row by row, taken in whole or not at all."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from sauro.cases.models import Case
from sauro.cases.services import Opened
from sauro.core import clock
from sauro.core.errors import Changed, NotNow
from sauro.desk import postlist
from sauro.desk.queries import posting as lists
from sauro.desk.services import posting, taking
from sauro.desk.tests import world
from sauro.desk.tests.browser import ROOT, signed_in, state, text
from sauro.desk.tests.world import MONDAY
from sauro.documents import tables
from sauro.onestop import parcels
from sauro.onestop.models import Dossier, Parcel
from sauro.onestop.postal import Way, check_digit
from sauro.onestop.rules import Outcome
from sauro.onestop.services import handling
from sauro.onestop.services import posting as carried
from sauro.onestop.services.posting import Carried
from sauro.places.models import Place
from sauro.procedures.tests.factories import ProcedureFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hour", "province")]


@pytest.fixture
def province(settings: Settings) -> None:
    """Let the ward of the tests lie in the province that is set up."""
    settings.PROVINCE = {**settings.PROVINCE, "code": PROVINCE}


PROVINCE = "99"


def _build() -> world.World:
    here = world.build()
    Place.objects.filter(pk=here.place.parent_id or 0).update(code=PROVINCE)
    return here


def _number(n: int) -> str:
    return f"EB{n:08}{check_digit(f'{n:08}')}VN"


def _row(n: int = 1, **other: str) -> list[str]:
    cells = {
        "Mã bưu gửi": _number(n),
        "Mã thủ tục": "1.001612",
        "Họ và tên": "Phạm Văn Lợi",
        "Số định danh": "900091004227",
        "Điện thoại": "0500000123",
        "Địa chỉ": "42 Nguyễn Văn Cừ",
        "Xã, phường": "Phường Tân Lập",
        "Giờ giao nhận": "20/11/2026 15:30",
        "Bưu tá": "Nguyễn Văn Thư",
    }
    return [{**cells, **other}[name] for name in postlist.COMING]


def _send(client: Client, kind: str, content: bytes, step: str = "xem") -> Any:  # noqa: ANN401
    upload = SimpleUploadedFile("ds.csv", content)
    return client.post(f"{ROOT}buu-chinh/{step}/{kind}", {"file": upload})


def _list(*rows: list[str]) -> bytes:
    return tables.as_csv(postlist.COMING, rows)


def test_what_the_post_brought_is_filed_at_the_hour_it_was_handed_over() -> None:
    here = _build()
    clerk = signed_in(here.clerk)
    content = _list(_row(1), _row(2))

    looked = text(_send(clerk, "den", content))
    assert "2 dòng đúng" in looked
    assert Dossier.objects.count() == 0
    done = clerk.post(f"{ROOT}buu-chinh/ghi/den", {"table": content.decode("utf-8-sig")})

    assert "Đã ghi 2 dòng" in text(done)
    case = Case.objects.order_by("pk").first()
    assert case is not None
    assert case.started_at is not None
    assert f"{clock.local(case.started_at):%d/%m/%Y %H:%M}" == "20/11/2026 15:30"
    assert case.code.startswith("H15.24133.01-20261120-")
    assert Dossier.objects.filter(channel="POST", return_by="POST").count() == 2
    assert list(Parcel.objects.values_list("way", "number").order_by("pk")) == [
        ("IN", _number(1)),
        ("IN", _number(2)),
    ]
    assert _number(1) in text(clerk.get(f"{ROOT}ho-so/{case.code}"))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"Mã bưu gửi": "EB000000010VN"}, "sai số kiểm tra"),
        ({"Mã thủ tục": "9.999999"}, "9.999999"),
        ({"Họ và tên": "<b>1</b>"}, "Họ tên chỉ có chữ"),
        ({"Số định danh": "123"}, "12 chữ số"),
        ({"Xã, phường": "Gotham"}, "Gotham"),
        ({"Giờ giao nhận": "hôm qua"}, "23/11/2026 09:30"),
        ({"Giờ giao nhận": "24/11/2026 08:00"}, "không sau lúc này"),
        ({"Mã bưu gửi": _number(1)}, "trùng dòng 2"),
    ],
)
def test_one_bad_row_is_named_and_nothing_at_all_is_taken(wrong: dict[str, str], said: str) -> None:
    here = _build()
    clerk = signed_in(here.clerk)
    content = _list(_row(1), _row(2, **wrong))

    looked = _send(clerk, "den", content)
    taken = clerk.post(f"{ROOT}buu-chinh/ghi/den", {"table": content.decode("utf-8-sig")})

    for answer in (looked, taken):
        assert answer.status_code == 422
        assert 'Dòng <b class="n">3</b>' in text(answer)
        assert said in text(answer)
    assert Dossier.objects.count() == 0


def test_the_same_list_twice_is_taken_once() -> None:
    here = _build()
    clerk = signed_in(here.clerk)
    given = {"table": _list(_row(1)).decode("utf-8-sig")}

    clerk.post(f"{ROOT}buu-chinh/ghi/den", given)
    again = clerk.post(f"{ROOT}buu-chinh/ghi/den", given)

    assert "Bưu gửi này đã nhận" in text(again)
    assert Dossier.objects.count() == 1


def test_a_fault_in_the_middle_of_taking_leaves_nothing() -> None:
    here = _build()
    clerk = signed_in(here.clerk)
    content = tables.read(_list(_row(1), _row(2)))
    rows = list(lists.coming(here.clerk, content, now=MONDAY).brought)
    rows[1] = rows[0]

    with pytest.raises(NotNow):
        posting.take_posted(rows, by=here.clerk, now=MONDAY)

    assert Dossier.objects.count() == 0
    assert clerk.get(f"{ROOT}buu-chinh").status_code == 200


def _done_by_post(here: world.World) -> Opened:
    case_id, code = world.filed(here)
    Dossier.objects.filter(pk=case_id).update(return_by="POST")
    taking.take_in(case_id, by=here.clerk, now=MONDAY)
    handling.propose(
        case_id, Outcome.GRANTED, "Đủ điều kiện.", by=world.holder(here, case_id), now=MONDAY
    )
    handling.approve(case_id, by=world.holder(here, case_id), now=MONDAY)
    handling.issue(case_id, by=world.holder(here, case_id), now=MONDAY)
    return Opened(id=case_id, code=code)


def test_a_result_goes_out_and_the_dossier_ends_when_it_is_delivered() -> None:
    here = _build()
    opened = _done_by_post(here)
    clerk = signed_in(here.clerk)
    sent = [opened.code, _number(7), "23/11/2026 07:30", "Nguyễn Văn Thư", "25.000", ""]

    listed = tables.read(clerk.get(f"{ROOT}buu-chinh/giao-di.xlsx").content)
    given = tables.as_csv(postlist.GOING, [sent]).decode("utf-8-sig")
    clerk.post(f"{ROOT}buu-chinh/ghi/di", {"table": given})
    assert state(opened.id) == "DONE"
    arrived = tables.as_csv(postlist.GOING, [[*sent[:5], "23/11/2026 07:55"]])
    done = clerk.post(f"{ROOT}buu-chinh/ghi/di", {"table": arrived.decode("utf-8-sig")})

    assert listed[1][0] == opened.code
    assert "Đã ghi 1 dòng" in text(done)
    assert state(opened.id) == "RETURNED"
    page = text(clerk.get(f"{ROOT}ho-so/{opened.code}"))
    assert "Bưu chính đã phát" in page
    kept = Parcel.objects.get()
    assert (kept.way, kept.cod, kept.postman) == ("OUT", 25_000, "Nguyễn Văn Thư")


def test_a_parcel_arrives_once_and_only_if_it_is_on_its_way() -> None:
    here = _build()
    opened = _done_by_post(here)
    parcel = Carried(number=_number(3), handed_at=MONDAY - timedelta(hours=1))
    carried.send_out(opened.id, parcel, by=here.clerk, now=MONDAY)

    with pytest.raises(NotNow):
        carried.send_out(opened.id, parcel, by=here.clerk, now=MONDAY)
    with pytest.raises(NotNow):
        carried.arrived(_number(4), MONDAY, by=here.clerk, now=MONDAY)
    with pytest.raises(NotNow):
        carried.arrived(parcel.number, MONDAY - timedelta(hours=2), by=here.clerk, now=MONDAY)
    assert carried.arrived(parcel.number, MONDAY, by=here.clerk, now=MONDAY) == opened.id
    with pytest.raises(Changed):
        carried.arrived(parcel.number, MONDAY, by=here.clerk, now=MONDAY)
    with pytest.raises(NotNow):
        carried.came_by_post(opened.id, parcel, by=here.clerk, now=MONDAY)


@pytest.mark.parametrize(
    "content",
    [b"", b"a,b\n1,2", b"PK\x03\x04", tables.as_csv(postlist.COMING, []), b"\xff\xfe\x00"],
)
def test_a_file_that_is_no_such_list_is_refused(content: bytes) -> None:
    here = _build()

    answer = _send(signed_in(here.clerk), "den", content)

    assert answer.status_code == 422
    assert "Chưa ghi gì" in text(answer)


def test_the_sample_is_read_as_a_list_and_strangers_see_nothing() -> None:
    here = _build()
    ProcedureFactory.create(code="1.001193")
    clerk = signed_in(here.clerk)

    sample = tables.read(clerk.get(f"{ROOT}buu-chinh/mau.xlsx").content)

    rows, faults = postlist.coming(sample, on=MONDAY.date())
    assert (len(rows), faults) == (1, [])
    stranger = signed_in(here.stranger)
    assert stranger.get(f"{ROOT}buu-chinh").status_code == 403
    assert _send(stranger, "den", _list(_row())).status_code == 403
    assert _send(clerk, "nowhere", b"").status_code == 404


@pytest.mark.parametrize("size", [1, 3])
def test_what_waits_for_the_post_takes_one_query(
    size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    here = _build()
    first, *_others = [_done_by_post(here) for _ in range(size)]

    with django_assert_num_queries(1):
        found = parcels.to_send(here.centre_id)
    with django_assert_num_queries(1):
        parcels.of_dossier(first.id, "ONLINE", "POST")
    with django_assert_num_queries(0):
        parcels.of_dossier(first.id, "ONLINE", "CENTRE")
    with django_assert_num_queries(1):
        assert parcels.known([_number(1)]).get((_number(1), Way.IN)) is None

    assert len(found) == size
