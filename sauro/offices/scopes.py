"""Whose work an official may see counted: their own offices' or, of the province's leaders, all."""

from dataclasses import dataclass

from sauro.core.actor import Actor
from sauro.core.errors import NotFound
from sauro.offices.roster import Roster
from sauro.offices.rules import Kind, Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which cases: those of `offices`, as door, unit or authority; None for all. name: of it."""

    name: str
    offices: tuple[int, ...] | None

    def includes(self, *offices: int) -> bool:
        """Test whether a case of these offices is within it."""
        return self.offices is None or bool(set(self.offices) & set(offices))


def scope(actor: Actor, roster: Roster) -> Scope:
    """Return what an official may see: the office they are in and the units under it.

    A centre under a committee counts for itself only. No query.
    """
    try:
        own = roster.office(actor.office_id or 0)
    except NotFound:
        return Scope(name="", offices=())
    if actor.leads and own.kind == Kind.COMMITTEE and own.level == Level.PROVINCE:
        return Scope(name=own.name, offices=None)
    under = [o.id for o in roster.offices if o.parent_id == own.id and o.kind != Kind.CENTRE]
    return Scope(name=own.name, offices=(own.id, *under))
