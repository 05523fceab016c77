"""Silence is consent (im lặng là đồng ý): consent_by_silence for one opinion that is overdue."""

from datetime import datetime

from sauro.cases import queries as cases
from sauro.cases.rules import Kind
from sauro.core.actor import Actor
from sauro.core.clock import local
from sauro.core.commands import command
from sauro.core.text import _
from sauro.onestop.rules import Verb
from sauro.onestop.services.moving import move_on


@command
def consent_by_silence(case_id: int, task_id: int, *, by: Actor, now: datetime) -> bool:
    """Take the answer that a process gives for an opinion not given by its due; return whether.

    Nothing happens where it was given meanwhile, is not due, or its process waits for words.
    """
    held = cases.lock(case_id)
    task = next((task for task in held.tasks if task.id == task_id), None)
    if task is None or task.kind is not Kind.OPINION or task.due_at > now:
        return False
    step = cases.process(held.process_id).step(task.step)
    if not step.silence:
        return False
    note = _("Quá hạn {due} không có ý kiến: coi như đồng ý{basis}.").format(
        due=f"{local(task.due_at):%H:%M %d/%m/%Y}", basis=f" ({step.basis})" if step.basis else ""
    )
    move_on(held.on(task_id), Verb(step.silence), held.clock, by=by, now=now, note=note)
    return True
