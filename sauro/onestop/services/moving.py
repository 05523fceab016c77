"""The one way a dossier goes to its next step. Private to the services of this module."""

from dataclasses import replace
from datetime import datetime

from sauro.cases import queries as cases
from sauro.cases import services as case_services
from sauro.cases.rules import Clock, Held, Move
from sauro.core.actor import Actor
from sauro.core.clock import local_day
from sauro.core.errors import NotNow
from sauro.core.text import _
from sauro.onestop import assigning, queries, routing
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
) -> None:
    """Take a locked dossier by `verb` to the step that its process says comes next.

    :raises NotNow: the process or the workflow does not offer that verb here
    """
    if held.task is None:
        raise NotNow(_("Hồ sơ đã kết thúc, không còn việc phải làm."))
    process = cases.process(held.process_id)
    steps = process.after(held.task.step, verb)
    step = steps[0] if steps else None
    if step is None:
        change = Move(verb=verb, clock=clock, note=note, outcome=outcome)
    else:
        task = assigning.task(
            step,
            assigning.offices_of(held),
            held.id,
            clock,
            queries.limit_of(held.id),
            desk=routing.desk(local_day(now)),
            now=now,
        )
        waits = clock.paused_at is not None or clock.finished_at is not None
        due_at = task.due_at if waits else clock.promised_at or task.due_at
        clock = replace(clock, due_at=due_at)
        change = Move(verb=verb, clock=clock, next=task, note=note, outcome=outcome)
    case_services.move(held, change, by=by, now=now)
