"""Who handles a procedure in this province, and why (thẩm quyền giải quyết). Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sauro.core.explain import Explanation, Line
from sauro.core.law import Provision
from sauro.core.text import _, fold
from sauro.procedures.rules.handlers import CHAIR, HANDLERS, VERTICAL, ZONES, Handlers, Rule
from sauro.procedures.rules.records import LEVEL_LABELS, Level, ProcedureRecord

UNCHECKED = _("chưa kiểm chứng")
_LATEST = HANDLERS.provision(date.max)
_CATALOGUE = "Cơ sở dữ liệu quốc gia về thủ tục hành chính"
_OF_MINISTRY = re.compile(
    r"(?:bo(?! chi huy)|tong cuc|cuc|vu|quan chung|ngan hang nha nuoc viet nam|co quan cua bo)\b"
    r"(?!.*\b(?:tinh|khu vuc)\b)"
)
_LOCAL = {Level.COMMUNE, Level.PROVINCE}
_ORDER = (Level.COMMUNE, Level.PROVINCE, Level.MINISTRY)
# A name that says where it is done overrules the columns: "(thực hiện tại cấp tỉnh)"; of
# several, the nearest to the person.
_DONE_AT = re.compile(
    r"thuc hien (?:tai|o)\b(.*)|tham quyen(?: \w+){0,3} cua (.*)|tai (cong an .*)"
)
_WORDS_OF = {
    Level.COMMUNE: re.compile(r"\bcap xa\b"),
    Level.PROVINCE: re.compile(r"\bcap tinh?\b|uy ban nhan dan tinh|ubnd tinh"),
    Level.MINISTRY: re.compile(r"\bcap (?:trung uong|bo)\b|\bbo truong\b"),
}
_IN_A_ZONE = ("khu cong nghiep", "khu kinh te", "khu che xuat", "khu cong nghe cao")


@dataclass(frozen=True, slots=True, kw_only=True)
class Competence:
    """Which level handles it and which unit. unit_hint: an office's slug, "" at a ministry.

    agency: the unit as people call it; at a ministry, where to file instead. checked: somebody
    compared it with the province's own decision.
    """

    level: Level
    unit_hint: str
    agency: str
    explanation: Explanation
    checked: bool


def competence(record: ProcedureRecord, handlers: Provision[Handlers] = _LATEST) -> Competence:
    """Return who handles a procedure, by its agency, its level, its field, in this order.

    A procedure of a ministry, a court or an agency outside the province is not handled here;
    its explanation says where it is.
    """
    matched = _matched((*record.implementers, record.authority), handlers.value.implementers)
    level = _level(record, matched)
    lines = [_level_line(record, level)]
    if level is Level.MINISTRY:
        return _elsewhere(record, lines, checked=handlers.checked)
    unit, line = _unit(record, level, matched, handlers)
    agency = handlers.value.names[unit]
    return Competence(
        level=level,
        unit_hint=unit,
        agency=agency,
        explanation=Explanation(agency, (*lines, line)),
        checked=handlers.checked,
    )


def _matched(agencies: Iterable[str], rules: Sequence[Rule]) -> list[tuple[str, Rule]]:
    """Return the rule that each named agency falls under; agencies under none are left out."""
    found = []
    for agency in filter(None, agencies):
        folded = fold(agency)
        if _OF_MINISTRY.match(folded):
            found.append((agency, Rule((folded,), Level.MINISTRY)))
            continue
        rule = next((r for r in rules if any(words in folded for words in r.words)), None)
        if rule is not None:
            found.append((agency, rule))
    return found


def _level(record: ProcedureRecord, matched: list[tuple[str, Rule]]) -> Level:
    """Return the published level nearest to the person at which a named agency stands."""
    named = {rule.level for _agency, rule in matched}
    published = record.levels or tuple(named)
    told = _said_in_name(record.name, published) or _by_itself(published, matched)
    if told is not None:
        return told
    if Level.COMMUNE in published and Level.PROVINCE in named:
        return Level.COMMUNE
    for level in _ORDER:
        if level in published and level in named:
            return level
    if named and not _LOCAL & set(published) and Level.MINISTRY not in named:
        return min(named, key=_ORDER.index)
    return next((level for level in _ORDER if level in published), Level.MINISTRY)


def _by_itself(published: Sequence[Level], matched: list[tuple[str, Rule]]) -> Level | None:
    """Return the level of agencies that do their work alone, if only such are named.

    The catalogue files a customs post under "cấp xã"; it is an agency of the province.
    """
    named = {rule.level for _agency, rule in matched}
    if Level.COMMUNE in named or not any(rule.alone for _agency, rule in matched):
        return None
    if named == {Level.MINISTRY}:
        return Level.MINISTRY
    return Level.PROVINCE if _LOCAL & set(published) else None


def _said_in_name(name: str, published: Sequence[Level]) -> Level | None:
    said = " ".join(filter(None, (part for m in _DONE_AT.findall(fold(name)) for part in m)))
    found = (level for level, words in _WORDS_OF.items() if words.search(said))
    return next((level for level in found if level in published), None)


def _unit(
    record: ProcedureRecord,
    level: Level,
    matched: list[tuple[str, Rule]],
    handlers: Provision[Handlers],
) -> tuple[str, Line]:
    """Return the unit's slug and the line that says what it follows from.

    An agency named in the record goes first, and of several the one whose field it is.
    """
    here = [(agency, rule) for agency, rule in matched if rule.level is level]
    special = {rule.unit: agency for agency, rule in here if rule.unit}
    if ZONES in special and not any(words in fold(record.name) for words in _IN_A_ZONE):
        del special[ZONES]
    by_field = _by_field(record, level, handlers.value)
    is_for_committee = level is Level.COMMUNE and any(not rule.unit for _agency, rule in here)
    if special and by_field not in special and not is_for_committee:
        unit = next(iter(special))
        return unit, _line(f"Cơ quan thực hiện: {special[unit]}", unit, handlers)
    if by_field in special:
        return by_field, _line(f"Cơ quan thực hiện: {special[by_field]}", by_field, handlers)
    if by_field:
        return by_field, _line(f"Lĩnh vực {record.field}", by_field, handlers)
    unit = handlers.value.usual
    if level is Level.PROVINCE:
        unit = handlers.value.promulgators.get(fold(record.promulgator), CHAIR)
    return unit, _line(f"Do {record.promulgator} công bố", unit, handlers)


def _by_field(record: ProcedureRecord, level: Level, handlers: Handlers) -> str:
    """Return the unit of a field, "" where the configuration does not know the field."""
    ministry = fold(record.promulgator)
    if level is Level.PROVINCE and handlers.promulgators.get(ministry) in VERTICAL:
        return handlers.promulgators[ministry]
    table = handlers.communes if level is Level.COMMUNE else handlers.departments
    # Whole words only: the field of roads, "đường", is not in that of "đường dây".
    field = f" {fold(record.field)} "
    return next((unit for words, unit in table if any(f" {w} " in field for w in words)), "")


def _line(fact: str, unit: str, handlers: Provision[Handlers]) -> Line:
    badge = "" if handlers.checked else f" ({UNCHECKED})"
    return Line(fact, f"{handlers.value.names[unit]} xem xét", f"{handlers.source}{badge}")


def _level_line(record: ProcedureRecord, level: Level) -> Line:
    published = record.level_label or _("không ghi")
    said = f"{LEVEL_LABELS[level]} giải quyết"
    if level is Level.MINISTRY:
        said = "Không giải quyết ở tỉnh, xã"
    return Line(f"Cấp thực hiện theo công bố: {published}", said, _CATALOGUE)


def _elsewhere(record: ProcedureRecord, lines: list[Line], *, checked: bool) -> Competence:
    """Say where a procedure that is not handled in the province is filed."""
    agency = ", ".join(record.implementers) or record.promulgator
    where = Line(
        f"Cơ quan thực hiện: {agency}",
        "Nộp tại cơ quan này hoặc trên Cổng Dịch vụ công quốc gia",
        record.source_url,
    )
    return Competence(
        level=Level.MINISTRY,
        unit_hint="",
        agency=agency,
        explanation=Explanation(agency, (*lines, where)),
        checked=checked,
    )
