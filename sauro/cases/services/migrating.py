"""Running cases under another version of their process: migrate one, migrate_cases all that can."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sauro.cases import rules
from sauro.cases.migrating import CaseMigration, Landed, Migration, preview_migration
from sauro.cases.services.moving import CHANGED
from sauro.cases.writing import SUBJECT
from sauro.core.actor import Actor
from sauro.core.commands import command
from sauro.core.errors import Changed
from sauro.core.statements import execute
from sauro.events import services as events


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrated:
    """What a migration did: the codes that went over, and what stayed, each with its reason."""

    moved: tuple[str, ...]
    stayed: tuple[CaseMigration, ...]


_LOCK = """
SELECT id FROM cases_case WHERE process_id = %(process)s AND ended_at IS NULL
ORDER BY id FOR UPDATE
"""
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


@command
def migrate_cases(
    from_id: int,
    to_id: int,
    *,
    steps: Mapping[str, str] | None = None,
    only: Collection[int] | None = None,
    by: Actor,
    now: datetime,
) -> Migrated:
    """Put the running cases of one version under another, all that can, in one operation.

    Each has its own event; promises, officials and states stay as they are. What cannot go
    over stays under its version. To undo it, migrate back. only: the ids of those to take.

    :raises NotNow: the two are not versions of one process
    """
    execute(_LOCK, {"process": from_id})
    found = preview_migration(from_id, to_id, steps=steps, now=now)
    wanted = [case for case in found if only is None or case.case_id in only]
    for case in wanted:
        if case.change is not None:
            migrate(case.change, by=by, now=now)
    return Migrated(
        moved=tuple(case.code for case in wanted if case.change is not None),
        stayed=tuple(case for case in wanted if case.change is None),
    )
