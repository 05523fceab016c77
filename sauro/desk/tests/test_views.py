from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from sauro.cases.models import Case
from sauro.core import clock
from sauro.desk.services import taking
from sauro.desk.tests import world
from sauro.desk.tests.browser import ROOT, decide, signed_in, state, text
from sauro.desk.tests.world import MONDAY
from sauro.onestop.rules import State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hour")]


def test_a_dossier_goes_from_filing_to_result_through_every_role() -> None:
    here = world.build()
    case_id, code = world.filed(here)
    clerk, head, stamp = signed_in(here.clerk), signed_in(here.head), signed_in(here.stamp)

    page = clerk.get(ROOT)
    assert "Y Khoa Êban" in text(page)
    assert "Tiếp nhận, chuyển xử lý" in text(clerk.get(f"{ROOT}ho-so/{code}"))
    answer = decide(clerk, case_id, code, "tiep-nhan")
    assert answer.status_code == 302
    assert "Đã tiếp nhận và chuyển xử lý" in text(clerk.get(answer["Location"]))

    specialist = signed_in(world.holder(here, case_id))
    page = specialist.get(f"{ROOT}ho-so/{code}")
    assert "Đề nghị cấp Giấy chứng nhận đăng ký hộ kinh doanh" in text(page)
    decide(specialist, case_id, code, "trinh-ky", draft="Đủ điều kiện. Đề nghị cấp.")

    page = head.get(ROOT)
    assert "Cần ký 1 kết quả" in text(page)
    assert "Đủ điều kiện. Đề nghị cấp." in text(page)
    tick = f"{case_id}:{code}:{world.version_of(case_id)}"
    assert "Đã ký 1 trên 1 kết quả" in text(head.post(f"{ROOT}ky", {"chosen": tick}))

    decide(stamp, case_id, code, "phat-hanh")
    assert state(case_id) == State.DONE
    decide(clerk, case_id, code, "tra-ket-qua")
    assert state(case_id) == State.RETURNED
    last = text(clerk.get(f"{ROOT}ho-so/{code}"))
    assert "Hồ sơ đã kết thúc" in last
    assert "Trả kết quả" in last


def test_a_dossier_of_another_office_looks_like_one_that_does_not_exist() -> None:
    here = world.build()
    _case_id, code = world.filed(here)
    stranger = signed_in(here.stranger)

    hidden = stranger.get(f"{ROOT}ho-so/{code}")
    missing = stranger.get(f"{ROOT}ho-so/H15.24133.01-20261123-9999999")

    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert "Không có hồ sơ nào với mã này" in text(hidden)
    assert _said(hidden) == _said(missing)
    assert decide(stranger, _case_id, code, "tiep-nhan").status_code == 404
    assert "0 hồ sơ cho" in text(stranger.get(f"{ROOT}tim", {"q": "khoa"}))


def _said(answer: Any) -> str:  # noqa: ANN401
    return text(answer).partition("<main")[2].partition("</main>")[0]


GET_ROUTES = [
    "",
    "hang-doi",
    "tiep-theo",
    "tim?q=khoa",
    "don-vi",
    "so-theo-doi",
    "tiep-nhan",
    "tiep-nhan/1.001612",
]


@pytest.mark.parametrize("route", [*GET_ROUTES, "ho-so/{code}", "ho-so/{code}/giay/mau-01"])
def test_neither_visitor_nor_citizen_opens_any_page_of_the_desk(route: str) -> None:
    here = world.build()
    _case_id, code = world.filed(here)
    visitor, citizen = Client(), signed_in(world.citizen())
    address = ROOT + route.format(code=code)

    asked = visitor.get(address)
    refused = citizen.get(address)

    assert asked.status_code == 302
    assert asked["Location"].startswith("/dang-nhap?ve=")
    assert refused.status_code == 403


