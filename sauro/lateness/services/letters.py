"""The apology owed: draft, amend, drop, sign, sign_many, send; once signed it goes by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction
from django.db.models import Q

from sauro.cases import queries as cases
from sauro.core.actor import Actor
from sauro.core.clock import at_local, local, local_day
from sauro.core.commands import command
from sauro.core.errors import Invalid, NotFound, NotNow, NotPermitted, Refusal
from sauro.core.text import _
from sauro.core.workdays import WorkingCalendar
from sauro.events import services as events
from sauro.lateness.models import Letter
from sauro.lateness.queries import access, forecasts
from sauro.lateness.queries.forecasts import OpenCase
from sauro.lateness.rules import duty
from sauro.lateness.rules.pace import Forecast
from sauro.offices import queries as offices
from sauro.offices.roster import Roster
from sauro.onestop.rules import check_note
from sauro.onestop.services import papers, returning

AT_ONCE_AT_MOST = 100
_AHEAD = 3  # working days: no letter is drafted earlier before its promise


@command
def draft(*, by: Actor, now: datetime) -> int:
    """Draft a letter for every case that will be late and has none; return how many were made."""
    calendar = offices.working_calendar()
    roster = offices.roster(local_day(now))
    known = forecasts.paces()
    until = at_local(calendar.after(local_day(now), _AHEAD), time(23, 59))
    made = 0
    for case in forecasts.every_open_case(until=until):
        if case.apologised or case.letter in {"DRAFT", "SIGNED"}:
            continue
        careful = forecasts.forecast(case, known, calendar, now, careful=True)
        if duty.owes_letter(calendar, careful, local(case.promised_at), now=local(now)):
            _draft(case, careful, calendar, roster, by=by, now=now)
            made += 1
    return made


def _draft(
    case: OpenCase,
    careful: Forecast,
    calendar: WorkingCalendar,
    roster: Roster,
    *,
    by: Actor,
    now: datetime,
) -> None:
    due = local(case.promised_at)
    head = roster.head(case.authority_id)
    letter, _new = Letter.objects.update_or_create(
        case_id=case.case_id,
        defaults={
            "office_id": case.authority_id,
            "head_id": head.id,
            "reason": _reason(case, roster, now),
            "promised_before": case.promised_at,
            "promised_after": duty.new_promise(calendar, careful, due, now=local(now)),
            "send_by": duty.send_by(calendar, due),
            "drafted_at": now,
            "dropped_at": None,
        },
    )
    events.record(
        "letter.drafted",
        letter,
        by=by,
        at=now,
        needed=careful.needed,
        left=careful.left,
        head=head.id,
        promised=letter.promised_after.isoformat(),
    )


def _reason(case: OpenCase, roster: Roster, now: datetime) -> str:
    """Return what is so and can be checked: which step the case is at, and where."""
    process = cases.process(case.process_id)
    where = [
        _("bước {step} tại {office}").format(
            step=process.step(task.step).name.lower(),
            office=access.office_name(roster, task.office_id),
        )
        for task in case.tasks
    ]
    said = (
        _("Hồ sơ còn ở {where}, chưa xong khi tới hẹn.")
        if case.promised_at < now
        else _("Hồ sơ còn ở {where}; thời gian còn lại không đủ để hoàn thành đúng hẹn.")
    )
    return said.format(where=", ".join(where))


@command
def drop(*, by: Actor, now: datetime) -> int:
    """Drop the drafts that are not needed any more; return how many.

    The case is done or has stopped, waits for somebody else, or was apologised for already.
    """
    open_drafts = Letter.objects.filter(signed_at=None, dropped_at=None)
    needless = open_drafts.filter(
        Q(case__finished_at__isnull=False)
        | Q(case__ended_at__isnull=False)
        | Q(case__paused_at__isnull=False)
        | Q(case__dossier__apology__isnull=False)
    )
    dropped = list(needless.select_for_update(of=("self",)).order_by("pk"))
    for letter in dropped:
        letter.dropped_at = now
        letter.save(update_fields=["dropped_at"])
        events.record("letter.dropped", letter, by=by, at=now)
    return len(dropped)


@command
def amend(case_id: int, reason: str, promised_after: datetime, *, by: Actor, now: datetime) -> None:
    """Change the reason or the new day of a draft before it is signed.

    :raises NotFound: no letter waits for a signature
    :raises NotPermitted: the actor does not lead the office that owes it
    :raises Invalid: no reason, or the day is not after the old one and after today
    """
    letter = _waiting(case_id, by, now)
    note = check_note(reason, field="reason")
    if promised_after <= max(now, letter.promised_before):
        raise Invalid(_("Ngày hẹn mới phải sau hôm nay và sau ngày hẹn cũ."), field="promised")
    letter.reason, letter.promised_after = note, promised_after
    letter.save(update_fields=["reason", "promised_after"])
    events.record("letter.amended", letter, by=by, at=now, promised=promised_after.isoformat())


def _waiting(case_id: int, by: Actor, now: datetime) -> Letter:
    """Lock and return a letter that this leader may sign."""
    letter = Letter.objects.select_for_update().filter(pk=case_id, dropped_at=None).first()
    if letter is None:
        raise NotFound(_("Không có thư xin lỗi nào chờ ký cho hồ sơ này."))
    if letter.signed_at is not None:
        raise NotNow(_("Thư này đã ký."))
    if not access.signs_for(by, offices.roster(local_day(now)), letter.office_id):
        raise NotPermitted(_("Chỉ thủ trưởng cơ quan giải quyết hồ sơ ký được thư này."))
    return letter


@command
def sign(case_id: int, *, by: Actor, now: datetime) -> None:
    """Sign a drafted letter: the person has a new promise from now on.

    :raises NotFound: no letter waits for a signature
    :raises NotPermitted: the actor does not lead the office that owes it
    :raises NotNow: the case is done, or was apologised for already
    """
    letter = _waiting(case_id, by, now)
    letter.promised_after = _still_to_come(letter, now)
    returning.apologise(case_id, letter.reason, letter.promised_after, by=by, now=now)
    letter.signed_at = now
    letter.save(update_fields=["signed_at", "promised_after"])
    events.record(
        "letter.signed", letter, by=by, at=now, promised=letter.promised_after.isoformat()
    )


def _still_to_come(letter: Letter, now: datetime) -> datetime:
    """Return the new promise; one that passed while the draft lay becomes the next closing."""
    if letter.promised_after > now:
        return letter.promised_after
    calendar = offices.working_calendar()
    day = calendar.after(local_day(now), 1)
    return at_local(day, calendar.sessions[-1][1])


@dataclass(frozen=True, slots=True)
class Signed:
    """What became of one letter of a batch. refusal: why it was not signed, "" when it was."""

    case_id: int
    refusal: str = ""


@command
def sign_many(case_ids: Sequence[int], *, by: Actor, now: datetime) -> list[Signed]:
    """Sign several letters with one press; each is signed or refused by itself, in order of id.

    :raises Invalid: nothing or too much was chosen
    """
    if not case_ids:
        raise Invalid(_("Chọn ít nhất một thư để ký."), field="chosen")
    if len(case_ids) > AT_ONCE_AT_MOST:
        raise Invalid(
            _("Mỗi lần ký được nhiều nhất {limit} thư. Bỏ chọn bớt."),
            field="chosen",
            limit=AT_ONCE_AT_MOST,
        )
    return [_sign(case_id, by, now) for case_id in sorted(set(case_ids))]


def _sign(case_id: int, by: Actor, now: datetime) -> Signed:
    try:
        with transaction.atomic():
            sign(case_id, by=by, now=now)
    except Refusal as refusal:
        return Signed(case_id, str(refusal))
    return Signed(case_id)


@command
def send(*, limit: int = 50, by: Actor, now: datetime) -> int:
    """Issue the paper (Mẫu 04) of every signed letter, which is then sent; return how many.

    The person is told of the new promise by the one-stop shop, which follows the log.
    """
    waiting = Letter.objects.select_for_update(skip_locked=True).filter(
        signed_at__isnull=False, sent_at=None
    )
    sent = list(waiting.order_by("signed_at", "pk")[:limit])
    for letter in sent:
        paper = papers.apology(letter.pk, by=by, now=now)
        letter.sent_at = now
        letter.save(update_fields=["sent_at"])
        in_time = letter.signed_at is not None and letter.signed_at <= letter.send_by
        events.record("letter.sent", letter, by=by, at=now, paper=paper.id, in_time=in_time)
    return len(sent)
