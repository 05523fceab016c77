"""Reading the queue: one ticket, the screen, a window, what a day was like."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from sauro.core.actor import Actor
from sauro.core.clock import local_day
from sauro.core.errors import NotFound, NotPermitted
from sauro.core.text import _
from sauro.offices import queries as offices
from sauro.offices.rules import Kind, OfficeRow
from sauro.queueing import rules
from sauro.queueing.models import Ticket, Window
from sauro.queueing.rules import LINE_LABELS, PRIORITY_LABELS, Line, Open, Priority, State, Waiting

_MEASURED = 50
_CALLED_SHOWN = 8
_NO_TICKET = _("Không có số này, hoặc số đã của ngày khác. Lấy số mới tại Trung tâm.")


def centre(code: str) -> OfficeRow:
    """Return a centre by its code. One query.

    :raises NotFound: there is no such centre
    """
    found = offices.office_by_code(code)
    if found.kind != Kind.CENTRE:
        raise NotFound(_("Không có Trung tâm này."))
    return found


def centre_of(actor: Actor, *, now: datetime) -> OfficeRow:
    """Return the centre where the actor works. No query while nothing changed.

    :raises NotPermitted: they work elsewhere
    """
    office = offices.roster(local_day(now)).office(actor.office_id or 0)
    if office.kind != Kind.CENTRE:
        raise NotPermitted(_("Chỉ cán bộ của Trung tâm Phục vụ hành chính công gọi số."))
    return office


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketRow:
    """A ticket as people see it. window: its number, 0 before it is called."""

    id: int
    key: str
    office_id: int
    day: date
    code: str
    line: Line
    line_label: str
    priority: Priority
    priority_label: str
    state: State
    taken_at: datetime
    called_at: datetime | None
    calls: int
    window: int

    @property
    def is_first(self) -> bool:
        """Test whether its holder is called before others."""
        return self.priority is not Priority.NONE


def ticket(key: str) -> TicketRow:
    """Return a ticket by its key. One query.

    :raises NotFound: there is none
    """
    try:
        uuid.UUID(key)
    except ValueError as wrong:
        raise NotFound(_NO_TICKET) from wrong
    found = Ticket.objects.filter(key=key).select_related("window").first()
    if found is None:
        raise NotFound(_NO_TICKET)
    return _row(found)


def waiting(office_id: int, *, now: datetime) -> list[TicketRow]:
    """Return who waits at a centre today, in the order they came. One query."""
    rows = Ticket.objects.filter(office_id=office_id, day=local_day(now), state=State.WAITING)
    return [_row(row) for row in rows.select_related("window").order_by("taken_at", "pk")]


def called(office_id: int, *, now: datetime) -> list[TicketRow]:
    """Return who was called today and is at a window, the last call first. One query."""
    rows = Ticket.objects.filter(office_id=office_id, day=local_day(now), state=State.CALLED)
    found = rows.select_related("window").order_by("-called_at", "-pk")
    return [_row(row) for row in found[:_CALLED_SHOWN]]


def absent(office_id: int, *, now: datetime) -> list[TicketRow]:
    """Return who did not come when called today, the last first. One query."""
    rows = Ticket.objects.filter(office_id=office_id, day=local_day(now), state=State.NO_SHOW)
    found = rows.select_related("window").order_by("-ended_at", "-pk")
    return [_row(row) for row in found[:_CALLED_SHOWN]]


def _row(row: Ticket) -> TicketRow:
    line, priority = Line(row.line), Priority(row.priority)
    return TicketRow(
        id=row.pk,
        key=str(row.key),
        office_id=row.office_id,
        day=row.day,
        code=row.code,
        line=line,
        line_label=LINE_LABELS[line],
        priority=priority,
        priority_label=PRIORITY_LABELS[priority],
        state=State(row.state),
        taken_at=row.taken_at,
        called_at=row.called_at,
        calls=row.calls,
        window=row.window.number if row.window else 0,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowRow:
    """A window at which an official sits."""

    id: int
    number: int
    lines: Sequence[Line]
    official_id: int
    in_a_row: int

    @property
    def said(self) -> str:
        """Return what it takes, in words."""
        return "; ".join(LINE_LABELS[line] for line in self.lines)


def windows(office_id: int) -> list[WindowRow]:
    """Return the windows of a centre that are open, by number. One query."""
    rows = Window.objects.filter(office_id=office_id, official__isnull=False).order_by("number")
    return [
        WindowRow(
            id=row.pk,
            number=row.number,
            lines=[Line(line) for line in row.lines],
            official_id=row.official_id or 0,
            in_a_row=row.in_a_row,
        )
        for row in rows
    ]


_MINUTES = """
SELECT line, minutes FROM (
    SELECT line, extract(epoch FROM ended_at - called_at) / 60 AS minutes,
           row_number() OVER (PARTITION BY line ORDER BY ended_at DESC) AS back
    FROM queueing_ticket WHERE office_id = %(office)s AND state = 'SERVED'
) AS measured WHERE back <= %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Pace:
    """Minutes that serving one person of a line takes. measured: at this centre, not assumed."""

    minutes: float
    measured: bool


