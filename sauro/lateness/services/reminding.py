"""Reminding officials: remind of tasks, remind_letters, send_weekly, nudge by hand.

Each reminder is given once under its key, as a notice on the official's page with a link.
"""

from datetime import datetime, time

from sauro.cases import queries as cases
from sauro.core.actor import Actor
from sauro.core.clock import at_local, local, local_day
from sauro.core.commands import command
from sauro.core.errors import NotNow, NotPermitted
from sauro.core.text import _
from sauro.events import services as events
from sauro.lateness.models import Nudge
from sauro.lateness.queries import access, nudges, weekly
from sauro.lateness.queries.nudges import DueTask, Unsigned
from sauro.lateness.rules import duty, nudging
from sauro.lateness.rules.nudging import Kind
from sauro.notices import services as notices
from sauro.offices import queries as offices
from sauro.offices.roster import Roster
from sauro.offices.rules import OfficialRow
from sauro.offices.scopes import scope

_WHY = "/tre-han/vi-sao/"


@command
def remind(*, limit: int = 500, by: Actor, now: datetime) -> int:
    """Remind of tasks that are due soon, are due, or are passed over in silence; return how many.

    Holder first, then the head, then the head of the province; a rung a time.
    """
    calendar = offices.working_calendar()
    roster = offices.roster(local_day(now))
    until = at_local(calendar.after(local_day(now), 1), time(23, 59))
    told = 0
    for row in nudges.due_tasks(until):
        steps = nudging.task_steps(
            calendar, local(row.opened_at), local(row.due_at), now=local(now)
        )
        for kind in nudging.still_to_tell(steps, row.told):
            told += _remind(row, kind, roster, by=by, now=now)
        if told >= limit:
            break
    return told


def _remind(row: DueTask, kind: Kind, roster: Roster, *, by: Actor, now: datetime) -> bool:
    to = _receiver(kind, row.official_id, row.head_id, roster)
    if to is None:
        return False
    due = local(row.due_at)
    step = cases.process(row.process_id).step(row.step).name
    holder = access.named(roster, row.official_id)
    subject = {
        Kind.BEFORE_DUE: _("Sắp tới hạn: {code}"),
        Kind.ON_DUE: _("Tới hạn: {code}"),
        Kind.TO_HEAD: _("Quá hạn, chưa có động tĩnh: {code}"),
        Kind.TO_PROVINCE: _("Quá hạn nhiều ngày, chưa có động tĩnh: {code}"),
    }[kind].format(code=row.code)
    body = _("{step}, hồ sơ của {who}. Hạn {due}. Người giữ: {holder}.").format(
        step=step,
        who=row.who,
        due=f"{due:%H:%M} {due.day}/{due.month}",
        holder=holder.name if holder else _("đã chuyển công tác"),
    )
    nudge = Nudge(key=f"task-{row.task_id}-{kind}", kind=kind, case_id=row.case_id)
    nudge.task_id = row.task_id
    return _tell(nudge, to, subject, body, _WHY + row.code, by=by, now=now)


def _receiver(kind: Kind, holder: int, head: int, roster: Roster) -> OfficialRow | None:
    if kind in {Kind.TO_PROVINCE, Kind.UNSIGNED}:
        return access.head_of_province(roster) or access.named(roster, head)
    return access.named(roster, head if kind is Kind.TO_HEAD else holder)


def _tell(
    nudge: Nudge, to: OfficialRow, subject: str, body: str, link: str, *, by: Actor, now: datetime
) -> bool:
    """Write a reminder and its notice, unless it was given before."""
    if Nudge.objects.filter(key=nudge.key).exists():
        return False
    nudge.official_id, nudge.told_at, nudge.told_by = to.id, now, by.label
    nudge.save(force_insert=True)
    notices.tell(
        to.person_id,
        key=f"nudge-{nudge.key}",
        subject=subject,
        body=body,
        link=link,
        by=by,
        now=now,
    )
    events.record(
        "nudge.given", nudge, by=by, at=now, kind=nudge.kind, case=nudge.case_id, official=to.id
    )
    return True


