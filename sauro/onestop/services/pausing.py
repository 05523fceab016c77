"""Legal time that stands still by an official's word, for no step of the process: pause, go_on."""

from datetime import datetime

from sauro.cases import queries as cases
from sauro.cases import rules as case_rules
from sauro.cases import services as case_services
from sauro.cases.rules import check_holds
from sauro.core.actor import Actor
from sauro.core.commands import command
from sauro.core.errors import Invalid, NotNow
from sauro.core.text import _
from sauro.onestop import rules
from sauro.onestop.pauses import Reason
from sauro.onestop.rules import State
from sauro.onestop.services import standing

_HANDLED = frozenset({State.ACCEPTED, State.PROCESSING})
_OF_OTHERS = frozenset({Reason.OTHER_AGENCY, Reason.FORCE_MAJEURE})


@command
def pause(
    case_id: int,
    reason: Reason,
    note: str,
    *,
    seen: int | None = None,
    by: Actor,
    now: datetime,
) -> None:
    """Let the legal time stand still while another agency answers, or for force majeure.

    :raises Invalid: no reason is written, or it is one that the applicant answers for
    :raises NotNow: the dossier is not being handled, or its time stands still already
    """
    held = check_holds(by.official_id, cases.lock(case_id, seen=seen))
    if reason not in _OF_OTHERS:
        raise Invalid(_("Việc chờ người nộp có bước riêng trong quy trình."), field="reason")
    if held.state not in _HANDLED or held.clock.paused_at is not None:
        raise NotNow(_("Hồ sơ không đang tính thời hạn nên không tạm dừng được."))
    said = rules.check_note(note)
    clock = standing.begin(held, reason, said, now)
    case_services.set_clock(held, case_rules.PAUSE, clock, said, by=by, now=now)


@command
def go_on(case_id: int, *, seen: int | None = None, by: Actor, now: datetime) -> None:
    """Let the legal time go on: every end to come moves by exactly the time it stood.

    :raises NotNow: it does not stand still for another agency or force majeure
    """
    held = check_holds(by.official_id, cases.lock(case_id, seen=seen))
    if held.state not in _HANDLED or held.clock.paused_at is None:
        raise NotNow(_("Thời hạn của hồ sơ này không tạm dừng."))
    dues = standing.dues_after(held, now)
    clock = standing.end(held, now)
    note = _("Tính tiếp thời hạn")
    case_services.set_clock(held, case_rules.GO_ON, clock, note, dues=dues, by=by, now=now)
