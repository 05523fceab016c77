"""Signed papers: valid to a stranger's tool, whole for ever, late time added, strangers told."""

import hashlib
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import cast

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from pytest_django import DjangoAssertNumQueries, Settings

from sauro.core.actor import SYSTEM
from sauro.core.errors import Invalid, NotNow
from sauro.documents import authority, demo_keys, jobs, queries, sealing, services
from sauro.documents.keys import Unlocked
from sauro.documents.models import Certificate, Signature
from sauro.documents.queries import PaperRow
from sauro.documents.rules import Form
from sauro.documents.serving import respond
from sauro.documents.signing import (
    DEFAULT_ORDER,
    Part,
    Signer,
    Verdict,
    judge,
    tidy_code,
)
from sauro.documents.tests.factories import FILLED
from sauro.events.models import Event

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
PIN = "246810"
LEADER = Signer(name="H'Bĭa Niê Kdăm", post="Phó Chủ tịch", office="Ủy ban nhân dân phường Tân Lập")


@pytest.fixture(scope="module")
def trust(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(autouse=True)
def places(settings: Settings, tmp_path: Path, trust: Path) -> None:
    settings.FILES_DIR = tmp_path / "files"
    settings.KEYS_DIR = trust
    settings.DEMO = True
    settings.TIME_AUTHORITY = ""
    authority.forget()


def held(subject: str = "offices.official", name: str = LEADER.name) -> Unlocked:
    services.certify(subject, 7, name, LEADER.office, PIN, by=SYSTEM, now=NOW)
    return services.unlock(subject, 7, PIN, by=SYSTEM, now=NOW)


def printed(order: tuple[Part, ...] = DEFAULT_ORDER, subject_id: int = 1) -> PaperRow:
    return services.issue(
        Form.RESULT,
        FILLED[Form.RESULT],
        subject="cases.case",
        subject_id=subject_id,
        number="05/TB-UBND",
        order=order,
        by=SYSTEM,
        now=NOW,
    )


def sign(paper: PaperRow, part: Part, key: Unlocked, at: datetime = NOW) -> bytes:
    return content(services.sign(paper.id, part, key, LEADER, by=SYSTEM, now=at))


def content(paper: PaperRow) -> bytes:
    return queries.open_file(paper.file_id)[0].read_bytes()


def verdict(made: bytes, now: datetime = NOW) -> Verdict:
    known = queries.paper_by_digest(hashlib.sha256(made).hexdigest())
    return judge(sealing.look(made, now), is_ours=known is not None, now=now)


def pdfsig(made: bytes, tmp_path: Path) -> list[str]:
    path = tmp_path / "ket-qua.pdf"
    path.write_bytes(made)
    said = subprocess.run(["pdfsig", path], capture_output=True, text=True, check=False).stdout  # noqa: S607
    return [line.split(": ")[1] for line in said.splitlines() if "Signature Validation" in line]


def tampered(made: bytes) -> bytes:
    """Return the file with one letter of its first page changed."""
    at = made.find(b"stream", 2_000) + 40
    return made[:at] + bytes([made[at] ^ 1]) + made[at + 1 :]


def test_a_strangers_tool_accepts_a_signed_result_and_refuses_a_tampered_one(
    tmp_path: Path,
) -> None:
    paper = printed()
    sign(paper, Part.LEADER, held())
    made = sign(paper, Part.SEAL, held("offices.office", LEADER.office))

    assert pdfsig(made, tmp_path) == ["Signature is Valid."] * 2
    refused = pdfsig(tampered(made), tmp_path)
    assert refused
    assert "Signature is Valid." not in refused


def test_what_is_signed_first_is_the_beginning_of_what_is_signed_next() -> None:
    paper = printed()
    unsigned = content(paper)
    first = sign(paper, Part.LEADER, held())
    second = sign(paper, Part.SEAL, held("offices.office", LEADER.office))

    assert first.startswith(unsigned)
    assert second.startswith(first)
    assert verdict(first) is verdict(second) is Verdict.VALID


def test_the_record_says_who_in_which_post_when_and_with_what() -> None:
    paper = printed()
    key = held()
    made = sign(paper, Part.LEADER, key)

    [row] = queries.signatures(paper.id)
    assert (row.name, row.post, row.office) == (LEADER.name, LEADER.post, LEADER.office)
    assert (row.signed_at, row.timed_at, row.serial) == (NOW, NOW, key.serial)
    assert row.digest == hashlib.sha256(made).hexdigest()
    event = Event.objects.get(verb="paper.signed")
    assert event.data["sha256"] == row.digest
    assert event.data["post"] == "Phó Chủ tịch"


def test_a_hundred_signed_files_are_the_same_bytes_after_every_way_they_go(
    tmp_path: Path, settings: Settings
) -> None:
    key = held()
    signed = {}
    for number in range(100):
        paper = printed((Part.LEADER,), number)
        signed[paper.id] = sign(paper, Part.LEADER, key)

    # Stored again by a citizen, served to a browser, swept past, copied by a backup, brought back.
    for paper_id, made in signed.items():
        path, media_type = queries.open_file(queries.paper(paper_id).file_id)
        served = respond(path, media_type, "ket-qua.pdf", inline=False)
        assert b"".join(cast(Iterator[bytes], served.streaming_content)) == made
        cast(BytesIO, served.file_to_stream).close()
        with path.open("rb") as again:
            kept = services.store(again, name="ket-qua.pdf", by=SYSTEM, now=NOW)
        assert queries.open_file(kept.id)[0].read_bytes() == made
    services.sweep(by=SYSTEM, now=NOW + timedelta(days=2))
    backup = tmp_path / "backup"
    shutil.copytree(settings.FILES_DIR, backup)
    shutil.rmtree(settings.FILES_DIR)
    shutil.copytree(backup, settings.FILES_DIR)

    now_there = {pk: content(queries.paper(pk)) for pk in signed}
    assert len(now_there) == 100
    assert now_there == signed
    assert all(verdict(made) is Verdict.VALID for made in list(now_there.values())[::20])


def test_signatures_are_made_in_their_order_and_once() -> None:
    paper = printed((Part.INITIAL, Part.LEADER, Part.SEAL))
    key, seal = held(), held("offices.office", LEADER.office)

    with pytest.raises(NotNow, match="“Ký nháy” phải có trước"):
        sign(paper, Part.SEAL, seal)
    for part in (Part.INITIAL, Part.LEADER, Part.SEAL):
        made = sign(paper, part, key)
    with pytest.raises(NotNow, match="đã có đủ chữ ký"):
        sign(paper, Part.LEADER, key)

    assert [row.part for row in queries.signatures(paper.id)] == ["INITIAL", "LEADER", "SEAL"]
    assert verdict(made) is Verdict.VALID


def test_a_wrong_pin_opens_nothing_and_five_lock_the_key() -> None:
    held()

    for _attempt in range(5):
        with pytest.raises(Invalid, match="Mã PIN chưa đúng"):
            services.unlock("offices.official", 7, "000000", by=SYSTEM, now=NOW)
    with pytest.raises(Invalid):
        services.unlock("offices.official", 7, PIN, by=SYSTEM, now=NOW)

    later = NOW + timedelta(minutes=16)
    assert services.unlock("offices.official", 7, PIN, by=SYSTEM, now=later).serial
    assert Event.objects.filter(verb="certificate.pin_refused").count() == 5


def test_nobody_signs_without_a_certificate_in_force() -> None:
    with pytest.raises(NotNow, match="Chưa có chứng thư số"):
        services.unlock("offices.official", 8, PIN, by=SYSTEM, now=NOW)

    held()
    four_years = NOW + timedelta(days=4 * 366)
    with pytest.raises(NotNow, match="Chưa có chứng thư số"):
        services.unlock("offices.official", 7, PIN, by=SYSTEM, now=four_years)


def test_a_revoked_certificate_signs_no_more_but_what_it_signed_stays() -> None:
    made = sign(printed(), Part.LEADER, held())
    certificate = Certificate.objects.get()

    services.revoke(certificate.pk, "Mất thiết bị ký", by=SYSTEM, now=NOW + timedelta(hours=1))

    with pytest.raises(NotNow):
        services.unlock("offices.official", 7, PIN, by=SYSTEM, now=NOW + timedelta(hours=2))
    [found] = sealing.look(made, NOW + timedelta(hours=2))
    at = queries.revocations([found.serial])[found.serial]
    later = NOW + timedelta(hours=2)
    assert judge([replace(found, revoked_at=at)], is_ours=True, now=later) is Verdict.VALID


def test_while_the_authority_of_time_is_silent_papers_are_signed_and_get_it_later(
    settings: Settings, tmp_path: Path
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.TIME_AUTHORITY = f"http://127.0.0.1:{free.getsockname()[1]}/"
    paper = printed((Part.LEADER,))
    first = sign(paper, Part.LEADER, held())
    assert queries.signatures(paper.id)[0].timed_at is None
    assert queries.without_time(limit=9) == [paper.id]

    assert services.add_time(paper.id, by=SYSTEM, now=NOW + timedelta(minutes=2)) is False
    settings.TIME_AUTHORITY = ""
    jobs.add_time.func()

    made = content(queries.paper(paper.id))
    [row] = queries.signatures(paper.id)
    assert made.startswith(first)
    assert made != first
    assert row.timed_at is not None
    assert queries.without_time(limit=9) == []
    assert verdict(first) is verdict(made) is Verdict.VALID
    assert sealing.look(made, NOW)[0].proven_at is not None
    assert "Signature is Valid." in pdfsig(made, tmp_path)


class _Clock(BaseHTTPRequestHandler):
    """An authority of time that answers over HTTP, as RFC 3161 says."""

    def do_POST(self) -> None:
        asked = self.rfile.read(int(self.headers["Content-Length"]))
        said = authority.answer(asked, NOW)
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_said: object) -> None:
        """Say nothing."""


@pytest.fixture
def clock_address() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Clock)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.mark.enable_socket
def test_the_time_of_an_authority_elsewhere_is_asked_for_over_http(
    settings: Settings, clock_address: str
) -> None:
    settings.TIME_AUTHORITY = clock_address

    made = sign(printed((Part.LEADER,)), Part.LEADER, held())

    assert sealing.look(made, NOW)[0].proven_at == NOW
    assert verdict(made) is Verdict.VALID


