"""What can be done to the catalogue.

Verbs: load_catalogue, publish_version, withdraw.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max

from sauro.core.actor import Actor
from sauro.core.clock import local_day
from sauro.core.commands import command
from sauro.core.errors import Invalid, NotFound, NotNow
from sauro.core.statements import execute
from sauro.core.text import _
from sauro.events import services as events
from sauro.procedures import rules
from sauro.procedures.models import Edition, Procedure, ProcedureVersion
from sauro.procedures.queries import NO_SUCH_PROCEDURE
from sauro.procedures.rules import Finding, Status
from sauro.procedures.rules.catalogue import Catalogue, Content, Row, gather, row_of

_BATCH = 500
_KEPT = ("name", "folded", "words", "field", "promulgator", "implementers", "level", "levels",
         "status", "has_full", "gone_on", "flags")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did, in procedures, and what it mended or turned away."""

    added: int
    changed: int
    same: int
    repaired: tuple[Finding, ...]
    rejected: tuple[Finding, ...]


@command
def load_catalogue(
    records: Iterable[Mapping[str, Any]],
    titles: Iterable[Mapping[str, str]],
    *,
    by: Actor,
    now: datetime,
) -> Loaded:
    """Bring the catalogue to what the records and the list of names say.

    A record that changed becomes a new version; what is the same stays untouched, and what is
    not given is left alone, so loading twice changes nothing. A load that changes something is
    an edition, with its event. Set-wise: some thirty statements for seven thousand procedures.
    """
    execute("SELECT pg_advisory_xact_lock(hashtext('procedures.catalogue'))", {})
    catalogue = gather(records, titles, on=local_day(now))
    stored = {row.code: row for row in Procedure.objects.order_by("code")}
    new = [_procedure(row) for row in catalogue.rows.values() if row.code not in stored]
    changed = [
        kept
        for code, kept in stored.items()
        if code in catalogue.rows and _bring(kept, catalogue.rows[code])
    ]
    for procedure in Procedure.objects.bulk_create(new, batch_size=_BATCH):
        stored[procedure.code] = procedure
    Procedure.objects.bulk_update(changed, _KEPT, batch_size=_BATCH)
    renewed = _publish_all(catalogue, stored)
    touched = {procedure.code for procedure in changed} | renewed
    touched -= {procedure.code for procedure in new}
    if new or touched:
        _edition(now, by, added=len(new), changed=len(touched))
    same = len(catalogue.rows) - len(new) - len(touched)
    return Loaded(len(new), len(touched), same, catalogue.repaired, catalogue.rejected)


@command
def publish_version(
    code: str, record: Mapping[str, Any], *, since: date, by: Actor, now: datetime
) -> int:
    """Publish what is in force of a procedure from a day on; return the version's id.

    :raises NotFound: there is no such procedure
    :raises Invalid: the record cannot be read, is of another procedure, or begins before the
        version it replaces
    :raises NotNow: the record is the one already in force
    """
    procedure = _lock(code)
    row = row_of(record, rules.parse(record), on=since)
    if row.code != code:
        raise Invalid(
            _("Bản ghi này của thủ tục {other}, không phải {code}. Chọn đúng bản ghi."),
            field="code",
            other=row.code,
            code=code,
        )
    before = ProcedureVersion.objects.filter(procedure=procedure, until=None).first()
    if before is not None:
        _end(before, row, since)
    _bring(procedure, row)
    procedure.save(update_fields=_KEPT)
    version = _version(procedure, row, number=_last_number(procedure) + 1, since=since)
    version.save()
    _edition(now, by, changed=1)
    events.record(
        "procedure.version_published",
        procedure,
        by=by,
        at=now,
        version=version.pk,
        since=since.isoformat(),
        decision=version.decision,
    )
    return version.pk


@command
def withdraw(code: str, *, on: date, reason: str, by: Actor, now: datetime) -> int:
    """Take a procedure out of the catalogue from a day on; dossiers filed before keep it.

    Returns the procedure's id.

    :raises NotFound: there is no such procedure
    :raises NotNow: it is withdrawn already, or its version in force begins later
    """
    procedure = _lock(code)
    if procedure.status == Status.GONE:
        raise NotNow(_("Thủ tục {code} đã bãi bỏ. Không cần làm thêm."), code=code)
    current = ProcedureVersion.objects.filter(procedure=procedure, until=None).first()
    if current is not None:
        if on < current.since:
            raise NotNow(
                _("Nội dung đang áp dụng có từ {since}. Chọn ngày bãi bỏ từ ngày đó trở đi."),
                since=f"{current.since:%d/%m/%Y}",
            )
        current.until = on
        current.save(update_fields=["until"])
    procedure.status = Status.GONE
    procedure.gone_on = on
    procedure.save(update_fields=["status", "gone_on"])
    _edition(now, by, withdrawn=1)
    events.record(
        "procedure.withdrawn", procedure, by=by, at=now, gone_on=on.isoformat(), reason=reason
    )
    return procedure.pk


