"""Putting running dossiers under a new version of their process: migrate_cases."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sauro.cases import services as case_services
from sauro.core.actor import Actor
from sauro.core.commands import command
from sauro.core.statements import execute
from sauro.onestop.migrating import CaseMigration, preview_migration

_LOCK = """
SELECT id FROM cases_case WHERE process_id = %(process)s AND ended_at IS NULL
ORDER BY id FOR UPDATE
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrated:
    """What a migration did: the codes that went over, and what stayed, each with its reason."""

    moved: tuple[str, ...]
    stayed: tuple[CaseMigration, ...]


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
    """Put the running dossiers of one version under another, all that can, in one operation.

    Each has its own event; promises, officials and states stay as they are. What cannot go
    over stays under its version. To undo it, migrate back. only: the ids of those to take.

    :raises NotNow: the two are not versions of one process
    """
    execute(_LOCK, {"process": from_id})
    found = preview_migration(from_id, to_id, steps=steps, now=now)
    wanted = [case for case in found if only is None or case.case_id in only]
    for case in wanted:
        if case.change is not None:
            case_services.migrate(case.change, by=by, now=now)
    return Migrated(
        moved=tuple(case.code for case in wanted if case.change is not None),
        stayed=tuple(case for case in wanted if case.change is None),
    )
