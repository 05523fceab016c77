"""A gateway to try with (cổng thử): takes orders, shows a page to pay, calls back, misbehaves.

A server of its own with its own store, which is killed and started again like a real one. What
it does wrong is chosen by `Manners`: a call late, twice, out of order, lost, or signed wrongly.
It never takes money.
"""

import html
import json
import random
import sqlite3
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.error import URLError
from urllib.parse import parse_qs
from urllib.request import Request, urlopen

from sauro.core import clock
from sauro.payments.rules import messages

_SCHEMA = """
CREATE TABLE IF NOT EXISTS orders (
    reference TEXT PRIMARY KEY, amount INTEGER, words TEXT, back TEXT, call TEXT,
    is_refund INTEGER, outcome TEXT DEFAULT 'PENDING', number TEXT DEFAULT '', at TEXT DEFAULT ''
)"""
_SIGNATURE = "X-Signature"
_MOST = 100_000
_PAGE = """<!doctype html><html lang="vi"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Cổng thanh toán thử</title>
<main><h1>Cổng thanh toán thử</h1><p>Không phải tiền thật.</p><p>Lệnh <b>{reference}</b></p>
<p>Số tiền <b>{amount} đồng</b></p><form method="post">
<button name="do" value="pay">Trả tiền</button>
<button name="do" value="fail">Thẻ bị từ chối</button></form></main></html>"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How badly it behaves; shares between 0 and 1. late: seconds a late call waits at most."""

    seed: int = 1
    lost: float = 0.0
    twice: float = 0.0
    late: float = 0.0
    late_seconds: float = 0.2
    badly_signed: float = 0.0


class Sandbox:
    """The gateway: what it knows, and what it does when somebody pays."""

    def __init__(self, store: Path, key: str, manners: Manners) -> None:
        self._key, self._manners = key, manners
        self._chance = random.Random(manners.seed)  # noqa: S311 - play
        self._lock = threading.Lock()
        self._store = sqlite3.connect(store, check_same_thread=False, isolation_level=None)
        self._store.row_factory = sqlite3.Row
        self._store.execute("PRAGMA journal_mode=WAL")
        self._store.execute(_SCHEMA)

    def make(self, wanted: Mapping[str, Any], address: str) -> dict[str, Any]:
        """Take an order, once; a refund is paid at once."""
        names = ("reference", "amount", "words", "back", "call", "is_refund")
        with self._lock:
            self._store.execute(
                "INSERT OR IGNORE INTO orders (reference, amount, words, back, call, is_refund)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                [wanted[name] for name in names],
            )
        if wanted["is_refund"]:
            self.pay(str(wanted["reference"]), "PAID")
        return {"address": f"{address}/tra/{wanted['reference']}"}

    def order(self, reference: str) -> sqlite3.Row | None:
        """Return an order, None if it was never taken."""
        with self._lock:
            rows = self._store.execute("SELECT * FROM orders WHERE reference = ?", [reference])
            found: sqlite3.Row | None = rows.fetchone()
        return found

    def status(self, reference: str) -> dict[str, Any]:
        """Return how an order stands, as it is signed."""
        row = self.order(reference)
        if row is None:
            now = clock.now().isoformat()
            nothing = {"reference": reference, "outcome": "UNKNOWN", "amount": 0}
            return {**nothing, "number": "", "at": now}
        return _told(row)

    def pay(self, reference: str, outcome: str) -> None:
        """End an order, once, and tell its owner as the manners have it."""
        now = clock.now().isoformat()
        with self._lock:
            done = self._store.execute(
                "UPDATE orders SET outcome = ?, number = ?, at = ?"
                " WHERE reference = ? AND outcome = 'PENDING'",
                [outcome, f"SB{reference}", now, reference],
            )
        row = self.order(reference)
        if done.rowcount and row is not None and row["call"]:
            self._tell(row)

    def statement(self) -> str:
        """Return what was paid and given back, as the file of a statement."""
        with self._lock:
            rows = self._store.execute(
                "SELECT reference, is_refund, amount, number FROM orders"
                " WHERE outcome = 'PAID' ORDER BY reference"
            ).fetchall()
        kinds = ("PAYMENT", "REFUND")
        lines = [
            f"{r['reference']},{kinds[r['is_refund']]},{r['amount']},{r['number']}" for r in rows
        ]
        return "\n".join(["reference,kind,amount,number", *lines, ""])

    def close(self) -> None:
        """Close the store."""
        self._store.close()

    def _tell(self, row: sqlite3.Row) -> None:
        with self._lock:
            chances = [self._chance.random() for _ in range(4)]
        if chances[0] < self._manners.lost:
            return
        key = "wrong" if chances[1] < self._manners.badly_signed else self._key
        wait = chances[2] * self._manners.late_seconds if chances[2] < self._manners.late else 0.0
        times = 2 if chances[3] < self._manners.twice else 1
        body, signature = messages.pack(_told(row), key)
        arguments = (str(row["call"]), body, signature, wait, times)
        threading.Thread(target=_call, args=arguments, daemon=True).start()


