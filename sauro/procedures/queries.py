"""Reading the catalogue: finding procedures, and what is published about one."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.db.models import Count, Q

from sauro.core.errors import NotFound, NotNow
from sauro.core.text import _
from sauro.procedures import rules
from sauro.procedures.keeping import index
from sauro.procedures.models import Edition, Procedure, ProcedureVersion
from sauro.procedures.rules import LEVEL_LABELS, Level, ProcedureRecord, Status
from sauro.procedures.rules.searching import Entry, Hit

NO_SUCH_PROCEDURE = _("Không có thủ tục nào mang mã {code}. Xem lại mã, hoặc tìm theo tên.")
NO_SUCH_VERSION = _("Không tìm thấy bản công bố này của thủ tục. Tìm lại thủ tục theo tên.")
NO_CONTENT = _(
    "Mới có tên thủ tục {code}, chưa có nội dung nên chưa nộp ở đây được. "
    "Nộp trên Cổng Dịch vụ công quốc gia, hoặc hỏi Trung tâm."
)
_UNKNOWN_LEVEL = _("Chưa rõ cấp")
_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureHit:
    """A procedure in a list. level_label: where it is handled. score: 0 where nothing was asked.

    matched: pairs of neighbouring words that the name shares with what was asked; less than two
    of a whole sentence is a weak answer.
    """

    code: str
    name: str
    field: str
    level: Level | None
    level_label: str
    has_full: bool
    score: float = 0.0
    matched: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedurePage:
    """A procedure and what is published about it, as of one version.

    record: holds no more than names where `has_full` is False. notes: what to know before
    trusting it. gone_on: since when it is no longer published. until: of this version.
    """

    code: str
    name: str
    field: str
    promulgator: str
    status: Status
    has_full: bool
    level: Level | None
    level_label: str
    record: ProcedureRecord
    notes: tuple[str, ...]
    gone_on: date | None
    current_version_id: int | None
    number: int = 0
    since: date | None = None
    until: date | None = None
    source: str = ""
    source_url: str = ""
    snapshot_on: date | None = None

    @property
    def version_id(self) -> int:
        """Return the version that a dossier is filed under.

        :raises NotNow: only the name of the procedure is known
        """
        if self.current_version_id is None:
            raise NotNow(NO_CONTENT, code=self.code)
        return self.current_version_id


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field (lĩnh vực) of the catalogue: how many procedures, and how many with content."""

    field: str
    procedures: int
    full: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How large the catalogue is. made_at: of its newest edition, None before the first."""

    current: int
    listed: int
    gone: int
    full: int
    versions: int
    made_at: datetime | None


def search(
    text: str, *, limit: int = 20, level: Level | None = None, field: str | None = None
) -> list[ProcedureHit]:
    """Return the procedures that a text is about, best first; ties by code.

    Everyday words, no marks and slips of the keyboard are understood; a code finds its
    procedure, even one that is gone. One query while the catalogue is the same, about 10 ms.
    """
    if rules.CODE.match(text.strip()):
        return _hits(Q(code=text.strip()), 1)
    hits = index.get().search(text, limit=limit, keep=_filter(level, field))
    return [_hit(hit) for hit in hits]


def suggest(text: str, *, limit: int = 8) -> list[ProcedureHit]:
    """Return what a text that is still being typed may be about, best first. One query."""
    return [_hit(hit) for hit in index.get().suggest(text, limit=limit)] if text.strip() else []


def popular() -> list[ProcedureHit]:
    """Return what people most often come for, most wanted first. One query."""
    return by_codes(rules.POPULAR)


def by_codes(codes: tuple[str, ...]) -> list[ProcedureHit]:
    """Return these procedures in this order, without those the catalogue has not. One query."""
    found = {hit.code: hit for hit in _hits(Q(code__in=codes), len(codes))}
    return [found[code] for code in codes if code in found]


def by_field(field: str, *, after: str = "", limit: int = _PAGE) -> list[ProcedureHit]:
    """Return the procedures of a field that are not gone, by code, past a code. One query."""
    return _hits(Q(field=field, code__gt=after) & ~Q(status=Status.GONE), limit)


def fields() -> list[FieldRow]:
    """Return the fields that have procedures, those with most content first. One query."""
    rows = (
        Procedure.objects.exclude(status=Status.GONE)
        .values_list("field")
        .annotate(procedures=Count("pk"), full=Count("pk", filter=Q(has_full=True)))
        .order_by("-full", "field")
    )
    return [FieldRow(*row) for row in rows]


def counts() -> Counts:
    """Return how large the catalogue is. Three queries."""
    statuses = {status: Count("pk", filter=Q(status=status.value)) for status in Status}
    found = Procedure.objects.aggregate(
        **{status.name: count for status, count in statuses.items()},
        full=Count("pk", filter=Q(has_full=True)),
    )
    return Counts(
        current=found[Status.CURRENT.name],
        listed=found[Status.LISTED.name],
        gone=found[Status.GONE.name],
        full=found["full"],
        versions=ProcedureVersion.objects.count(),
        made_at=Edition.objects.order_by("-pk").values_list("made_at", flat=True).first(),
    )


def procedure(code: str) -> ProcedurePage:
    """Return a procedure with what is published now, or was last. Two queries, three at first.

    :raises NotFound: the catalogue has no such code
    """
    found = Procedure.objects.filter(code=code.strip()).first()
    if found is None:
        raise NotFound(NO_SUCH_PROCEDURE, code=code)
    versions = ProcedureVersion.objects.filter(procedure=found).defer("record")
    latest = versions.order_by("-number").first() if found.has_full else None
    return _page(found, latest)


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    """A version of what is published about a procedure. until: exclusive, None while in force."""

    number: int
    since: date
    until: date | None
    decision: str


def versions(code: str) -> list[VersionRow]:
    """Return the versions of a procedure, newest first. One query."""
    rows = ProcedureVersion.objects.filter(procedure__code=code.strip()).order_by("-number")
    found = rows.values_list("number", "since", "until", "decision")
    return [VersionRow(number=n, since=s, until=u, decision=d) for n, s, u, d in found]


def as_it_stood(code: str, on: date) -> ProcedurePage:
    """Return a procedure as it was published on a day. One query, two at first.

    :raises NotFound: nothing was published of it that day, as far as we hold it
    """
    held = ProcedureVersion.objects.select_related("procedure").defer("record")
    found = held.filter(
        Q(until__isnull=True) | Q(until__gt=on), procedure__code=code.strip(), since__lte=on
    ).first()
    if found is None:
        raise NotFound(_("Chúng tôi không giữ bản công bố nào của thủ tục này vào ngày đó."))
    return _page(found.procedure, found)


def id_of(code: str) -> int:
    """Return the id of a procedure. One query.

    :raises NotFound: there is none with that code
    """
    found = Procedure.objects.filter(code=code).values_list("pk", flat=True).first()
    if found is None:
        raise NotFound(_("Không có thủ tục {code}."), code=code)
    return found


def code_of(procedure_id: int) -> str:
    """Return the code of a procedure. One query.

    :raises NotFound: there is none with that id
    """
    found = Procedure.objects.filter(pk=procedure_id).values_list("code", flat=True).first()
    if found is None:
        raise NotFound(_("Không có thủ tục này."))
    return found


def version(version_id: int) -> ProcedurePage:
    """Return a procedure as one of its versions has it. One query, two at first.

    :raises NotFound: there is no such version
    """
    versions = ProcedureVersion.objects.select_related("procedure").defer("record")
    found = versions.filter(pk=version_id).first()
    if found is None:
        raise NotFound(NO_SUCH_VERSION)
    return _page(found.procedure, found)


def results_of(version_id: int) -> Sequence[str]:
    """Return the names of a version's results. One query at first, then none."""
    return _record(version_id).results


