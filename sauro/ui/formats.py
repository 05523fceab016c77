"""How dates, numbers and money are written for people here. Instants are shown in local time."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from sauro.core.clock import local
from sauro.core.money import written

_DAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
_SHORT = ("Th 2", "Th 3", "Th 4", "Th 5", "Th 6", "Th 7", "CN")
_FEBRUARY = 2


def _day(value: date | datetime) -> date:
    return local(value).date() if isinstance(value, datetime) else value


def day(value: date | datetime) -> str:
    """Return "01/7/2025"; as on papers, days under 10 and the months 1 and 2 begin with a zero."""
    on = _day(value)
    month = f"{on.month:02}" if on.month <= _FEBRUARY else f"{on.month}"
    return f"{on.day:02}/{month}/{on.year}"


def day_short(value: date | datetime) -> str:
    """Return "30/9"."""
    on = _day(value)
    return f"{on.day}/{on.month}"


def day_long(value: date | datetime) -> str:
    """Return "Thứ Ba, 30/9"."""
    on = _day(value)
    return f"{_DAYS[on.weekday()]}, {on.day}/{on.month}"


def weekday_short(value: date | datetime) -> str:
    """Return "Th 3", or "CN" for a Sunday."""
    return _SHORT[_day(value).weekday()]


def time(value: datetime) -> str:
    """Return "14:32"."""
    return f"{local(value):%H:%M}"


def moment(value: datetime) -> str:
    """Return "14:32, 25/9/2025"."""
    return f"{time(value)}, {day(value)}"


def moment_short(value: datetime) -> str:
    """Return "25/9, 14:32"."""
    return f"{day_short(value)}, {time(value)}"


def number(value: int | float | Decimal, digits: int = 0) -> str:
    """Return "1.896", or "84,05" with two digits; halves are rounded up, as in reports."""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return f"{exact:,.{digits}f}".translate(str.maketrans(",.-", ".,−"))


def percent(value: float | Decimal, digits: int = 1) -> str:
    """Return "98,2%" for 0.982; a whole percentage drops its ",0"."""
    text = number(Decimal(str(value)) * 100, digits)
    return text.removesuffix("," + "0" * digits) + "%"


def dong(value: int) -> str:
    """Return "100.000 đồng"."""
    return written(value)


def minutes_words(value: int) -> str:
    """Return "48 phút", "1 giờ 48" or "2 giờ" for that many minutes; never negative."""
    hours, minutes = divmod(abs(value), 60)
    if not hours:
        return f"{minutes} phút"
    return f"{hours} giờ {minutes:02}" if minutes else f"{hours} giờ"


def size(value: int) -> str:
    """Return "1,4 MB" or "320 kB" for that many bytes."""
    if value >= 1_000_000:  # noqa: PLR2004
        return f"{number(value / 1_000_000, 1)} MB"
    return f"{max(1, round(value / 1000))} kB"


FILTERS = {
    "day": day,
    "day_short": day_short,
    "day_long": day_long,
    "weekday_short": weekday_short,
    "time": time,
    "moment": moment,
    "moment_short": moment_short,
    "number": number,
    "percent": percent,
    "dong": dong,
    "minutes_words": minutes_words,
    "size": size,
}
