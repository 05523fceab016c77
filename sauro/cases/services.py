"""What can be done to a case: publish_process, open_case, move, reassign, promise_again.

Opening and moving are the hot commands: rules in Python, then one statement for all writes.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sauro.cases import kinds, queries, rules
from sauro.cases.models import Process
from sauro.cases.rules import Assignment, Clock, Held, Move
from sauro.core.actor import Actor
from sauro.core.commands import command
from sauro.core.errors import Changed, Invalid
from sauro.core.statements import execute
from sauro.core.text import _
from sauro.events import services as events
from sauro.offices import keeping

SUBJECT = "cases.case"
_KIND = "dossier"  # what a process is for where it does not say


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """What is needed to open a case. code_prefix: the code without its running number."""

    kind: str
    state: str
    title: str
    code_prefix: str
    process_id: int
    owed_to_id: int
    place_id: int
    door_id: int
    unit_id: int
    authority_id: int
    clock: Clock
    task: Assignment


@dataclass(frozen=True, slots=True)
class Opened:
    """A new case: its key and the code people know it by."""

    id: int
    code: str


_CODE_DIGITS = 7
_CHANGED = _("Hồ sơ vừa được người khác cập nhật. Mở lại hồ sơ rồi làm tiếp.")

_TASK = """
INSERT INTO cases_task (case_id, step, work, product, party, official_id, office_id, head_id,
                        opened_at, due_at, outcome, note)
SELECT {case}, %(step)s, %(work)s, %(product)s, %(party)s, %(official)s, %(office)s, %(head)s,
       %(now)s, %(task_due)s, '', ''
