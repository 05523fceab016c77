"""What a leader does: sign_many, reassign, apologise."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from sauro.cases import queries as cases
from sauro.cases import services as case_services
from sauro.core.actor import Actor
from sauro.core.clock import local_day
from sauro.core.commands import command
from sauro.core.errors import Invalid, NotNow, NotPermitted, Refusal
from sauro.core.text import _
from sauro.desk import rules
from sauro.desk.services.holding import given_to
from sauro.offices import queries as offices
from sauro.offices.rules import OfficialRow
from sauro.onestop.services import handling, returning


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """What became of one row of a batch. refusal: why it was not signed, "" when it was."""

    code: str
    refusal: str = ""


@command
def sign_many(chosen: Sequence[tuple[int, str, int]], *, by: Actor, now: datetime) -> list[Signed]:
    """Sign several proposed results at once; each row is signed or refused by itself.

    chosen: id, code and version seen of each dossier. Rows are locked in order of id; the
    answer keeps the order of `chosen`.

    :raises Invalid: nothing or too much was chosen
    """
    if not chosen:
        raise Invalid(_("Chọn ít nhất một kết quả để ký."), field="chosen")
    if len(chosen) > rules.SIGNED_AT_ONCE_AT_MOST:
        raise Invalid(
            _("Mỗi lần ký được nhiều nhất {limit} kết quả. Bỏ chọn bớt."),
            field="chosen",
            limit=rules.SIGNED_AT_ONCE_AT_MOST,
        )
    done = {case_id: _sign(case_id, code, seen, by, now) for case_id, code, seen in sorted(chosen)}
    return [done[case_id] for case_id, _code, _seen in chosen]


def _sign(case_id: int, code: str, seen: int, by: Actor, now: datetime) -> Signed:
    try:
        with transaction.atomic():
            handling.approve(case_id, seen=seen, by=by, now=now)
    except Refusal as refusal:
        return Signed(code=code, refusal=str(refusal))
    return Signed(code=code)


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
