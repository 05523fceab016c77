"""What carrying the running cases of a process over to its newest version would do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sauro.cases import catalogue, migrating
from sauro.cases import queries as cases
from sauro.cases.catalogue import Published
from sauro.cases.migrating import CaseMigration
from sauro.cases.rules import Process
from sauro.designer.rules import comparing

PAGE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """A running case: the version it is on, and what becomes of it."""

    version: int
    case: CaseMigration


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Cases that stand alike: same version and open steps; the same becomes of them.

    at, to: names of their open steps now and after. why_not: why they stay where they are, ""
    where they can be carried. added, dropped: steps still ahead of them in the new version and
    no longer, in its order.
    """

    version: int
    at: tuple[str, ...]
    to: tuple[str, ...]
    count: int
    why_not: str
    added: tuple[str, ...]
    dropped: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """A step that cases are at and the newest version has not. chosen: the one to go on in."""

    key: str
    name: str
    chosen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What carrying over would do, and nothing done yet. rows: one page of the cases."""

    newest: Published
    groups: Sequence[Group]
    gone: Sequence[Gone]
    choices: Sequence[tuple[str, str]]
    rows: Sequence[CaseRow]
    carried: int
    staying: int
    later: int
    sooner: int


def preview(code: str, steps: Mapping[str, str], *, page: int = 0, now: datetime) -> Preview:
    """Return what would become of each running case; a dry run, those that stay first.

    steps: step that is gone -> the one chosen for it. Two queries, and at most two for each
    older version that cases run on, however many there are.

    :raises NotFound: there is no such process
    """
    newest = catalogue.versions(code)[0]
    new = cases.process(newest.id)
    rows: list[CaseRow] = []
    groups: list[Group] = []
    gone: dict[str, str] = {}
    for version in migrating.running_versions(code, newest.id):
        old = cases.process(version)
        found = migrating.preview_migration(version, newest.id, steps=steps, now=now)
        rows += [CaseRow(version=old.version, case=case) for case in found]
        groups += _groups(old, new, found)
        at = {key for case in found for key in case.at}
        gone |= {step.key: step.name for step in old.steps if step.key in at - _keys(new)}
    rows.sort(key=lambda row: (not row.case.reason, row.case.case_id))
    carried = [row.case for row in rows if not row.case.reason]
    return Preview(
        newest=newest,
        groups=sorted(groups, key=lambda group: (bool(group.why_not), group.version, group.at)),
        gone=[Gone(key=key, name=gone[key], chosen=steps.get(key, "")) for key in sorted(gone)],
        choices=[(step.key, step.name) for step in new.steps],
        rows=rows[page * PAGE : (page + 1) * PAGE],
        carried=len(carried),
        staying=len(rows) - len(carried),
        later=sum(case.is_later for case in carried),
        sooner=sum(case.is_sooner for case in carried),
    )


def _keys(process: Process) -> frozenset[str]:
    return frozenset(step.key for step in process.steps)


def _groups(old: Process, new: Process, found: Sequence[CaseMigration]) -> list[Group]:
    alike: dict[tuple[tuple[str, ...], str], list[CaseMigration]] = {}
    for case in found:
        alike.setdefault((tuple(sorted(case.at)), case.reason), []).append(case)
    return [_group(old, new, group) for group in alike.values()]


def _group(old: Process, new: Process, group: Sequence[CaseMigration]) -> Group:
    first = group[0]
    ahead: Mapping[str, str] = {}
    later: Mapping[str, str] = {}
    if first.change:
        ahead = comparing.ahead(old, first.at)
        later = comparing.ahead(new, [landed.step.key for landed in first.change.tasks])
    return Group(
        version=old.version,
        at=tuple(task.step_before for task in first.tasks),
        to=tuple(task.step_after for task in first.tasks),
        count=len(group),
        why_not=first.reason,
        added=tuple(name for key, name in later.items() if key not in ahead),
        dropped=tuple(name for key, name in ahead.items() if key not in later),
    )
