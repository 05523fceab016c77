"""Running cases under another version of their process: migrate, one case at a time.

Which step becomes which, and why not, is `rules.landing`; the module whose cases they are
says when its steps are due then.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sauro.cases import rules
from sauro.cases.rules import Step
from sauro.cases.services.moving import CHANGED
from sauro.cases.writing import SUBJECT
from sauro.core.actor import Actor
from sauro.core.commands import command
from sauro.core.errors import Changed
from sauro.core.statements import execute
from sauro.events import services as events


@dataclass(frozen=True, slots=True)
class Landed:
    """An open task and the step it has in the other version, with when it is due then."""

    task_id: int
    step: Step
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """What becomes of one case. version: as it was read; tasks: all open ones, oldest first.

    due_at: what the case is due next, which is its promise wherever it has a running one.
    """

    case_id: int
    version: int
    process_before: int
    process_after: int
    tasks: Sequence[Landed]
    due_before: datetime
    due_at: datetime


_MIGRATE = f"""
WITH moved AS (
    UPDATE cases_case SET process_id = %(after)s, step = %(step)s, due_at = %(due)s,
        version = version + 1
    WHERE id = %(case)s AND version = %(version)s AND process_id = %(before)s
      AND ended_at IS NULL RETURNING id, state
), landed AS (
    UPDATE cases_task SET step = t.step, kind = t.kind, work = t.work, product = t.product,
        party = t.party, due_at = t.due
    FROM moved, jsonb_to_recordset(%(tasks)s::jsonb) AS t (id bigint, step text, kind text,
        work text, product text, party text, due timestamptz)
    WHERE cases_task.id = t.id AND cases_task.case_id = moved.id
), logged AS ({
    events.RECORD.format(
        verb="'case.moved'",
        subject=SUBJECT,
        subject_id="id",
        data="%(data)s::jsonb || jsonb_build_object('from', state, 'to', state)",
    )
} FROM moved)
SELECT id FROM moved
"""  # noqa: S608 - only constants of this module are put in


@command
def migrate(change: Migration, *, by: Actor, now: datetime) -> None:
    """Put a running case under another version of its process; promise and state stay.

    :raises Changed: the case is not what was read
    """
    rows = [_row(landed) for landed in change.tasks]
    moved = change.due_at != change.due_before
    data = {
        "verb": rules.MIGRATE,
        "step": change.tasks[0].step.key,
        "process": change.process_after,
        "process_before": change.process_before,
        "changed": {
            row["id"]: {key: row[key] for key in ("step", "kind", "party", "due")} for row in rows
        },
        **({"clock": {"due": change.due_at.isoformat()}} if moved else {}),
    }
    given = {
        **events.recorded_by(by, now),
        "case": change.case_id,
        "version": change.version,
        "before": change.process_before,
        "after": change.process_after,
        "step": change.tasks[0].step.key,
        "due": change.due_at,
        "tasks": json.dumps(rows),
        "data": json.dumps(data),
    }
    if not execute(_MIGRATE, given):
        raise Changed(CHANGED)


def _row(landed: Landed) -> dict[str, object]:
    step = landed.step
    return {
        "id": landed.task_id,
        "step": step.key,
        "kind": step.kind.value,
        "work": step.work,
        "product": step.product,
        "party": step.party.value,
        "due": landed.due_at.isoformat(),
    }
