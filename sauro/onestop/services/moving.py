"""The one way a dossier goes on: to a step, into branches, to where they meet, or to its end.

Private to the services of this module.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sauro.cases import queries as cases
from sauro.cases import services as case_services
from sauro.cases.rules import Clock, Held, Kind, Move, Process, Step, offering
from sauro.core.actor import Actor
from sauro.core.clock import local_day
from sauro.core.errors import Invalid, NotNow
from sauro.core.text import _
from sauro.onestop import assigning, pausing, queries, routing, rules
from sauro.onestop.rules import Verb


def move_on(
    held: Held,
    verb: Verb,
    clock: Clock,
    *,
    by: Actor,
    now: datetime,
    note: str = "",
    outcome: str | None = None,
    visited: bool = False,
) -> None:
    """Take a locked dossier by `verb` to what its process says comes next.

    :raises NotNow: the process or the workflow does not offer that verb here
    :raises Invalid: a visit to the place would end without its minutes
    """
    if held.task is None:
        raise NotNow(_("Hồ sơ đã kết thúc, không còn việc phải làm."))
    process = cases.process(held.process_id)
    held = offering(held, process, verb)
    left = process.step(held.task.step if held.task else "")
    if process.ends(left.key, verb):
        change = Move(verb=verb, clock=clock, note=note, outcome=outcome)
    else:
        if left.kind is Kind.VISIT and verb == Verb.ADVANCE and not visited:
            raise Invalid(_("Ghi ngày xác minh và biên bản rồi mới xong bước này."), "minutes")
        steps = process.opens(left.key, verb, [task.step for task in held.beside])
        change = _change(held, left, steps, verb, clock, now=now)
        change = replace(change, note=note, outcome=outcome)
    case_services.move(held, change, by=by, now=now)


def _change(
    held: Held, left: Step, steps: Sequence[Step], verb: Verb, clock: Clock, *, now: datetime
) -> Move:
    process = cases.process(held.process_id)
    desk = routing.desk(local_day(now))
    limit = queries.limit_of(held.id)
    beside = [process.step(task.step) for task in held.beside]
    clock = pausing.after(clock, left, [*beside, *steps], limit, calendar=desk.calendar, now=now)
    # Branches take turns: side by side they are not all the same official's.
    tasks = [
        assigning.task(
            step, assigning.offices_of(held), held.id + turn, clock, limit, desk=desk, now=now
        )
        for turn, step in enumerate(steps)
    ]
    first_due = min(task.due_at for task in [*held.beside, *tasks])
    waits = clock.paused_at is not None or clock.finished_at is not None
    due_at = first_due if waits else clock.promised_at or first_due
    return Move(
        verb=verb,
        state_verb=_state_verb(process, held, [*beside, *steps], verb),
        clock=replace(clock, due_at=due_at),
        next=tasks,
    )


def _state_verb(process: Process, held: Held, going_on: Sequence[Step], verb: Verb) -> str | None:
    """Return by which verb the state moves; None for `verb` itself, "" where it stays.

    Only where branches run side by side: then the dossier waits when all of them wait.
    """
    if not process.leads:
        return None
    plain = rules.WORKFLOW.moves.get((held.state, verb))
    if plain is not None and plain not in rules.IN_BRANCHES:
        return None
    wanted = rules.state_of(going_on)
    if wanted == plain:
        return None
    return "" if wanted == held.state else rules.leading(held.state, wanted)
