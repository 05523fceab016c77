"""Values that every process keeps in memory, and how it learns that they have changed.

A command that changes them writes its transaction's number beside their name. A process asks
for the numbers at most once in `FRESH_FOR` seconds, and reads a value again when its number is
another: a change is seen everywhere within that time, and in the process that made it at once.
"""

from collections.abc import Callable, Hashable
from threading import Lock
from time import monotonic
from typing import Generic, TypeVar

from sauro.core.commands import operation_id
from sauro.core.statements import execute
from sauro.offices.models import Revision

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")

CALENDAR = "calendar"
ROSTER = "roster"
FRESH_FOR = 2.0
_KEPT_AT_MOST = 64

_CHANGED = """
INSERT INTO offices_revision AS kept (name, number)
VALUES (%(name)s, pg_current_xact_id()::text::bigint)
ON CONFLICT (name) DO UPDATE SET number = excluded.number RETURNING id
"""


class _Numbers:
    """The numbers as they were seen last, and when."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}
        self._until = 0.0

    def of(self, name: str) -> int:
        if monotonic() >= self._until:
            self._seen = dict(Revision.objects.values_list("name", "number"))
            self._until = monotonic() + FRESH_FOR
        return self._seen.get(name, 0)

    def forget(self) -> None:
        self._until = 0.0


_numbers = _Numbers()


class Kept(Generic[K, T]):
    """Values under one name that are read once for each key until the name's number changes."""

    def __init__(self, name: str, read: Callable[[K, int], T]) -> None:
        self._name = name
        self._read = read
        self._values: dict[K, T] = {}
        self._number = -1
        self._lock = Lock()

    def get(self, key: K) -> T:
        """Return the value of `key`, reading it if it is new or has changed."""
        with self._lock:
            # First the number, then the value: what is kept is never older than its number.
            number = _numbers.of(self._name)
            if number != self._number or len(self._values) > _KEPT_AT_MOST:
                self._values.clear()
                self._number = number
            if key not in self._values:
                self._values[key] = self._read(key, number)
            return self._values[key]

    def forget(self) -> None:
        """Read everything again when next asked."""
        with self._lock:
            self._number = -1


def changed(name: str) -> int:
    """Tell every process that what it keeps under `name` has changed; return the row's id.

    :raises RuntimeError: no command is running
    """
    operation_id()
    row = execute(_CHANGED, {"name": name})[0]
    _numbers.forget()
    return int(row[0])


def forget_numbers() -> None:
    """Ask for the numbers when next something is asked."""
    _numbers.forget()
