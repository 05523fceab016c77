"""Money (đồng): whole numbers, never floats; written the way people here write them."""

from fractions import Fraction
from typing import NewType

Dong = NewType("Dong", int)


def written(amount: int) -> str:
    """Return "100.000 đồng" for 100000."""
    return f"{amount:,} đồng".replace(",", ".")


def share(amount: Dong, rate: Fraction) -> Dong:
    """Return `rate` of `amount`, rounded half up to a whole đồng.

    :raises ValueError: a negative amount or rate, which no fee rule knows
    """
    if amount < 0 or rate < 0:
        raise ValueError(f"share of {amount} at {rate}")
    return Dong(int(amount * rate + Fraction(1, 2)))


_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", "nghìn", "triệu", "tỷ", "nghìn tỷ", "triệu tỷ")


def in_words(amount: int) -> str:
    """Return an amount written out: "Một trăm linh năm nghìn đồng" for 105000.

    :raises ValueError: below zero, or a thousand million million and more
    """
    if not 0 <= amount < 10**15:
        raise ValueError(f"{amount} is not written out")
    groups: list[str] = []
    rest, place = amount, 0
    while rest:
        rest, group = divmod(rest, 1000)
        if group:
            groups.append(f"{_three(group, is_first=not rest)} {_GROUPS[place]}".strip())
        place += 1
    said = " ".join(reversed(groups)) or _DIGITS[0]
    return f"{said[0].upper()}{said[1:]} đồng"


def _three(group: int, *, is_first: bool) -> str:
    hundreds, rest = divmod(group, 100)
    tens, ones = divmod(rest, 10)
    said: list[str] = []
    if hundreds or not is_first:
        said.append(f"{_DIGITS[hundreds]} trăm")
    if tens > 1:
        said.append(f"{_DIGITS[tens]} mươi")
    elif tens == 1:
        said.append("mười")
    elif ones and said:
        said.append("linh")
    if ones:
        said.append(_ones(tens, ones))
    return " ".join(said)


def _ones(tens: int, ones: int) -> str:
    if ones == 1 and tens > 1:
        return "mốt"
    if ones == 5 and tens:  # noqa: PLR2004 - the figure itself
        return "lăm"
    return _DIGITS[ones]
