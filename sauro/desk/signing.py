"""Opening a key and signing with it (ký bằng mã PIN): one result, or a batch a row at a time.

The key is opened once and forgotten with the request. Nothing here is a command itself: each
row is one, so whatever stops a batch leaves whole rows behind it and whole rows before it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from sauro.core.actor import Actor
from sauro.core.errors import Invalid, Refusal
from sauro.core.text import _
from sauro.desk import rules
from sauro.documents.keys import Unlocked
from sauro.onestop import keyring
from sauro.onestop.services import handling, signing


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """What became of one row of a batch. refusal: why it was not signed, "" when it was."""

    code: str
    refusal: str = ""


def sign(case_id: int, pin: str, *, seen: int, by: Actor, now: datetime) -> None:
    """Sign a proposed result with the leader's own key; without keys, as on paper.

    :raises Invalid: the PIN does not open the key
    """
    _sign(case_id, opened(by, pin, now=now), seen=seen, by=by, now=now)


def stamp(case_id: int, pin: str, *, seen: int, by: Actor, now: datetime) -> None:
    """Put the seal of the office on a signed result and issue it.

    :raises Invalid: the PIN does not open the key
    """
    if not settings.SIGNS_RESULTS:
        handling.issue(case_id, seen=seen, by=by, now=now)
        return
    _is_there(pin)
    key = keyring.seal(case_id, pin, by=by, now=now)
    signing.issue(case_id, key, seen=seen, by=by, now=now)


def opened(by: Actor, pin: str, *, now: datetime) -> Unlocked | None:
    """Return the leader's key; None where this place signs on paper.

    :raises Invalid: the PIN does not open it
    """
    if not settings.SIGNS_RESULTS:
        return None
    _is_there(pin)
    return keyring.own(by, pin, now=now)


def check_batch(chosen: Sequence[tuple[int, str, int]]) -> None:
    """Refuse a batch of nothing, or of too much.

    :raises Invalid: so it is
    """
    if not chosen:
        raise Invalid(_("Chọn ít nhất một kết quả để ký."), field="chosen")
    if len(chosen) > rules.SIGNED_AT_ONCE_AT_MOST:
        raise Invalid(
            _("Mỗi lần ký được nhiều nhất {limit} kết quả. Bỏ chọn bớt."),
            field="chosen",
            limit=rules.SIGNED_AT_ONCE_AT_MOST,
        )


def sign_each(
    chosen: Sequence[tuple[int, str, int]], key: Unlocked | None, *, by: Actor, now: datetime
) -> Iterator[Signed]:
    """Sign row after row, telling of each as it is done; a row refused leaves the others be."""
    for case_id, code, seen in chosen:
        try:
            _sign(case_id, key, seen=seen, by=by, now=now)
        except Refusal as refusal:
            yield Signed(code=code, refusal=str(refusal))
        else:
            yield Signed(code=code)


def _sign(case_id: int, key: Unlocked | None, *, seen: int, by: Actor, now: datetime) -> None:
    if key is None:
        handling.approve(case_id, seen=seen, by=by, now=now)
    else:
        signing.approve(case_id, key, seen=seen, by=by, now=now)


def _is_there(pin: str) -> None:
    if not pin.strip():
        raise Invalid(_("Nhập mã PIN của chữ ký số."), field="pin")
