"""Servers beside us that a test may kill: `mail PORT FILE`, `time PORT`."""

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer

_REPLIES = {"DATA": b"354 go on", "QUIT": b"221 bye"}


class MailSink(StreamRequestHandler):
    """A mail server that keeps of all it took the Message-ID and to whom, each on its line."""

    kept: Path

    def handle(self) -> None:
        """Speak SMTP, as little of it as a client needs."""
        self._say(b"220 here")
        while line := self.rfile.readline():
            verb = line.split()[0].decode().upper() if line.split() else ""
            self._say(_REPLIES.get(verb, b"250 fine"))
            if verb == "QUIT":
                return
            if verb == "DATA":
                self._take()
                self._say(b"250 taken")

    def _say(self, words: bytes) -> None:
        self.wfile.write(words + b"\r\n")

    def _take(self) -> None:
        said = {b"message-id": "", b"to": ""}
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            name, _colon, value = line.partition(b":")
            if name.lower() in said:
                said[name.lower()] = value.strip().decode()
        with self.kept.open("a") as kept:
            kept.write(" ".join(said.values()) + "\n")


class TimeAuthority(BaseHTTPRequestHandler):
    """The authority of the demo's time stamps, as a server of its own."""

    def do_POST(self) -> None:
        """Say what time it is."""
        from sauro.core import clock  # noqa: PLC0415 - Django is set up by then
        from sauro.documents import authority  # noqa: PLC0415

        asked = self.rfile.read(int(self.headers["Content-Length"]))
        said = authority.answer(asked, clock.now())
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


class _Mail(ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


def main(kind: str, port: int, *rest: str) -> None:
    """Serve until killed."""
    if kind == "mail":
        MailSink.kept = Path(rest[0])
        _Mail(("127.0.0.1", port), MailSink).serve_forever()
    import django  # noqa: PLC0415 - the mail needs none

    django.setup()
    ThreadingHTTPServer(("127.0.0.1", port), TimeAuthority).serve_forever()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), *sys.argv[3:])
