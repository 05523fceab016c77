"""Visits to the place: record_visit."""

from datetime import datetime

from sauro.cases.models import Visit as VisitRow
from sauro.cases.rules import Held, Visit
from sauro.core.actor import Actor
from sauro.core.commands import command
from sauro.core.errors import Invalid, NotNow
from sauro.core.text import _
from sauro.events import services as events


@command
def record_visit(held: Held, visit: Visit, *, by: Actor, now: datetime) -> None:
    """Keep the day and the minutes of the visit that finishes the task acted on.

    :raises Invalid: there are no minutes, neither words nor a file
    """
    if held.task is None:
        raise NotNow(_("Hồ sơ đã kết thúc, không còn việc phải làm."))
    minutes = visit.minutes.strip()
    if not minutes and visit.file_id is None:
        raise Invalid(_("Ghi nội dung biên bản xác minh hoặc đính kèm biên bản đã ký."), "minutes")
    row = VisitRow.objects.create(
        task_id=held.task.id,
        on=visit.on,
        minutes=minutes,
        file_id=visit.file_id,
        recorded_at=now,
        recorded_by=by.label,
    )
    events.record("visit.recorded", row, by=by, at=now, case=held.id, on=visit.on.isoformat())
