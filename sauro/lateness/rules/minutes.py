"""Working minutes on one scale, so that parts of a case's time add up exactly. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from fractions import Fraction

from sauro.core.workdays import WorkingCalendar

Weight = int | Fraction


@dataclass(frozen=True, slots=True)
class Scale:
    """Where moments lie on the scale of working minutes that begins on the first one's day.

    Differences of places are working minutes, and they add: from a to b and from b to c make
    exactly from a to c. Moments are those the scale was made for.
    """

    places: dict[datetime, int]

    def at(self, moment: datetime) -> int:
        """Return the place of a moment."""
        return self.places[moment]


def scale(calendar: WorkingCalendar, moments: Iterable[datetime]) -> Scale:
    """Return the scale for these moments (local); every day between them is read once.

    :raises LookupError: the calendar does not reach one of them
    """
    places: dict[datetime, int] = {}
    before: datetime | None = None
    passed = 0
    for moment in sorted(set(moments)):
        midnight = datetime.combine(moment.date(), time(0), tzinfo=moment.tzinfo)
        if before is not None and midnight > before:
            passed += calendar.minutes_between(before, midnight)
        before = midnight
        places[moment] = passed + calendar.minutes_between(midnight, moment)
    return Scale(places)


def apportion(total: int, weights: Sequence[Weight]) -> list[int]:
    """Divide `total` in proportion to `weights`, in whole numbers that sum to it exactly.

    What rounding leaves over goes to the largest remainders, the earlier first.

    :raises ValueError: there is something to divide and no weight to divide it by
    """
    whole = sum(weights, Fraction(0))
    if whole == 0:
        if total:
            raise ValueError("nothing to divide by")
        return [0] * len(weights)
    exact = [Fraction(weight) * total / whole for weight in weights]
    parts = [int(share) for share in exact]
    order = sorted(range(len(weights)), key=lambda n: (parts[n] - exact[n], n))
    for n in order[: total - sum(parts)]:
        parts[n] += 1
    return parts