@pytest.mark.parametrize("route", ["ho-so/{code}/tiep-nhan", "ho-so/{code}/giao-lai", "ky"])
def test_neither_visitor_nor_citizen_decides_anything(route: str) -> None:
    here = world.build()
    case_id, code = world.filed(here)
    owner = signed_in(world.citizen())

    Client().post(ROOT + route.format(code=code), {"seen": 1})
    refused = owner.post(ROOT + route.format(code=code), {"seen": 1})

    assert refused.status_code == 403
    assert state(case_id) == State.REGISTERED


def test_a_decision_made_on_an_old_page_is_not_made_and_says_so() -> None:
    here = world.build()
    case_id, code = world.filed(here)
    clerk = signed_in(here.clerk)

    answer = decide(clerk, case_id, code, "tu-choi", seen=7, ground="DOI_TUONG", note="Nộp ở Huế.")

    assert answer.status_code == 409
    assert "Hồ sơ vừa được người khác cập nhật" in text(answer)
    assert "Nộp ở Huế." in text(answer)
    assert state(case_id) == State.REGISTERED


def test_a_page_that_says_no_version_counts_as_old() -> None:
    here = world.build()
    case_id, code = world.filed(here)

    answer = signed_in(here.clerk).post(f"{ROOT}ho-so/{code}/tiep-nhan")

    assert answer.status_code == 409
    assert state(case_id) == State.REGISTERED


def test_the_wrong_role_sees_the_dossier_but_not_the_decision() -> None:
    here = world.build()
    case_id, code = world.filed(here)
    head = signed_in(here.head)

    page = text(head.get(f"{ROOT}ho-so/{code}"))
    answer = decide(head, case_id, code, "tiep-nhan")

    assert "Lê Thị Thu Hà" in page
    assert "Tiếp nhận, chuyển xử lý" not in page
    assert answer.status_code == 403
    assert state(case_id) == State.REGISTERED


def test_a_decision_that_the_state_does_not_allow_is_refused_in_words() -> None:
    here = world.build()
    case_id, code = world.filed(here)

    answer = decide(signed_in(here.clerk), case_id, code, "chuyen-xu-ly")

    assert answer.status_code == 409
    assert "Chưa ghi gì" in text(answer)
    assert state(case_id) == State.REGISTERED


def test_a_decision_that_does_not_exist_is_not_found() -> None:
    here = world.build()
    case_id, code = world.filed(here)

    assert decide(signed_in(here.clerk), case_id, code, "bay-len-troi").status_code == 404


def test_what_is_asked_for_is_asked_once_and_papers_handed_in_restart_the_term() -> None:
    here = world.build()
    case_id, code = world.filed(here)
    clerk = signed_in(here.clerk)

    decide(
        clerk,
        case_id,
        code,
        "yeu-cau-bo-sung",
        items=["Giấy ủy quyền"],
        note="Bản chụp mờ",
        other="",
    )
    waiting = text(clerk.get(f"{ROOT}ho-so/{code}"))
    assert state(case_id) == State.SUPPLEMENT_REQUESTED
    assert "Giấy ủy quyền" in waiting
    assert "yeu-cau-bo-sung" not in waiting
    decide(clerk, case_id, code, "da-bo-sung")

    assert state(case_id) == State.ACCEPTED


def test_nothing_chosen_to_supplement_keeps_what_was_typed() -> None:
    here = world.build()
    case_id, code = world.filed(here)

    answer = decide(signed_in(here.clerk), case_id, code, "yeu-cau-bo-sung", note="Bản chụp mờ")

    assert answer.status_code == 422
    assert "Chọn hoặc ghi ít nhất một giấy tờ" in text(answer)
    assert "Bản chụp mờ" in text(answer)
    assert "<title>Lỗi: " in text(answer)
    assert state(case_id) == State.REGISTERED


def test_a_filing_is_turned_away_with_a_ground_and_advice() -> None:
    here = world.build()
    case_id, code = world.filed(here)
    clerk = signed_in(here.clerk)

    decide(clerk, case_id, code, "tu-choi", ground="THAM_QUYEN", note="Nộp tại Sở Xây dựng.")

    assert state(case_id) == State.REJECTED
    assert "không thuộc thẩm quyền" in text(clerk.get(f"{ROOT}ho-so/{code}"))


