"""A dossier as its own applicant may handle it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sauro.cases.queries import NO_SUCH_CASE
from sauro.core.actor import Actor
from sauro.core.errors import NotFound
from sauro.onestop import queries as onestop
from sauro.onestop.queries import DossierPage, FileRow


def own(actor: Actor, code: str) -> DossierPage:
    """Return a dossier of the actor's own; an official's rights to see it do not count here.

    :raises NotFound: no such dossier, or not this person's
    """
    dossier = onestop.dossier_for(actor, code)
    if actor.person_id is None or dossier.owed_to_id != actor.person_id:
        raise NotFound(NO_SUCH_CASE)
    return dossier


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedItem:
    """One thing that was asked for, and what was sent for it."""

    number: int
    item: str
    files: Sequence[FileRow]


def asked(dossier: DossierPage) -> list[AskedItem]:
    """Return what the last request asks for, in its order. No query."""
    request = dossier.supplement
    if request is None:
        return []
    return [
        AskedItem(
            number=number,
            item=item,
            files=[
                f for f in dossier.files if f.component == component_of(request.asked_at, number)
            ],
        )
        for number, item in enumerate(request.items, start=1)
    ]


def component_of(asked_at: datetime, number: int) -> str:
    """Return the component under which the files for an asked item are kept."""
    return f"bo-sung.{int(asked_at.timestamp())}.{number}"