def test_a_tampered_an_unsigned_and_a_strange_file_are_told_apart(
    tmp_path: Path, settings: Settings
) -> None:
    unsigned = content(printed())
    made = sign(printed(), Part.LEADER, held())
    settings.KEYS_DIR = tmp_path / "elsewhere"
    strange = sign(printed(), Part.LEADER, held("offices.office"))
    settings.KEYS_DIR = tmp_path / "other"

    assert verdict(unsigned) is Verdict.UNSIGNED
    assert verdict(b"%PDF-1.7 nothing") is Verdict.UNSIGNED
    assert verdict(tampered(made)) is Verdict.TAMPERED
    assert verdict(strange) is Verdict.STRANGE


def test_a_code_is_found_as_people_type_it(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    paper = printed()
    sign(paper, Part.LEADER, held())
    code = Signature.objects.get().paper.check_code or ""

    with django_assert_num_queries(1):
        [owned] = queries.signed_papers("cases.case", [1, 2])
    assert (owned.check_code, owned.number, owned.is_complete) == (code, "05/TB-UBND", False)
    with django_assert_num_queries(3):
        found = queries.paper_by_code(tidy_code(f" {code[:4].lower()}-{code[4:]} "))
    assert found is not None
    assert (found.id, found.is_complete, found.is_replaced) == (paper.id, False, False)
    assert queries.paper_by_code("") is None


@pytest.mark.skipif(
    shutil.which("softhsm2-util") is None, reason="softhsm2 is not installed on this machine"
)
def test_a_key_on_a_token_signs_and_never_leaves_it(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pkcs11")
    pem, serial = _token(tmp_path, monkeypatch)
    settings.PKCS11_MODULE, settings.PKCS11_TOKEN = _module(), "tinh"
    services.enrol("offices.office", 3, "UBND", pem, "con-dau", by=SYSTEM, now=NOW)

    with pytest.raises(Invalid, match="Mã PIN chưa đúng"):
        services.unlock("offices.office", 3, "9999", by=SYSTEM, now=NOW)
    key = services.unlock("offices.office", 3, "5678", by=SYSTEM, now=NOW)
    made = sign(printed((Part.SEAL,)), Part.SEAL, key)

    assert verdict(made) is Verdict.VALID
    assert sealing.look(made, NOW)[0].serial == serial
    assert pdfsig(made, tmp_path) == ["Signature is Valid."]


def _module() -> str:
    found = [*Path("/usr/lib").glob("softhsm/*.so"), *Path("/usr/lib").glob("*/softhsm/*.so")]
    return str(found[0])


def _token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """Make a token with an RSA key; return the certificate of the key and its serial number."""
    (tmp_path / "tokens").mkdir()
    conf = tmp_path / "softhsm2.conf"
    conf.write_text(f"directories.tokendir = {tmp_path}/tokens\nobjectstore.backend = file\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(conf))
    key = rsa.generate_private_key(65537, 2048)
    made = demo_keys.issue("UBND phường Tân Lập", "UBND", key, now=NOW)
    shape = serialization.PrivateFormat.PKCS8
    (tmp_path / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, shape, serialization.NoEncryption())
    )
    run = ["softhsm2-util", "--token", "tinh", "--pin", "5678"]
    begin = ["softhsm2-util", "--init-token", "--free", "--label", "tinh", "--so-pin", "1234"]
    subprocess.run([*begin, "--pin", "5678"], check=True, capture_output=True, env=os.environ)
    bring = ["--import", str(tmp_path / "key.pem"), "--label", "con-dau", "--id", "01"]
    subprocess.run([*run, *bring], check=True, capture_output=True, env=os.environ)
    pem = made.public_bytes(serialization.Encoding.PEM).decode()
    return pem, f"{made.serial_number:x}"
