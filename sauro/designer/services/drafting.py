"""What is done to a draft.

start, begin, save_step, add_step, move_step, remove_step, save_about, discard.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sauro.cases import catalogue
from sauro.core.actor import Actor
from sauro.core.commands import command
from sauro.core.errors import Invalid, NotNow
from sauro.core.text import _, fold, tidy
from sauro.designer.models import ProcessDraft
from sauro.designer.rules import editing, shape
from sauro.designer.services import holding
from sauro.events import services as events
from sauro.onestop.rules import DOSSIER

_CODE = re.compile(r"[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*")
_CODE_AT_MOST, _NAME_AT_MOST = 64, 300
_STEM = 40
_OPEN_ALREADY = _("Quy trình này đang có một bản nháp. Mở bản nháp ấy rồi sửa tiếp, hoặc bỏ nó đi.")


@command
def start(code: str, *, by: Actor, now: datetime) -> int:
    """Begin a draft from the newest version and return its id; an open one is taken up again.

    :raises NotFound: nothing was published under that code
    :raises NotPermitted: this official may not draw processes
    """
    holding.check_draws(by, now)
    open_draft = ProcessDraft.objects.filter(code=code, ended_at__isnull=True).first()
    if open_draft:
        return open_draft.pk
    base = catalogue.versions(code)[0]
    return _begun(code, base.name, base.definition, base.version, (), by=by, now=now)


@command
def begin(
    name: str,
    definition: Mapping[str, Any] | None = None,
    *,
    code: str = "",
    notes: Sequence[str] = (),
    by: Actor,
    now: datetime,
) -> int:
    """Begin a draft of a new process, or of one carried in from a document; return its id.

    definition: None begins with the shortest process there is. code: "" takes one from the
    name. notes: what the clerk should look at, from the import.

    :raises Invalid: there is no name, or the code is none
    :raises NotNow: the process has an open draft
    """
    holding.check_draws(by, now)
    name = tidy(name)[:_NAME_AT_MOST]
    if not name:
        raise Invalid(_("Đặt tên cho quy trình, ví dụ: Cấp giấy phép xây dựng."), field="name")
    code = code or _free_code(name)
    if len(code) > _CODE_AT_MOST or not _CODE.fullmatch(code):
        raise Invalid(
            _("Mã quy trình gồm chữ thường, số và dấu chấm, ví dụ dossier.dat-dai."), "code"
        )
    if ProcessDraft.objects.filter(code=code, ended_at__isnull=True).exists():
        raise NotNow(_OPEN_ALREADY)
    base = catalogue.versions(code)[0].version if catalogue.exists(code) else 0
    drawn = editing.blank() if definition is None else definition
    shape.check(drawn)
    return _begun(code, name, drawn, base, notes, by=by, now=now)


def _free_code(name: str) -> str:
    stem = f"{DOSSIER.code}.{fold(name).replace(' ', '-')[:_STEM].strip('-') or 'moi'}"
    taken = set(
        ProcessDraft.objects.filter(code__startswith=stem, ended_at=None).values_list(
            "code", flat=True
        )
    )
    code, number = stem, 1
    while code in taken or catalogue.exists(code):
        number += 1
        code = f"{stem}-{number}"
    return code


def _begun(
    code: str,
    name: str,
    definition: Mapping[str, Any],
    base: int,
    notes: Sequence[str],
    *,
    by: Actor,
    now: datetime,
) -> int:
    drawn = {
        part: value for part, value in definition.items() if part not in {"name", "code", "since"}
    }
    draft = ProcessDraft.objects.create(
        code=code,
        name=name,
        definition=drawn,
        base_version=base,
        owner_id=by.official_id or 0,
        saved_by_id=by.official_id or 0,
        notes=list(notes),
        started_at=now,
        saved_at=now,
    )
    events.record("process_draft.begun", draft, by=by, at=now, code=code, base=base)
    return draft.pk


@command
def save_step(
    draft_id: int, key: str, step: Mapping[str, Any], *, seen: int, by: Actor, now: datetime
) -> int:
    """Save one step as it was filled in and return the new revision.

    :raises Changed: the draft was saved elsewhere since the page was opened
    :raises NotFound: the draft or the step is gone
    """
    draft = holding.held(draft_id, seen=seen, by=by, now=now)
    definition = editing.replaced(draft.definition, key, {**step, "key": key})
    revision = holding.save(draft, definition, by=by, now=now)
    events.record("process_draft.step_saved", draft, by=by, at=now, step=key, revision=revision)
    return revision


@command
def add_step(
    draft_id: int,
    after: str,
    name: str,
    *,
    beside: bool = False,
    seen: int,
    by: Actor,
    now: datetime,
) -> str:
    """Put a new step behind another, or beside it as a branch; return its key.

    :raises Changed: the draft was saved elsewhere since the page was opened
    :raises Invalid: it has no name, or no branch can begin there
    """
    draft = holding.held(draft_id, seen=seen, by=by, now=now)
    definition, key = editing.added(draft.definition, after, name, beside=beside)
    holding.save(draft, definition, by=by, now=now)
    events.record("process_draft.step_added", draft, by=by, at=now, step=key, after=after)
    return key


@command
def move_step(draft_id: int, key: str, places: int, *, seen: int, by: Actor, now: datetime) -> int:
    """Move a step up (-1) or down (+1) in the list and return the new revision.

    :raises Changed: the draft was saved elsewhere since the page was opened
    """
    draft = holding.held(draft_id, seen=seen, by=by, now=now)
    revision = holding.save(draft, editing.moved(draft.definition, key, places), by=by, now=now)
    events.record("process_draft.step_moved", draft, by=by, at=now, step=key, places=places)
    return revision


@command
def remove_step(draft_id: int, key: str, *, seen: int, by: Actor, now: datetime) -> int:
    """Take a step out; what led to it leads to where it led. Return the new revision.

    :raises Changed: the draft was saved elsewhere since the page was opened
    :raises Invalid: it is the only step
    """
    draft = holding.held(draft_id, seen=seen, by=by, now=now)
    revision = holding.save(draft, editing.removed(draft.definition, key), by=by, now=now)
    events.record("process_draft.step_removed", draft, by=by, at=now, step=key)
    return revision


@command
def save_about(
    draft_id: int, name: str, about: Mapping[str, Any], *, seen: int, by: Actor, now: datetime
) -> int:
    """Save what is said of the whole: name, basis, procedures, limit. Return the new revision.

    :raises Changed: the draft was saved elsewhere since the page was opened
    :raises Invalid: it has no name
    """
    draft = holding.held(draft_id, seen=seen, by=by, now=now)
    draft.name = tidy(name)[:_NAME_AT_MOST]
    if not draft.name:
        raise Invalid(_("Đặt tên cho quy trình."), field="name")
    definition = editing.with_about(draft.definition, about)
    revision = holding.save(draft, definition, by=by, now=now)
    events.record("process_draft.about_saved", draft, by=by, at=now, revision=revision)
    return revision


@command
def discard(draft_id: int, *, seen: int, by: Actor, now: datetime) -> None:
    """Throw a draft away; what is published stays as it is.

    :raises Changed: the draft was saved elsewhere since the page was opened
    """
    draft = holding.held(draft_id, seen=seen, by=by, now=now)
    draft.ended_at = now
    draft.save()
    events.record("process_draft.discarded", draft, by=by, at=now, code=draft.code)
