"""The arithmetic of charts, kept out of the templates: shares, paths and round tops of axes.

A drawing without a viewBox takes percentages, so a chart stretches with its column while lines,
corners and dots keep their shape, and no page needs a style of its own.
"""

from collections.abc import Sequence
from decimal import Decimal

Number = int | float | Decimal

_STEPS = (1, 2, 5, 10)


def along(value: Number, low: Number = 0, high: Number = 100) -> str:
    """Return where `value` lies between `low` and `high` as "61.5%", held within 0% and 100%."""
    share = 100 * (float(value) - float(low)) / (float(high) - float(low))
    return f"{_short(min(max(share, 0), 100))}%"


def ceiling(values: Sequence[Number]) -> int:
    """Return the smallest 1, 2 or 5 times a power of ten that no value exceeds; at least 1."""
    top, power = max((float(value) for value in values), default=0), 1
    while power * 10 < top:
        power *= 10
    return next(step * power for step in _STEPS if step * power >= top)


def path(values: Sequence[Number], top: Number, slots: int = 0) -> str:
    """Return a path in a box of 100 by 100, 0 at the bottom and `top` at its upper edge.

    slots: how many values the axis has room for, when the day is not over yet.
    """
    step = 100 / max((slots or len(values)) - 1, 1)
    points = (
        f"{_short(step * place)} {_short(100 - 100 * float(value) / float(top))}"
        for place, value in enumerate(values)
    )
    return "M" + "L".join(points) if values else ""


def _short(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
