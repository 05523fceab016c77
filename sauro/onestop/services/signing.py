"""Signing the result itself: approve, issue. The one signs as leader, the other seals.

Each is one command: a dossier is signed and moved on, or neither. What a crash interrupts is
found as it was, and is signed then.
"""

from datetime import datetime

from sauro.cases import queries as cases
from sauro.cases.rules import check_holds
from sauro.core.actor import Actor
from sauro.core.commands import command
from sauro.core.errors import NotPermitted
from sauro.core.text import _
from sauro.documents import queries as documents_queries
from sauro.documents import services as documents
from sauro.documents.keys import Unlocked
from sauro.documents.signing import Part, Signer
from sauro.offices import queries as offices
from sauro.onestop import rules, sheets
from sauro.onestop.rules import Verb
from sauro.onestop.services import handling, papers


@command
def approve(
    case_id: int, key: Unlocked, *, seen: int | None = None, by: Actor, now: datetime
) -> None:
    """Sign the proposed result with the leader's own key, under its number, and pass it on.

    Where another leader signs after this one, only the last signature goes on the paper.

    :raises NotPermitted: the actor's post does not sign, or the key is another's
    :raises Invalid: something on the paper would be left blank
    """
    held = check_holds(by.official_id, cases.lock(case_id, seen=seen))
    if not by.leads:
        raise NotPermitted(_("Chỉ lãnh đạo ký được kết quả này."))
    process = cases.process(held.process_id)
    step = held.task.step if held.task else ""
    if process.has(step) and rules.signs_last(process, step, Verb.ADVANCE):
        paper = papers.for_signature(held, by=by, now=now)
        official = offices.official(by.official_id or 0)
        signer = Signer(
            name=official.name,
            post=official.title,
            office=official.office_name,
            official_id=official.id,
        )
        documents.sign(paper.id, Part.LEADER, key, signer, by=by, now=now)
    handling.approve(case_id, by=by, now=now)


@command
def issue(
    case_id: int, key: Unlocked, *, seen: int | None = None, by: Actor, now: datetime
) -> None:
    """Put the seal of the office on the signed result and issue it: the dossier is done.

    A result that was signed before there were keys is issued without the seal, and says so.

    :raises Invalid: nothing was proposed and signed
    """
    held = check_holds(by.official_id, cases.lock(case_id, seen=seen))
    paper = documents_queries.waiting_for(sheets.SUBJECT, case_id, Part.SEAL)
    if paper is not None:
        official = offices.official(by.official_id or 0)
        office = offices.office(held.authority_id)
        signer = Signer(
            name=office.name, post=official.title, office=office.name, official_id=official.id
        )
        documents.sign(paper.id, Part.SEAL, key, signer, by=by, now=now)
    handling.issue(case_id, by=by, now=now)
