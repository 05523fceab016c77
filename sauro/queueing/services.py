"""What can be done in the hall.

Verbs: take_ticket, open_window, close_window, call_next, call_again, finish, miss, come_back,
transfer.
"""

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import connection

from sauro.core.actor import Actor
from sauro.core.clock import local_day
from sauro.core.commands import command
from sauro.core.errors import NotFound, NotNow, NotPermitted
from sauro.core.text import _
from sauro.events import services as events
from sauro.queueing import rules
from sauro.queueing.models import Ticket, Window
from sauro.queueing.rules import Line, Priority, State, Waiting

_A_MINUTE = timedelta(minutes=1)


@command
def take_ticket(office_id: int, line: Line, priority: Priority, *, by: Actor, now: datetime) -> str:
    """Give out the next number of a line for today and return the key of the ticket.

    :raises NotNow: more were taken within a minute than people can have come
    """
    day = local_day(now)
    _hold(office_id)
    today = Ticket.objects.filter(office_id=office_id, day=day)
    if today.filter(taken_at__gt=now - _A_MINUTE).count() >= rules.TICKETS_A_MINUTE:
        raise NotNow(_("Nhiều số vừa được lấy cùng lúc. Thử lại sau một phút."))
    number = today.filter(code__startswith=line.value).count() + 1
    taken = Ticket.objects.create(
        key=uuid4(),
        office_id=office_id,
        day=day,
        line=line,
        number=number,
        code=rules.code(line, number),
        priority=priority,
        state=State.WAITING,
        taken_at=now,
    )
    events.record("ticket.taken", taken, by=by, at=now, code=taken.code, priority=priority.value)
    return str(taken.key)


@command
def open_window(
    office_id: int, number: int, lines: list[Line], *, by: Actor, now: datetime
) -> None:
    """Sit down at a window and take these lines; who sat elsewhere moves.

    :raises NotPermitted: the official does not work there
    :raises NotNow: a colleague sits at that window
    """
    if by.official_id is None or by.office_id != office_id:
        raise NotPermitted(_("Chỉ cán bộ của Trung tâm này mở được quầy."))
    _hold(office_id)
    window, _new = Window.objects.get_or_create(office_id=office_id, number=number)
    if window.official_id not in {None, by.official_id}:
        raise NotNow(_("Quầy {number} đang có người ngồi. Chọn quầy khác."), number=number)
    for other in Window.objects.filter(official_id=by.official_id).exclude(pk=window.pk):
        _leave(other, by, now)
    window.official_id, window.opened_at = by.official_id, now
    window.lines, window.in_a_row = [line.value for line in lines], 0
    window.save()
    events.record("window.opened", window, by=by, at=now, number=number, lines=window.lines)


@command
def close_window(*, by: Actor, now: datetime) -> None:
    """Leave the window; who is being served there is done."""
    window = _own_window(by)
    _leave(window, by, now)


def _leave(window: Window, by: Actor, now: datetime) -> None:
    _finish_served(window, by, now)
    window.official, window.opened_at = None, None
    window.save()
    events.record("window.closed", window, by=by, at=now, number=window.number)


@command
def call_next(*, by: Actor, now: datetime) -> str:
    """End the ticket being served, call the next one to the own window and return its code.

    "" is returned when nobody waits for what the window takes.
    """
    window = _own_window(by)
    _finish_served(window, by, now)
    day = local_day(now)
    rows = Ticket.objects.filter(office_id=window.office_id, day=day, state=State.WAITING)
    queue = [
        Waiting(id=pk, line=Line(line), is_first=bool(first), taken_at=taken)
        for pk, line, first, taken in rows.values_list("pk", "line", "priority", "taken_at")
    ]
    lines = frozenset(Line(line) for line in window.lines)
    turn = rules.next_of(queue, lines, in_a_row=window.in_a_row, on=day)
    if turn is None:
        return ""
    window.in_a_row = window.in_a_row + 1 if turn.is_first else 0
    window.save(update_fields=["in_a_row"])
    return _call(Ticket.objects.get(pk=turn.id), window, by, now)


@command
def call_again(*, by: Actor, now: datetime) -> str:
    """Call the ticket at the own window once more and return its code."""
    window = _own_window(by)
    return _call(_served(window), window, by, now)


def _call(ticket: Ticket, window: Window, by: Actor, now: datetime) -> str:
    ticket.state, ticket.window = State.CALLED, window
    ticket.called_at = ticket.called_at if ticket.calls else now
    ticket.calls += 1
    ticket.save()
    events.record("ticket.called", ticket, by=by, at=now, window=window.number, time=ticket.calls)
    return ticket.code


@command
def finish(*, by: Actor, now: datetime) -> None:
    """End the ticket at the own window: its minutes are measured."""
    window = _own_window(by)
    _end(_served(window), State.SERVED, by, now)


@command
def miss(*, by: Actor, now: datetime) -> None:
    """End the ticket at the own window because nobody came when it was called."""
    window = _own_window(by)
    _end(_served(window), State.NO_SHOW, by, now)


@command
def come_back(key: str, *, by: Actor, now: datetime) -> None:
    """Let somebody who missed their call today wait again, at the place they had.

    :raises NotNow: the ticket is of another day, or was not missed
    """
    window = _own_window(by)
    ticket = Ticket.objects.select_for_update().filter(key=key, office=window.office_id).first()
    if ticket is None:
        raise NotFound(_("Không có số này ở đây."))
    if ticket.state != State.NO_SHOW or ticket.day != local_day(now):
        raise NotNow(_("Chỉ số vắng mặt hôm nay mới xếp lại được."))
    _wait_again(ticket)
    events.record("ticket.came_back", ticket, by=by, at=now)


@command
def transfer(line: Line, *, by: Actor, now: datetime) -> None:
    """Send the person at the own window on to another line, with the time they came at."""
    window = _own_window(by)
    ticket = _served(window)
    before = ticket.line
    ticket.line = line
    _wait_again(ticket)
    events.record("ticket.transferred", ticket, by=by, at=now, before=before, after=line.value)


def _wait_again(ticket: Ticket) -> None:
    ticket.state, ticket.window = State.WAITING, None
    ticket.called_at, ticket.ended_at, ticket.calls = None, None, 0
    ticket.save()


def _end(ticket: Ticket, state: State, by: Actor, now: datetime) -> None:
    ticket.state, ticket.ended_at = state, now
    ticket.save()
    events.record("ticket.ended", ticket, by=by, at=now, state=state.value)


def _finish_served(window: Window, by: Actor, now: datetime) -> None:
    for ticket in Ticket.objects.filter(window=window, state=State.CALLED):
        _end(ticket, State.SERVED, by, now)


def _served(window: Window) -> Ticket:
    ticket = Ticket.objects.filter(window=window, state=State.CALLED).first()
    if ticket is None:
        raise NotNow(_("Quầy đang không có ai. Gọi số kế tiếp trước."))
    return ticket


def _own_window(by: Actor) -> Window:
    """Return the window where the official sits; the whole hall is held until the end."""
    window = Window.objects.filter(official_id=by.official_id or 0).first()
    if window is None:
        raise NotNow(_("Chưa ngồi quầy nào. Mở quầy trước khi gọi số."))
    _hold(window.office_id)
    window.refresh_from_db()
    return window


def _hold(office_id: int) -> None:
    """Let one act in the hall of a centre at a time: numbers and calls follow one another."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('queueing'), %s)", [office_id])
