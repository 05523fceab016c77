"""Who signs a result, in what order, and what a signed file proves (ký số). Pure.

The order is kept: initials first, then the leader, last the seal of the office (Nghị định
30/2020/NĐ-CP, điều 13 and Phụ lục I). A proof is judged at the moment it can show: the time of
an authority, or, where there is none yet, now.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sauro.core.errors import NotNow
from sauro.core.text import _


class Part(StrEnum):
    """What a signature on a paper is for; `PART_LABELS` for people."""

    INITIAL = "INITIAL"
    LEADER = "LEADER"
    SEAL = "SEAL"


PART_LABELS: Final = {
    Part.INITIAL: _("Ký nháy"),
    Part.LEADER: _("Ký ban hành"),
    Part.SEAL: _("Chữ ký số cơ quan"),
}
DEFAULT_ORDER: Final = (Part.LEADER, Part.SEAL)
ATTEMPTS_BEFORE_LOCK: Final = 5
LOCK_MINUTES: Final = 15
TIMESTAMP_RETRY_MINUTES: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signs, with the post held that day."""

    name: str
    post: str
    office: str
    official_id: int | None = None


def next_part(order: Sequence[str], done: int) -> Part:
    """Return whose turn it is after `done` signatures.

    :raises NotNow: everybody has signed
    """
    if done >= len(order):
        raise NotNow(_("Văn bản này đã có đủ chữ ký. Mở văn bản để xem."))
    return Part(order[done])


def check_turn(order: Sequence[str], done: int, wanted: Part) -> None:
    """Refuse a signature out of its turn.

    :raises NotNow: another one comes first, or all are there
    """
    turn = next_part(order, done)
    if turn is not wanted:
        raise NotNow(
            _("Chưa đến lượt: “{turn}” phải có trước “{wanted}”. Chờ người ký trước ký xong."),
            turn=PART_LABELS[turn],
            wanted=PART_LABELS[wanted],
        )


_ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LETTERS: Final = 12


def code_of(numbers: bytes) -> str:
    """Return a code for checking, made of random bytes: no 0, 1, I, L, O, U in it."""
    return "".join(_ALPHABET[one % len(_ALPHABET)] for one in numbers[:CODE_LETTERS])


def tidy_code(typed: str) -> str:
    """Return a code as people type it, in the form it is kept."""
    return re.sub(r"[\s.-]+", "", typed).upper()


def grouped(code: str) -> str:
    """Return a code as it is printed: "7K2M-9QXA-BCDE"."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was found about one signature in a file.

    is_whole: the bytes it covers are as signed. is_last_word: nothing was added after the last
    signature that the signers did not allow. proven_at: when an authority says it was there.
    """

    signer: str
    is_whole: bool
    is_known_issuer: bool
    signed_at: datetime | None
    proven_at: datetime | None
    since: datetime
    until: datetime
    serial: str
    is_last_word: bool = True
    revoked_at: datetime | None = None


class Verdict(StrEnum):
    """What a file is worth, worst first."""

    TAMPERED = "TAMPERED"
    UNSIGNED = "UNSIGNED"
    STRANGE = "STRANGE"
    REVOKED = "REVOKED"
    EXPIRED = "EXPIRED"
    REPLACED = "REPLACED"
    UNKNOWN = "UNKNOWN"
    VALID = "VALID"


def judge(
    findings: Sequence[Finding], *, is_ours: bool, is_replaced: bool = False, now: datetime
) -> Verdict:
    """Return what a file with these signatures is worth.

    is_ours: its bytes are, to the last, those we issued. is_replaced: a newer paper counts.
    """
    if not findings:
        return Verdict.UNSIGNED
    if not all(one.is_whole and one.is_last_word for one in findings):
        return Verdict.TAMPERED
    if not all(one.is_known_issuer for one in findings):
        return Verdict.STRANGE
    spoiled = next((bad for one in findings if (bad := _spoiled(one, now))), None)
    if spoiled:
        return spoiled
    if is_replaced:
        return Verdict.REPLACED
    return Verdict.VALID if is_ours else Verdict.UNKNOWN


def _spoiled(one: Finding, now: datetime) -> Verdict | None:
    """Return why a certificate did not count at the moment that is proven; None if it did."""
    moment = one.proven_at or now
    if one.revoked_at and one.revoked_at <= moment:
        return Verdict.REVOKED
    if not one.since <= moment <= one.until:
        return Verdict.EXPIRED
    return None


SAID: Final = {
    Verdict.VALID: _("Giấy này là thật và còn nguyên vẹn."),
    Verdict.TAMPERED: _("Tệp này đã bị sửa sau khi ký. Không dùng tệp này."),
    Verdict.UNSIGNED: _("Tệp này không có chữ ký số."),
    Verdict.STRANGE: _("Chữ ký trong tệp không do cơ quan của tỉnh cấp."),
    Verdict.REVOKED: _("Chứng thư của người ký đã bị thu hồi trước khi ký."),
    Verdict.EXPIRED: _("Chứng thư của người ký không còn hạn vào lúc ký."),
    Verdict.REPLACED: _("Giấy này đã được thay bằng giấy mới hơn."),
    Verdict.UNKNOWN: _("Chữ ký còn nguyên vẹn, nhưng hệ thống không lưu tệp này."),
}
ADVICE: Final = {
    Verdict.VALID: _("Có thể dùng giấy này như bản giấy có chữ ký và con dấu."),
    Verdict.TAMPERED: _("Tải lại bản gốc từ mục Giấy tờ của tôi, hoặc hỏi nơi đã cấp."),
    Verdict.UNSIGNED: _("Bản chụp, bản in rồi quét lại không có chữ ký số. Tải bản PDF gốc."),
    Verdict.STRANGE: _("Hỏi nơi đã đưa tệp này cho bạn, hoặc kiểm tra tại cơ quan đã ký."),
    Verdict.REVOKED: _("Hỏi cơ quan ghi trên giấy để được cấp lại."),
    Verdict.EXPIRED: _("Hỏi cơ quan ghi trên giấy để được cấp lại."),
    Verdict.REPLACED: _("Người đứng tên tải bản mới từ mục Giấy tờ của tôi."),
    Verdict.UNKNOWN: _("Hỏi cơ quan ghi trên giấy trước khi dùng."),
}