def _lock(code: str) -> Procedure:
    found = Procedure.objects.select_for_update().filter(code=code).first()
    if found is None:
        raise NotFound(NO_SUCH_PROCEDURE, code=code)
    return found


def _end(before: ProcedureVersion, row: Row, since: date) -> None:
    """Close the version in force on the day the next one begins."""
    if row.content is not None and before.digest == row.content.digest:
        raise NotNow(_("Nội dung này đang được áp dụng. Không cần công bố lại."))
    if since < before.since:
        raise Invalid(
            _("Nội dung đang áp dụng có từ {since}. Chọn ngày áp dụng từ ngày đó trở đi."),
            field="since",
            since=f"{before.since:%d/%m/%Y}",
        )
    before.until = since
    before.save(update_fields=["until"])


def _last_number(procedure: Procedure) -> int:
    versions = ProcedureVersion.objects.filter(procedure=procedure)
    return versions.aggregate(last=Max("number"))["last"] or 0


def _values(row: Row) -> dict[str, Any]:
    return {
        "name": row.name,
        "folded": row.folded,
        "words": row.words,
        "field": row.field,
        "promulgator": row.promulgator,
        "implementers": list(row.implementers),
        "level": row.level.value if row.level else "",
        "levels": [level.value for level in row.levels],
        "status": row.status.value,
        "has_full": row.content is not None,
        "gone_on": row.gone_on,
        "flags": list(row.flags),
    }


def _procedure(row: Row) -> Procedure:
    return Procedure(code=row.code, **_values(row))


def _bring(procedure: Procedure, row: Row) -> bool:
    """Give a procedure the values of a row; return whether any was another.

    A name alone does not take away the content that is here; it only tells that it is gone.
    """
    values = _values(row)
    if row.content is None and procedure.has_full:
        if row.status is not Status.GONE:
            return False
        values = {"status": values["status"], "gone_on": values["gone_on"]}
    differing = {name: value for name, value in values.items() if getattr(procedure, name) != value}
    for name, value in differing.items():
        setattr(procedure, name, value)
    return bool(differing)


def _publish_all(catalogue: Catalogue, stored: Mapping[str, Procedure]) -> set[str]:
    """Add a version for every record that is new or changed; return their codes."""
    current = {
        version.procedure_id: version
        for version in ProcedureVersion.objects.filter(until=None).defer("record")
    }
    new, ended = [], []
    for code, row in catalogue.rows.items():
        if row.content is None:
            continue
        before = current.get(stored[code].pk)
        if before is not None and before.digest == row.content.digest:
            continue
        since = row.content.snapshot_on
        number = 1
        if before is not None:
            since, number = max(since, before.since), before.number + 1
            before.until = since
            ended.append(before)
        new.append(_version(stored[code], row, number=number, since=since))
    ProcedureVersion.objects.bulk_update(ended, ["until"], batch_size=_BATCH)
    ProcedureVersion.objects.bulk_create(new, batch_size=_BATCH)
    return {version.procedure.code for version in new}


def _version(procedure: Procedure, row: Row, *, number: int, since: date) -> ProcedureVersion:
    content = row.content
    if not isinstance(content, Content):
        raise TypeError(f"{row.code} has no content to publish")
    return ProcedureVersion(
        procedure=procedure,
        number=number,
        since=since,
        record=dict(content.record),
        digest=content.digest,
        decision=content.decision[:300],
        source=content.source,
        source_url=content.source_url,
        snapshot_on=content.snapshot_on,
        flags=list(content.flags),
    )


def _edition(
    now: datetime, by: Actor, *, added: int = 0, changed: int = 0, withdrawn: int = 0
) -> None:
    """Note that the catalogue is another, so that every process searches the new one."""
    edition = Edition.objects.create(made_at=now, added=added, changed=changed, withdrawn=withdrawn)
    events.record(
        "procedures.catalogue_changed",
        edition,
        by=by,
        at=now,
        added=added,
        changed=changed,
        withdrawn=withdrawn,
    )
