"""The kinds of case that modules have registered at start-up, by code."""

from sauro.cases.rules import CaseKind

_kinds: dict[str, CaseKind] = {}


def register(kind: CaseKind) -> None:
    """Add a kind. A code can be taken once; registering the same value again changes nothing."""
    if _kinds.setdefault(kind.code, kind) != kind:
        raise ValueError(f"case kind {kind.code!r} is already registered")


def get(code: str) -> CaseKind:
    """Return the kind with this code.

    :raises KeyError: no module registered it
    """
    return _kinds[code]


def find(code: str) -> CaseKind | None:
    """Return the kind with this code, or None where no module registered it."""
    return _kinds.get(code)
