"""`@command` marks a business action: one transaction, one operation id for all it records."""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar
from uuid import UUID, uuid4

from django.db import transaction

P = ParamSpec("P")
R = TypeVar("R")

_operation: ContextVar[UUID | None] = ContextVar("operation", default=None)


def operation_id() -> UUID:
    """Return the id shared by everything the running command does.

    :raises RuntimeError: no command is running
    """
    current = _operation.get()
    if current is None:
        raise RuntimeError("not inside a command")
    return current


def command(action: Callable[P, R]) -> Callable[P, R]:
    """Run `action` in a transaction, under the operation of the outermost command."""

    @wraps(action)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if _operation.get() is not None:
            # An inner command joins: if it refuses, the whole operation is undone.
            return action(*args, **kwargs)
        token = _operation.set(uuid4())
        try:
            with transaction.atomic():
                return action(*args, **kwargs)
        finally:
            _operation.reset(token)

    run.is_command = True  # type: ignore[attr-defined]
    return run
