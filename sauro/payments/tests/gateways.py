"""A gateway to test with: the sandbox, served on a free port."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pytest_django import Settings

from sauro.payments import sandbox
from sauro.payments.sandbox import Manners, Sandbox


@contextmanager
def running(folder: Path, settings: Settings, *, lost: float = 0.0) -> Iterator[Sandbox]:
    """Serve a sandbox and have our side speak to it."""
    settings.GATEWAY_KEY = "for-tests"
    gateway = Sandbox(folder / "gateway.db", "for-tests", Manners(lost=lost))
    server = sandbox.server(gateway, "for-tests")
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    settings.GATEWAY_ADDRESS = f"http://127.0.0.1:{server.server_port}"
    try:
        yield gateway
    finally:
        server.shutdown()
        server.server_close()
        gateway.close()
