"""Publishing versions of processes: publish_process."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sauro.cases import kinds, queries, rules
from sauro.cases.models import Process
from sauro.core.actor import Actor
from sauro.core.commands import command
from sauro.core.errors import Invalid
from sauro.events import services as events
from sauro.offices import keeping

_KIND = "dossier"  # what a process is for where it does not say


@command
def publish_process(
    code: str,
    name: str,
    definition: Mapping[str, Any],
    *,
    since: date,
    by: Actor,
    now: datetime,
) -> int:
    """Publish the next version of a process and return its id; the same content changes nothing.

    :raises Invalid: something speaks against it; `field` is the key of the step at fault,
        and `rules.problems` says all of it
    """
    latest = Process.objects.filter(code=code).order_by("-version").first()
    if latest and latest.definition == definition and latest.name == name:
        return latest.pk
    version = latest.version + 1 if latest else 1
    kind = kinds.find(definition.get("kind", _KIND))
    for problem in rules.problems(definition, workflow=kind.workflow if kind else None):
        raise Invalid("{sentence}", problem.step, sentence=problem.sentence)
    process = Process.objects.create(
        code=code, version=version, name=name, definition=definition, since=since
    )
    keeping.changed(queries.PROCESSES)
    events.record("process.published", process, by=by, at=now, code=code, version=version)
    return process.pk
