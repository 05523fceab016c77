"""What the page "Của tôi" shows: dossiers, drafts, notices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sauro.core.clock import local
from sauro.offices import queries as offices
from sauro.onestop import plans
from sauro.onestop import queries as onestop
from sauro.onestop.queries import DossierRow
from sauro.onestop.rules import ENDED, State
from sauro.portal.queries.tracking import at_home
from sauro.portal.rules import life
from sauro.portal.rules.status import Standing, Status, status
from sauro.procedures import queries as procedures


@dataclass(frozen=True, slots=True, kw_only=True)
class MyDossier:
    """One of a person's dossiers, with how it stands. waits: for something the person does."""

    row: DossierRow
    status: Status
    waits: bool
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MyDraft:
    """A filing that was not sent."""

    key: str
    name: str
    saved_at: datetime


_WAITS = frozenset({State.SUPPLEMENT_REQUESTED, State.PAYMENT_REQUESTED})


def dossiers(person_id: int, *, now: datetime) -> Sequence[MyDossier]:
    """Return a person's dossiers: what waits for them, what is open, the rest. One query."""
    calendar = offices.working_calendar()
    rows = [
        MyDossier(
            row=row,
            status=status(
                Standing(
                    state=row.state,
                    step="",
                    outcome="",
                    now=local(now),
                    due_at=local(row.due_at),
                    promised_at=at_home(row.promised_at),
                    finished_at=at_home(row.finished_at),
                    ended_at=at_home(row.ended_at),
                    stands=row.paused_at is not None,
                ),
                calendar,
            ),
            waits=row.state in _WAITS,
            is_open=row.state not in ENDED,
        )
        for row in onestop.dossiers_of(person_id)
    ]
    return sorted(rows, key=lambda mine: (not mine.waits, not mine.is_open))


def drafts(person_id: int) -> Sequence[MyDraft]:
    """Return a person's unsent filings, newest first. Two queries."""
    found = plans.drafts_of(person_id, limit=5)
    names = procedures.names([version_id for _key, version_id, _saved in found])
    return [
        MyDraft(key=key, name=names[version_id], saved_at=saved_at)
        for key, version_id, saved_at in found
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class MyPlan:
    """A plan of several filings."""

    key: str
    title: str
    started_at: datetime


def my_plans(person_id: int) -> Sequence[MyPlan]:
    """Return a person's plans, newest first. One query."""
    return [
        MyPlan(key=key, title=known.title, started_at=started_at)
        for key, slug, started_at in plans.plans_of(person_id)
        if (known := life.event(slug)) is not None
    ]
