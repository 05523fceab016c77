"""Virus scanning: what a scanner says is believed, its silence is never taken for "clean"."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import pytest
from django.test import override_settings
from pytest_django import Settings

from sauro.core.actor import SYSTEM
from sauro.core.errors import Invalid
from sauro.documents import queries, services, shelf
from sauro.documents.models import StoredFile
from sauro.documents.queries import FileRow
from sauro.documents.rules import Scan
from sauro.documents.tests.test_uploads import pdf

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 5, 7, 33, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _files(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path / "files"


def store(content: bytes, name: str = "giay-to.pdf") -> FileRow:
    return services.store(BytesIO(content), name=name, by=SYSTEM, now=NOW)


class _Clamd(Thread):
    """A scanner on a socket that answers what it was told to, after reading a whole stream."""

    def __init__(self, path: str, answer: bytes) -> None:
        super().__init__(daemon=True)
        self.answer, self.heard = answer, b""
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(path)
        self.listener.listen(1)
        self.start()

    def run(self) -> None:
        line, _address = self.listener.accept()
        with line:
            while not self.heard.endswith(b"\0\0\0\0"):
                self.heard += line.recv(65536)
            line.sendall(self.answer)
        self.listener.close()


@pytest.fixture
def address() -> Iterator[str]:
    # The path of a socket is at most 107 bytes: shorter than pytest's own folders can be.
    with TemporaryDirectory() as folder:
        yield f"{folder}/clamd.sock"


def test_a_file_the_scanner_found_clean_is_said_to_be_clean(address: str) -> None:
    clamd = _Clamd(address, b"stream: OK\0")

    with override_settings(CLAMAV_SOCKET=address):
        kept = store(pdf())

    assert queries.file_facts([kept.id])[kept.id].scan is Scan.CLEAN
    assert clamd.heard.startswith(b"zINSTREAM\0")
    assert pdf()[:100] in clamd.heard


def test_a_file_the_scanner_recognised_is_refused(address: str) -> None:
    _Clamd(address, b"stream: Eicar-Test FOUND\0")

    with override_settings(CLAMAV_SOCKET=address), pytest.raises(Invalid, match="mã độc"):
        store(pdf())

    assert not StoredFile.objects.exists()


class _Recogniser(_Clamd):
    """A scanner that, like every scanner, knows the test file of EICAR, wherever it stands."""

    def run(self) -> None:
        line, _address = self.listener.accept()
        with line:
            while not self.heard.endswith(b"\0\0\0\0"):
                self.heard += line.recv(65536)
            found = EICAR in self.heard
            line.sendall(b"stream: Eicar-Signature FOUND\0" if found else b"stream: OK\0")
        self.listener.close()


# Put together here, so that no scanner takes this file away.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"


def test_eicar_inside_a_paper_is_refused_by_the_scanner(address: str) -> None:
    scanner = _Recogniser(address, b"")
    paper = pdf(attached=("hoa-don.xml", EICAR))

    with override_settings(CLAMAV_SOCKET=address), pytest.raises(Invalid, match="mã độc"):
        store(paper)

    assert EICAR in scanner.heard
    assert not StoredFile.objects.exists()


def test_eicar_as_it_is_called_a_paper_is_refused_without_any_scanner() -> None:
    with pytest.raises(Invalid, match="không phải PDF"):
        store(EICAR)


def test_a_silent_scanner_means_not_scanned_never_clean(address: str) -> None:
    with override_settings(CLAMAV_SOCKET=address):
        kept = store(pdf())

    assert queries.file_facts([kept.id])[kept.id].scan is Scan.NOT_SCANNED


def test_a_file_scanned_later_becomes_clean(address: str) -> None:
    first = store(pdf())
    _Clamd(address, b"stream: OK\0")

    with override_settings(CLAMAV_SOCKET=address):
        store(pdf())

    assert shelf.path_of(first.sha256).exists()
    assert queries.file_facts([first.id])[first.id].scan is Scan.CLEAN
