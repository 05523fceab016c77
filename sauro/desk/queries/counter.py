"""What the counter needs for one procedure: who handles it here, how long, what it costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.conf import settings

from sauro.core.actor import Actor
from sauro.core.clock import local_day
from sauro.core.errors import NotNow, NotPermitted
from sauro.core.text import _
from sauro.offices import queries as offices
from sauro.offices.rules import Kind, OfficeRow
from sauro.onestop import assigning, routing
from sauro.onestop.rules import Channel
from sauro.places import queries as places
from sauro.places.queries import PlaceRow
from sauro.procedures import queries as procedures
from sauro.procedures.rules import Component, ComponentCase


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """What follows from a procedure and a place. refusal: why it cannot be taken in for it."""

    unit: str = ""
    term: str = ""
    fee: int = 0
    fee_note: str = ""
    due_at: datetime | None = None
    refusal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """A procedure as the counter takes it in."""

    centre: OfficeRow
    code: str
    version_id: int
    name: str
    groups: Sequence[ComponentCase]
    papers: Sequence[Component]
    keys: Sequence[str]
    cases: Sequence[str]
    communes: Sequence[PlaceRow]
    place_id: int | None
    deal: Deal


def centre_of(actor: Actor, *, now: datetime) -> OfficeRow:
    """Return the centre at whose counter the actor works. No query while nothing changed.

    :raises NotPermitted: the actor works elsewhere
    """
    office = offices.roster(local_day(now)).office(actor.office_id or 0)
    if office.kind != Kind.CENTRE:
        raise NotPermitted(
            _("Chỉ cán bộ của Trung tâm Phục vụ hành chính công tiếp nhận hồ sơ tại quầy.")
        )
    return office


def reception(actor: Actor, code: str, *, place_id: int, now: datetime) -> Reception:
    """Return what the counter needs to take in a dossier of a procedure. Two queries at most.

    :raises NotFound: there is no such procedure
    :raises NotPermitted: the actor works at no counter
    """
    centre = centre_of(actor, now=now)
    found = procedures.procedure(code)
    groups = sorted((g for g in found.record.cases if g.items), key=lambda g: bool(g.name))
    names = [group.name for group in groups if group.name]
    day = local_day(now)
    communes = _communes(day)
    place = place_id if place_id in {row.id for row in communes} else centre.place_id
    return Reception(
        centre=centre,
        code=found.code,
        version_id=found.version_id,
        name=found.name,
        groups=groups,
        papers=[item for group in groups for item in group.items],
        keys=[item.key for group in groups for item in group.items],
        cases=names if len(names) > 1 else [],
        communes=communes,
        place_id=place,
        deal=_deal(found.version_id, place, now),
    )


@lru_cache(maxsize=4)
def _communes(day: date) -> Sequence[PlaceRow]:
    return places.communes(settings.PROVINCE["code"], on=day)


def _deal(version_id: int, place_id: int | None, now: datetime) -> Deal:
    if place_id is None:
        return Deal()
    try:
        route = routing.route(version_id, place_id, on=local_day(now))
        limit = routing.limit(route, Channel.COUNTER, on=local_day(now))
    except NotNow as refusal:
        return Deal(refusal=str(refusal))
    charge = route.fees[Channel.COUNTER]
    return Deal(
        unit=route.explanation.value,
        term=str(limit.term),
        fee=charge.amount,
        fee_note=charge.note.strip(" -+"),
        due_at=assigning.legal_due(now, limit, offices.working_calendar(route.unit_id)),
    )
