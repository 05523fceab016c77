"""Working minutes on one scale, so that parts of a case's time add up exactly. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from math import lcm

from sauro.core.workdays import WorkingCalendar

Weight = int | Fraction


@dataclass(frozen=True, slots=True)
class Scale:
    """Where moments lie on the scale of working minutes that begins at the first one.

    Differences of places are working minutes, and they add: from a to b and from b to c make
    exactly from a to c. Moments are those the scale was made for.
    """

    places: dict[datetime, int]

    def at(self, moment: datetime) -> int:
        """Return the place of a moment."""
        return self.places[moment]


def scale(calendar: WorkingCalendar, moments: Iterable[datetime]) -> Scale:
    """Return the scale for these moments (local); every day between them is read once.

    Offices open and close at whole minutes, so seconds are cut off: then places add exactly.

    :raises LookupError: the calendar does not reach one of them
    """
    places: dict[datetime, int] = {}
    before: datetime | None = None
    passed = 0
    for moment in sorted(set(moments)):
        here = moment.replace(second=0, microsecond=0)
        if before is not None and here > before:
            passed += calendar.minutes_between(before, here)
        before = here
        places[moment] = passed
    return Scale(places)


def apportion(total: int, weights: Sequence[Weight]) -> list[int]:
    """Divide `total` in proportion to `weights`, in whole numbers that sum to it exactly.

    What rounding leaves over goes to the largest remainders, the earlier first.

    :raises ValueError: there is something to divide and no weight to divide it by
    """
    common = lcm(*(Fraction(weight).denominator for weight in weights if type(weight) is not int))
    exact = [int(weight * common) for weight in weights]
    whole = sum(exact)
    if whole == 0:
        if total:
            raise ValueError("nothing to divide by")
        return [0] * len(weights)
    parts = [weight * total // whole for weight in exact]
    order = sorted(range(len(exact)), key=lambda n: (-(exact[n] * total % whole), n))
    for n in order[: total - sum(parts)]:
        parts[n] += 1
    return parts


def words(minutes: int, day: int) -> str:
    """Return working minutes exactly, in words: "48 phút", "1 giờ 48", "2 ngày 3 giờ 05".

    day: how many minutes a working day has.
    """
    days, rest = divmod(minutes, day)
    hours, odd = divmod(rest, 60)
    parts = [f"{days} ngày"] if days else []
    if hours:
        parts.append(f"{hours} giờ {odd:02}" if odd else f"{hours} giờ")
    elif odd or not parts:
        parts.append(f"{odd} phút")
    return " ".join(parts)
