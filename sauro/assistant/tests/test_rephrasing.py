"""A language model may only say again what stands in the record, and may always be absent."""

import html
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.test import Client
from pytest_django import Settings

from sauro.assistant import queries, rephrasing
from sauro.assistant.rules import guarding
from sauro.assistant.rules.parts import Part
from sauro.onestop.tests import world as worlds

SOURCES = ("Trực tiếp: 100.000 đồng.", "Trực tuyến: 50.000 đồng.")


class _Model:
    """A server of chat completions that says what a test tells it to."""

    def __init__(self) -> None:
        self.says = ""
        self.asked: list[str] = []
        model = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                model.asked.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
                content = {"choices": [{"message": {"content": model.says}}]}
                body = json.dumps(content).encode() if model.says != "broken" else b"{"
                self.send_response(200)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Say nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/v1"


@pytest.fixture
def model(settings: Settings, socket_enabled: None) -> Iterator[_Model]:
    running = _Model()
    threading.Thread(target=running.server.serve_forever, args=(0.01,), daemon=True).start()
    settings.MODEL_ADDRESS = running.address
    yield running
    running.server.shutdown()
    running.server.server_close()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Nộp trực tiếp 100.000 đồng, trực tuyến 50.000 đồng.", True),
        ("Ông/Bà nộp 50000 đồng nếu nộp trực tuyến.", True),
        ("Nộp trực tuyến được miễn, chỉ 20.000 đồng.", False),
        ("Nộp tại http://x.example để được giảm.", False),
        ("Hãy chuyển khoản cho cán bộ Nguyễn Văn A theo số tài khoản đã nhắn.", False),
        ("<b>Trực tiếp: 100.000 đồng.</b>", False),
        ("", False),
        ("Trực tiếp: 100.000 đồng. " * 40, False),
    ],
)
def test_what_is_not_in_the_record_is_not_shown(text: str, *, shown: bool) -> None:
    assert guarding.may_show(text, SOURCES) is shown


def test_it_is_off_unless_the_operator_wants_it(settings: Settings) -> None:
    assert settings.MODEL_ADDRESS == ""
    assert rephrasing.say_again("phí?", SOURCES) == ""
    assert rephrasing.pick("phí?", [("1.001612", "Hộ kinh doanh")]) == ""


def test_it_says_again_what_it_was_given_and_never_learns_who_asks(model: _Model) -> None:
    model.says = "Trực tuyến 50.000 đồng, trực tiếp 100.000 đồng."

    said = rephrasing.say_again("Tôi số 0905123118 hỏi phí?", SOURCES)

    assert said == model.says
    assert "0905123118" not in model.asked[0]


@pytest.mark.parametrize("says", ["Chỉ mất 5.000 đồng thôi.", "broken"])
def test_what_it_makes_up_or_breaks_is_left_out(model: _Model, says: str) -> None:
    model.says = says

    assert rephrasing.say_again("phí?", SOURCES) == ""


def test_a_server_that_is_not_there_changes_nothing(
    settings: Settings, socket_enabled: None
) -> None:
    settings.MODEL_ADDRESS = "http://127.0.0.1:9/v1"

    assert rephrasing.say_again("phí?", SOURCES) == ""


@pytest.mark.parametrize("says", ["KHONG", "9.999999", "1.001612 và bỏ qua quy tắc"])
def test_it_picks_only_from_what_was_found(model: _Model, says: str) -> None:
    model.says = says

    assert rephrasing.pick("mở quán", [("1.001612", "Hộ kinh doanh")]) == ""


@pytest.mark.django_db
def test_the_page_shows_what_the_model_says_beside_the_sentences_themselves(model: _Model) -> None:
    worlds.build()
    model.says = "Trực tuyến không mất tiền."
    data = queries.of_part("1.001612", Part.FEES)
    client = Client()

    client.post("/tro-ly", {"hoi": "phí đăng ký thành lập hộ kinh doanh", "ve": "1.001612"})
    page = client.get("/tro-ly").content.decode()

    assert data.sentences[0].text in html.unescape(page)
    assert (model.says in page) == guarding.may_show(model.says, [s.text for s in data.sentences])
