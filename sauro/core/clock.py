"""The one place that reads the system clock, and the one that knows where the province is.

Views and jobs call `now()` once, at the edge, and pass the value down. Rules, services and
queries receive it, so a test or a simulation can live on any day it likes.
"""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return datetime.now(UTC)


def local(at: datetime) -> datetime:
    """Return the same instant as the wall clocks of the province show it (UTC+7)."""
    return at.astimezone(HERE)


def local_day(at: datetime) -> date:
    """Return the calendar day of an instant where the province is."""
    return at.astimezone(HERE).date()


def at_local(day: date, hour: time) -> datetime:
    """Return the instant, in UTC, of a wall-clock time in the province."""
    return datetime.combine(day, hour, tzinfo=HERE).astimezone(UTC)
