"""Papers scanned at the counter (số hóa): split - one scan, a file for each component."""

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO

from sauro.cases import queries as cases
from sauro.core.actor import Actor
from sauro.core.commands import command
from sauro.core.errors import Invalid, NotPermitted
from sauro.core.text import _
from sauro.documents import leaves
from sauro.documents import queries as files
from sauro.documents import services as documents
from sauro.events import services as events
from sauro.onestop.models import Attachment

_FILES_AT_MOST = 60
_LONGEST_NAME = 120


@command
def split(
    case_id: int,
    scan_id: int,
    pages: Mapping[str, str],
    names: Mapping[str, str],
    *,
    by: Actor,
    now: datetime,
) -> int:
    """Keep the pages of a scan as files of a dossier; return how many files that made.

    pages: what was typed for each component, such as "1-3, 5"; none: the component is left out.
    names: what each component is called. Whoever calls settled that the scan is this official's.
    Split in the same way again it changes nothing.

    :raises NotPermitted: neither the centre that took the dossier in nor who handles it
    :raises Invalid: no pages, pages that are not there, or one page in two papers
    """
    held = cases.lock(case_id)
    if by.office_id is None or by.office_id not in {held.door_id, held.unit_id}:
        raise NotPermitted(_("Chỉ nơi tiếp nhận hoặc thụ lý mới số hóa giấy tờ của hồ sơ này."))
    scan, _kind = files.open_file(scan_id)
    whole = leaves.count(scan)
    wanted = {key: leaves.read_pages(typed, whole) for key, typed in pages.items() if typed.strip()}
    _check(wanted, already=Attachment.objects.filter(dossier_id=case_id).count())
    for key, numbers in wanted.items():
        name = f"{names[key][:_LONGEST_NAME]}.pdf"
        content = BytesIO(leaves.cut(scan, numbers))
        stored = documents.store(content, name=name, by=by, now=now)
        attachment, is_new = Attachment.objects.get_or_create(
            dossier_id=case_id,
            component=key,
            file_id=stored.id,
            defaults={"name": stored.name, "added_at": now, "added_by": by.label},
        )
        if is_new:
            events.record(
                "dossier.file_added", attachment, by=by, at=now, case=case_id, component=key
            )
    return len(wanted)


def _check(wanted: Mapping[str, tuple[int, ...]], *, already: int) -> None:
    if not wanted:
        raise Invalid(_("Ghi trang của ít nhất một giấy tờ, như “1-3, 5”."), field="pages")
    if already + len(wanted) > _FILES_AT_MOST:
        raise Invalid(_("Hồ sơ được giữ tới {limit} tệp."), limit=_FILES_AT_MOST)
    numbers = [number for pages in wanted.values() for number in pages]
    twice = sorted({number for number in numbers if numbers.count(number) > 1})
    if twice:
        raise Invalid(
            _("Trang {number} được ghi cho hai giấy tờ. Mỗi trang thuộc một giấy tờ."),
            field="pages",
            number=twice[0],
        )
