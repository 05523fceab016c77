"""Reading drafts, and putting published processes and drafts together for the pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sauro.cases import catalogue, kinds
from sauro.cases.catalogue import Published
from sauro.core.actor import Actor
from sauro.core.errors import NotFound
from sauro.core.text import _
from sauro.core.workflow import Workflow
from sauro.designer.models import ProcessDraft
from sauro.designer.rules import rights
from sauro.offices.roster import Roster
from sauro.onestop.rules import DOSSIER

NO_SUCH_DRAFT = _("Bản nháp này đã ban hành, đã bỏ, hoặc chưa từng có. Mở lại danh sách quy trình.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRow:
    """A draft as it stands. owner, saved_by: who began it and who saved it last, by name."""

    id: int
    code: str
    name: str
    definition: Mapping[str, Any]
    base_version: int
    revision: int
    notes: tuple[str, ...]
    owner: str
    saved_by: str
    saved_at: datetime

    @property
    def whole(self) -> dict[str, Any]:
        """Return the definition with the name in it, to be compared."""
        return {**self.definition, "name": self.name}


def drafts() -> list[DraftRow]:
    """Return the open drafts, the one saved last first. One query."""
    found = ProcessDraft.objects.filter(ended_at__isnull=True).order_by("-saved_at", "-pk")
    return [_row(draft) for draft in found.select_related("owner__person", "saved_by__person")]


def draft(draft_id: int) -> DraftRow:
    """Return an open draft. One query.

    :raises NotFound: it was published or thrown away, or never was
    """
    found = ProcessDraft.objects.filter(pk=draft_id, ended_at__isnull=True)
    row = found.select_related("owner__person", "saved_by__person").first()
    if row is None:
        raise NotFound(NO_SUCH_DRAFT)
    return _row(row)


def newest(code: str) -> Published | None:
    """Return the newest version of a process, None where it was never published. One query."""
    return next((row for row in catalogue.newest() if row.code == code), None)


def workflow_of(definition: Mapping[str, Any]) -> Workflow | None:
    """Return the states of the cases that a process is for; None where they are not known."""
    kind = kinds.find(str(definition.get("kind", DOSSIER.code)))
    return kind.workflow if kind else None


@dataclass(frozen=True, slots=True)
class Rights:
    """What the person who looks may do."""

    draws: bool
    publishes: bool


def rights_of(actor: Actor, roster: Roster) -> Rights:
    """Return what an official may do here. No query."""
    office = roster.office(actor.office_id or 0)
    return Rights(rights.may_draw(actor, office), rights.may_publish(actor, office))


def _row(row: ProcessDraft) -> DraftRow:
    return DraftRow(
        id=row.pk,
        code=row.code,
        name=row.name,
        definition=row.definition,
        base_version=row.base_version,
        revision=row.revision,
        notes=tuple(row.notes),
        owner=row.owner.person.name,
        saved_by=row.saved_by.person.name,
        saved_at=row.saved_at,
    )