def names(version_ids: Collection[int]) -> dict[int, str]:
    """Return the procedures' names by version; unknown versions are left out. One query."""
    versions = ProcedureVersion.objects.filter(pk__in=version_ids)
    return dict(versions.values_list("pk", "procedure__name"))


def _filter(level: Level | None, field: str | None) -> Callable[[Entry], bool] | None:
    if level is None and field is None:
        return None
    return lambda entry: level in {None, entry.level} and field in {None, entry.field}


def _hit(hit: Hit) -> ProcedureHit:
    entry = hit.entry
    return ProcedureHit(
        code=entry.code,
        name=entry.name,
        field=entry.field,
        level=entry.level,
        level_label=_label(entry.level),
        has_full=entry.has_full,
        score=hit.score,
        matched=hit.matched,
    )


def _hits(condition: Q, limit: int) -> list[ProcedureHit]:
    columns = ("code", "name", "field", "level", "has_full")
    rows = Procedure.objects.filter(condition).order_by("code").values_list(*columns)[:limit]
    return [
        ProcedureHit(
            code=code,
            name=name,
            field=field,
            level=_level(level),
            level_label=_label(_level(level)),
            has_full=has_full,
        )
        for code, name, field, level, has_full in rows
    ]


def _level(stored: str) -> Level | None:
    return Level(stored) if stored else None


def _label(level: Level | None) -> str:
    return LEVEL_LABELS[level] if level else _UNKNOWN_LEVEL


@lru_cache(maxsize=1_000)
def _record(version_id: int) -> ProcedureRecord:
    """Return the record of a version, which never changes. One query at first."""
    return rules.parse(ProcedureVersion.objects.values_list("record", flat=True).get(pk=version_id))


def _page(found: Procedure, latest: ProcedureVersion | None) -> ProcedurePage:
    record = _record(latest.pk) if latest else _names(found)
    flags = dict.fromkeys((*found.flags, *(latest.flags if latest else ())))
    return ProcedurePage(
        code=found.code,
        name=record.name,
        field=record.field,
        promulgator=record.promulgator,
        status=Status(found.status),
        has_full=latest is not None,
        level=_level(found.level),
        level_label=_label(_level(found.level)),
        record=record,
        notes=tuple(rules.FLAGS[flag] for flag in flags if flag in rules.FLAGS),
        gone_on=found.gone_on,
        current_version_id=latest.pk if latest else None,
        number=latest.number if latest else 0,
        since=latest.since if latest else None,
        until=latest.until if latest else None,
        source=latest.source if latest else "",
        source_url=latest.source_url if latest else "",
        snapshot_on=latest.snapshot_on if latest else None,
    )


def _names(found: Procedure) -> ProcedureRecord:
    """Return a record that holds no more than the list of names does."""
    return ProcedureRecord(
        code=found.code,
        name=found.name,
        field=found.field,
        promulgator=found.promulgator,
        implementers=tuple(found.implementers),
        levels=tuple(Level(level) for level in found.levels),
    )
