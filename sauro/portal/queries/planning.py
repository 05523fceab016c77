"""What the pages of a plan show: each filing, how far it is, and what it waits for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sauro.core.actor import Actor
from sauro.core.errors import NotFound
from sauro.core.text import _
from sauro.onestop import plans
from sauro.onestop.plans import PlannedFiling
from sauro.onestop.rules import LABELS, State
from sauro.portal.queries import filling
from sauro.portal.queries.filling import Handling
from sauro.portal.rules import journey, life
from sauro.portal.rules.journey import Answer, Slug
from sauro.portal.rules.life import LifeEvent, PlanPart
from sauro.procedures import queries as procedures
from sauro.procedures.queries import ProcedureHit


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedPart:
    """A procedure of a plan, before anybody began it. before: whose result it needs."""

    part: PlanPart
    hit: ProcedureHit
    name: str
    before: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedPlan:
    """The plan of a life event."""

    event: LifeEvent
    parts: Sequence[OfferedPart]


def offered(slug: str) -> OfferedPlan:
    """Return the plan of a life event, of what the catalogue holds. One query.

    :raises NotFound: this event has no plan
    """
    event, parts = life.event(slug), life.PLANS.get(slug, ())
    if event is None or not parts:
        raise NotFound(_("Không có kế hoạch cho nhóm việc này."))
    hits = {hit.code: hit for hit in procedures.by_codes(tuple(part.code for part in parts))}
    return OfferedPlan(
        event=event,
        parts=[
            OfferedPart(
                part=part,
                hit=hits[part.code],
                name=_plain(part.code, hits[part.code].name),
                before=_plain(part.after, "") if part.after in hits else "",
            )
            for part in parts
            if part.code in hits
        ],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One filing of a plan. left: pages still to answer; before: what it waits for, if anything.

    state: of its dossier in words. about: what was said of it, in a line.
    """

    filing: PlannedFiling
    name: str
    official: str
    before: str
    pages: int
    left: int
    state: str
    about: str
    handling: Handling


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan as its owner works on it. is_whole: nothing is missing any more."""

    key: str
    event: LifeEvent
    sent_at: datetime | None
    pieces: Sequence[Piece]

    @property
    def is_whole(self) -> bool:
        """Return whether every filing is answered."""
        return not any(piece.left for piece in self.pieces)

    @property
    def waits(self) -> bool:
        """Return whether something is still to be sent by the person."""
        return any(not p.filing.code and not p.filing.agreed for p in self.pieces)


def plan(actor: Actor, key: str, *, now: datetime) -> Plan:
    """Return a plan of this person. Two queries, and four for each filing not yet sent.

    :raises NotFound: no such plan, or not theirs
    """
    found = plans.plan(actor, key)
    event = life.event(found.event)
    if event is None:
        raise NotFound(_("Không có kế hoạch cho nhóm việc này."))
    return Plan(
        key=found.key,
        event=event,
        sent_at=found.sent_at,
        pieces=[_piece(actor, filing, now) for filing in found.filings],
    )


def _piece(actor: Actor, filing: PlannedFiling, now: datetime) -> Piece:
    page = filling.page(actor, filing.key, Slug.CHECK)
    way, given = page.way, page.given
    left = [s for s in way.stops if journey.missing(s, given, way.cases, way.form)]
    before = procedures.version(filing.after) if filing.after else None
    is_state = filing.state in set(State)
    return Piece(
        filing=filing,
        name=_plain(page.procedure.code, page.procedure.name),
        official=page.procedure.name,
        before=_plain(before.code, before.name) if before else "",
        pages=len(way.stops) - 1,
        left=0 if filing.code else len(left),
        state=LABELS[State(filing.state)] if is_state else "",
        about=given.answers.get(Answer.CONTENT, ""),
        handling=Handling()
        if filing.code
        else filling.handling(page.draft.version_id, given.place_id, now=now),
    )


def plain_name(version_id: int) -> str:
    """Return what people call the procedure of a version. One query, none when known."""
    version = procedures.version(version_id)
    return _plain(version.code, version.name)


def _plain(code: str, official: str) -> str:
    return life.EVERYDAY.get(code, official)
