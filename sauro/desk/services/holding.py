"""Putting an open step into another official's hands. Private to the services of this module."""

from datetime import datetime

from sauro.cases import queries as cases
from sauro.cases.rules import Assignment, Held, HeldTask
from sauro.core.clock import local_day
from sauro.offices import queries as offices
from sauro.offices.rules import OfficialRow


def given_to(official: OfficialRow, held: Held, task: HeldTask, now: datetime) -> Assignment:
    """Return the open step of a case in the hands of `official`; nothing else about it changes."""
    step = cases.process(held.process_id).step(task.step)
    return Assignment(
        official_id=official.id,
        work=step.work,
        office_id=official.office_id,
        head_id=offices.roster(local_day(now)).head(official.office_id).id,
        step=step.key,
        due_at=task.due_at,
        product=step.product,
        party=task.party,
    )
