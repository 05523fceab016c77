"""At the counter: take_in, take_supplement, receive_walk_in, receive_copies."""

from dataclasses import replace
from datetime import datetime

from sauro.cases import queries as cases
from sauro.cases import services as case_services
from sauro.cases.services import Opened
from sauro.core.actor import Actor
from sauro.core.clock import local, local_day
from sauro.core.commands import command
from sauro.core.text import _
from sauro.desk import rules
from sauro.desk.services.holding import given_to
from sauro.offices import queries as offices
from sauro.onestop.copies import Asked
from sauro.onestop.rules import Consent, Filing
from sauro.onestop.services import assisting, certifying, filing, intake, waiting
from sauro.people import services as people
from sauro.people.rules import NewPerson


@command
def take_in(case_id: int, *, seen: int | None = None, by: Actor, now: datetime) -> bool:
    """Accept a dossier and hand it over at once, unless it is after 15:00; return whether it went.

    After 15:00 the papers go the next working morning (Decree 309/2026/NĐ-CP article 18.2):
    then the task of handing over stays in the hands of the one who took it in.
    """
    intake.accept(case_id, seen=seen, by=by, now=now)
    return _pass_on(case_id, by=by, now=now)


@command
def take_supplement(case_id: int, *, seen: int, by: Actor, now: datetime) -> None:
    """Take the papers that were asked for, handed in at the counter: the term starts again.

    :raises Changed: the dossier is newer than the page
    """
    cases.lock(case_id, seen=seen)
    waiting.complete(case_id, by=by, now=now)


@command
def receive_walk_in(
    person: NewPerson,
    given: Filing,
    *,
    consent: Consent | None = None,
    by: Actor,
    now: datetime,
) -> Opened:
    """Take in the papers of somebody at the counter, who is registered first if need be.

    given: what is handed in; its applicant is filled in from `person`. consent: how they agreed
    that the official fills the filing in for them, where that is so.
    """
    person_id = people.find_or_register(
        person.name,
        pid=person.pid,
        sex=person.sex,
        born_on=person.born_on,
        phone=person.phone,
        email=person.email,
        address=person.address,
        place_id=person.place_id,
        is_synthetic=person.is_synthetic,
        by=by,
        now=now,
    )
    applicant = replace(given.applicant, person_id=person_id)
    opened = filing.receive(replace(given, applicant=applicant), by=by, now=now)
    if consent is not None:
        assisting.assist(opened.id, consent, by=by, now=now)
    _pass_on(opened.id, by=by, now=now)
    return opened


@command
def receive_copies(
    person: NewPerson, given: Filing, asked: Asked, *, by: Actor, now: datetime
) -> Opened:
    """Take in papers to be certified, with their number in the register and their fee."""
    opened = receive_walk_in(person, given, by=by, now=now)
    certifying.certify(opened.id, asked, by=by, now=now)
    return opened


def _pass_on(case_id: int, *, by: Actor, now: datetime) -> bool:
    """Hand over what `by` has just taken in, or keep it in their hands until the morning."""
    held = cases.lock(case_id)
    task = held.task
    if task is not None and task.official_id != by.official_id:
        # The papers lie before the one who took them in, whoever's turn it is.
        mine = offices.roster(local_day(now)).official(by.official_id or 0)
        note = _("Người tiếp nhận chuyển luôn")
        case_services.reassign(held, given_to(mine, held, task, now), note, by=by, now=now)
    if not rules.goes_today(offices.working_calendar(), local(now)):
        return False
    intake.hand_over(case_id, by=by, now=now)
    return True
