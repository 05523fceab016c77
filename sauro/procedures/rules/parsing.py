"""Reading a record of the national catalogue, and saying what had to be mended. Pure.

`parse` never refuses a record that has a code and a name: what cannot be read is left out, and
`read` says so. The source's own words stay with the version, so a better reading can follow.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import blake2s
from typing import Any

from sauro.core.errors import Invalid
from sauro.core.text import _, fold
from sauro.procedures.rules import charges, texts
from sauro.procedures.rules.charges import Notes
from sauro.procedures.rules.records import (
    Component,
    ComponentCase,
    Finding,
    Law,
    Level,
    ProcedureRecord,
    Product,
)

CODE = re.compile(r"^[1-9]\.\d{6}$")
_LEVELS = {
    "cap xa": Level.COMMUNE,
    "cap tinh": Level.PROVINCE,
    "cap bo": Level.MINISTRY,
    "co quan khac": Level.OTHER,
}
_MOST_SHEETS = 10
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_CUT_OFF = re.compile(r"(?:/|\b(?:số|năm|mẫu|định|bước|QĐ|\.\d+\.))$", re.IGNORECASE)
_SCRAPS = {"", "hoac", "va"}
_LONGEST_SCRAP = 8
_CUT_HEAD = re.compile(r"^[a-zà-ỹđ]{2,}\b(?![).])")
_GLUED_NUMBER = re.compile(r"(?<=[a-zà-ỹ])(\d{1,3}/\d{4}(?:/[\w-]+)?)$")


@dataclass(frozen=True, slots=True)
class Reading:
    """A record and what was mended on the way."""

    record: ProcedureRecord
    findings: tuple[Finding, ...]


def parse(record: Mapping[str, Any]) -> ProcedureRecord:
    """Return a record of the catalogue, mended.

    :raises Invalid: it has no code of the national form, or no name
    """
    return read(record).record


def read(given: Mapping[str, Any]) -> Reading:
    """Return a record of the catalogue with everything that was repaired or left out.

    :raises Invalid: it has no code of the national form, or no name
    """
    code = _text(given, "code")
    name = texts.name_of(_text(given, "name"), code)
    if not CODE.match(code):
        raise Invalid(_("Mã thủ tục “{code}” không đúng mẫu 1.234567."), field="code", code=code)
    if not fold(name):
        raise Invalid(_("Thủ tục {code} không có tên."), field="name", code=code)
    notes = Notes()
    record = ProcedureRecord(
        code=code,
        name=name,
        field=_text(given, "field"),
        promulgator=_text(given, "promulgator"),
        implementers=_names(given, "implementer", notes),
        levels=_levels(given, notes),
        kind=_text(given, "kind"),
        subjects=_names(given, "subjects", notes),
        decision=_text(given, "decision"),
        authority=_text(given, "authority"),
        coordinating=_text(given, "coordinating"),
        receiving_address=_text(given, "receiving_address"),
        steps=texts.steps(step for step in _list(given, "steps") if isinstance(step, str)),
        methods=charges.methods(given.get("methods"), notes),
        cases=_cases(_list(given, "components"), notes),
        requirements=texts.lines(str(given.get("requirements") or "")),
        laws=_laws(_list(given, "legal_basis"), notes),
        products=_products(_list(given, "results"), notes),
        keywords=_text(given, "keywords"),
        summary=_text(given, "summary"),
        source=_text(given, "source"),
        source_url=_text(given, "source_url"),
        snapshot_on=_day(_text(given, "snapshot")),
        flags=tuple(map(str, _list(given, "flags"))),
    )
    return Reading(record, tuple(Finding(code, *said) for said in notes.said))


def _text(given: Mapping[str, Any], key: str) -> str:
    value = given.get(key)
    return texts.neat(value) if value and isinstance(value, str) else ""


def _list(given: Mapping[str, Any], key: str) -> list[Any]:
    value = given.get(key)
    return value if isinstance(value, list) else []


def _names(given: Mapping[str, Any], key: str, notes: Notes) -> tuple[str, ...]:
    pieces = [str(piece) for piece in _list(given, key)]
    names = texts.rejoined(pieces)
    if len(names) < len(pieces):
        notes.add(key, _("Tên bị cắt ở dấu phẩy, nối lại."), ", ".join(pieces))
    return tuple(dict.fromkeys(names))


def _levels(given: Mapping[str, Any], notes: Notes) -> tuple[Level, ...]:
    levels = []
    for word in _list(given, "level"):
        level = _LEVELS.get(fold(str(word)))
        if level is None:
            notes.add("level", _("Không rõ cấp thực hiện, bỏ qua."), word)
        else:
            levels.append(level)
    return tuple(sorted(set(levels), key=list(Level).index))


def _day(snapshot: str) -> date | None:
    """Return the first day of a month "2026-07", or the day "2026-07-20"."""
    parts = [int(part) for part in snapshot.split("-") if part.isdigit()]
    try:
        return date(parts[0], parts[1], parts[2] if parts[2:] else 1)
    except (IndexError, ValueError):
        return None


def _cases(given: Iterable[Any], notes: Notes) -> tuple[ComponentCase, ...]:
    """Return the cases with their papers. Groups of one name are one case; keys are unique."""
    groups: dict[str, dict[str, Component]] = {}
    taken: set[str] = set()
    for raw in given:
        if not isinstance(raw, Mapping):
            notes.add("components", _("Không đọc được nhóm giấy tờ, bỏ qua."), raw)
            continue
        name = _text(raw, "case")
        items = groups.setdefault(name, {})
        for item in _list(raw, "items"):
            component = _component(name, item, taken, notes)
            if component is None:
                continue
            if component.name in items:
                notes.add("components", _("Giấy tờ ghi trùng, giữ một."), component.name)
                continue
            taken.add(component.key)
            items[component.name] = component
    return tuple(ComponentCase(name, tuple(items.values())) for name, items in groups.items())


def _component(case: str, raw: Any, taken: set[str], notes: Notes) -> Component | None:  # noqa: ANN401 - JSON
    name = _text(raw, "name") if isinstance(raw, Mapping) else ""
    if len(name) <= _LONGEST_SCRAP and fold(name) in _SCRAPS:
        notes.add("components", _("Mảnh chữ rời, không phải giấy tờ; bỏ."), raw)
        return None
    name, originals = _sheets(name, raw.get("original"), notes)
    name, copies = _sheets(name, raw.get("copy"), notes)
    if not originals + copies and _CUT_HEAD.match(name):
        notes.add("components", _("Có thể mất phần đầu của câu."), name)
    return Component(
        key=_key(case, name, taken),
        name=name,
        originals=originals,
        copies=copies,
        form=_text(raw, "form"),
    )


def _sheets(name: str, number: Any, notes: Notes) -> tuple[str, int]:  # noqa: ANN401 - JSON
    """Return a name and how many sheets; a number that swallowed the name's end gives it back.

    "… ngày 13/02/" with 20261 sheets was "… ngày 13/02/2026" with 1.
    """
    if number is None:
        notes.add("components", _("Không ghi số bản, hiểu là 0."), name)
        return name, 0
    if not isinstance(number, int) or number < 0:
        notes.add("components", _("Không đọc được số bản, hiểu là 0."), f"{number}: {name}")
        return name, 0
    if number <= _MOST_SHEETS:
        return name, number
    head, last = str(number)[:-1], int(str(number)[-1])
    if _CUT_OFF.search(name) or _YEAR.match(head):
        joint = "" if name.endswith(("/", ".", "-")) else " "
        whole = f"{name}{joint}{head}" if _CUT_OFF.search(name) else name
        notes.add("components", _("Số dính vào số bản, trả lại cho tên giấy tờ."), whole)
        return whole, last
    notes.add("components", _("Số bản lớn bất thường, hiểu là 1."), f"{number}: {name}")
    return name, 1


def _key(case: str, name: str, taken: set[str]) -> str:
    """Return a short name of the words themselves, so that order and neighbours do not matter."""
    digest = blake2s(f"{case}\n{name}".lower().encode(), digest_size=5).hexdigest()
    key, number = digest, 1
    while key in taken:
        number += 1
        key = f"{digest}-{number}"
    return key


def _laws(given: Iterable[Any], notes: Notes) -> tuple[Law, ...]:
    found: dict[Law, None] = {}
    for raw in given:
        code = _text(raw, "code") if isinstance(raw, Mapping) else ""
        title = _text(raw, "title") if isinstance(raw, Mapping) else ""
        if not code and not title:
            notes.add("legal_basis", _("Dòng căn cứ trống, bỏ."), raw)
            continue
        if glued := _GLUED_NUMBER.search(title):
            notes.add("legal_basis", _("Số hiệu dính vào tên, tách ra."), title)
            code = code or glued.group(1)
            title = title[: glued.start()]
        found[Law(code, title)] = None
    return tuple(found)


def _products(given: Iterable[Any], notes: Notes) -> tuple[Product, ...]:
    found: dict[str, Product] = {}
    for raw in given:
        name = _text(raw, "name") if isinstance(raw, Mapping) else ""
        if not name:
            notes.add("results", _("Dòng kết quả trống, bỏ."), raw)
        else:
            found.setdefault(name.rstrip(" .;"), Product(name.rstrip(" .;"), _text(raw, "code")))
    return tuple(found.values())
