"""What a leader does: reassign, apologise."""

from datetime import datetime

from sauro.cases import queries as cases
from sauro.cases import services as case_services
from sauro.core.actor import Actor
from sauro.core.clock import local_day
from sauro.core.commands import command
from sauro.core.errors import Invalid, NotNow, NotPermitted
from sauro.core.text import _
from sauro.desk import rules
from sauro.desk.services.holding import given_to
from sauro.offices import queries as offices
from sauro.offices.rules import OfficialRow
from sauro.onestop.services import returning


@command
def reassign(
    case_id: int,
    official_id: int,
    reason: str,
    *,
    task_id: int | None = None,
    seen: int | None = None,
    by: Actor,
    now: datetime,
) -> OfficialRow:
    """Give an open step to another official of the same office and role; return who has it now.

    task_id: which of several branches; the oldest where it is not said.

    :raises NotPermitted: the actor does not lead the office that holds the step
    :raises Invalid: the official cannot take it, or no reason is given
    """
    held = cases.lock(case_id, seen=seen)
    if task_id:
        held = held.on(task_id)
    if held.task is None:
        raise NotNow(_("Hồ sơ đã kết thúc, không còn việc phải làm."))
    roster = offices.roster(local_day(now))
    if not by.leads or not rules.leads_office(by.office_id, held.task.office_id, roster):
        raise NotPermitted(_("Chỉ lãnh đạo của đơn vị đang giữ hồ sơ giao lại được."))
    step = cases.process(held.process_id).step(held.task.step)
    able = rules.colleagues(roster, held.task.office_id, step.post, held.task.official_id)
    to = next((official for official in able if official.id == official_id), None)
    if to is None:
        raise Invalid(_("Chọn người cùng đơn vị, cùng vị trí với người đang giữ."), "official")
    if not reason.strip():
        raise Invalid(_("Ghi lý do giao lại, ví dụ: nghỉ phép từ hôm nay."), field="note")
    task = given_to(to, held, held.task, now)
    case_services.reassign(held, task, reason.strip(), by=by, now=now)
    return to


@command
def apologise(
    case_id: int, reason: str, promised_at: datetime, *, seen: int, by: Actor, now: datetime
) -> None:
    """Apologise for a delay and give the one new promise (Mẫu 04).

    :raises Changed: the dossier is newer than the page
    """
    cases.lock(case_id, seen=seen)
    returning.apologise(case_id, reason, promised_at, by=by, now=now)
