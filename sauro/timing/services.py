"""What can be done to the working calendar: change_calendar, undo.

Each is one operation in one transaction: the days, the due dates of open cases and their open
steps, and an event for every one of them. Promises given to people never move.
"""

from collections.abc import Sequence
from datetime import datetime

from sauro.cases import recomputing
from sauro.cases.recomputing import Retimed
from sauro.core.actor import Actor
from sauro.core.clock import local_day
from sauro.core.commands import command
from sauro.core.errors import Changed, NotFound, NotNow
from sauro.core.statements import execute
from sauro.core.text import _
from sauro.events import services as events
from sauro.offices import opening
from sauro.offices import queries as offices
from sauro.offices import services as calendar
from sauro.offices.calendars import DaySetting, HoursSetting
from sauro.onestop.services import reasking
from sauro.timing import queries, rules
from sauro.timing.models import CalendarChange
from sauro.timing.rules import Change, Setting

_AFFECTED = """
INSERT INTO timing_affectedcase (change_id, case_id, is_step, promised_at, due_before, due_after)
SELECT %(change)s, case_id, is_step, {promised}, {before}, {after}
FROM unnest(%(cases)s::bigint[], %(steps)s::boolean[], %(promised)s::bigint[],
    %(before)s::bigint[], %(after)s::bigint[])
    AS g (case_id, is_step, promised, before, after)
""".format(**{name: recomputing.AT.format(name) for name in ("promised", "before", "after")})


@command
def change_calendar(proposal: Change, *, seen: str = "", by: Actor, now: datetime) -> int:
    """Change the calendar, reckon the open cases again and return the id of the change.

    seen: the version of the calendar that the person's preview was made from.

    :raises Invalid: the change cannot be so
    :raises NotPermitted: the calendar is not this official's to change
    :raises Changed: the calendar is newer than the preview
    """
    rules.check(proposal, local_day(now))
    queries.check_right(by, proposal.office_id, on=local_day(now))
    if seen and seen != offices.calendars().province.version:
        raise Changed(_("Lịch làm việc vừa được người khác thay đổi. Xem trước lại rồi xác nhận."))
    settings = rules.settings_of(proposal)
    change = CalendarChange.objects.create(
        office_id=proposal.office_id,
        summary=rules.summary(proposal),
        source=proposal.source.strip(),
        settings=rules.stored(settings),
        before=[],
        made_at=now,
        made_by=by.label,
    )
    was, cases = _set(settings, change, change.summary, by=by, now=now)
    change.before = rules.stored(was)
    change.affected = len(cases)
    change.save(update_fields=["before", "affected"])
    _keep(change, cases)
    days = [day.isoformat() for day in rules.touched(settings, offices.calendars().province.until)]
    events.record("calendar.changed", change, by=by, at=now, days=days, affected=len(cases))
    return change.pk


@command
def undo(change_id: int, *, by: Actor, now: datetime) -> int:
    """Take back the last change and return how many open cases got their due dates back.

    :raises NotFound: there is no such change
    :raises NotNow: it is not the last one that holds, or it was taken back
    :raises NotPermitted: the calendar is not this official's to change
    """
    change = CalendarChange.objects.select_for_update().filter(pk=change_id).first()
    if change is None:
        raise NotFound(_("Không có lần thay đổi lịch này."))
    queries.check_right(by, change.office_id, on=local_day(now))
    if change.undone_at is not None:
        raise NotNow(_("Lần thay đổi này đã được hoàn tác."))
    if change.pk != queries.last_change():
        raise NotNow(_("Chỉ hoàn tác được lần thay đổi cuối cùng. Đặt lại từng ngày nếu cần."))
    note = _("Hoàn tác: {summary}").format(summary=change.summary)
    _was, cases = _set(rules.restored(change.before), change, note, by=by, now=now)
    change.undone_at = now
    change.undone_by = by.label
    change.save(update_fields=["undone_at", "undone_by"])
    events.record("calendar.change_undone", change, by=by, at=now, affected=len(cases))
    return len(cases)


def _set(
    settings: Sequence[Setting],
    change: CalendarChange,
    note: str,
    *,
    by: Actor,
    now: datetime,
) -> tuple[list[Setting], Sequence[Retimed]]:
    """Set days or hours and reckon the open cases again; return what they were, and the cases."""
    before, after = offices.calendars(), queries.calendars_after(settings)
    found = queries.found_before(settings, before.province.version)
    was = _apply(settings, by=by, now=now)
    days = rules.touched(settings, after.province.until)
    if found is None or not recomputing.still(found, days, recomputing.concerned(before, after)):
        found = recomputing.affected(days, before, after, locked=True)
    recomputing.retime(found.cases, note, change_id=change.pk, by=by, now=now)
    reasking.move_requests(days, before, after, by=by, now=now)
    return was, found.cases


def _apply(settings: Sequence[Setting], *, by: Actor, now: datetime) -> list[Setting]:
    days = [setting for setting in settings if isinstance(setting, DaySetting)]
    was: list[Setting] = list(calendar.change_days(days, by=by, now=now)) if days else []
    hours = (setting for setting in settings if isinstance(setting, HoursSetting))
    return was + [opening.set_hours(setting, by=by, now=now) for setting in hours]


def _keep(change: CalendarChange, found: Sequence[Retimed]) -> None:
    """Keep which cases it moved, each once: of several branches, the one that moves the term."""
    one_each = {case.id: case for case in sorted(found, key=lambda case: not case.is_step)}
    cases = list(one_each.values())
    given = {
        "change": change.pk,
        "cases": [case.id for case in cases],
        "steps": [case.is_step for case in cases],
        "promised": recomputing.micros(case.promised_at for case in cases),
        "before": recomputing.micros(case.shown[0] for case in cases),
        "after": recomputing.micros(case.shown[1] for case in cases),
    }
    execute(_AFFECTED, given)