def paces(office_id: int, *, on: date) -> Mapping[Line, Pace]:
    """Return the pace of every line: the middle of the last tickets that were served. One query."""
    by_line: dict[str, list[float]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_MINUTES, {"office": office_id, "limit": _MEASURED})
        for line, minutes in cursor.fetchall():
            by_line.setdefault(line, []).append(float(minutes))
    return {line: Pace(*rules.service_minutes(by_line.get(line, []), on)) for line in Line}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    """The queue of a centre as it stands now."""

    waiting: Sequence[TicketRow]
    called: Sequence[TicketRow]
    windows: Sequence[WindowRow]
    paces: Mapping[Line, Pace]
    now: datetime

    def count(self, line: Line) -> int:
        """Return how many wait in a line."""
        return sum(1 for one in self.waiting if one.line is line)

    def is_open(self, line: Line) -> bool:
        """Test whether a window takes a line now."""
        return any(line in window.lines for window in self.windows)

    def expected(self, ticket_id: int) -> rules.Expected:
        """Return what the holder of a waiting ticket may expect."""
        return rules.expected(
            ticket_id,
            [self._waits(one) for one in self.waiting],
            [self._open(window) for window in self.windows],
            {line: pace.minutes for line, pace in self.paces.items()},
            local_day(self.now),
        )

    def _waits(self, one: TicketRow) -> Waiting:
        return Waiting(id=one.id, line=one.line, is_first=one.is_first, taken_at=one.taken_at)

    def _open(self, window: WindowRow) -> Open:
        served = next((one for one in self.called if one.window == window.number), None)
        left = 0.0
        if served and served.called_at:
            spent = (self.now - served.called_at).total_seconds() / 60
            left = max(self.paces[served.line].minutes - spent, 1.0)
        return Open(lines=frozenset(window.lines), free_in=left, in_a_row=window.in_a_row)


def hall(office_id: int, *, now: datetime) -> Hall:
    """Return the queue of a centre as it stands now. Four queries."""
    return Hall(
        waiting=waiting(office_id, now=now),
        called=called(office_id, now=now),
        windows=windows(office_id),
        paces=paces(office_id, on=local_day(now)),
        now=now,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDay:
    """What a line was like on a day; minutes are None where nobody was called."""

    line: str
    label: str
    taken: int
    served: int
    no_show: int
    wait_median: float | None
    wait_p90: float | None
    wait_longest: float | None
    served_median: float | None


_DAY = """
SELECT line, count(*), count(*) FILTER (WHERE state = 'SERVED'),
       count(*) FILTER (WHERE state = 'NO_SHOW'),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM called_at - taken_at) / 60),
       percentile_cont(0.9) WITHIN GROUP (ORDER BY extract(epoch FROM called_at - taken_at) / 60),
       max(extract(epoch FROM called_at - taken_at) / 60),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM ended_at - called_at) / 60)
           FILTER (WHERE state = 'SERVED')
FROM queueing_ticket WHERE office_id = %(office)s AND day = %(day)s
GROUP BY GROUPING SETS ((line), ()) ORDER BY line NULLS LAST
"""


def statistics(office_id: int, day: date) -> list[LineDay]:
    """Return a day of a centre by line, all lines together last. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_DAY, {"office": office_id, "day": day})
        rows = cursor.fetchall()
    return [
        LineDay(
            line=row[0] or "",
            label=LINE_LABELS[Line(row[0])] if row[0] else _("Tất cả"),
            taken=row[1],
            served=row[2],
            no_show=row[3],
            wait_median=row[4],
            wait_p90=row[5],
            wait_longest=float(row[6]) if row[6] is not None else None,
            served_median=row[7],
        )
        for row in rows
        if row[1]
    ]