"""

_OPEN = f"""
WITH number AS (
    INSERT INTO cases_codecounter AS counter (prefix, value) VALUES (%(prefix)s, 1)
    ON CONFLICT (prefix) DO UPDATE SET value = counter.value + 1 RETURNING value
), opened AS (
    INSERT INTO cases_case (code, kind, title, state, step, version, process_id, owed_to_id,
        place_id, door_id, unit_id, authority_id, opened_at, due_at, started_at, legal_due_at,
        promised_at, paused_at, finished_at, outcome)
    SELECT %(prefix)s || lpad(value::text, {_CODE_DIGITS}, '0'), %(kind)s, %(title)s, %(state)s,
        %(step)s, 1, %(process)s, %(owed_to)s, %(place)s, %(door)s, %(unit)s, %(authority)s,
        %(now)s, %(due)s, %(started)s, %(legal_due)s, %(promised)s, %(paused)s,
        %(finished)s, ''
    FROM number RETURNING id, code
), task AS ({_TASK.format(case="id")} FROM opened
), logged AS ({
    events.RECORD.format(
        verb="'case.opened'", subject=SUBJECT, subject_id="id", data="%(data)s::jsonb"
    )
} FROM opened)
SELECT id, code FROM opened
"""  # noqa: S608 - only constants of this module are put in

_MOVE = """
WITH moved AS (
    UPDATE cases_case SET state = %(state)s, step = %(case_step)s, version = version + 1,
        due_at = %(due)s, started_at = %(started)s, legal_due_at = %(legal_due)s,
        promised_at = %(promised)s, paused_at = %(paused)s, finished_at = %(finished)s,
        ended_at = %(ended)s, outcome = %(outcome)s
    WHERE id = %(case)s AND version = %(version)s RETURNING id
), done AS (
    UPDATE cases_task SET done_at = %(now)s, done_by_id = %(actor_official)s,
        outcome = %(verb)s, note = %(note)s
    FROM moved WHERE cases_task.id = %(task)s
), {next_task} logged AS ({record} FROM moved)
SELECT id FROM moved
"""
_RECORD_MOVE = events.RECORD.format(
    verb="'case.moved'", subject=SUBJECT, subject_id="id", data="%(data)s::jsonb"
)
_PROMISE = f"""
WITH promised AS (
    UPDATE cases_case SET version = version + 1, promised_at = %(promised)s, due_at = %(due)s
    WHERE id = %(case)s AND version = %(version)s RETURNING id
), logged AS ({_RECORD_MOVE} FROM promised)
SELECT id FROM promised
"""  # noqa: S608 - only constants of this module are put in
_NEXT_TASK = f"next_task AS ({_TASK.format(case='id')} FROM moved),"
_MOVE_ON = _MOVE.format(next_task=_NEXT_TASK, record=_RECORD_MOVE)
_END = _MOVE.format(next_task="", record=_RECORD_MOVE)


@command
def publish_process(
    code: str,
    name: str,
    definition: Mapping[str, Any],
    *,
    since: date,
    by: Actor,
    now: datetime,
) -> int:
    """Publish the next version of a process and return its id; the same content changes nothing.

    :raises Invalid: something speaks against it; `field` is the key of the step at fault,
        and `rules.problems` says all of it
    """
    latest = Process.objects.filter(code=code).order_by("-version").first()
    if latest and latest.definition == definition and latest.name == name:
        return latest.pk
    version = latest.version + 1 if latest else 1
    kind = kinds.find(definition.get("kind", _KIND))
    for problem in rules.problems(definition, workflow=kind.workflow if kind else None):
        raise Invalid("{sentence}", problem.step, sentence=problem.sentence)
    process = Process.objects.create(
        code=code, version=version, name=name, definition=definition, since=since
    )
    keeping.changed(queries.PROCESSES)
    events.record("process.published", process, by=by, at=now, code=code, version=version)
    return process.pk


@command
def open_case(new: NewCase, *, by: Actor, now: datetime) -> Opened:
    """Open a case with its first task; its code takes the next number of its prefix.

    :raises Invalid: a case of that kind cannot begin in that state
    """
    workflow = kinds.get(new.kind).workflow
    if new.state not in workflow.first:
        raise Invalid(_("Hồ sơ không thể bắt đầu ở trạng thái “{state}”."), state=new.state)
    data = {
        "kind": new.kind,
        "to": new.state,
        "process": new.process_id,
        "door": new.door_id,
        "unit": new.unit_id,
        **_assigned(new.task),
    }
    given = {
        **events.recorded_by(by, now),
        **_clock(new.clock),
        **_task(new.task),
        "prefix": new.code_prefix,
        "kind": new.kind,
        "title": new.title,
        "state": new.state,
        "process": new.process_id,
        "owed_to": new.owed_to_id,
        "place": new.place_id,
        "door": new.door_id,
        "unit": new.unit_id,
        "authority": new.authority_id,
        "data": json.dumps(data),
    }
    return Opened(*execute(_OPEN, given)[0])


@command
def move(held: Held, change: Move, *, by: Actor, now: datetime) -> str:
    """Change a locked case by a verb of its workflow and return its new state.

    The open task is finished and the next one opened; the case ends when the new state is an
    ended one.

    :raises NotNow: the verb does not lead on from the case's state
    :raises Changed: the case is not what was locked
    """
    state = kinds.get(held.kind).workflow.next(held.state, change.verb)
    _write(held, change, state, by=by, now=now)
    return state


@command
def reassign(held: Held, task: Assignment, note: str, *, by: Actor, now: datetime) -> None:
    """Give the open step to another official; state and clock stay as they are.

    :raises Changed: the case is not what was locked
    """
    change = Move(verb=rules.REASSIGN, clock=held.clock, next=task, note=note)
    _write(held, change, held.state, by=by, now=now)


@command
def promise_again(held: Held, clock: Clock, note: str, *, by: Actor, now: datetime) -> None:
    """Give the person a new promise; state, step and who works on it stay as they are.

    :raises Changed: the case is not what was locked
    """
    data = {
        "verb": rules.PROMISE,
        "from": held.state,
        "to": held.state,
        "step": held.task.step if held.task else "",
        "promised": clock.promised_at.isoformat() if clock.promised_at else "",
        "note": note,
    }
    given = {
        **events.recorded_by(by, now),
        **_clock(clock),
        "case": held.id,
        "version": held.version,
        "data": json.dumps(data),
    }
    if not execute(_PROMISE, given):
        raise Changed(_CHANGED)


def _write(held: Held, change: Move, state: str, *, by: Actor, now: datetime) -> None:
    ends = state in kinds.get(held.kind).workflow.ended
    if ends == (change.next is not None):
        raise ValueError(f"{change.verb} to {state} must {'not ' * ends}have a next task")
    task = held.task.id if held.task else 0
    data = {
        "verb": change.verb,
        "from": held.state,
        "to": state,
        "task": task,
        "note": change.note,
        "outcome": change.outcome or "",
        **(_assigned(change.next) if change.next else {"step": ""}),
    }
    given = {
        **events.recorded_by(by, now),
        **_clock(change.clock),
        **(_task(change.next) if change.next else {}),
        "case": held.id,
        "version": held.version,
        "state": state,
        "case_step": change.next.step if change.next else "",
        "verb": change.verb,
        "task": task,
        "ended": now if ends else None,
        "outcome": held.outcome if change.outcome is None else change.outcome,
        "note": change.note,
        "data": json.dumps(data),
    }
    if not execute(_MOVE_ON if change.next else _END, given):
        raise Changed(_CHANGED)


def _clock(clock: Clock) -> dict[str, datetime | None]:
    return {
        "due": clock.due_at,
        "started": clock.started_at,
        "legal_due": clock.legal_due_at,
        "promised": clock.promised_at,
        "paused": clock.paused_at,
        "finished": clock.finished_at,
    }


def _task(task: Assignment) -> dict[str, object]:
    return {
        "step": task.step,
        "work": task.work,
        "product": task.product,
        "party": task.party.value,
        "official": task.official_id,
        "office": task.office_id,
        "head": task.head_id,
        "task_due": task.due_at,
    }


def _assigned(task: Assignment) -> dict[str, object]:
    """Return what an event says of the task it opens."""
    return {
        "step": task.step,
        "official": task.official_id,
        "office": task.office_id,
        "due": task.due_at.isoformat(),
    }
