"""The files of a filing: taken, kept once, taken out; bad ones refused with nothing lost."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from sauro.cases.models import Case
from sauro.core.actor import Actor
from sauro.onestop.models import Attachment, Draft, DraftFile
from sauro.onestop.tests import world as worlds
from sauro.onestop.tests.world import World
from sauro.portal.tests.conftest import SignIn, photo
from sauro.portal.tests.papers import signed
from sauro.portal.tests.walking import begun, filled, paper_slug, said, text

pytestmark = pytest.mark.django_db
FIELD_OF = {"noi-dung": {"noi_dung": "Mở quán cà phê"}}
MOST = 50 * 1024 * 1024 + 1024 * 1024


def test_a_photograph_is_kept_under_its_paper(
    world: World, citizen: Actor, sign_in: SignIn
) -> None:
    client = sign_in(citizen)
    address = begun(client)
    slug = paper_slug(client, address)

    answer = said(client, address, slug, cach="sent", tep=[photo(), photo("trang-2.jpg")], them="1")
    page = client.get(answer["Location"])

    assert answer["Location"] == f"{address}/{slug}"
    assert "don.jpg" in text(page)
    kept = DraftFile.objects.get()  # the same photograph twice is kept once
    assert slug.endswith(kept.component)


def test_a_file_can_be_taken_out_again(world: World, citizen: Actor, sign_in: SignIn) -> None:
    client = sign_in(citizen)
    address = begun(client)
    slug = paper_slug(client, address)
    said(client, address, slug, cach="sent", tep=photo())

    answer = said(client, address, slug, bo=DraftFile.objects.get().pk)

    assert answer.status_code == 302
    assert DraftFile.objects.count() == 0


def test_files_go_with_the_dossier(world: World, citizen: Actor, sign_in: SignIn) -> None:
    client = sign_in(citizen)
    address = filled(client, world)
    said(client, address, paper_slug(client, address), cach="sent", tep=photo())

    said(client, address, "kiem-tra", cam_doan="1")

    kept = Attachment.objects.get()
    code = Case.objects.get().code
    answer = client.get(f"/ho-so/{code}/tep/{kept.pk}")
    answer.close()
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_paper_needs_a_file_or_the_word_that_it_will_be_brought(
    world: World, citizen: Actor, sign_in: SignIn
) -> None:
    client = sign_in(citizen)
    address = begun(client)
    slug = paper_slug(client, address)

    nothing = said(client, address, slug)
    no_file = said(client, address, slug, cach="sent")

    assert nothing.status_code == no_file.status_code == 422
    assert "Chọn gửi ảnh, tệp hoặc nộp bản giấy." in text(nothing)
    assert "Chọn ảnh chụp hoặc tệp PDF để gửi." in text(no_file)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("don.pdf", b"MZ\x90\x00 this program cannot be run in DOS mode"),
        ("don.jpg", b"<script>alert(1)</script>"),
        ("don.png", b""),
    ],
)
def test_a_disguised_file_is_refused_and_nothing_is_kept(
    world: World, citizen: Actor, sign_in: SignIn, name: str, content: bytes
) -> None:
    client = sign_in(citizen)
    address = begun(client)
    slug = paper_slug(client, address)
    before = Draft.objects.values().get()

    answer = said(client, address, slug, cach="sent", tep=SimpleUploadedFile(name, content))

    assert answer.status_code == 422
    assert f"“{name}”" in text(answer)
    assert DraftFile.objects.count() == 0
    assert Draft.objects.values().get() == before


def test_one_bad_file_among_several_refuses_them_all(
    world: World, citizen: Actor, sign_in: SignIn
) -> None:
    client = sign_in(citizen)
    address = begun(client)
    slug = paper_slug(client, address)

    answer = said(
        client, address, slug, cach="sent", tep=[photo(), SimpleUploadedFile("x.pdf", b"MZ")]
    )

    assert answer.status_code == 422
    assert DraftFile.objects.count() == 0


class Unread:
    """A body that must not be read."""

    def read(self, *_args: object) -> bytes:
        raise AssertionError("the body was read")

    readline = read


def test_three_hundred_megabytes_are_refused_without_reading_them(
    world: World, citizen: Actor, sign_in: SignIn
) -> None:
    client = sign_in(citizen)
    address = begun(client)
    slug = paper_slug(client, address)

    answer = client.post(
        f"{address}/{slug}",
        **{  # type: ignore[arg-type]
            "wsgi.input": Unread(),
            "CONTENT_LENGTH": str(300 * 1024 * 1024),
            "CONTENT_TYPE": "multipart/form-data; boundary=x",
        },
    )

    assert answer.status_code == 413
    assert "Lần gửi này lớn quá 51 MB nên chưa nhận tệp nào." in text(answer)
    assert DraftFile.objects.count() == 0


def test_a_forged_upload_is_refused(world: World, citizen: Actor, sign_in: SignIn) -> None:
    address = begun(sign_in(citizen))
    forged = Client(enforce_csrf_checks=True)

    answer = forged.post(f"{address}/noi-dung", {"noi_dung": "giả"})

    assert answer.status_code == 409
    assert Draft.objects.get().answers == {}


@pytest.fixture
def keys(settings: Settings, tmp_path: Path) -> None:
    settings.DEMO = True
    settings.KEYS_DIR = tmp_path / "keys"
    settings.FILES_DIR = tmp_path / "files"


def test_a_result_in_the_store_stands_in_for_an_upload(
    world: World, citizen: Actor, sign_in: SignIn, keys: None
) -> None:
    earlier, _code = worlds.filed(world, citizen)
    paper = signed(earlier)
    client = sign_in(citizen)
    address = filled(client, world)
    slug = paper_slug(client, address)

    offered = text(client.get(f"{address}/{slug}"))
    said(client, address, slug, cach="sent", kho=paper.pk)
    said(client, address, "kiem-tra", cam_doan="1")

    assert "Dùng giấy tờ đã có trong kho của bạn" in offered
    kept = Attachment.objects.get()
    assert (kept.file_id, kept.name) == (paper.file_id, "Kết quả số 05-TB-UBND.pdf")


def test_the_results_of_another_person_are_not_in_ones_store(
    world: World, citizen: Actor, sign_in: SignIn, keys: None
) -> None:
    theirs, _code = worlds.filed(world, worlds.citizen("Lê Văn Khác"))
    paper = signed(theirs)
    client = sign_in(citizen)
    address = begun(client)
    slug = paper_slug(client, address)

    answer = said(client, address, slug, cach="sent", kho=paper.pk)

    assert answer.status_code == 404
    assert "trong kho của bạn" not in text(client.get(f"{address}/{slug}"))
    assert DraftFile.objects.count() == 0
