"""Private to the services: a draft locked for a command, and saved as its next revision."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sauro.core.actor import Actor
from sauro.core.clock import local_day
from sauro.core.errors import Changed, NotFound
from sauro.core.text import _
from sauro.designer import queries
from sauro.designer.models import ProcessDraft
from sauro.designer.rules import rights
from sauro.offices import queries as offices

_CHANGED = _(
    "Trong lúc bạn sửa, bản nháp vừa được lưu ở nơi khác. Chưa ghi gì; "
    "bên dưới là bản đang lưu cạnh điều bạn vừa ghi."
)


def held(draft_id: int, *, seen: int | None, by: Actor, now: datetime) -> ProcessDraft:
    """Return an open draft, locked, for somebody who may change it.

    :raises NotPermitted: this official may not draw processes
    :raises NotFound: it was published or thrown away
    :raises Changed: it was saved since the page was opened
    """
    check_draws(by, now)
    found = ProcessDraft.objects.select_for_update(of=("self",))
    draft = found.filter(pk=draft_id, ended_at__isnull=True).first()
    if draft is None:
        raise NotFound(queries.NO_SUCH_DRAFT)
    if seen is not None and draft.revision != seen:
        raise Changed(_CHANGED)
    return draft


def save(draft: ProcessDraft, definition: Mapping[str, Any], *, by: Actor, now: datetime) -> int:
    """Save a locked draft as its next revision and return that."""
    draft.definition = dict(definition)
    draft.revision += 1
    draft.saved_by_id = by.official_id or 0
    draft.saved_at = now
    draft.save()
    return draft.revision


def check_draws(by: Actor, now: datetime) -> None:
    """Refuse who may not draw processes.

    :raises NotPermitted: neither a leader nor of the province's service centre
    """
    office = offices.roster(local_day(now)).office(by.office_id or 0)
    rights.check_draws(by, office)
