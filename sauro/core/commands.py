"""`@command` marks a business action: one transaction, one operation id for all it records.

`@command_at_once` is for the hottest actions, whose only write is one statement: that statement
is the transaction. It saves the rounds to the database that open and close one (decision 0004).
"""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar
from uuid import UUID, uuid4

from django.db import transaction

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(slots=True)
class _Operation:
    """One outermost command while it runs. at_once: its next write is its last."""

    id: UUID
    at_once: bool = False
    has_written: bool = False


_running: ContextVar[_Operation | None] = ContextVar("operation", default=None)


def operation_id() -> UUID:
    """Return the id shared by everything the running command does.

    :raises RuntimeError: no command is running
    """
    return _now_running().id


def is_at_once() -> bool:
    """Test whether the running command is its own one statement, so that locks hold nothing."""
    running = _running.get()
    return running is not None and running.at_once


def note_write() -> None:
    """Say that the running command is about to write.

    :raises RuntimeError: no command is running, or one of a single statement has had it
    """
    running = _now_running()
    if running.at_once and running.has_written:
        raise RuntimeError("a command at once has one statement, and it was written")
    running.has_written = True


def _now_running() -> _Operation:
    running = _running.get()
    if running is None:
        raise RuntimeError("not inside a command")
    return running


def command(action: Callable[P, R]) -> Callable[P, R]:
    """Run `action` in a transaction, under the operation of the outermost command."""

    @wraps(action)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if _running.get() is not None:
            # An inner command joins: if it refuses, the whole operation is undone.
            return action(*args, **kwargs)
        token = _running.set(_Operation(uuid4()))
        try:
            with transaction.atomic():
                return action(*args, **kwargs)
        finally:
            _running.reset(token)

    run.is_command = True  # type: ignore[attr-defined]
    return run


def command_at_once(action: Callable[P, R]) -> Callable[P, R]:
    """Run `action`, whose only write is one statement; inside another command it joins that.

    What the action read may have changed by the time it writes, so the statement itself tests
    the version that was read, and does nothing when it is no longer so.
    """

    @wraps(action)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if _running.get() is not None:
            return action(*args, **kwargs)
        token = _running.set(_Operation(uuid4(), at_once=True))
        try:
            return action(*args, **kwargs)
        finally:
            _running.reset(token)

    run.is_command = True  # type: ignore[attr-defined]
    return run
