"""Changing forms: publish; begin, change, put_in_force and throw_away a draft."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sauro.core.actor import Actor, ActorKind
from sauro.core.commands import command
from sauro.core.errors import Changed, Invalid, NotFound, NotPermitted
from sauro.core.text import _
from sauro.events import services as events
from sauro.forms.models import FormDraft, FormVersion
from sauro.forms.rules import checking, editing, parse
from sauro.forms.rules.editing import Halves
from sauro.procedures import queries as procedures

_NOT_PUBLISH = _("Mẫu khai do lãnh đạo ban hành. Bản nháp vẫn được giữ để lãnh đạo mở.")


@command
def publish(
    code: str,
    schema: Mapping[str, Any],
    ui: Mapping[str, Any],
    *,
    since: date,
    by: Actor,
    now: datetime,
) -> int:
    """Put a form into force from a day and return its id; the same form again changes nothing.

    Drafts that were begun with the version before keep it.

    :raises NotPermitted: neither a leader nor the system
    :raises Invalid: a question asks for what the state holds, waits for itself or is never asked
    :raises NotFound: no such procedure
    """
    _check(schema, ui, by)
    procedure_id = procedures.id_of(code)
    content = json.dumps([schema, ui], sort_keys=True, ensure_ascii=False)
    digest = sha256(content.encode()).hexdigest()
    current = FormVersion.objects.select_for_update().filter(
        procedure_id=procedure_id, until__isnull=True
    )
    before = current.first()
    if before is not None and before.digest == digest:
        return before.pk
    if before is not None:
        since = max(since, before.since)
        before.until = since
        before.save(update_fields=["until"])
    version = FormVersion.objects.create(
        procedure_id=procedure_id,
        number=before.number + 1 if before else 1,
        since=since,
        schema=schema,
        ui=ui,
        digest=digest,
        published_at=now,
        published_by=by.label,
    )
    events.record("form.published", version, by=by, at=now, code=code, number=version.number)
    return version.pk


def _check(schema: Mapping[str, Any], ui: Mapping[str, Any], by: Actor) -> None:
    if not (by.leads or by.kind is ActorKind.SYSTEM):
        raise NotPermitted(_NOT_PUBLISH)
    for fault in checking.faults(parse(schema, ui)):
        raise Invalid(fault.sentence, field=fault.key)


@command
def begin(code: str, *, by: Actor, now: datetime) -> int:
    """Begin to edit the form of a procedure and return the id of the draft; there is one at a time.

    It starts from the form in force, or from an empty one.

    :raises NotPermitted: only leaders and clerks of the province's forms edit them
    """
    _may_edit(by)
    procedure_id = procedures.id_of(code)
    known = FormDraft.objects.filter(procedure_id=procedure_id, ended_at__isnull=True).first()
    if known is not None:
        return known.pk
    current = FormVersion.objects.filter(procedure_id=procedure_id, until__isnull=True).first()
    name = procedures.by_codes((code,))[0].name
    schema, ui = (current.schema, current.ui) if current else editing.empty(name)
    draft = FormDraft.objects.create(
        procedure_id=procedure_id, schema=schema, ui=ui, saved_by=by.label, saved_at=now
    )
    events.record("form.draft_begun", draft, by=by, at=now, code=code)
    return draft.pk


@command
def change(draft_id: int, halves: Halves, *, seen: int, by: Actor, now: datetime) -> int:
    """Keep a changed draft and return its new revision.

    :raises Changed: somebody saved it since
    :raises Invalid: it is no form; the sentence says where
    """
    _may_edit(by)
    draft = FormDraft.objects.select_for_update().filter(pk=draft_id, ended_at=None).first()
    if draft is None:
        raise NotFound(_("Bản nháp này đã ban hành hoặc đã bỏ."))
    if draft.revision != seen:
        raise Changed(
            _("{who} vừa sửa bản nháp này. Mở lại để thấy rồi sửa tiếp."), who=draft.saved_by
        )
    parse(*halves)
    draft.schema, draft.ui = halves
    draft.revision, draft.saved_by, draft.saved_at = seen + 1, by.label, now
    draft.save()
    events.record("form.draft_saved", draft, by=by, at=now, revision=draft.revision)
    return draft.revision


@command
def put_in_force(draft_id: int, since: date, *, seen: int, by: Actor, now: datetime) -> int:
    """Publish a draft from a day on and return the version; the draft is done.

    :raises NotPermitted: not a leader
    :raises Changed: somebody saved it since it was looked at
    :raises Invalid: something in it must be mended first
    """
    draft = FormDraft.objects.select_for_update().filter(pk=draft_id, ended_at=None).first()
    if draft is None:
        raise NotFound(_("Bản nháp này đã ban hành hoặc đã bỏ."))
    if draft.revision != seen:
        raise Changed(_("{who} vừa sửa bản nháp này. Xem lại rồi ban hành."), who=draft.saved_by)
    code = procedures.code_of(draft.procedure_id)
    version = publish(code, draft.schema, draft.ui, since=since, by=by, now=now)
    draft.ended_at = now
    draft.save(update_fields=["ended_at"])
    events.record("form.draft_published", draft, by=by, at=now, version=version)
    return version


@command
def throw_away(draft_id: int, *, by: Actor, now: datetime) -> None:
    """End a draft without publishing it; the form in force stays."""
    _may_edit(by)
    draft = FormDraft.objects.select_for_update().filter(pk=draft_id, ended_at=None).first()
    if draft is None:
        raise NotFound(_("Bản nháp này đã ban hành hoặc đã bỏ."))
    draft.ended_at = now
    draft.save(update_fields=["ended_at"])
    events.record("form.draft_thrown_away", draft, by=by, at=now)


def _may_edit(by: Actor) -> None:
    if by.kind is not ActorKind.OFFICIAL:
        raise NotPermitted(_("Chỉ cán bộ sửa được mẫu khai."))
