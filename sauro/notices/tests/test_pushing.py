"""Waking devices: signed, without words, and no more once they are gone or given back."""

import json
import threading
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from pytest_django import Settings

from sauro.core.actor import SYSTEM, Actor, ActorKind
from sauro.core.errors import Invalid, NotFound
from sauro.notices import jobs, pushing, queries, services
from sauro.notices.models import Delivery, Device
from sauro.notices.rules import Channel
from sauro.notices.tests.factories import TOLD
from sauro.people.models import Person
from sauro.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
THEIRS = "https://fcm.googleapis.com/fcm/send/abc"


class Waker(BaseHTTPRequestHandler):
    """A service that wakes devices; `answers` is what it says of each path."""

    calls: ClassVar[list[tuple[str, str, bytes]]] = []
    answers: ClassVar[dict[str, int]] = {}

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        Waker.calls.append((self.path, self.headers["Authorization"], body))
        self.send_response(Waker.answers.get(self.path, 201))
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def waker(settings: Settings, tmp_path: Path) -> Iterator[str]:
    Waker.calls, Waker.answers = [], {}
    settings.PUSH_KEY = tmp_path / "push.pem"
    server = ThreadingHTTPServer(("127.0.0.1", 0), Waker)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def of(person: Person) -> Actor:
    return Actor(kind=ActorKind.CITIZEN, label=person.name, person_id=person.pk)


def told(address: str, *paths: str) -> Person:
    """Tell somebody with these devices and nothing else something."""
    person = PersonFactory.create(phone="")
    for path in paths:
        Device.objects.create(person=person, endpoint=address + path, since=TOLD)
    services.tell(person.pk, key="a", subject="Tin", body="Tin.", link="", by=SYSTEM, now=TOLD)
    return person


def plain(coded: str) -> bytes:
    return urlsafe_b64decode(coded + "=" * (-len(coded) % 4))


def test_a_device_is_woken_without_words_by_a_request_that_we_signed(waker: str) -> None:
    told(waker, "/one", "/two")

    jobs.send_batch(now=TOLD)

    assert [(path, body) for path, _said, body in Waker.calls] == [("/one", b""), ("/two", b"")]
    scheme, token, key = Waker.calls[0][1].split()
    assert (scheme, key) == ("vapid", f"k={pushing.public_key()}")
    head, body, signature = token.removeprefix("t=").rstrip(",").split(".")
    said = json.loads(plain(body))
    assert said["aud"] == waker
    assert json.loads(plain(head)) == {"typ": "JWT", "alg": "ES256"}
    point = plain(key.removeprefix("k="))
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    raw = plain(signature)
    made = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    public.verify(made, f"{head}.{body}".encode(), ec.ECDSA(hashes.SHA256()))
    with pytest.raises(InvalidSignature):
        public.verify(made, f"{head}.x{body}".encode(), ec.ECDSA(hashes.SHA256()))
    sent = Delivery.objects.get()
    assert (sent.channel, sent.state, sent.proof) == ("PUSH", "SENT", "2")


def test_a_device_that_is_gone_is_forgotten_and_the_others_are_woken(waker: str) -> None:
    Waker.answers = {"/gone": 410, "/lost": 404}
    person = told(waker, "/gone", "/here", "/lost")

    jobs.send_batch(now=TOLD)

    assert queries.devices(person.pk) == [f"{waker}/here"]
    assert Delivery.objects.get().proof == "1"


def test_where_no_device_is_left_it_is_given_up(waker: str) -> None:
    Waker.answers = {"/gone": 410}
    told(waker, "/gone")

    jobs.send_batch(now=TOLD)

    assert (Delivery.objects.get().state, Delivery.objects.get().trouble) == (
        "GAVE_UP",
        "no device left",
    )


def test_a_service_that_is_down_is_asked_again_later(waker: str) -> None:
    Waker.answers = {"/one": 503}
    told(waker, "/one")
    jobs.send_batch(now=TOLD)
    assert Delivery.objects.get().state == "WAITING"

    Waker.answers = {}
    jobs.send_batch(now=TOLD + timedelta(minutes=1))

    assert (len(Waker.calls), Delivery.objects.get().state) == (2, "SENT")


def test_the_key_is_made_once_and_is_ours_alone(settings: Settings, tmp_path: Path) -> None:
    settings.PUSH_KEY = tmp_path / "keys" / "push.pem"

    assert pushing.public_key() == pushing.public_key()
    assert len(plain(pushing.public_key())) == 65
    assert settings.PUSH_KEY.stat().st_mode & 0o077 == 0


def test_a_device_belongs_to_who_signed_in_there_last_and_is_given_back() -> None:
    first, second = PersonFactory.create(), PersonFactory.create()
    services.let_wake(THEIRS, by=of(first), now=TOLD)
    services.let_wake(THEIRS, by=of(second), now=TOLD)
    assert (queries.devices(first.pk), queries.devices(second.pk)) == ([], [THEIRS])

    services.forget_device(THEIRS, by=of(first), now=TOLD)
    assert queries.devices(second.pk) == [THEIRS]
    services.forget_device(THEIRS, by=of(second), now=TOLD)
    services.forget_device(THEIRS, by=of(second), now=TOLD)

    assert not Device.objects.exists()


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "abc",
        "http://fcm.googleapis.com/x",
        "https://127.0.0.1/x",
        "https://fcm.googleapis.com.evil.example/x",
        "https://evil-fcm.googleapis.com.example/x",
        "https://xfcm.googleapis.com/x",
        "https://a@fcm.googleapis.com/x",
        "file:///etc/passwd",
        "https://fcm.googleapis.com/" + "x" * 1_000,
    ],
)
def test_nobody_makes_us_call_what_wakes_no_device(endpoint: str) -> None:
    with pytest.raises(Invalid):
        services.let_wake(endpoint, by=of(PersonFactory.create()), now=TOLD)

    assert not Device.objects.exists()


def test_ten_devices_are_enough_and_a_stranger_has_none() -> None:
    person = PersonFactory.create()
    for number in range(10):
        services.let_wake(f"{THEIRS}{number}", by=of(person), now=TOLD)

    services.let_wake(f"{THEIRS}0", by=of(person), now=TOLD)
    with pytest.raises(Invalid):
        services.let_wake(f"{THEIRS}10", by=of(person), now=TOLD)
    with pytest.raises(NotFound):
        services.let_wake(THEIRS, by=SYSTEM, now=TOLD)
    services.choose(set(Channel) - {Channel.PUSH}, by=of(person), now=TOLD)
    assert Channel.PUSH not in queries.wanted(person.pk)
