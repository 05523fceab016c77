"""Pytest plugin: a database for tests alone, started before Django reads its settings.

Loaded by `-p` in pyproject.toml. With DATABASE_URL in the environment that server is used, in a
database beside the named one; else one of our own under `var/test`, which forgets everything.
"""

import os
from contextlib import ExitStack
from pathlib import Path

import pytest

_VAR = Path(__file__).parents[1] / "var"
_opened = ExitStack()


def pytest_addoption() -> None:
    """Prepare the environment: the first moment that a plugin has."""
    os.environ.setdefault("SAURO_TESTING", "1")
    os.environ.setdefault("SAURO_VAR", str(_VAR / "test"))
    os.environ.setdefault("SAURO_FONTS", str(Path(os.environ["SAURO_VAR"]) / "fonts"))
    var = Path(os.environ["SAURO_VAR"])
    for name in ("fonts", "static", "files", "mail"):
        (var / name).mkdir(parents=True, exist_ok=True)
    if not os.environ.get("DATABASE_URL"):
        from config.postgres import Server  # noqa: PLC0415 - only where it is needed

        server = Server(var / "postgres", throwaway=True)
        os.environ["DATABASE_URL"] = _opened.enter_context(server.used())


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """Stop the server, if it is ours: in a process of pytest-xdist there is nothing to stop."""
    _opened.close()
