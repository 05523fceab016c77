"""What the page of a procedure shows, from its record alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sauro.cases import queries as cases
from sauro.cases.rules import At
from sauro.core.errors import NotNow
from sauro.core.explain import Explanation
from sauro.core.text import _
from sauro.onestop.rules import DEFAULT_PROCESS
from sauro.procedures import queries as procedures
from sauro.procedures.queries import ProcedurePage
from sauro.procedures.rules import (
    Channel,
    Level,
    Method,
    ProcedureRecord,
    Status,
    Step,
    competence,
    papers,
)
from sauro.procedures.rules.papers import Listing

_SHORT_NOTE = 90
_SUBJECTS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class WayToFile:
    """One way to file, in words."""

    channel: str
    title: str
    term: str
    fee: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownProcedure:
    """A procedure as people read it. may_file: it can be filed here, online.

    where: who handles it; why: the explanation. unchecked: nobody compared that with the
    province's own decision. stood_on: the day whose page it is, None for today's.
    """

    code: str
    name: str
    field: str
    status: str
    has_full: bool
    may_file: bool = False
    refusal: str = ""
    subjects: str = ""
    facts: Sequence[tuple[str, str, str]] = ()
    listing: Listing | None = None
    steps: Sequence[tuple[str, str]] = ()
    where: str = ""
    why: Explanation | None = None
    unchecked: bool = False
    methods: Sequence[WayToFile] = ()
    requirements: str = ""
    official_steps: Sequence[Step] = ()
    laws: Sequence[str] = ()
    decision: str = ""
    promulgator: str = ""
    source: str = ""
    source_url: str = ""
    snapshot_on: date | None = None
    flags: Sequence[str] = ()
    since: date | None = None
    until: date | None = None
    stood_on: date | None = None
    paper_names: Sequence[tuple[str, str]] = ()


_TITLES = {
    Channel.ONLINE: _("Trực tuyến, tại trang này"),
    Channel.DIRECT: _("Đến bất kỳ Trung tâm nào trong tỉnh"),
    Channel.POST: _("Qua bưu điện, bưu tá đến nhà nhận và trả"),
}
_ORDER = (Channel.ONLINE, Channel.DIRECT, Channel.POST)
_CATALOGUE = _("Cổng Dịch vụ công quốc gia")
_NATIONAL = "https://dichvucong.gov.vn"


def shown(code: str, *, on: date | None = None) -> ShownProcedure:
    """Return a procedure as its page shows it, or showed it on a day. Three queries.

    A page of another day is for reading: nothing is filed by it.

    :raises NotFound: the catalogue has no such code, or nothing of it on that day
    """
    if on is not None:
        return replace(_full(procedures.as_it_stood(code, on)), may_file=False, stood_on=on)
    found = procedures.procedure(code)
    return _full(found) if found.has_full else _named(found)


def _named(found: ProcedurePage) -> ShownProcedure:
    """Return a procedure of which only the name is known."""
    return ShownProcedure(
        code=found.code,
        name=found.name,
        field=found.field,
        status=found.status,
        has_full=False,
        promulgator=found.promulgator,
        flags=found.notes,
        source=_CATALOGUE,
        source_url=_NATIONAL,
    )


def _full(found: ProcedurePage) -> ShownProcedure:
    record = found.record
    who = competence(record)
    is_here = who.level is not Level.MINISTRY
    return ShownProcedure(
        code=record.code,
        name=record.name,
        field=record.field,
        status=found.status,
        has_full=True,
        may_file=is_here and found.status == Status.CURRENT,
        refusal="" if is_here else _elsewhere(who.agency),
        subjects=_subjects(record),
        facts=_facts(record),
        listing=papers.listing(record.cases),
        steps=_steps(who.agency) if is_here else (),
        where=who.agency,
        why=who.explanation,
        unchecked=not who.checked,
        methods=[
            _way(method) for method in sorted(record.methods, key=lambda m: _ORDER.index(m.channel))
        ],
        requirements=record.requirements,
        official_steps=record.steps,
        laws=record.legal_basis,
        decision=record.decision,
        promulgator=record.promulgator,
        source=found.source or _CATALOGUE,
        source_url=found.source_url or _NATIONAL,
        snapshot_on=found.snapshot_on,
        flags=found.notes,
        since=found.since,
        until=found.until,
        paper_names=[(item.key, item.name) for group in record.cases for item in group.items],
    )


def _elsewhere(agency: str) -> str:
    return _("Thủ tục này không nộp tại tỉnh. Nơi giải quyết: {agency}.").format(agency=agency)


def _subjects(record: ProcedureRecord) -> str:
    names = [name[:1].lower() + name[1:] for name in record.subjects[:_SUBJECTS]]
    more = _(" và đối tượng khác") if len(record.subjects) > _SUBJECTS else ""
    said = ", ".join(names).replace("việt Nam", "Việt Nam")
    return f"{said}{more}" if said else ""


def _facts(record: ProcedureRecord) -> list[tuple[str, str, str]]:
    methods = sorted(record.methods, key=lambda m: _ORDER.index(m.channel))
    timed = next((method for method in methods if method.term), None)
    first = methods[0] if methods else None
    term = (
        str(timed.term) if timed else _("Không công bố"),
        _("tính từ khi nhận đủ giấy tờ") if timed else _("Trung tâm hẹn ngày khi tiếp nhận"),
    )
    results = record.results
    return [
        (_("Thời hạn"), *term),
        (_("Lệ phí"), _fee(first) if first else _("Không công bố"), _fee_note(first)),
        (
            _("Kết quả"),
            papers.main_result(results) or _("Theo quy định của thủ tục"),
            _("và {count} loại khác").format(count=len(results) - 1) if len(results) > 1 else "",
        ),
    ]


def _way(method: Method) -> WayToFile:
    notes = [method.note, *(fee.note for fee in method.fees)]
    return WayToFile(
        channel=method.channel.value,
        title=_TITLES[method.channel],
        term=str(method.term)
        if method.term
        else (method.term_note or _("Không ghi thời hạn")).rstrip("."),
        fee=_fee(method),
        note=" ".join(dict.fromkeys(note.lstrip("-–+ ") for note in notes if note)),
    )


def _fee(method: Method) -> str:
    """Return the fees of a way to file: each distinct amount, or the words that stand for it."""
    labels = list(dict.fromkeys(fee.label for fee in method.fees))
    return ", ".join(labels) if labels else _("Không công bố mức thu")


def _fee_note(method: Method | None) -> str:
    note = next((fee.note for fee in method.fees if fee.note), "") if method else ""
    note = note.lstrip("-–+ ")
    if len(note) > _SHORT_NOTE:
        return note[:_SHORT_NOTE].rsplit(" ", 1)[0] + "…"
    return note


def _steps(agency: str) -> list[tuple[str, str]]:
    """Return the steps of the province's process, each with what happens and where."""
    process = cases.latest_process(DEFAULT_PROCESS)
    where = {
        At.DOOR: _("Trung tâm bạn chọn"),
        At.UNIT: agency,
        At.AUTHORITY: _("cơ quan có thẩm quyền"),
    }
    main = process.main() if process else ()
    return [
        (
            step.name,
            f"{step.citizen_work} · {where[step.at]}" + (f" · {step.term}" if step.term else ""),
        )
        for step in main
    ]


def check_may_file(code: str) -> None:
    """Refuse to begin what cannot be filed here.

    :raises NotNow: the sentence says why and what to do
    """
    procedure = shown(code)
    if procedure.may_file:
        return
    if procedure.refusal:
        raise NotNow(procedure.refusal.replace("{", "{{").replace("}", "}}"))
    if procedure.status == Status.GONE:
        raise NotNow(
            _("Thủ tục này không còn được công bố. Gọi 1022 để được chỉ thủ tục thay thế.")
        )
    raise NotNow(
        _("Thủ tục này mới có tên, chưa nộp trực tuyến được. Đến Trung tâm hoặc gọi 1022.")
    )
