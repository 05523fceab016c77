"""Text messages and Zalo: signed, tried again, proven; and which of them a person wants."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from pytest_django import Settings

from sauro.core.actor import SYSTEM, Actor, ActorKind
from sauro.core.errors import NotFound
from sauro.events.models import Event
from sauro.notices import jobs, providers, queries, rules, services
from sauro.notices.models import Choice, Delivery
from sauro.notices.rules import Channel
from sauro.notices.tests.factories import TOLD
from sauro.people.models import Person
from sauro.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
KEY = "giữa hai bên"


class Texting(BaseHTTPRequestHandler):
    """A provider that checks signatures and keeps what it takes under its key."""

    taken: ClassVar[dict[str, dict[str, str]]] = {}
    calls: ClassVar[int] = 0
    answers: ClassVar[int] = 200

    def do_POST(self) -> None:
        Texting.calls += 1
        body = self.rfile.read(int(self.headers["Content-Length"]))
        is_ours = providers.signed(body, KEY) == self.headers[providers.SIGNATURE]
        code = Texting.answers if is_ours and self.path == "/messages" else 403
        if code == 200:
            said = json.loads(body)
            Texting.taken[said["key"]] = said
        self.send_response(code)
        self.end_headers()
        self.wfile.write(json.dumps({"number": f"N{len(Texting.taken)}"}).encode())

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def texting(settings: Settings) -> Iterator[type[Texting]]:
    Texting.taken, Texting.calls, Texting.answers = {}, 0, 200
    server = ThreadingHTTPServer(("127.0.0.1", 0), Texting)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.PROVIDERS = {
        "SMS": (f"http://127.0.0.1:{server.server_port}/", KEY),
        "ZALO": ("", ""),
    }
    settings.PUBLIC_ADDRESS = "https://dvc.daklak.example"
    yield Texting
    server.shutdown()
    server.server_close()


def tell(person: Person | None = None, key: str = "a") -> None:
    services.tell(
        (person or PersonFactory.create()).pk,
        key=key,
        subject="Hồ sơ của ông Y Blŭk Êban đã có kết quả",
        body="Nhận tại Trung tâm.",
        link="/t/7K2M9QXA",
        by=SYSTEM,
        now=TOLD,
    )


def of(person: Person) -> Actor:
    return Actor(kind=ActorKind.CITIZEN, label=person.name, person_id=person.pk)


def test_a_text_message_is_short_plain_and_proven(texting: type[Texting]) -> None:
    tell(PersonFactory.create(phone="0500000226"))

    jobs.send_batch(now=TOLD)

    assert texting.taken == {
        "SMS:a": {
            "key": "SMS:a",
            "to": "0500000226",
            "words": "Ho so cua ong Y Bluk Eban da co ket qua https://dvc.daklak.example/t/7K2M9QXA",
        }
    }
    sent = Delivery.objects.get()
    assert (sent.channel, sent.state, sent.proof) == ("SMS", "SENT", "N1")


@pytest.mark.parametrize(
    ("code", "state"),
    [(400, "GAVE_UP"), (403, "GAVE_UP"), (429, "WAITING"), (500, "WAITING"), (503, "WAITING")],
)
def test_what_a_provider_refuses_is_given_up_and_what_it_cannot_now_is_tried_again(
    texting: type[Texting], code: int, state: str
) -> None:
    texting.answers = code
    tell()

    jobs.send_batch(now=TOLD)
    row = Delivery.objects.get()
    assert (row.state, row.proof) == (state, "")
    assert str(code) in row.trouble

    texting.answers = 200
    jobs.send_batch(now=TOLD + timedelta(minutes=1))
    assert len(texting.taken) == (state == "WAITING")


def test_an_absent_provider_is_asked_once_a_batch_and_holds_up_no_mail(
    texting: type[Texting], settings: Settings, tmp_path: Path
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    texting.answers = 503
    for number in range(5):
        tell(PersonFactory.create(email=f"so{number}@thu.example"), str(number))

    jobs.send_batch(now=TOLD)

    assert texting.calls == 1
    assert Delivery.objects.filter(channel="SMS", state="WAITING").count() == 5
    assert Delivery.objects.filter(channel="EMAIL", state="SENT").count() == 5


def test_sent_twice_it_is_one_message_to_the_provider(texting: type[Texting]) -> None:
    tell()
    for _sending in providers.send(services.claim(limit=1, by=SYSTEM, now=TOLD)):
        pass

    jobs.send_batch(now=TOLD + rules.LEASE)

    assert (texting.calls, len(texting.taken)) == (2, 1)
    assert Delivery.objects.get().state == "SENT"


def test_an_answer_without_a_number_is_no_proof(
    texting: type[Texting], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(providers, "_MOST_BYTES", 3)
    tell()

    jobs.send_batch(now=TOLD)

    assert texting.calls == 1
    assert (Delivery.objects.get().state, Delivery.objects.get().proof) == ("WAITING", "")


def test_in_the_demo_a_message_becomes_a_file(settings: Settings, tmp_path: Path) -> None:
    settings.PROVIDERS = {"SMS": ("", ""), "ZALO": ((tmp_path / "tin").as_uri(), "")}
    person = PersonFactory.create(phone="0500000226")
    services.choose({Channel.ZALO}, by=of(person), now=TOLD)
    tell(person)

    jobs.send_batch(now=TOLD)

    (file,) = (tmp_path / "tin").iterdir()
    assert file.read_text().startswith("0500000226\nHồ sơ của ông Y Blŭk Êban đã có kết quả\n")
    assert Delivery.objects.get().proof == file.name


def test_a_person_is_told_by_what_they_chose_and_by_no_zalo_unasked() -> None:
    person = PersonFactory.create(email="ong@thu.example")
    assert queries.wanted(person.pk) == [Channel.EMAIL, Channel.SMS, Channel.PUSH]

    services.choose({Channel.ZALO}, by=of(person), now=TOLD)
    services.choose({Channel.ZALO}, by=of(person), now=TOLD)
    tell(person)

    assert list(Delivery.objects.values_list("channel", flat=True)) == ["ZALO"]
    assert Event.objects.filter(verb="channel.chosen").count() == 4
    services.choose(set(), by=of(person), now=TOLD)
    tell(person, "b")
    assert Delivery.objects.count() == 1
    assert queries.notices_for(person.pk)[0].ways == ""


def test_who_is_not_signed_in_chooses_nothing() -> None:
    with pytest.raises(NotFound):
        services.choose({Channel.SMS}, by=SYSTEM, now=TOLD)

    assert not Choice.objects.exists()


@pytest.mark.parametrize("length", [10, 118, 119, 400])
def test_a_text_message_is_cut_but_never_its_address(length: int) -> None:
    address = "https://dvc.daklak.example/t/7K2M9QXA"

    said = rules.short("Đ" * length, address)

    assert said.endswith(f" {address}")
    assert len(said) <= rules.LONGEST_SMS
    assert said.isascii()
    assert ("..." in said) == (length > rules.LONGEST_SMS - len(address) - 1)
