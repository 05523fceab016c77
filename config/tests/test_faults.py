"""The pages of last resort, and the page that says whether we are alive."""

import pytest
from django.http import HttpRequest
from django.test import Client

from config import faults

pytestmark = pytest.mark.django_db


def test_an_address_that_leads_nowhere_is_answered_in_words(client: Client) -> None:
    answer = client.get("/khong-co-trang-nay")

    assert answer.status_code == 404
    assert "Không có trang này" in answer.content.decode()


def test_a_form_without_its_token_is_answered_in_words() -> None:
    answer = Client(enforce_csrf_checks=True).post("/dang-nhap", {"ten": "a", "mat_khau": "b"})

    assert answer.status_code == 409
    assert "Trang này mở đã lâu nên chưa gửi được." in answer.content.decode()


def test_a_fault_of_ours_is_answered_without_needing_anything() -> None:
    answer = faults.broken(HttpRequest())

    assert answer.status_code == 500
    assert "1022" in answer.content.decode()


def test_the_health_page_says_that_the_database_answers(client: Client) -> None:
    answer = client.get("/song")

    assert (answer.status_code, answer.content) == (200, b'{"song": true}')
