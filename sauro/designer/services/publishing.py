"""Putting a draft into force: publish, and carry_over for the cases that run already."""

from collections.abc import Mapping
from datetime import date, datetime

from sauro.cases import catalogue, migrating
from sauro.cases import services as cases
from sauro.cases.models import Process
from sauro.core.actor import Actor
from sauro.core.clock import local_day
from sauro.core.commands import command
from sauro.core.errors import Changed, Invalid, NotNow
from sauro.core.text import _
from sauro.designer import queries
from sauro.designer.rules import checks, rights
from sauro.designer.services import holding
from sauro.events import services as events
from sauro.offices import queries as offices

_NEWER = _(
    "Trong lúc soạn, bản {version} của quy trình này đã được ban hành. Chưa ban hành gì; "
    "xem bản ấy đổi gì rồi quyết định."
)
_MOVED_ON = _(
    "Từ lúc xem trước, có hồ sơ đã sang bước khác hoặc có bản quy trình mới hơn. "
    "Chưa chuyển hồ sơ nào; xem lại rồi xác nhận."
)
_PAST = _("Ngày bắt đầu từ hôm nay trở đi.")
_BROKEN = _("Còn {count} chỗ cần sửa trước khi ban hành. Mỗi chỗ được ghi cạnh bước của nó.")


@command
def publish(draft_id: int, since: date, *, over: int, seen: int, by: Actor, now: datetime) -> int:
    """Publish a draft from a day on and return the id of the new version.

    over: the newest version that the page showed, 0 for none.

    :raises NotPermitted: not a leader of the province
    :raises Changed: the draft was saved, or another version published, since the page was opened
    :raises Invalid: the day is past
    :raises NotNow: something is still to be mended
    """
    today = local_day(now)
    rights.check_publishes(by, offices.roster(today).office(by.office_id or 0))
    draft = holding.held(draft_id, seen=seen, by=by, now=now)
    newest = catalogue.versions(draft.code)[0].version if catalogue.exists(draft.code) else 0
    if newest != over:
        raise Changed(_NEWER, version=newest)
    if since < today:
        raise Invalid(_PAST, field="since")
    found = checks.problems(draft.definition, queries.workflow_of(draft.definition))
    if found:
        raise NotNow(_BROKEN, count=len(found))
    process_id = cases.publish_process(
        draft.code, draft.name, draft.definition, since=since, by=by, now=now
    )
    draft.ended_at = now
    draft.published_version = catalogue.versions(draft.code)[0].version
    draft.save()
    events.record("process_draft.published", draft, by=by, at=now, version=draft.published_version)
    return process_id


@command
def carry_over(
    code: str,
    process_id: int,
    steps: Mapping[str, str] | None = None,
    *,
    expected: int,
    by: Actor,
    now: datetime,
) -> int:
    """Carry the running cases of a process to its newest version and return how many were.

    process_id, expected: the version and the number of cases that the preview showed. steps:
    step that is gone -> the one chosen for it.

    :raises NotPermitted: not a leader of the province
    :raises NotFound: there is no such process
    :raises Changed: the preview no longer holds; nothing was carried
    """
    office = offices.roster(local_day(now)).office(by.office_id or 0)
    rights.check_publishes(by, office)
    if catalogue.versions(code)[0].id != process_id:
        raise Changed(_MOVED_ON)
    carried = 0
    for version in migrating.running_versions(code, process_id):
        done = cases.migrate_cases(version, process_id, steps=steps, by=by, now=now)
        carried += len(done.moved)
    if carried != expected:
        raise Changed(_MOVED_ON)
    to = Process(pk=process_id)
    events.record("process.cases_carried_over", to, by=by, at=now, code=code, cases=carried)
    return carried
