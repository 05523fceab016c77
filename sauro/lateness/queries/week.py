"""The page of the week: the overview and what stands still, for a head or an official."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sauro.cases import queries as cases
from sauro.core.actor import Actor
from sauro.core.clock import local, local_day
from sauro.lateness.queries import access, weekly
from sauro.lateness.queries.counting import Page
from sauro.lateness.queries.overview import Overview, overview
from sauro.lateness.queries.weekly import SilentCase
from sauro.offices import queries as offices
from sauro.offices.rules import OfficialRow
from sauro.offices.scopes import scope

_FIRST = Page(0, 25)


@dataclass(frozen=True, slots=True, kw_only=True)
class Still:
    """A case in which nothing has happened. days: working days since its step began."""

    row: SilentCase
    step: str
    holder: OfficialRow | None
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """How the week begins: late, at risk, and standing still."""

    overview: Overview
    silent: Sequence[Still]


def week(actor: Actor, *, now: datetime) -> Week:
    """Return the list of the week for the actor's office. Ten queries."""
    roster = offices.roster(local_day(now))
    calendar = offices.working_calendar()
    seen = scope(actor, roster)
    return Week(
        overview=overview(actor, now=now, late=_FIRST, at_risk=_FIRST),
        silent=[
            Still(
                row=row,
                step=cases.process(row.process_id).step(row.step).name,
                holder=access.named(roster, row.official_id),
                days=calendar.elapsed(local(row.since).date(), local_day(now)),
            )
            for row in weekly.silent_cases(seen, now)
        ],
    )
