"""W1 and W2 over HTTP: the real server, real pages, sessions and forms, one connection a client."""

import json
import random
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import urlopen

from django.conf import settings
from django.db import connection

from bench.measuring import CLIENTS
from bench.preparing import World
from config.children import free_port
from sauro.desk.rules import Action
from sauro.offices.middleware import SESSION_KEY
from sauro.onestop.rules import ReturnBy
from sauro.portal.rules import journey
from sauro.portal.rules.journey import Answer, Behalf, Given, Handing
from sauro.procedures import queries as procedures

_ROOT = Path(__file__).parents[1]
_HOST = "127.0.0.1"
_REDIRECT = 302


@contextmanager
def serving() -> Iterator[int]:
    """Run the web server as `sauro start` does, on a free port, and yield the port."""
    port = free_port(_HOST, 8100)
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", _HOST),
        *("--port", str(port), "--workers", "2", "--blocking-threads", "4", "--no-ws"),
        *("--log-level", "warning", "config.wsgi:application"),
    ]
    server = subprocess.Popen(command, cwd=_ROOT)
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(port: int) -> None:
    until = time.monotonic() + 30
    while True:
        try:
            with urlopen(f"http://{_HOST}:{port}/song", timeout=2):
                return
        except (URLError, ConnectionError):
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


@dataclass
class Browser:
    """A person's browser: one connection kept open, a session and a token against forgery."""

    port: int
    person_id: int
    _connection: HTTPConnection = field(init=False)
    _cookie: str = field(init=False)
    _token: str = field(init=False)

    def __post_init__(self) -> None:
        """Sign in: the session is made as the page for it makes one."""
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session[SESSION_KEY] = self.person_id
        session.create()
        self._token = secrets.token_hex(16)
        self._cookie = (
            f"{settings.SESSION_COOKIE_NAME}={session.session_key}; "
            f"{settings.CSRF_COOKIE_NAME}={self._token}"
        )
        self._connection = HTTPConnection(_HOST, self.port)

    def post(self, path: str, **given: object) -> str:
        """Send a form and return where the answer leads.

        :raises RuntimeError: the answer is no redirect
        """
        body = urlencode({"csrfmiddlewaretoken": self._token, **given})
        headers = {
            "Cookie": self._cookie,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self._connection.request("POST", path, body, headers)
        answer = self._connection.getresponse()
        text = answer.read()
        if answer.status != _REDIRECT:
            raise RuntimeError(f"{path}: {answer.status} {text[:300].decode()}")
        return answer.headers["Location"]


def sender(world: World, port: int, client: int) -> Callable[[], object]:
    """Return work that sends one finished filing from the check page of a citizen."""
    own = world.drafts[client::CLIENTS]
    browsers: dict[int, Browser] = {}

    def send() -> None:
        person_id, key = own.pop()
        if person_id not in browsers:
            browsers[person_id] = Browser(port, person_id)
        form = {"revision": 1, "cam_doan": 1}
        browsers[person_id].post(f"/ban-nhap/{key}/kiem-tra", **form)

    return send


def mover(ids: range, port: int, client: int) -> Callable[[], object]:
    """Return work that decides about one of this client's own cases on the official's page."""
    held = _held(ids[client::CLIENTS])
    rng = random.Random(client)  # noqa: S311 - a bench, not a secret
    browsers: dict[int, Browser] = {}
    turns = list(held)

    def decide() -> None:
        case_id = rng.choice(turns)
        state = held[case_id]
        person_id = state.holders[state.step]
        if person_id not in browsers:
            browsers[person_id] = Browser(port, person_id)
        action, given = _DECISIONS[state.step]
        path = f"/ban-lam-viec/ho-so/{state.code}/{action}"
        browsers[person_id].post(path, seen=state.version, **given)
        state.version += 1
        state.step = "sign" if state.step == "appraise" else "appraise"
        if state.step not in state.holders:
            state.holders[state.step] = _holder(case_id)

    return decide


_DECISIONS = {
    "appraise": (Action.PROPOSE, {"draft": "Đề nghị cấp"}),
    "sign": (Action.SEND_BACK, {"note": "Xem lại căn cứ pháp lý"}),
}
_HELD = """
SELECT c.id, c.code, c.version, c.step, o.person_id
FROM cases_case c JOIN cases_task t ON t.case_id = c.id AND t.done_at IS NULL
JOIN offices_official o ON o.id = t.official_id WHERE c.id = ANY(%s)
"""


@dataclass
class _Turn:
    code: str
    version: int
    step: str
    holders: dict[str, int]


def _held(ids: range) -> dict[int, _Turn]:
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [list(ids)])
        rows = cursor.fetchall()
    return {pk: _Turn(code, version, step, {step: who}) for pk, code, version, step, who in rows}


def _holder(case_id: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [[case_id]])
        return int(cursor.fetchone()[4])


_DRAFTS = """
INSERT INTO onestop_draft (key, person_id, version_id, component_case, centre_id, place_id,
                           answers, revision, started_at, saved_at)
SELECT gen_random_uuid(), (%(people)s::bigint[])[1 + n %% 64], %(version)s, %(component_case)s,
       (%(centres)s::bigint[])[1 + n %% 16], (%(places)s::bigint[])[1 + n %% 16],
       %(answers)s::jsonb, 1, now(), now()
FROM generate_series(1, %(count)s) n RETURNING person_id, key
"""


def drafts(world: World, count: int) -> None:
    """Give the world `count` finished drafts of 64 citizens at 16 centres, ready to be sent."""
    record = procedures.version(world.version_id).record
    first = journey.way(record.cases, Given())
    case = first.cases[0] if first.cases else ""
    way = journey.way(record.cases, Given(component_case=case))
    answers = {
        Answer.CONTENT: "Đăng ký cho con",
        Answer.BEHALF: Behalf.SELF,
        Answer.APPLIES: journey.NONE_APPLY,
        Answer.PHONE: "0500000118",
        Answer.RETURN: ReturnBy.ONLINE,
        **{journey.paper_answer(paper.key): Handing.BROUGHT for paper in way.papers()},
    }
    given: dict[str, Any] = {
        "people": world.person_ids[:64],
        "centres": [office for office, _, _ in world.centres[:16]],
        "places": [place for _, place, _ in world.centres[:16]],
        "version": world.version_id,
        "component_case": case,
        "answers": json.dumps(answers),
        "count": count,
    }
    with connection.cursor() as cursor:
        cursor.execute(_DRAFTS, given)
        world.drafts[:] = [(person_id, str(key)) for person_id, key in cursor.fetchall()]
