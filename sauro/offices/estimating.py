"""The statutory holidays of years whose decision is not published yet, from a public library.

The Government decides every year which days are off and which Saturdays make up for them; what
is known before are the days of the Labour Code, by the lunar calendar. They are estimates.
"""

from collections.abc import Sequence
from functools import lru_cache

from sauro.offices.rules import DayKind, DayStatus, SpecialDayPlan

_IN_LIEU = "(nghỉ bù)"
_SOURCE = "holidays 0.109"


@lru_cache(maxsize=64)
def estimated(year: int) -> Sequence[SpecialDayPlan]:
    """Return the statutory holidays of a year and the days in lieu of them, in order."""
    import holidays  # noqa: PLC0415 - a large library, needed for years to come only

    known = holidays.country_holidays("VN", years=year, language="vi")
    return [
        SpecialDayPlan(
            day=day,
            kind=DayKind.IN_LIEU if name.endswith(_IN_LIEU) else DayKind.HOLIDAY,
            name=name,
            source=_SOURCE,
            status=DayStatus.ESTIMATE,
        )
        for day, name in sorted(known.items())
        if day.year == year
    ]
