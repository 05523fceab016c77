"""Who answers for an office: who signs, who is in a post today, what an office is called."""

from sauro.core.actor import Actor
from sauro.core.errors import NotFound
from sauro.offices.roster import Roster
from sauro.offices.rules import Kind, Level, OfficialRow


def signs_for(actor: Actor, roster: Roster, office_id: int) -> bool:
    """Test whether an official answers for an office: leads it, or the first one above with a head.

    A committee with a head of its own signs for itself, not the province for it.
    """
    if not actor.leads:
        return False
    try:
        return roster.head(office_id).office_id == actor.office_id
    except NotFound:
        return False


def head_of_province(roster: Roster) -> OfficialRow | None:
    """Return who heads the committee of the province, or None where nobody is entered."""
    for office in roster.offices:
        if office.kind == Kind.COMMITTEE and office.level == Level.PROVINCE:
            try:
                return roster.head(office.id)
            except NotFound:
                return None
    return None


def named(roster: Roster, official_id: int) -> OfficialRow | None:
    """Return an official in their post of today, or None where they left it."""
    try:
        return roster.official(official_id)
    except NotFound:
        return None


def office_name(roster: Roster, office_id: int) -> str:
    """Return the short name of an office that is open, "" for one that closed."""
    try:
        office = roster.office(office_id)
    except NotFound:
        return ""
    return office.short_name or office.name
