"""Serving files and receiving them over HTTP."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest
from django.test import RequestFactory
from django.test.client import encode_multipart
from pytest_django import Settings

from sauro.core.errors import TooLarge
from sauro.documents import uploads
from sauro.documents.serving import respond

pytestmark = pytest.mark.django_db  # an answer that is closed looks for its connection


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "x"
    path.write_bytes(b"%PDF-1.7 x")
    return path


def _body(answer: FileResponse) -> bytes:
    body = answer.getvalue()
    answer.close()
    return body


def test_a_paper_is_shown_under_its_name_and_can_do_nothing(paper: Path) -> None:
    answer = respond(paper, "application/pdf", "Giấy hẹn.pdf", inline=True)

    assert (
        answer["Content-Disposition"] == "inline; filename*=utf-8''Gi%E1%BA%A5y%20h%E1%BA%B9n.pdf"
    )
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("default-src 'none'; object-src 'self'")
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Length"] == "10"
    assert _body(answer) == b"%PDF-1.7 x"


@pytest.mark.parametrize("inline", [True, False])
def test_what_is_not_known_to_be_harmless_is_only_downloaded_in_a_sandbox(
    paper: Path, *, inline: bool
) -> None:
    answer = respond(paper, "text/html", 'a".html', inline=inline)

    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in answer["Content-Security-Policy"]
    answer.close()


def test_a_name_cannot_add_a_header(paper: Path) -> None:
    answer = respond(paper, "image/png", 'a"\r\nSet-Cookie: x=1.png', inline=False)

    assert "\n" not in answer["Content-Disposition"]
    assert "Set-Cookie" not in answer
    answer.close()


def _posted(content: bytes) -> HttpRequest:
    file = BytesIO(content)
    file.name = "phim.pdf"
    body = encode_multipart("XX", {"tep": file, "khac": "ab"})
    return RequestFactory().post("/", body, content_type="multipart/form-data; boundary=XX")


def _file(request: HttpRequest) -> "UploadedFile[bytes]":
    file = request.FILES["tep"]
    assert isinstance(file, UploadedFile)
    return file


def test_of_a_huge_upload_only_one_byte_past_the_limit_is_kept(settings: Settings) -> None:
    settings.UPLOAD_LIMIT = 1024 * 1024
    settings.FILE_UPLOAD_HANDLERS = ["sauro.documents.receiving.CappedUploadHandler"]
    request = _posted(b"%PDF-" + b"x" * 5 * 1024 * 1024)

    with _file(request) as file:
        assert file.size == 1024 * 1024 + 1
        assert request.POST["khac"] == "ab"
        with pytest.raises(TooLarge):
            uploads.read(file, name=file.name or "", limit=settings.UPLOAD_LIMIT)


def test_a_small_upload_is_received_whole(settings: Settings) -> None:
    settings.FILE_UPLOAD_HANDLERS = ["sauro.documents.receiving.CappedUploadHandler"]

    with _file(_posted(b"%PDF-1.7 x")) as file:
        assert (file.read(), file.name, file.size) == (b"%PDF-1.7 x", "phim.pdf", 10)
