"""The public postal service (bưu chính công ích): numbers of parcels, the legal hour. Pure.

Decision 45/2016/QĐ-TTg: what the post brings counts as filed when the record of the hand-over
between post and agency is signed (article 7.4); results go out the same way (articles 9 to 11).
"""

import re
from datetime import datetime, timedelta
from enum import StrEnum

from sauro.core.errors import Invalid
from sauro.core.text import _

SOURCE = "Quyết định 45/2016/QĐ-TTg, Điều 7.4"
_SHAPE = re.compile(r"([A-Z]{2})([0-9]{8})([0-9])VN")
_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
_OLDEST = timedelta(days=10)


class Way(StrEnum):
    """Which way a parcel goes: IN with papers, OUT with the result."""

    IN = "IN"
    OUT = "OUT"


WAY_LABELS = {Way.IN: "Bưu chính giao hồ sơ", Way.OUT: "Giao kết quả cho bưu chính"}


def checked_number(text: str) -> str:
    """Return the number of a parcel as it is stored, e.g. "EB123456785VN" (UPU standard S10).

    :raises Invalid: it is no such number, or a figure of it was mistyped
    """
    plain = re.sub(r"[\s.-]+", "", text).upper()
    found = _SHAPE.fullmatch(plain)
    if not found:
        raise Invalid(_("Mã bưu gửi có dạng EB123456785VN."), field="parcel")
    if check_digit(found[2]) != int(found[3]):
        raise Invalid(
            _("Mã bưu gửi {number} sai số kiểm tra. Xem lại từng chữ số."),
            field="parcel",
            number=plain,
        )
    return plain


def check_digit(serial: str) -> int:
    """Return the last figure of a parcel number, from the eight before it."""
    total = sum(weight * int(figure) for weight, figure in zip(_WEIGHTS, serial, strict=True))
    return {10: 0, 11: 5}.get(11 - total % 11, 11 - total % 11)


def checked_hour(handed_at: datetime, *, now: datetime) -> datetime:
    """Return when a record of hand-over was signed.

    :raises Invalid: in the future, or so long ago that it must be a slip of the pen
    """
    if not now - _OLDEST <= handed_at <= now:
        raise Invalid(
            _("Giờ giao nhận phải trong 10 ngày qua và không sau lúc này."), field="handed_at"
        )
    return handed_at