@command
def remind_letters(*, by: Actor, now: datetime) -> int:
    """Remind heads of the letters that wait for them; silence goes to the province."""
    calendar = offices.working_calendar()
    roster = offices.roster(local_day(now))
    told = 0
    for row in nudges.unsigned_letters():
        steps = nudging.letter_steps(calendar, local(row.send_by), now=local(now))
        for kind in nudging.still_to_tell(steps, row.told):
            told += _remind_letter(row, kind, roster, by=by, now=now)
    return told


def _remind_letter(row: Unsigned, kind: Kind, roster: Roster, *, by: Actor, now: datetime) -> bool:
    to = _receiver(kind, row.head_id, row.head_id, roster)
    if to is None:
        return False
    last, due = local(row.send_by), local(row.promised_before)
    subject = {
        Kind.SIGN: _("Thư xin lỗi chờ ký: {code}"),
        Kind.SIGN_NOW: _("Ký thư xin lỗi hôm nay: {code}"),
        Kind.UNSIGNED: _("Thư xin lỗi chưa ký đúng hạn: {code}"),
    }[kind].format(code=row.code)
    body = _("Hồ sơ của {who}, hẹn trả {due}. Gửi thư chậm nhất {last}.").format(
        who=row.who,
        due=f"{due:%H:%M} {due.day}/{due.month}",
        last=f"{last:%H:%M} {last.day}/{last.month}",
    )
    key = f"letter-{row.case_id}-{local(row.drafted_at):%Y%m%d%H%M}-{kind}"
    nudge = Nudge(key=key, kind=kind, case_id=row.case_id)
    return _tell(nudge, to, subject, body, "/tre-han/xin-loi", by=by, now=now)


@command
def send_weekly(*, by: Actor, now: datetime) -> int:
    """Give every head the list of the week, on its first working day; return how many got it."""
    today = local_day(now)
    if not duty.first_of_week(offices.working_calendar(), today):
        return 0
    roster = offices.roster(today)
    week = f"{today.isocalendar().year}-{today.isocalendar().week:02}"
    told = 0
    for row in weekly.by_office(now):
        to = access.named(roster, row.head_id)
        if to is None:
            continue
        subject = _("Danh sách đầu tuần: {late} trễ, {near} tới hạn trong tuần").format(
            late=row.late, near=row.near
        )
        body = _("{silent} hồ sơ đứng yên từ 3 ngày làm việc. Mở danh sách để nhắc.").format(
            silent=row.silent
        )
        nudge = Nudge(key=f"week-{week}-{row.head_id}", kind=Kind.WEEK)
        told += _tell(nudge, to, subject, body, "/tre-han/thu-hai", by=by, now=now)
    return told


@command
def nudge(case_id: int, *, by: Actor, now: datetime) -> int:
    """Remind who holds a case by hand, at most once a day a task; return how many were told.

    :raises NotPermitted: the actor does not lead an office of the case
    :raises NotNow: nobody of an office holds it, or they were reminded today
    """
    roster = offices.roster(local_day(now))
    held = cases.lock(case_id)
    seen = scope(by, roster)
    if not by.leads or not seen.includes(held.door_id, held.unit_id, held.authority_id):
        raise NotPermitted(_("Chỉ lãnh đạo của cơ quan giữ hồ sơ nhắc được việc này."))
    told = 0
    for task in cases.tasks(case_id):
        to = access.named(roster, task.official_id)
        if task.done_at is not None or task.party == "CITIZEN" or to is None:
            continue
        due = local(task.due_at)
        body = _("{by} nhắc: {work}, hạn {due}.").format(
            by=by.label, work=task.work, due=f"{due:%H:%M} {due.day}/{due.month}"
        )
        told += _tell(
            Nudge(
                key=f"hand-{task.id}-{local_day(now):%Y%m%d}",
                kind=Kind.BY_HEAD,
                case_id=case_id,
                task_id=task.id,
            ),
            to,
            _("Lãnh đạo nhắc hồ sơ {code}").format(code=held.code),
            body,
            f"/ban-lam-viec/ho-so/{held.code}",
            by=by,
            now=now,
        )
    if not told:
        raise NotNow(_("Hôm nay đã nhắc người giữ hồ sơ này, hoặc hồ sơ không chờ cơ quan nào."))
    return told
