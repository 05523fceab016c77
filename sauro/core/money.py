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
