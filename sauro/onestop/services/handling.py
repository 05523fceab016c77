"""In the unit and at the signer's: propose, advance, visit, approve, send_back, issue, …"""

from dataclasses import replace
from datetime import datetime

from sauro.cases import queries as cases
from sauro.cases import services as case_services
from sauro.cases.rules import Kind, Visit, check_holds, offering
from sauro.core.actor import Actor
from sauro.core.clock import local_day
from sauro.core.commands import command, command_at_once
from sauro.core.errors import Invalid, NotNow, NotPermitted
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
    held = check_holds(by.official_id, cases.lock(case_id, seen=seen))
    text = rules.check_note(draft, field="draft")
    note = _("Trình ký") if outcome is Outcome.GRANTED else _("Trình ký văn bản không giải quyết")
    beside = Beside(_PROPOSED, {"proposal": outcome.value, "draft": text})
    move_on(held, Verb.ADVANCE, held.clock, by=by, now=now, note=note, beside=beside)


@command
def advance(
    case_id: int,
    note: str = "",
    *,
    task_id: int | None = None,
    seen: int | None = None,
    by: Actor,
    now: datetime,
) -> None:
    """Finish a step that needs no signature: work in a branch, an opinion, another's answer.

    note: what was found or answered; an opinion cannot be without.

    :raises NotNow: the step goes to the signer, with a draft; or it is a visit to the place
    :raises Invalid: an opinion without words
    """
    held = check_holds(by.official_id, cases.lock(case_id, seen=seen), task_id)
    process = cases.process(held.process_id)
    held = offering(held, process, Verb.ADVANCE)
    step = process.step(held.task.step if held.task else "")
    if rules.is_signed(step, process):
        raise NotNow(_("Bước này cần dự thảo để trình ký, hoặc chữ ký. Mở hồ sơ để làm tiếp."))
    text = rules.check_note(note) if step.kind is Kind.OPINION else note.strip()
    move_on(held, Verb.ADVANCE, held.clock, by=by, now=now, note=text[: rules.LONGEST_NOTE])


@command
def record_visit(
    case_id: int,
    visit: Visit,
    *,
    task_id: int | None = None,
    seen: int | None = None,
    by: Actor,
    now: datetime,
) -> None:
    """Finish a visit to the place with its day and minutes (biên bản, article 19.3).

    :raises Invalid: the day lies ahead or before the dossier came in, or there are no minutes
    :raises NotNow: the step in this official's hands is no visit
    """
    held = check_holds(by.official_id, cases.lock(case_id, seen=seen), task_id)
    held = offering(held, cases.process(held.process_id), Verb.ADVANCE, Kind.VISIT)
    if held.task is None or held.task.kind is not Kind.VISIT:
        raise NotNow(_("Việc trong tay bạn không phải là xác minh thực địa."))
    if not local_day(held.opened_at) <= visit.on <= local_day(now):
        raise Invalid(_("Ngày xác minh phải từ ngày nhận hồ sơ tới hôm nay."), field="on")
    case_services.record_visit(held, visit, by=by, now=now)
    note = _("Đã xác minh ngày {day}").format(day=f"{visit.on:%d/%m/%Y}")
    move_on(held, Verb.ADVANCE, held.clock, by=by, now=now, note=note, visited=True)


@command_at_once
def approve(case_id: int, *, seen: int | None = None, by: Actor, now: datetime) -> None:
    """Sign the proposed result, so that it can be numbered and stamped.

    :raises NotPermitted: the actor's post does not sign
    """
    held = check_holds(by.official_id, cases.lock(case_id, seen=seen))
    if not by.leads:
        raise NotPermitted(_("Chỉ lãnh đạo ký được kết quả này."))
    move_on(held, Verb.ADVANCE, held.clock, by=by, now=now, note=_("Đã ký"))


@command_at_once
def send_back(
    case_id: int,
    reason: str,
    *,
    task_id: int | None = None,
    seen: int | None = None,
    by: Actor,
    now: datetime,
) -> None:
    """Send a proposed result back to the appraiser, with the reason.

    :raises Invalid: no reason
    """
    held = check_holds(by.official_id, cases.lock(case_id, seen=seen), task_id)
    move_on(held, Verb.SEND_BACK, held.clock, by=by, now=now, note=rules.check_note(reason))


@command_at_once
def issue(case_id: int, *, seen: int | None = None, by: Actor, now: datetime) -> None:
    """Give the signed result its number and stamp: the dossier is done.

    :raises Invalid: nothing was proposed and signed
    :raises NotNow: its time stands still by somebody's word
    """
    held = check_holds(by.official_id, cases.lock(case_id, seen=seen))
    if held.clock.paused_at is not None:
        raise NotNow(_("Thời hạn của hồ sơ đang tạm dừng. Chọn tính tiếp, rồi cấp số, đóng dấu."))
    proposal = Dossier.objects.filter(pk=case_id).values_list("proposal", flat=True).get()
    if not proposal:
        raise Invalid(_("Chưa có kết quả được ký. Chuyển lại cho người thẩm định."))
    clock = replace(held.clock, finished_at=now)
    move_on(held, Verb.FINISH, clock, by=by, now=now, outcome=proposal)


@command_at_once
def reopen(case_id: int, reason: str, *, seen: int | None = None, by: Actor, now: datetime) -> None:
    """Take back a result with a mistake before it was handed over; the promise stays (art. 21)."""
    held = check_holds(by.official_id, cases.lock(case_id, seen=seen))
    note = rules.check_note(reason)
    clock = replace(held.clock, finished_at=None)
    move_on(held, Verb.REOPEN, clock, by=by, now=now, note=note, outcome="")


@command_at_once
def stop(case_id: int, reason: str, *, seen: int | None = None, by: Actor, now: datetime) -> None:
    """Stop handling for a legal ground, with the reason (Mẫu 05). It ends here."""
    held = check_holds(by.official_id, cases.lock(case_id, seen=seen))
    move_on(held, Verb.STOP, held.clock, by=by, now=now, note=rules.check_note(reason))
