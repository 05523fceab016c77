"""What can be done to a case: open_case, move, reassign, promise_again.

Opening and moving are the hot commands: rules in Python, then one statement for all writes.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sauro.cases import kinds, rules
from sauro.cases.rules import Assignment, Clock, Held, Move
from sauro.core.actor import Actor
from sauro.core.commands import command
from sauro.core.errors import Changed, Invalid
from sauro.core.statements import execute
from sauro.core.text import _
from sauro.events import services as events

SUBJECT = "cases.case"


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
CHANGED = _("Hồ sơ vừa được người khác cập nhật. Mở lại hồ sơ rồi làm tiếp.")

_TASK = """
INSERT INTO cases_task (case_id, step, kind, work, product, party, official_id, office_id,
                        head_id, opened_at, due_at, outcome, note)
SELECT {case}, %(step)s, %(task_kind)s, %(work)s, %(product)s, %(party)s, %(official)s, %(office)s,
       %(head)s, %(now)s, %(task_due)s, '', ''
"""
_TASKS = """
INSERT INTO cases_task (case_id, step, kind, work, product, party, official_id, office_id,
                        head_id, opened_at, due_at, outcome, note)
SELECT moved.id, t.step, t.kind, t.work, t.product, t.party, t.official, t.office, t.head,
       %(now)s, t.due, '', ''
FROM moved, ROWS FROM (jsonb_to_recordset(%(tasks)s::jsonb) AS (step text, kind text, work text,
    product text, party text, official bigint, office bigint, head bigint, due timestamptz))
    WITH ORDINALITY AS t(step, kind, work, product, party, official, office, head, due, number)
ORDER BY t.number RETURNING id
"""
# What an event says of the tasks it opens is written before they have their ids.
_WITH_IDS = (
    "%(data)s::jsonb || (SELECT jsonb_build_object('ids', jsonb_agg(id ORDER BY id)) FROM {of})"
)
_WITH_ID = "%(data)s::jsonb || (SELECT jsonb_build_object('ids', jsonb_build_array(id)) FROM {of})"

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
), task AS ({_TASK.format(case="id")} FROM opened RETURNING id
), logged AS ({
    events.RECORD.format(
        verb="'case.opened'", subject=SUBJECT, subject_id="id", data=_WITH_ID.format(of="task")
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
), {also} logged AS ({record} FROM moved)
SELECT id FROM moved
"""
# The tasks of other branches, where the case ends in one of them.
_CUT = """cut AS (
    UPDATE cases_task SET done_at = %(now)s, done_by_id = %(actor_official)s,
        outcome = %(cut_off)s, note = %(note)s
    FROM moved WHERE cases_task.id = ANY(%(cut)s)
),"""


def _record_move(data: str) -> str:
    return events.RECORD.format(verb="'case.moved'", subject=SUBJECT, subject_id="id", data=data)


def _move_sql(tasks: str, data: str) -> str:
    record = _record_move(data.format(of="next_task"))
    return _MOVE.format(also=f"next_task AS ({tasks}),", record=record)


