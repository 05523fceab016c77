"""What can be done to a case: open_case, move, reassign, promise_again.

Opening and moving are the hot commands: rules in Python, then one statement for all writes.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sauro.cases import kinds, rules, writing
from sauro.cases.rules import Assignment, Clock, Held, Move
from sauro.core.actor import Actor
from sauro.core.commands import command, command_at_once
from sauro.core.errors import Changed, Invalid
from sauro.core.statements import Beside, execute
from sauro.core.text import _
from sauro.events import services as events


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


_NOTHING = Beside()
CHANGED = _("Hồ sơ vừa được người khác cập nhật. Mở lại hồ sơ rồi làm tiếp.")


@command_at_once
def open_case(new: NewCase, beside: Beside = _NOTHING, *, by: Actor, now: datetime) -> Opened:
    """Open a case with its first task; its code takes the next number of its prefix.

    beside: what the caller writes with it; its SQL may read `opened` (id, code).

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
    return Opened(*execute(writing.with_(writing.OPEN, beside), given | dict(beside.given))[0])


@command_at_once
def move(held: Held, change: Move, beside: Beside = _NOTHING, *, by: Actor, now: datetime) -> str:
    """Change a locked case by a verb of its workflow and return its new state.

    beside: what the caller writes with it; its SQL may read `moved` (id).

    The task acted on is finished and what comes next is opened: one task, several branches, or
    none where other branches are still open. The case ends when the new state is an ended one;
    whatever else is open is then cut off.

    :raises NotNow: the verb does not lead on from the case's state
    :raises Changed: the case is not what was locked
    """
    state, verb = held.state, change.verb if change.state_verb is None else change.state_verb
    if verb:
        state = kinds.get(held.kind).workflow.next(state, verb)
    _write(held, change, state, beside, by=by, now=now)
    return state


@command
def reassign(held: Held, task: Assignment, note: str, *, by: Actor, now: datetime) -> None:
    """Give the open step to another official; state and clock stay as they are.

    :raises Changed: the case is not what was locked
    """
    change = Move(verb=rules.REASSIGN, clock=held.clock, next=task, note=note)
    _write(held, change, held.state, _NOTHING, by=by, now=now)


@command
def promise_again(held: Held, clock: Clock, note: str, *, by: Actor, now: datetime) -> None:
    """Give the person a new promise; state, step and who works on it stay as they are.

    :raises Changed: the case is not what was locked
    """
    _set_clock(held, rules.PROMISE, clock, note, {}, by=by, now=now)


@command
def set_clock(
    held: Held,
    verb: str,
    clock: Clock,
    note: str,
    *,
    dues: Mapping[int, datetime] | None = None,
    by: Actor,
    now: datetime,
) -> None:
    """Stop or set going the legal time of a case, by `verb`; state and steps stay as they are.

    dues: when its open tasks are due from now on, by task.

    :raises Changed: the case is not what was locked
    """
    _set_clock(held, verb, clock, note, dues or {}, by=by, now=now)
    if dues:
        given = {"case": held.id, "tasks": list(dues), "dues": list(dues.values())}
        execute(writing.SET_DUES, given)


def _set_clock(
    held: Held,
    verb: str,
    clock: Clock,
    note: str,
    dues: Mapping[int, datetime],
    *,
    by: Actor,
    now: datetime,
) -> None:
    data = {
        "verb": verb,
        "from": held.state,
        "to": held.state,
        "step": held.tasks[0].step if held.tasks else "",
        "promised": clock.promised_at.isoformat() if clock.promised_at else "",
        "note": note,
        "clock": _changed(held.clock, clock),
        **({"changed": {pk: {"due": at.isoformat()} for pk, at in dues.items()}} if dues else {}),
    }
    given = {
        **events.recorded_by(by, now),
        **_clock(clock),
        "case": held.id,
        "version": held.version,
        "data": json.dumps(data),
    }
    if not execute(writing.SET_CLOCK, given):
        raise Changed(CHANGED)


def _write(
    held: Held, change: Move, state: str, beside: Beside, *, by: Actor, now: datetime
) -> None:
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
    sql = {0: writing.CUT_SHORT if cut else writing.NONE_NEXT, 1: writing.ONE_NEXT}.get(
        len(opens), writing.MANY_NEXT
    )
    if not execute(writing.with_(sql, beside), given | dict(beside.given)):
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
