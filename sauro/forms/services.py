"""Changing forms: publish."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sauro.core.actor import Actor, ActorKind
from sauro.core.commands import command
from sauro.core.errors import Invalid, NotPermitted
from sauro.core.text import _
from sauro.events import services as events
from sauro.forms.models import FormVersion
from sauro.forms.rules import checking, parse
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
