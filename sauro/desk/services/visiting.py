"""At the place itself: record_visit, with the signed minutes where there are any."""

from datetime import date, datetime

from sauro.cases.rules import Visit
from sauro.core.actor import Actor
from sauro.core.commands import command
from sauro.documents import services as documents
from sauro.documents.uploads import Source
from sauro.onestop.services import handling


@command
def record_visit(
    case_id: int,
    on: date,
    minutes: str,
    signed: tuple[Source, str] | None,
    *,
    task_id: int | None = None,
    seen: int | None = None,
    by: Actor,
    now: datetime,
) -> None:
    """Finish a visit to the place; `signed`: the minutes as a file, and its name.

    :raises Invalid: no minutes, or a day that cannot be
    """
    kept = None
    if signed is not None:
        content, name = signed
        kept = documents.store(content, name=name, by=by, now=now).id
    visit = Visit(on, minutes, kept)
    handling.record_visit(case_id, visit, task_id=task_id, seen=seen, by=by, now=now)
