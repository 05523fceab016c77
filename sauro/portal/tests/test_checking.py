"""Checking a paper as anybody does, without JavaScript; and a person's own papers."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from sauro.core.actor import Actor
from sauro.documents import queries as documents
from sauro.documents.models import Certificate, Paper, Signature
from sauro.documents.signing import grouped
from sauro.onestop.tests import world as worlds
from sauro.onestop.tests.world import MONDAY, World
from sauro.portal.queries import checking
from sauro.portal.tests.conftest import SignIn
from sauro.portal.tests.papers import OFFICE, signed

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def trust(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(autouse=True)
def with_keys(settings: Settings, trust: Path, tmp_path: Path) -> None:
    settings.DEMO = True
    settings.KEYS_DIR = trust
    settings.FILES_DIR = tmp_path / "files"


def content(paper: Paper) -> bytes:
    return documents.open_file(paper.file_id)[0].read_bytes()


def sent(made: bytes, name: str = "ket-qua.pdf") -> str:
    file = SimpleUploadedFile(name, made, "application/pdf")
    answer = Client().post("/kiem-tra", {"tep": file})
    return str(answer.content.decode())


def by_code(code: str) -> str:
    return str(Client().get(f"/kiem-tra/{code}").content.decode())


def test_the_code_of_a_paper_tells_who_signed_it_in_which_post_and_when() -> None:
    paper = signed()

    page = by_code(paper.check_code or "")

    for wanted in (
        "Giấy này là thật và còn nguyên vẹn.",
        "05/TB-UBND",
        "Nguyễn Hoàng Nam",
        "Phó Chủ tịch, " + OFFICE,
        "chức vụ vào ngày ký",
        "Ký lúc 08:00, 23/11/2026",
        "dấu thời gian",
        paper.file.sha256,
    ):
        assert wanted in page
    assert "Y Blŭk Êban" not in page


def test_a_code_typed_in_groups_opens_the_same_page() -> None:
    code = signed().check_code or ""

    answer = Client().get("/kiem-tra", {"ma": grouped(code).lower()})

    assert answer["Location"] == f"/kiem-tra/{code}"


def test_a_code_nobody_gave_out_is_not_found() -> None:
    answer = Client().get("/kiem-tra/7K2M9QXABCDE")

    assert answer.status_code == 404
    assert "Không có giấy nào với mã này" in answer.content.decode()


def test_the_file_itself_is_genuine_until_one_letter_changes() -> None:
    made = content(signed())
    at = made.find(b"stream", 2_000) + 40
    changed = made[:at] + bytes([made[at] ^ 1]) + made[at + 1 :]

    assert "Giấy này là thật và còn nguyên vẹn." in sent(made)
    assert "Tệp này đã bị sửa sau khi ký." in sent(changed)


def test_a_scan_a_photograph_and_nothing_are_told_what_to_do() -> None:
    assert "không có chữ ký số" in sent(b"%PDF-1.7\n%nothing\n")
    assert "không có chữ ký số" in sent(b"\xff\xd8\xff\xe0 a photograph")
    empty = Client().post("/kiem-tra", {})
    assert empty.status_code == 422
    assert "Chọn tệp PDF cần kiểm tra." in empty.content.decode()


def test_what_an_office_signed_but_we_do_not_keep_is_not_vouched_for() -> None:
    made = content(signed())
    Signature.objects.all().delete()

    assert "nhưng hệ thống không lưu tệp này" in sent(made)


def test_a_certificate_revoked_before_the_signature_spoils_it_and_after_it_does_not() -> None:
    paper = signed()
    code = paper.check_code or ""
    Certificate.objects.update(revoked_at=MONDAY + timedelta(days=1), reason="Mất thiết bị")
    assert "thật và còn nguyên vẹn" in by_code(code)
    assert "sau khi đã ký" in by_code(code)

    Certificate.objects.update(revoked_at=MONDAY - timedelta(minutes=1))

    assert "đã bị thu hồi trước khi ký" in by_code(code)


def test_a_paper_that_was_signed_anew_says_so() -> None:
    first = signed()
    Paper.objects.filter(pk=first.pk).update(issued_at=MONDAY - timedelta(days=1))
    signed()

    assert "đã được thay bằng giấy mới hơn" in by_code(first.check_code or "")


def test_a_person_finds_their_signed_results_and_nobody_elses(
    world: World,
    citizen: Actor,
    sign_in: SignIn,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    mine = worlds.filed(world, citizen)
    signed(mine[0])
    signed(987_654)

    page = sign_in(citizen).get("/giay-to-cua-toi").content.decode()

    assert page.count("Kiểm tra chữ ký") == 1
    assert "05/TB-UBND" in page
    with django_assert_num_queries(2):
        assert len(checking.own_papers(citizen.person_id or 0)) == 1
    other = worlds.citizen("Người khác")
    assert "Chưa có giấy tờ nào." in sign_in(other).get("/giay-to-cua-toi").content.decode()
    assert Client().get("/giay-to-cua-toi").status_code == 302