_ONE_NEXT = _move_sql(f"{_TASK.format(case='id')} FROM moved RETURNING id", _WITH_ID)
_MANY_NEXT = _move_sql(_TASKS, _WITH_IDS)
_NONE_NEXT = _MOVE.format(also="", record=_record_move("%(data)s::jsonb"))
_CUT_SHORT = _MOVE.format(also=_CUT, record=_record_move("%(data)s::jsonb"))
_PROMISE = f"""
WITH promised AS (
    UPDATE cases_case SET version = version + 1, promised_at = %(promised)s, due_at = %(due)s
    WHERE id = %(case)s AND version = %(version)s RETURNING id
), logged AS ({_record_move("%(data)s::jsonb")} FROM promised)
SELECT id FROM promised
"""  # noqa: S608 - only constants of this module are put in


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
        "step": new.task.step,
        "opened": [_assigned(new.task)],
        "clock": _changed(None, new.clock),
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

    The task acted on is finished and what comes next is opened: one task, several branches, or
    none where other branches are still open. The case ends when the new state is an ended one;
    whatever else is open is then cut off.

    :raises NotNow: the verb does not lead on from the case's state
    :raises Changed: the case is not what was locked
    """
    state, verb = held.state, change.verb if change.state_verb is None else change.state_verb
    if verb:
        state = kinds.get(held.kind).workflow.next(state, verb)
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
        "step": held.tasks[0].step if held.tasks else "",
        "promised": clock.promised_at.isoformat() if clock.promised_at else "",
        "note": note,
        "clock": _changed(held.clock, clock),
    }
    given = {
        **events.recorded_by(by, now),
        **_clock(clock),
        "case": held.id,
        "version": held.version,
        "data": json.dumps(data),
    }
    if not execute(_PROMISE, given):
        raise Changed(CHANGED)


def _write(held: Held, change: Move, state: str, *, by: Actor, now: datetime) -> None:
    ends = state in kinds.get(held.kind).workflow.ended
    opens = change.opens
    if (ends and opens) or not (ends or opens or held.beside):
        raise ValueError(f"{change.verb} to {state} must {'not ' * ends}have a next task")
    cut = [task.id for task in held.beside] if ends else []
    going_on = [] if ends else [t.step for t in held.beside] + [t.step for t in opens]
    given = {
        **events.recorded_by(by, now),
        **_clock(change.clock),
        **(_task(opens[0]) if len(opens) == 1 else {}),
        "tasks": json.dumps([_row(task) for task in opens]) if len(opens) > 1 else "",
        "cut": cut,
        "cut_off": rules.CUT_OFF,
        "case": held.id,
        "version": held.version,
        "state": state,
        "case_step": going_on[0] if going_on else "",
        "verb": change.verb,
        "task": held.task.id if held.task else 0,
        "ended": now if ends else None,
        "outcome": held.outcome if change.outcome is None else change.outcome,
        "note": change.note,
    }
    given["data"] = json.dumps(_said(held, change, given))
    sql = {0: _CUT_SHORT if cut else _NONE_NEXT, 1: _ONE_NEXT}.get(len(opens), _MANY_NEXT)
    if not execute(sql, given):
        raise Changed(CHANGED)


def _said(held: Held, change: Move, given: Mapping[str, object]) -> dict[str, object]:
    """Return what the event of a move says: all that it changed, so that it can be replayed."""
    opened = [_assigned(task) for task in change.opens]
    clock = _changed(held.clock, change.clock)
    return {
        "verb": change.verb,
        "from": held.state,
        "to": given["state"],
        "step": given["case_step"],
        "task": given["task"],
        "note": change.note,
        **({"state_verb": change.state_verb} if change.state_verb is not None else {}),
        **({"outcome": change.outcome} if change.outcome is not None else {}),
        **({"opened": opened} if opened else {}),
        **({"cut": given["cut"]} if given["cut"] else {}),
        **({"clock": clock} if clock else {}),
        **({"ends": True} if given["ended"] else {}),
    }


def _clock(clock: Clock) -> dict[str, datetime | None]:
    return {
        "due": clock.due_at,
        "started": clock.started_at,
        "legal_due": clock.legal_due_at,
        "promised": clock.promised_at,
        "paused": clock.paused_at,
        "finished": clock.finished_at,
    }


def _changed(before: Clock | None, after: Clock) -> dict[str, str | None]:
    """Return the instants of a clock that differ from those before, as an event keeps them."""
    then = _clock(before) if before else dict.fromkeys(_clock(after))
    return {
        name: at.isoformat() if at else None
        for name, at in _clock(after).items()
        if at != then[name]
    }


def _task(task: Assignment) -> dict[str, object]:
    return {
        "step": task.step,
        "task_kind": task.kind.value,
        "work": task.work,
        "product": task.product,
        "party": task.party.value,
        "official": task.official_id,
        "office": task.office_id,
        "head": task.head_id,
        "task_due": task.due_at,
    }


def _row(task: Assignment) -> dict[str, object]:
    return {**_assigned(task), "work": task.work, "product": task.product}


def _assigned(task: Assignment) -> dict[str, object]:
    """Return what an event says of a task it opens; the rest is in the version of the process."""
    return {
        "step": task.step,
        "kind": task.kind.value,
        "party": task.party.value,
        "official": task.official_id,
        "office": task.office_id,
        "head": task.head_id,
        "due": task.due_at.isoformat(),
    }
