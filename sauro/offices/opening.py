"""The opening hours of an office, or of the province, from a day on (giờ làm việc): set_hours."""

from datetime import datetime

from sauro.core.actor import Actor
from sauro.core.commands import command
from sauro.core.text import tidy
from sauro.events import services as events
from sauro.offices import keeping, rules
from sauro.offices.calendars import HoursSetting, hours_of, text_of
from sauro.offices.models import OpeningHours, Revision


@command
def set_hours(setting: HoursSetting, *, by: Actor, now: datetime) -> HoursSetting:
    """Set opening hours from a day on and return what was set from that day before.

    What it returns puts everything back; a setting without hours takes them away.

    :raises Invalid: a session ends before it begins, or overlaps the one before
    """
    hours = setting.hours
    for sessions in (hours.sessions, *hours.week.values()) if hours else ():
        rules.check_sessions(sessions)
    revision = Revision.objects.get(pk=keeping.changed(keeping.CALENDAR))
    found = OpeningHours.objects.select_for_update().filter(
        office=setting.office_id, since=setting.since
    )
    row = found.values("sessions", "week", "source").first()
    found.delete()
    if hours:
        OpeningHours.objects.create(
            office_id=setting.office_id,
            since=setting.since,
            sessions=text_of(hours.sessions),
            week={str(day): text_of(own) for day, own in hours.week.items()},
            source=tidy(setting.source),
        )
    events.record(
        "calendar.hours_set",
        revision,
        by=by,
        at=now,
        office=setting.office_id,
        since=setting.since.isoformat(),
        sessions=[" ".join(one) for one in text_of(hours.sessions)] if hours else [],
        source=setting.source,
    )
    return HoursSetting(
        since=setting.since,
        office_id=setting.office_id,
        hours=hours_of(setting.since, row["sessions"], row["week"]) if row else None,
        source=row["source"] if row else "",
    )
