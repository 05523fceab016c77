"""Reading forms: the one in force, any version of one, and answers in words."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import Q

from sauro.forms.models import FormDraft, FormVersion
from sauro.forms.rules import Form, checking, parse
from sauro.forms.rules.generating import generate
from sauro.procedures.rules import ProcedureRecord


def in_force(version_id: int, *, on: date) -> int | None:
    """Return the form in force on a day for the procedure of a version, if any. One query."""
    rows = FormVersion.objects.filter(
        Q(until__isnull=True) | Q(until__gt=on),
        procedure__procedureversion=version_id,
        since__lte=on,
    )
    return rows.order_by("-number").values_list("pk", flat=True).first()


def form(form_id: int | None, record: ProcedureRecord) -> Form:
    """Return a version of a form, or for None the one made from what is published.

    One query, none when it is known: a version never changes.
    """
    if form_id is not None:
        return _kept(form_id)
    return generate(record.name, tuple(record.subjects))


@lru_cache(maxsize=500)
def _kept(form_id: int) -> Form:
    row = FormVersion.objects.get(pk=form_id)
    return parse(row.schema, row.ui)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRow:
    """A form in force, in a list."""

    id: int
    code: str
    procedure: str
    number: int
    since: date
    is_checked: bool


def forms() -> list[FormRow]:
    """Return the forms in force or to come, by the code of their procedure. One query."""
    rows = FormVersion.objects.filter(until__isnull=True).order_by("procedure__code")
    found = rows.values_list(
        "pk", "procedure__code", "procedure__name", "number", "since", "ui__checked"
    )
    return [
        FormRow(id=pk, code=code, procedure=name, number=number, since=since, is_checked=bool(ok))
        for pk, code, name, number, since, ok in found
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPage:
    """A form being edited, with what is wrong with it. faults, warnings: by question."""

    id: int
    code: str
    procedure: str
    schema: dict[str, Any]
    ui: dict[str, Any]
    form: Form
    revision: int
    saved_by: str
    saved_at: datetime
    faults: dict[str, str]
    warnings: dict[str, str]


def draft(code: str) -> DraftPage | None:
    """Return the draft of a procedure's form that is being edited, None if none is. One query."""
    row = (
        FormDraft.objects.select_related("procedure")
        .filter(procedure__code=code, ended_at__isnull=True)
        .first()
    )
    if row is None:
        return None
    shown = parse(row.schema, row.ui)
    return DraftPage(
        id=row.pk,
        code=code,
        procedure=row.procedure.name,
        schema=row.schema,
        ui=row.ui,
        form=shown,
        revision=row.revision,
        saved_by=row.saved_by,
        saved_at=row.saved_at,
        faults={fault.key: fault.sentence for fault in checking.faults(shown)},
        warnings={fault.key: fault.sentence for fault in checking.warnings(shown)},
    )
