"""The opening hours of an office as people read them (giờ làm việc)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sauro.offices import queries as offices
from sauro.timing import rules


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursRow:
    """Opening hours as people read them. since: None for those that hold where nothing is set."""

    since: date | None
    sessions: str
    week: Sequence[tuple[str, str]]
    is_now: bool


def held(office_id: int | None, *, on: date) -> list[HoursRow]:
    """Return the hours of an office, or of the province, those that come last first. No query."""
    calendar = offices.working_calendar(office_id)
    said = rules.sessions_said
    rows = [(hours.since, hours.sessions, hours.week) for hours in reversed(calendar.hours)]
    now = next((since for since, _sessions, _week in rows if since <= on), None)
    return [
        HoursRow(
            since=since,
            sessions=said(sessions),
            week=[(rules.WEEKDAYS[day], said(own)) for day, own in sorted(week.items())],
            is_now=since == now,
        )
        for since, sessions, week in rows
    ] + [HoursRow(since=None, sessions=said(calendar.sessions), week=(), is_now=now is None)]
