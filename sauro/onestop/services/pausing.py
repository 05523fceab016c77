"""Legal time that stands still by an official's word, for no step of the process: pause, go_on."""

from datetime import date, datetime

from sauro.cases import queries as cases
from sauro.cases import rules as case_rules
from sauro.cases import services as case_services
from sauro.cases.rules import Held, check_holds
from sauro.core.actor import Actor
from sauro.core.clock import local_day
from sauro.core.commands import command
from sauro.core.errors import Invalid, NotNow
from sauro.core.text import _
from sauro.onestop import rules
from sauro.onestop.pauses import BY_WORD, Reason
from sauro.onestop.rules import State, Verb
from sauro.onestop.services import standing

_HANDLED = frozenset({State.ACCEPTED, State.PROCESSING})


@command
def pause(
    case_id: int,
    reason: Reason,
    note: str,
    expected_on: date,
    *,
    seen: int | None = None,
    by: Actor,
    now: datetime,
) -> None:
    """Let the legal time stand still by an official's word, for a reason of `BY_WORD`.

    A financial duty is one where the step has no way of its own to ask for the money.
    expected_on: the day on which it should go on, told to the applicant.

    :raises Invalid: no reason is written, the step itself waits for that, or the day is past
    :raises NotNow: the dossier is not being handled, or its time stands still already
    """
    held = check_holds(by.official_id, cases.lock(case_id, seen=seen))
    if reason not in BY_WORD or (reason is Reason.PAYMENT and _asks_for_money(held)):
        raise Invalid(_("Việc chờ người nộp có bước riêng trong quy trình."), field="reason")
    if held.state not in _HANDLED or held.clock.paused_at is not None:
        raise NotNow(_("Hồ sơ không đang tính thời hạn nên không tạm dừng được."))
    said = rules.check_note(note)
    if expected_on <= local_day(now):
        raise Invalid(_("Ngày dự kiến tính tiếp phải từ ngày mai trở đi."), field="expected_on")
    clock = standing.begin(held, reason, said, expected_on, now)
    told = _("{said} Dự kiến tính tiếp {day}.").format(
        said=said if said.endswith(".") else f"{said}.", day=f"{expected_on:%d/%m/%Y}"
    )
    case_services.set_clock(held, case_rules.PAUSE, clock, told, by=by, now=now)


@command
def go_on(case_id: int, *, seen: int | None = None, by: Actor, now: datetime) -> None:
    """Let the legal time go on: every end to come moves by exactly the time it stood.

    :raises NotNow: it does not stand still by an official's word
    """
    held = check_holds(by.official_id, cases.lock(case_id, seen=seen))
    is_paused = held.state in _HANDLED and held.clock.paused_at is not None
    if not is_paused or not standing.by_word(case_id):
        raise NotNow(_("Thời hạn của hồ sơ này không tạm dừng theo quyết định của ai."))
    dues = standing.dues_after(held, now)
    clock = standing.end(held, now)
    note = _("Tính tiếp thời hạn")
    case_services.set_clock(held, case_rules.GO_ON, clock, note, dues=dues, by=by, now=now)


def _asks_for_money(held: Held) -> bool:
    """Test whether the step under way can ask the applicant for money, which tells them how."""
    steps = cases.process(held.process_id)
    return held.task is not None and Verb.ASK_FEE in steps.step(held.task.step).moves
