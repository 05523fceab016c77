"""The open dossiers of an office: the whole list, what is late and why, and their counts."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sauro.cases import queries as cases
from sauro.cases.queries import Filter, LateRow, OpenCount
from sauro.core.actor import Actor
from sauro.core.clock import local, local_day
from sauro.core.errors import Invalid, NotFound
from sauro.core.text import _
from sauro.desk import rules
from sauro.desk.queries import queue
from sauro.desk.queries.queue import Row
from sauro.offices import queries as offices
from sauro.offices.roster import Roster
from sauro.offices.rules import Kind, OfficialRow
from sauro.onestop.rules import LABELS, State

PAGE = 30
_AT_RISK = timedelta(days=1)
_WAITING = frozenset({State.SUPPLEMENT_REQUESTED, State.PAYMENT_REQUESTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A value of a filter and how many open dossiers it has."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeList:
    """One page of the open dossiers of an office. after: key of the next page, "" at the end."""

    office: str
    rows: Sequence[Row]
    holders: dict[int, str]
    states: Sequence[Choice]
    officials: Sequence[Choice]
    total: int
    late: int
    matching: int
    after: str


def office_list(actor: Actor, wanted: Filter, after: str, *, now: datetime) -> OfficeList:
    """Return the open dossiers that the actor's office receives or handles. Two queries.

    By when their step is due; `after` is the key that the page before gave.

    :raises Invalid: `after` is no such key
    """
    roster = offices.roster(local_day(now))
    ids = office_ids(actor, roster)
    counts = cases.open_counts(ids, now)
    found = cases.open_at(ids, wanted, now, after=_read_key(after), limit=PAGE + 1)
    rows = queue.open_rows(found[:PAGE], now=now)
    more = len(found) > PAGE
    return OfficeList(
        office=roster.office(actor.office_id or 0).name,
        rows=rows,
        holders={row.official_id: name_of(roster, row.official_id) for row in rows},
        states=_states(counts),
        officials=_officials(counts, roster),
        total=sum(count.cases for count in counts),
        late=sum(count.late for count in counts),
        matching=sum(_matching(count, wanted) for count in counts),
        after=_key(found[PAGE - 1].task_due_at, found[PAGE - 1].task_id) if more else "",
    )


def office_ids(actor: Actor, roster: Roster) -> list[int]:
    """Return the actor's office and the units under it whose dossiers it may see."""
    own = actor.office_id or 0
    under = [
        office.id
        for office in roster.offices
        if office.parent_id == own and office.kind != Kind.CENTRE
    ]
    return [own, *under]


def _matching(count: OpenCount, wanted: Filter) -> int:
    if wanted.state and count.state != wanted.state:
        return 0
    if wanted.official_id is not None and count.official_id != wanted.official_id:
        return 0
    return count.late if wanted.is_late else count.cases


def _states(counts: Sequence[OpenCount]) -> list[Choice]:
    found: dict[str, int] = {}
    for count in counts:
        found[count.state] = found.get(count.state, 0) + count.cases
    order = list(State)
    return [
        Choice(value=state, label=LABELS[State(state)], count=found[state])
        for state in sorted(found, key=lambda state: order.index(State(state)))
    ]


def _officials(counts: Sequence[OpenCount], roster: Roster) -> list[Choice]:
    found: dict[int, int] = {}
    for count in counts:
        found[count.official_id] = found.get(count.official_id, 0) + count.cases
    choices = [
        Choice(value=str(pk), label=name_of(roster, pk), count=number)
        for pk, number in found.items()
    ]
    return sorted(choices, key=lambda choice: (-choice.count, choice.label))


def name_of(roster: Roster, official_id: int) -> str:
    """Return an official's name, or that they hold no post any more."""
    try:
        return roster.official(official_id).name
    except NotFound:
        return _("Cán bộ đã chuyển công tác")


def _key(due: datetime, number: int) -> str:
    return base64.urlsafe_b64encode(f"{due.isoformat()}|{number}".encode()).decode().rstrip("=")


def _read_key(key: str) -> tuple[datetime, int] | None:
    if not key:
        return None
    try:
        due, _bar, number = (
            base64.urlsafe_b64decode(key + "=" * (-len(key) % 4)).decode().partition("|")
        )
        at = datetime.fromisoformat(due)
        return (at, int(number)) if at.tzinfo else None
    except ValueError as error:
        raise Invalid(_("Trang này không còn. Mở lại danh sách từ đầu.")) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How much lies open at an office, and with whom."""

    total: int
    late: int
    waiting: int
    officials: Sequence[tuple[int, str, str, int, int]]


def load(actor: Actor, *, now: datetime) -> Load:
    """Return the open dossiers of the actor's office by who holds them, most late first.

    officials: id, name, title, open, late. One query.
    """
    roster = offices.roster(local_day(now))
    counts = cases.open_counts(office_ids(actor, roster), now)
    held: dict[int, tuple[int, int]] = {}
    for count in counts:
        cases_before, late_before = held.get(count.official_id, (0, 0))
        held[count.official_id] = (cases_before + count.cases, late_before + count.late)
    rows = []
    for pk, (number, overdue) in held.items():
        holder = _holder(roster, pk)
        title = holder.title if holder else ""
        rows.append((pk, name_of(roster, pk), title, number, overdue))
    return Load(
        total=sum(count.cases for count in counts),
        late=sum(count.late for count in counts),
        waiting=sum(count.cases for count in counts if count.state in _WAITING),
        officials=sorted(rows, key=lambda row: (-row[4], -row[3], row[1])),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """A late or endangered dossier of an office: who has it, who answers, where time went."""

    code: str
    who: str
    title: str
    step: str
    holder: OfficialRow | None
    cause: str
    words: str
    is_late: bool
    promised_at: datetime | None
    may_apologise: bool


def late(actor: Actor, *, now: datetime, limit: int = 15) -> list[Late]:
    """Return what is late at the actor's office, or will be within a day, latest first.

    One query.
    """
    roster = offices.roster(local_day(now))
    found = cases.late_at(office_ids(actor, roster), now, until=now + _AT_RISK, limit=limit)
    return [_late(row, roster, now) for row in found]


def _late(row: LateRow, roster: Roster, now: datetime) -> Late:
    calendar = offices.working_calendar()
    promised = local(row.promised_at) if row.promised_at else None
    left = rules.left(calendar, local(row.task_due_at), promised, now=local(now))
    return Late(
        code=row.code,
        who=row.who,
        title=row.title,
        step=cases.process(row.process_id).step(row.step).name,
        holder=_holder(roster, row.official_id),
        cause=_cause(row, roster),
        words=queue.words(left, calendar),
        is_late=left.is_late,
        promised_at=row.promised_at,
        may_apologise=promised is not None and row.state in {State.ACCEPTED, State.PROCESSING},
    )


def _holder(roster: Roster, official_id: int) -> OfficialRow | None:
    try:
        return roster.official(official_id)
    except NotFound:
        return None


def _cause(row: LateRow, roster: Roster) -> str:
    if row.slow_step is None or row.slow_by is None:
        return _("Chưa bước nào quá hạn; hạn của bước đã gần")
    step = cases.process(row.process_id).step(row.slow_step).name.lower()
    if row.slow_step == row.step and row.slow_by == row.official_id:
        return _("Đang quá hạn ở bước {step}").format(step=step)
    who = name_of(roster, row.slow_by)
    return _("Bước {step} trước đó quá hạn, {who} giữ").format(step=step, who=who)
