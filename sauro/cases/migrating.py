"""Carrying running cases over to a new version of their process: looked at first, then done.

A case is carried when every step it is at exists in the new version, done by the same post at
the same office: its open task, its holder and its due date stay as they are, only what comes
after changes. All others stay on the version they began with.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from sauro.cases import queries, rules
from sauro.cases.models import Case
from sauro.cases.models import Process as ProcessRow
from sauro.cases.rules import Process, Step
from sauro.core.actor import Actor
from sauro.core.commands import command
from sauro.core.errors import Changed, NotFound
from sauro.core.statements import execute
from sauro.core.text import _
from sauro.events import services as events

_SHOWN = 50
_CHANGED = _(
    "Từ lúc xem trước, có hồ sơ đã sang bước khác hoặc có bản quy trình mới hơn. "
    "Chưa chuyển hồ sơ nào; xem lại rồi xác nhận."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """A running case on an older version. at: the steps it is at."""

    id: int
    code: str
    who: str
    process_id: int
    at: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Cases that stand alike: same version, same open steps, so the same difference.

    why_not: why they stay where they are, "" where they can be carried. added, dropped: steps
    still ahead of them in the new version and no longer, in its order.
    """

    version: int
    at: tuple[str, ...]
    cases: tuple[CaseRow, ...]
    why_not: str
    added: tuple[str, ...]
    dropped: tuple[str, ...]

    @property
    def shown(self) -> tuple[CaseRow, ...]:
        """Return the first of the cases, as many as a page shows."""
        return self.cases[:_SHOWN]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What carrying over would do, and nothing done yet."""

    process_id: int
    version: int
    groups: tuple[Group, ...]

    @property
    def carried(self) -> int:
        """Return how many cases would be carried."""
        return sum(len(group.cases) for group in self.groups if not group.why_not)

    @property
    def staying(self) -> int:
        """Return how many cases would stay where they are."""
        return sum(len(group.cases) for group in self.groups if group.why_not)


_RUNNING = """
SELECT c.id, c.code, p.name, c.process_id, array_agg(t.step ORDER BY t.step)
FROM cases_case c
JOIN cases_process r ON r.id = c.process_id
JOIN people_person p ON p.id = c.owed_to_id
JOIN cases_task t ON t.case_id = c.id AND t.done_at IS NULL
WHERE r.code = %(code)s AND c.process_id <> %(to)s AND c.ended_at IS NULL
GROUP BY c.id, p.name ORDER BY c.id
"""
_RECORD = events.RECORD.format(
    verb="'case.carried_over'",
    subject="cases.case",
    subject_id="id",
    data="jsonb_build_object('verb', %(verb)s::text, 'from', state, 'to', state, 'step', step,"
    " 'process', %(to)s::bigint, 'process_before', %(from)s::bigint, 'note', %(note)s::text)",
)
_CARRY = f"""
WITH carried AS (
    UPDATE cases_case SET process_id = %(to)s, version = version + 1
    WHERE id = ANY(%(cases)s) AND process_id = %(from)s AND ended_at IS NULL
    RETURNING id, state, step
), logged AS ({_RECORD} FROM carried)
SELECT id FROM carried
"""  # noqa: S608 - only constants of this module are put in


@command
def carry_over(code: str, process_id: int, *, expected: int, by: Actor, now: datetime) -> int:
    """Carry every running case that can be to the newest version; return how many were.

    process_id, expected: what the preview showed: the version, and the number of cases.

    :raises NotFound: there is no such process
    :raises Changed: the preview no longer holds
    """
    running = Case.objects.filter(process__code=code, ended_at=None)
    locked = running.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True)
    list(locked)  # so that no case moves between the look and the change
    seen = preview(code)
    if seen.process_id != process_id or seen.carried != expected:
        raise Changed(_CHANGED)
    carried = 0
    for group in seen.groups:
        if group.why_not:
            continue
        given = {
            **events.recorded_by(by, now),
            "to": process_id,
            "from": group.cases[0].process_id,
            "cases": [case.id for case in group.cases],
            "verb": rules.MIGRATE,
            "note": f"Chuyển từ bản {group.version} sang bản {seen.version} của quy trình",
        }
        carried += len(execute(_CARRY, given))
    return carried


def preview(code: str) -> Preview:
    """Return what carrying over would do to each running case. Two queries, and one a version.

    :raises NotFound: there is no such process
    """
    newest = ProcessRow.objects.filter(code=code).order_by("-version").first()
    if newest is None:
        raise NotFound(_("Không có quy trình này. Mở lại danh sách quy trình rồi chọn."))
    new = queries.process(newest.pk)
    alike: dict[tuple[int, tuple[str, ...]], list[CaseRow]] = {}
    for row in _running(code, newest.pk):
        alike.setdefault((row.process_id, row.at), []).append(row)
    groups = [_group(queries.process(pk), new, at, rows) for (pk, at), rows in alike.items()]
    groups.sort(key=lambda group: (bool(group.why_not), group.version, group.at))
    return Preview(process_id=newest.pk, version=newest.version, groups=tuple(groups))


def _running(code: str, to: int) -> list[CaseRow]:
    with connection.cursor() as cursor:
        cursor.execute(_RUNNING, {"code": code, "to": to})
        return [
            CaseRow(id=pk, code=case, who=who, process_id=process, at=tuple(at))
            for pk, case, who, process, at in cursor.fetchall()
        ]


def _group(old: Process, new: Process, at: tuple[str, ...], rows: Sequence[CaseRow]) -> Group:
    ahead, later = _ahead(old, at), _ahead(new, at)
    names = {**_names(old), **_names(new)}
    return Group(
        version=old.version,
        at=tuple(names.get(key, key) for key in at),
        cases=tuple(rows),
        why_not=next((why for key in at if (why := _why_not(old, new, key))), ""),
        added=tuple(names[key] for key in later if key not in ahead),
        dropped=tuple(names[key] for key in ahead if key not in later),
    )


def _names(process: Process) -> dict[str, str]:
    return {step.key: step.name for step in process.steps}


def _why_not(old: Process, new: Process, key: str) -> str:
    was, now = _steps(old)[key], _steps(new).get(key)
    if now is None:
        return f"Bản mới không còn bước “{was.name}” mà hồ sơ đang ở."
    if (was.post, was.at, was.party) != (now.post, now.at, now.party):
        return f"Ở bản mới, bước “{was.name}” do vị trí hoặc nơi khác làm."
    return ""


def _steps(process: Process) -> Mapping[str, Step]:
    return {step.key: step for step in process.steps}


def _ahead(process: Process, at: Sequence[str]) -> list[str]:
    """Return the steps that can still come after these, in the order of the process."""
    steps = _steps(process)
    reached: set[str] = set()
    todo = [key for key in at if key in steps]
    while todo:
        for move in steps[todo.pop()].moves.values():
            for key in move:
                if key and key not in reached:
                    reached.add(key)
                    todo.append(key)
    return [step.key for step in process.steps if step.key in reached]
