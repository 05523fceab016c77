"""The line that says what was just done, carried to the next page in its address, signed."""

from dataclasses import dataclass

from django.core import signing

_SALT = "desk.done"
_MINUTES = 10


@dataclass(frozen=True, slots=True)
class Done:
    """What was just done to which dossier."""

    code: str
    words: str


def sign(code: str, words: str) -> str:
    """Return the line as a part of an address; nobody can write one by hand."""
    return signing.dumps([code, words], salt=_SALT, compress=True)


def read(value: str) -> Done | None:
    """Return the line of an address, or None for an old one or one that is not ours."""
    if not value:
        return None
    try:
        code, words = signing.loads(value, salt=_SALT, max_age=_MINUTES * 60)
    except signing.BadSignature:
        return None
    return Done(code, words)
