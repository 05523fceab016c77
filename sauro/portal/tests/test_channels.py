"""The page on which a person says how they want to be told."""

import pytest
from django.test import Client

from sauro.core.actor import Actor
from sauro.notices.models import Choice
from sauro.portal.tests.conftest import SignIn
from sauro.portal.tests.walking import text

pytestmark = pytest.mark.django_db
ADDRESS = "/cua-toi/kenh-bao-tin"


def test_a_person_chooses_and_sees_what_they_chose(citizen: Actor, sign_in: SignIn) -> None:
    client = sign_in(citizen)
    assert "Chọn kênh nhận tin" in text(client.get("/cua-toi"))
    before = client.get(ADDRESS).content.decode()
    assert before.count(" checked") == 3
    assert "Tỉnh chưa nối kênh này" in before

    answer = client.post(ADDRESS, {"kenh": ["ZALO", "FAX"]}, follow=True)

    assert "Đã lưu lựa chọn" in text(answer)
    assert answer.content.decode().count(" checked") == 1
    wanted = Choice.objects.filter(person_id=citizen.person_id or 0, is_wanted=True)
    assert [choice.channel for choice in wanted] == ["ZALO"]


def test_who_is_not_signed_in_is_asked_to() -> None:
    assert Client().get(ADDRESS).status_code == 302
    assert Client().post(ADDRESS, {"kenh": ["SMS"]}).status_code == 302


def test_a_device_is_kept_and_given_back_and_a_strange_address_is_refused(
    citizen: Actor, sign_in: SignIn
) -> None:
    client, to = sign_in(citizen), "/cua-toi/thiet-bi"
    theirs = "https://updates.push.services.mozilla.com/wpush/v2/abc"

    assert client.post(to, {"noi": theirs}).status_code == 204
    assert "1 thiết bị đang nhận" in text(client.get(ADDRESS))
    assert client.post(to, {"noi": "https://127.0.0.1/"}).status_code == 422
    assert client.get(to).status_code == 405
    assert client.post(to, {"noi": theirs, "thoi": "1"}).status_code == 204
    assert "Chưa có thiết bị nào" in text(client.get(ADDRESS))
