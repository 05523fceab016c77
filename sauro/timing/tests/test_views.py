"""The pages, without JavaScript: what everyone sees, and a change from form to undo."""

from typing import Any

import pytest
from django.test import Client

from sauro.core import clock as wall
from sauro.onestop.tests import world as worlds
from sauro.onestop.tests.steps import accepted
from sauro.onestop.tests.world import MONDAY
from sauro.timing.tests.world import ROOT, at, clock, leader, signed_in

pytestmark = pytest.mark.django_db
GIVEN: dict[str, Any] = {
    "tu": "2026-11-25",
    "loai": "local_off",
    "ten": "Lễ hội Cà phê",
    "nguon": "QĐ 12",
}


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wall, "now", lambda: MONDAY)


def text(client: Client, path: str, status: int = 200, **given: Any) -> str:  # noqa: ANN401
    answer = client.get(ROOT + path, given)
    assert answer.status_code == status
    return str(answer.content.decode())


class TestForEveryone:
    def test_the_calendar_of_the_year(self) -> None:
        worlds.build()

        page = text(Client(), "")

        assert "Lịch làm việc năm 2026" in page
        assert "Ngày nghỉ lễ" in page
        assert "Thêm ngày" not in page

    def test_a_year_to_come_is_marked_as_an_estimate(self) -> None:
        worlds.build()

        assert "là ước tính" in text(Client(), "", nam="2028")
        assert "Lịch làm việc có từ năm" in text(Client(), "", 404, nam="1980")

    def test_a_due_date_is_told_day_by_day(self) -> None:
        worlds.build()

        page = text(Client(), "tinh-han", tu="2026-11-20", so="3", dvt="WORKING_DAY")

        assert "Thứ Năm, 26/11/2026" in page
        assert "Ngày thứ 3" in page
        assert "Bộ luật Lao động 2019, Điều 111" in page

    def test_the_latest_start_is_told_too(self) -> None:
        worlds.build()
        given: dict[str, Any] = {
            "tu": "2026-11-26",
            "so": "3",
            "dvt": "WORKING_DAY",
            "chieu": "nguoc",
        }

        assert "Thứ Sáu, 20/11/2026" in text(Client(), "tinh-han", **given)

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"tu": "hôm nay"}, "Ghi ngày dạng"),
            ({"so": "0"}, "Ghi thời hạn là số"),
            ({"so": "99999"}, "Ghi thời hạn là số"),
            ({"dvt": "moons"}, "Chọn đơn vị tính"),
            ({"luc": "25:00"}, "Ghi giờ dạng"),
            ({"tu": "1975-04-30"}, "Chưa có lịch làm việc"),
        ],
    )
    def test_nonsense_is_answered_beside_the_field(self, wrong: dict[str, str], said: str) -> None:
        worlds.build()
        given: dict[str, Any] = {"tu": "2026-11-20", "so": "3", "dvt": "WORKING_DAY", **wrong}

        assert said in text(Client(), "tinh-han", 422, **given)


class TestChanging:
    def test_from_the_form_to_undoing(self) -> None:
        here, by = worlds.build(), leader()
        case_id = accepted(here)
        client = signed_in(by)
        assert "Thêm ngày" in text(client, "")
        assert "Ngày nghỉ lễ" in text(client, "sua", tu="2026-11-24")

        page = text(client, "xem-truoc", **GIVEN)
        assert "Xác nhận, tính lại 1 hồ sơ" in page
        assert "+1 ngày làm việc" in page
        assert clock(case_id)["legal_due_at"] == at("2026-11-27 17:00")

        made = client.post(f"{ROOT}xac-nhan", GIVEN)
        assert made.status_code == 302
        assert "tính lại 1 hồ sơ" in client.get(made["Location"]).content.decode()
        assert clock(case_id)["legal_due_at"] == at("2026-11-30 17:00")

        undone = client.post(made["Location"].partition("?")[0] + "/hoan-tac")
        assert "Đã hoàn tác" in client.get(undone["Location"]).content.decode()
        assert clock(case_id)["legal_due_at"] == at("2026-11-27 17:00")
        again = client.post(made["Location"].partition("?")[0] + "/hoan-tac")
        assert again.status_code == 409

    def test_a_head_sets_days_of_their_own_office_only(self) -> None:
        here = worlds.build()
        client = signed_in(here.head)
        own = str(here.head.office_id)

        assert "riêng của cơ quan" in text(client, "")
        text(client, "xem-truoc", **{**GIVEN, "don-vi": own})
        assert client.post(f"{ROOT}xac-nhan", {**GIVEN, "don-vi": own}).status_code == 302
        assert "riêng cơ quan này" in text(Client(), "", **dict[str, Any]({"don-vi": own}))
        assert client.post(f"{ROOT}xac-nhan", GIVEN).status_code == 403
        text(client, "xem-truoc", 403, **GIVEN)

    def test_others_are_turned_away(self) -> None:
        here = worlds.build()

        text(signed_in(here.clerk), "sua", 403)
        assert Client().get(f"{ROOT}sua").status_code == 302

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"tu": ""}, "Ghi ngày dạng"),
            ({"loai": ""}, "Chọn loại ngày"),
            ({"nguon": ""}, "Ghi căn cứ"),
            ({"den": "2026-11-01"}, "từ ngày đầu trở đi"),
        ],
    )
    def test_what_is_missing_is_said_beside_the_field(
        self, wrong: dict[str, str], said: str
    ) -> None:
        worlds.build()
        client = signed_in(leader())

        assert said in text(client, "xem-truoc", 422, **{**GIVEN, **wrong})
        answer = client.post(f"{ROOT}xac-nhan", {**GIVEN, **wrong})
        assert answer.status_code == 422
