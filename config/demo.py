"""The demo's accounts for the page of signing in, which may not know who loads a province."""

from collections.abc import Iterator
from dataclasses import dataclass

from sauro.core import clock
from sauro.core.errors import NotFound


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """Somebody who may be played."""

    login: str
    name: str
    role: str
    password: str


class DemoAccounts:
    """Who may be played today; nobody, where no province is loaded. Asked anew each time."""

    def __iter__(self) -> Iterator[DemoAccount]:
        """Yield the accounts in the order of a dossier's way."""
        from sauro.deployment import accounts  # noqa: PLC0415 - settings are read before models

        try:
            rows = accounts.rows(clock.local_day(clock.now()))
        except NotFound:
            return
        for row in rows:
            role = f"{row.role}, {row.office}" if row.office else row.role
            yield DemoAccount(row.login, row.name, role, accounts.PASSWORD)
