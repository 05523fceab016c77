"""The queue of an official: what to do now, today and later, and what waits for others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sauro.cases import queries as cases
from sauro.cases.queries import WorkRow
from sauro.cases.rules import Party
from sauro.core.actor import Actor
from sauro.core.clock import local
from sauro.core.text import _
from sauro.core.workdays import WorkingCalendar
from sauro.desk import rules
from sauro.desk.rules import Group, Left
from sauro.offices import queries as offices
from sauro.onestop.rules import State

_READ_AT_MOST = 300
SHOWN_AT_MOST = 40
_STATES = {
    "SUPPLEMENT_REQUESTED": _("chờ người nộp bổ sung"),
    "PAYMENT_REQUESTED": _("chờ người nộp tiền"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A dossier in a queue or list. words: the time left or over, e.g. "trễ 2 ngày".

    tone: "bad" late, "warn" little time left, "muted" otherwise.
    """

    case_id: int
    code: str
    who: str
    title: str
    state: str
    work: str
    note: str
    official_id: int
    due_at: datetime
    promised_at: datetime | None
    words: str
    tone: str
    is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One group of the queue. total: how many are in it; more: how many of them are not shown."""

    group: Group
    label: str
    rows: Sequence[Row]
    total: int
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """All open work of one official, in the order in which to do it."""

    sections: Sequence[Section]
    actionable: Sequence[Row]
    total: int
    late: int
    today: int
    waiting: int

    def next_after(self, code: str = "") -> Row | None:
        """Return the first dossier to do, other than the one just done."""
        return next((row for row in self.actionable if row.code != code), None)

    def reason(self, row: Row) -> str:
        """Return why this dossier comes first, in a few words."""
        if row.is_late:
            return _("trễ lâu nhất")
        return _("bước này còn ít thời gian nhất")


def queue(actor: Actor, *, now: datetime) -> Queue:
    """Return the open work of an official: late, then least time left, then oldest. One query."""
    calendar = offices.working_calendar()
    here = local(now)
    found = cases.work_of(actor.official_id or 0, limit=_READ_AT_MOST)
    timed = [(row, _left(calendar, row, here)) for row in found]
    timed.sort(
        key=lambda pair: (
            pair[0].state == State.DONE,
            *rules.urgency(pair[1], pair[0].task_due_at, pair[0].opened_at, pair[0].case_id),
        )
    )
    groups: dict[Group, list[Row]] = {group: [] for group in Group}
    for row, left in timed:
        party = Party.OTHER if row.paused_at else row.party
        group = rules.group_of(party, left, local(row.task_due_at), now=here)
        if row.state == State.DONE:
            group = Group.LATER
        groups[group].append(as_row(row, left, calendar))
    actionable = [row for group in Group if group is not Group.WAITING for row in groups[group]]
    return Queue(
        sections=_sections(groups),
        actionable=actionable,
        total=len(found),
        late=sum(row.is_late for row in actionable),
        today=len(groups[Group.NOW]) + len(groups[Group.TODAY]),
        waiting=len(groups[Group.WAITING]),
    )


def _sections(groups: dict[Group, list[Row]]) -> list[Section]:
    """Return the groups that hold something, shown as far as the page can carry."""
    room = SHOWN_AT_MOST
    sections = []
    for group, rows in groups.items():
        if rows:
            shown = rows[: max(room, 3)]
            room -= len(shown)
            sections.append(
                Section(
                    group=group,
                    label=rules.GROUP_LABELS[group],
                    rows=shown,
                    total=len(rows),
                    more=len(rows) - len(shown),
                )
            )
    return sections


def _left(calendar: WorkingCalendar, row: WorkRow, here: datetime) -> Left:
    if row.state == State.DONE:
        # The promise was kept or broken when the result was ready; handing over waits for them.
        return Left(rules.SOON + 1, is_over=False)
    promised = local(row.promised_at) if row.promised_at else None
    return rules.left(calendar, local(row.task_due_at), promised, now=here)


def as_row(row: WorkRow, left: Left, calendar: WorkingCalendar) -> Row:
    """Return a task as a line of a list."""
    stands = row.paused_at is not None and row.party == Party.OFFICE
    waits = stands or row.party != Party.OFFICE
    ready = row.state == State.DONE
    return Row(
        case_id=row.case_id,
        code=row.code,
        who=row.who,
        title=row.title,
        state=row.state,
        work=row.work,
        note=_note(row, stands=stands) if waits else "",
        official_id=row.official_id,
        due_at=row.task_due_at,
        promised_at=row.promised_at,
        words=_("có kết quả") if ready else "" if stands else words(left, calendar),
        tone="muted" if waits else tone(left),
        is_late=left.is_late and not waits,
    )


def _note(row: WorkRow, *, stands: bool) -> str:
    """Return for whom a line waits. stands: for nobody's step, but by an official's word."""
    return _("đang tạm dừng thời hạn") if stands else _STATES.get(row.state, _("chờ bên khác"))


def words(left: Left, calendar: WorkingCalendar) -> str:
    """Return how much time a step has left, or by how much it is late."""
    length = rules.span(left.minutes, calendar.minutes_a_day())
    if left.is_over:
        return f"trễ {length}" if left.minutes else _("vừa quá giờ")
    return _("quá hẹn trả") if left.promise_broken else f"còn {length}"


def tone(left: Left) -> str:
    """Return the colour of a step's time: late, soon, or quiet; never green in a queue."""
    if left.is_late:
        return "bad"
    return "warn" if left.is_soon else "muted"


def open_rows(found: Sequence[WorkRow], *, now: datetime) -> list[Row]:
    """Return tasks as lines of a list, in the order given. No query."""
    calendar = offices.working_calendar()
    here = local(now)
    return [as_row(row, _left(calendar, row, here), calendar) for row in found]