def _told(row: sqlite3.Row) -> dict[str, Any]:
    at = row["at"] or clock.now().isoformat()
    return {name: row[name] for name in ("reference", "outcome", "amount", "number")} | {"at": at}


def _call(address: str, body: bytes, signature: str, wait: float, times: int) -> None:
    time.sleep(wait)
    for _turn in range(times):
        request = Request(  # noqa: S310 - the address that the order was made with
            address, data=body, headers={"Content-Type": "application/json", _SIGNATURE: signature}
        )
        try:
            urlopen(request, timeout=5).close()  # noqa: S310
        except (URLError, OSError):
            continue


class _Handler(BaseHTTPRequestHandler):
    """The doors of the sandbox; `server` makes a kind of it that knows which sandbox."""

    sandbox: ClassVar[Sandbox]
    key: ClassVar[str]
    address: ClassVar[str]

    def do_POST(self) -> None:
        body = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), _MOST))
        if self.path.startswith("/tra/"):
            self._pay(self.path.removeprefix("/tra/"), body)
        elif messages.signed(body, self.key) != self.headers.get(_SIGNATURE):
            self._answer(403, {"trouble": "signature"})
        elif self.path == "/orders":
            self._answer(200, self.sandbox.make(json.loads(body), self.address or self._here()))
        else:
            self._answer(200, self.sandbox.status(json.loads(body)["reference"]))

    def do_GET(self) -> None:
        row = self.sandbox.order(self.path.removeprefix("/tra/"))
        if self.path == "/statement.csv":
            self._send(200, self.sandbox.statement().encode(), "text/csv")
        elif row is None:
            self._send(404, "Không có lệnh này.".encode(), "text/plain")
        else:
            shown = _PAGE.format(reference=html.escape(row["reference"]), amount=row["amount"])
            self._send(200, shown.encode(), "text/html")

    def _here(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"  # type: ignore[attr-defined]

    def _pay(self, reference: str, body: bytes) -> None:
        chosen = parse_qs(body.decode("latin-1")).get("do", ["pay"])[0]
        self.sandbox.pay(reference, "PAID" if chosen == "pay" else "FAILED")
        row = self.sandbox.order(reference)
        self.send_response(303)
        self.send_header("Location", row["back"] if row else "/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _answer(self, status: int, fields: Mapping[str, Any]) -> None:
        body, signature = messages.pack(fields, self.key)
        self._send(status, body, "application/json", signature)

    def _send(self, status: int, body: bytes, kind: str, signature: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header(_SIGNATURE, signature)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


def server(
    sandbox: Sandbox, key: str, port: int = 0, *, host: str = "127.0.0.1", address: str = ""
) -> ThreadingHTTPServer:
    """Return a server of the sandbox, not yet serving. address: as payers see it."""
    told = {"sandbox": sandbox, "key": key, "address": address}
    return ThreadingHTTPServer((host, port), type("Handler", (_Handler,), told))
