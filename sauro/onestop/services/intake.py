"""At the counter of the centre: accept, reject, hand_over, cancel."""

from datetime import datetime

from sauro.cases import queries as cases
from sauro.cases import services as case_services
from sauro.cases.rules import Move, check_holds
from sauro.core.actor import Actor
from sauro.core.commands import command
from sauro.core.errors import NotPermitted
from sauro.core.text import _
from sauro.onestop import assigning, queries, rules
from sauro.onestop.rules import Verb
from sauro.onestop.services.moving import move_on


@command
def accept(case_id: int, *, seen: int | None = None, by: Actor, now: datetime) -> None:
    """Accept a complete dossier: legal time starts and the promise is given (Mẫu 01).

    :raises NotPermitted: the dossier is in someone else's hands
    """
    held = check_holds(by.official_id, cases.lock(case_id, seen=seen))
    limit = queries.limit_of(case_id)
    clock = assigning.started(now, limit, queries.calendar())
    move_on(held, Verb.ACCEPT, clock, by=by, now=now)


@command
def hand_over(case_id: int, *, seen: int | None = None, by: Actor, now: datetime) -> None:
    """Hand an accepted dossier to the unit that handles it (one line of Mẫu 06)."""
    held = check_holds(by.official_id, cases.lock(case_id, seen=seen))
    move_on(held, Verb.HAND_OVER, held.clock, by=by, now=now)


@command
def reject(case_id: int, reason: str, *, seen: int | None = None, by: Actor, now: datetime) -> None:
    """Refuse to take a dossier in, with the reason (Mẫu 03). It ends here.

    :raises Invalid: no reason
    """
    held = check_holds(by.official_id, cases.lock(case_id, seen=seen))
    note = rules.check_note(reason)
    change = Move(verb=Verb.REJECT, clock=held.clock, note=note)
    case_services.move(held, change, by=by, now=now)


@command
def cancel(case_id: int, *, by: Actor, now: datetime) -> None:
    """Take back one's own filing before it was accepted; nobody has to agree.

    :raises NotPermitted: the dossier is not this person's
    """
    held = cases.lock(case_id)
    if by.person_id != held.owed_to_id:
        raise NotPermitted(_("Chỉ người nộp rút được hồ sơ này."))
    change = Move(verb=Verb.CANCEL, clock=held.clock, note=_("Người nộp tự rút"))
    case_services.move(held, change, by=by, now=now)