def test_a_leader_sends_a_draft_back_with_the_reason() -> None:
    here = world.build()
    case_id, code = world.proposed(here)

    decide(signed_in(here.head), case_id, code, "tra-lai", note="Thêm căn cứ pháp lý.")

    assert Case.objects.get(pk=case_id).step == "appraise"
    page = text(signed_in(world.holder(here, case_id)).get(f"{ROOT}ho-so/{code}"))
    assert "Thêm căn cứ pháp lý." in page


def test_a_batch_with_one_bad_row_signs_the_others_and_names_it() -> None:
    here = world.build()
    rows = [world.proposed(here) for _ in range(3)]
    ticks = [f"{pk}:{code}:{world.version_of(pk)}" for pk, code in rows]
    ticks[0] = f"{rows[0][0]}:{rows[0][1]}:1"

    page = text(signed_in(here.head).post(f"{ROOT}ky", {"chosen": ticks}))

    assert "Đã ký 2 trên 3 kết quả đã chọn." in page
    assert rows[0][1] in page
    assert [Case.objects.get(pk=pk).step for pk, _code in rows] == ["sign", "stamp", "stamp"]


def test_signing_nothing_says_so() -> None:
    here = world.build()

    answer = signed_in(here.head).post(f"{ROOT}ky", {"chosen": "rác"})

    assert answer.status_code == 422
    assert "Chọn ít nhất một kết quả" in text(answer)


def test_a_late_dossier_names_who_has_it_and_is_apologised_for_once(
    hour: Callable[[datetime], None],
) -> None:
    here = world.build()
    case_id, code = world.filed(here)
    taking.take_in(case_id, by=here.clerk, now=MONDAY)
    holder = world.holder(here, case_id)
    hour(MONDAY + timedelta(days=7))
    head = signed_in(here.head)

    page = text(head.get(ROOT))
    given = {"promised_at": "2026-12-04", "note": "Chờ đối chiếu địa chỉ trụ sở."}
    decide(head, case_id, code, "xin-loi", **given)
    again = decide(head, case_id, code, "xin-loi", **given)

    assert "hỏi 1 hồ sơ trễ" in page
    assert holder.label.partition(",")[0] in page
    assert "Đang quá hạn ở bước thẩm định" in page
    assert "đã hẹn lại một lần" in text(again)
    promised = Case.objects.get(pk=case_id).promised_at
    assert promised is not None
    assert f"{clock.local(promised):%H:%M %d/%m/%Y}" == "17:00 04/12/2026"


def test_a_leader_gives_a_dossier_to_somebody_else() -> None:
    here = world.build()
    case_id, code = world.filed(here)
    taking.take_in(case_id, by=here.clerk, now=MONDAY)
    holder = world.holder(here, case_id)
    other = here.colleague if holder == here.specialist else here.specialist

    decide(
        signed_in(here.head),
        case_id,
        code,
        "giao-lai",
        official=other.official_id,
        note="Nghỉ phép từ hôm nay",
    )

    assert world.holder(here, case_id) == other


def test_next_opens_the_most_urgent_dossier_and_says_why() -> None:
    here = world.build()
    _later, later = world.filed(here, now=MONDAY)
    _first, first = world.filed(here, now=MONDAY - timedelta(days=5))
    clerk = signed_in(here.clerk)

    answer = clerk.get(f"{ROOT}tiep-theo")

    assert answer["Location"] == f"{ROOT}ho-so/{first}?tiep=1"
    assert "Mở trước vì trễ lâu nhất" in text(clerk.get(answer["Location"]))
    assert later in text(clerk.get(ROOT))


def test_an_empty_queue_says_so() -> None:
    here = world.build()
    clerk = signed_in(here.clerk)

    assert clerk.get(f"{ROOT}tiep-theo")["Location"] == f"{ROOT}hang-doi"
    assert "Hết việc" in text(clerk.get(ROOT))
