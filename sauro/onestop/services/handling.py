"""In the unit and at the signer's: propose, approve, send_back, issue, reopen, stop."""

from dataclasses import replace
from datetime import datetime

from sauro.cases import queries as cases
from sauro.cases.rules import check_holds
from sauro.core.actor import Actor
from sauro.core.commands import command_at_once
from sauro.core.errors import Invalid, NotPermitted
from sauro.core.statements import Beside
from sauro.core.text import _
from sauro.onestop import rules
from sauro.onestop.models import Dossier
from sauro.onestop.rules import Outcome, Verb
from sauro.onestop.services.moving import move_on

_PROPOSED = """
UPDATE onestop_dossier SET proposal = %(proposal)s, draft = %(draft)s
FROM moved WHERE case_id = moved.id
"""


@command_at_once
def propose(
    case_id: int,
    outcome: Outcome,
    draft: str,
    *,
    seen: int | None = None,
    by: Actor,
    now: datetime,
) -> None:
    """Put a result before the signer: grant, or refuse with the reasons (article 19.8).

    :raises Invalid: the draft of the result is empty
    """
    held = cases.lock(case_id, seen=seen)
    check_holds(by.official_id, held)
    text = rules.check_note(draft, field="draft")
    note = _("Trình ký") if outcome is Outcome.GRANTED else _("Trình ký văn bản không giải quyết")
    beside = Beside(_PROPOSED, {"proposal": outcome.value, "draft": text})
    move_on(held, Verb.ADVANCE, held.clock, by=by, now=now, note=note, beside=beside)


@command_at_once
def approve(case_id: int, *, seen: int | None = None, by: Actor, now: datetime) -> None:
    """Sign the proposed result, so that it can be numbered and stamped.

    :raises NotPermitted: the actor's post does not sign
    """
    held = cases.lock(case_id, seen=seen)
    check_holds(by.official_id, held)
    if not by.leads:
        raise NotPermitted(_("Chỉ lãnh đạo ký được kết quả này."))
    move_on(held, Verb.ADVANCE, held.clock, by=by, now=now, note=_("Đã ký"))


@command_at_once
def send_back(
    case_id: int, reason: str, *, seen: int | None = None, by: Actor, now: datetime
) -> None:
    """Send a proposed result back to the appraiser, with the reason.

    :raises Invalid: no reason
    """
    held = cases.lock(case_id, seen=seen)
    check_holds(by.official_id, held)
    move_on(held, Verb.SEND_BACK, held.clock, by=by, now=now, note=rules.check_note(reason))


@command_at_once
def issue(case_id: int, *, seen: int | None = None, by: Actor, now: datetime) -> None:
    """Give the signed result its number and stamp: the dossier is done.

    :raises Invalid: nothing was proposed and signed
    """
    held = cases.lock(case_id, seen=seen)
    check_holds(by.official_id, held)
    proposal = Dossier.objects.filter(pk=case_id).values_list("proposal", flat=True).get()
    if not proposal:
        raise Invalid(_("Chưa có kết quả được ký. Chuyển lại cho người thẩm định."))
    clock = replace(held.clock, finished_at=now)
    move_on(held, Verb.FINISH, clock, by=by, now=now, outcome=proposal)


@command_at_once
def reopen(case_id: int, reason: str, *, seen: int | None = None, by: Actor, now: datetime) -> None:
    """Take back a result with a mistake before it was handed over; the promise stays (art. 21)."""
    held = cases.lock(case_id, seen=seen)
    check_holds(by.official_id, held)
    note = rules.check_note(reason)
    clock = replace(held.clock, finished_at=None)
    move_on(held, Verb.REOPEN, clock, by=by, now=now, note=note, outcome="")


@command_at_once
def stop(case_id: int, reason: str, *, seen: int | None = None, by: Actor, now: datetime) -> None:
    """Stop handling for a legal ground, with the reason (Mẫu 05). It ends here."""
    held = cases.lock(case_id, seen=seen)
    check_holds(by.official_id, held)
    move_on(held, Verb.STOP, held.clock, by=by, now=now, note=rules.check_note(reason))
