"""The calendar of state agencies for 2025 and 2026, as the specification (3.4) writes it down.

Kept apart from the data that the product loads, so that a slip in one shows against the other.
"""

from datetime import date, timedelta

from sauro.core.workdays import SpecialDay, WorkingCalendar

_OFF = (
    ("2025-01-01", "2025-01-01", "Tết Dương lịch"),
    ("2025-01-27", "2025-01-31", "Tết Ất Tỵ"),
    ("2025-04-07", "2025-04-07", "Giỗ Tổ Hùng Vương"),
    ("2025-04-30", "2025-04-30", "Ngày Chiến thắng"),
    ("2025-05-01", "2025-05-01", "Quốc tế Lao động"),
    ("2025-05-02", "2025-05-02", "Nghỉ hoán đổi, làm bù 26/4"),
    ("2025-09-01", "2025-09-02", "Quốc khánh"),
    ("2026-01-01", "2026-01-01", "Tết Dương lịch"),
    ("2026-01-02", "2026-01-02", "Nghỉ hoán đổi, làm bù 10/01"),
    ("2026-02-16", "2026-02-20", "Tết Bính Ngọ"),
    ("2026-04-27", "2026-04-27", "Nghỉ bù Giỗ Tổ Hùng Vương"),
    ("2026-04-30", "2026-04-30", "Ngày Chiến thắng"),
    ("2026-05-01", "2026-05-01", "Quốc tế Lao động"),
    ("2026-08-31", "2026-08-31", "Nghỉ hoán đổi, làm bù 22/8"),
    ("2026-09-01", "2026-09-02", "Quốc khánh"),
    ("2026-11-24", "2026-11-24", "Ngày Văn hóa Việt Nam"),
)
_WORKED = ("2025-04-26", "2026-01-10", "2026-08-22")


def state_calendar() -> WorkingCalendar:
    """Return the calendar from the beginning of 2024 to the end of 2026."""
    special = {}
    for first, last, name in _OFF:
        day = date.fromisoformat(first)
        while day <= date.fromisoformat(last):
            special[day] = SpecialDay(name, source="Điều 112 Bộ luật Lao động 2019")
            day += timedelta(days=1)
    for worked in _WORKED:
        special[date.fromisoformat(worked)] = SpecialDay("Làm bù", works=True)
    return WorkingCalendar(special, until=date(2027, 1, 1))
