"""The pages of the hall, as a browser without JavaScript sees them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from sauro.core import clock
from sauro.core.actor import Actor
from sauro.offices.middleware import SESSION_KEY
from sauro.people.tests.factories import AccountFactory
from sauro.queueing.models import Ticket
from sauro.queueing.tests import factories
from sauro.queueing.tests.factories import CODE, MONDAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _hour(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    def set_to(at: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: at)

    set_to(MONDAY)
    return set_to


def _signed_in(actor: Actor) -> Client:
    AccountFactory.create(person_id=actor.person_id)
    client = Client()
    session = client.session
    session[SESSION_KEY] = actor.person_id
    session.save()
    return client


def _text(answer: Any) -> str:  # noqa: ANN401 - the test client's own response
    return str(answer.content.decode())


def test_from_the_kiosk_to_the_window_and_the_screen() -> None:
    hall = factories.build()
    visitor, clerk = Client(), _signed_in(hall.clerk)

    taken = visitor.post(f"/xep-hang/{CODE}", {"line": "A", "priority": "ELDERLY"})
    assert "chưa có quầy mở" in _text(visitor.get(taken["Location"]))
    clerk.post("/xep-hang/quay/mo", {"number": "3", "lines": ["A", "D"]})
    assert "1 người chờ · mỗi người khoảng 8 phút" in _text(visitor.get(f"/xep-hang/{CODE}"))
    assert "Tạm tính 8 phút một người" in _text(visitor.get(taken["Location"]))
    assert "Chưa gọi số nào" in _text(visitor.get(f"/xep-hang/{CODE}/man-hinh"))
    clerk.post("/xep-hang/quay/ke-tiep")

    assert "Mời đến <b>quầy 3</b>" in _text(visitor.get(taken["Location"]))
    screen = _text(visitor.get(f"/xep-hang/{CODE}/man-hinh"))
    assert "A001" in screen
    assert '<noscript><meta http-equiv="refresh" content="10"></noscript>' in screen
    assert "Người cao tuổi" in _text(clerk.get("/xep-hang/quay"))
    clerk.post("/xep-hang/quay/xong")
    assert "Hộ tịch, chứng thực" in _text(clerk.get("/xep-hang/thong-ke"))


def test_a_kiosk_that_is_not_told_what_for_asks_again() -> None:
    factories.build()

    answer = Client().post(f"/xep-hang/{CODE}", {"line": "<b>"})

    assert answer.status_code == 422
    assert "Chọn việc cần làm" in _text(answer)
    assert Ticket.objects.count() == 0


def test_absent_people_are_put_back_and_moved_on() -> None:
    hall = factories.build()
    clerk = _signed_in(hall.clerk)
    clerk.post("/xep-hang/quay/mo", {"number": "3", "lines": ["A", "B"]})
    ticket = factories.taken(hall, now=MONDAY)
    clerk.post("/xep-hang/quay/ke-tiep")
    clerk.post("/xep-hang/quay/vang")

    assert "Đã gọi mà không thấy ai" in _text(Client().get(f"/xep-hang/so/{ticket.key}"))
    clerk.post(f"/xep-hang/quay/xep-lai/{ticket.key}")
    clerk.post("/xep-hang/quay/ke-tiep")
    clerk.post("/xep-hang/quay/chuyen", {"line": "B"})

    ticket.refresh_from_db()
    assert (ticket.state, ticket.line) == ("WAITING", "B")
    assert "Không còn ai chờ" in _text(clerk.get("/xep-hang/quay?het=1"))


def test_only_who_works_at_the_centre_calls() -> None:
    hall = factories.build()
    stranger = _signed_in(hall.stranger)

    assert stranger.get("/xep-hang/quay").status_code == 403
    assert Client().get("/xep-hang/quay").status_code == 302
    assert _signed_in(hall.clerk).get("/xep-hang/quay/ke-tiep").status_code == 405
    assert _signed_in(hall.other).post("/xep-hang/quay/bay-len").status_code == 404


def test_an_unknown_centre_or_ticket_is_not_found() -> None:
    factories.build()

    assert Client().get("/xep-hang/H15.99").status_code == 404
    assert Client().get("/xep-hang/X/man-hinh").status_code == 404
    assert Client().get("/xep-hang/so/abc").status_code == 404
    assert "Trung tâm Phục vụ" in _text(Client().get("/xep-hang/"))
