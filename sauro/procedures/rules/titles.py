"""Reading a line of the catalogue: a name and where it stands, without the content. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sauro.core.errors import Invalid
from sauro.core.text import _, fold
from sauro.procedures.rules.parsing import CODE
from sauro.procedures.rules.records import Finding, Level, Status
from sauro.procedures.rules.texts import name_of, neat

_STATUSES = {
    "current_2026_07": Status.CURRENT,
    "listed_2025_04_unverified": Status.LISTED,
    "gone_by_2026_07": Status.GONE,
}
_LEVELS = {
    "Cấp xã": Level.COMMUNE,
    "Cấp tỉnh": Level.PROVINCE,
    "Cấp bộ": Level.MINISTRY,
    "Cơ quan khác": Level.OTHER,
}
GONE_ON = date(2026, 7, 1)  # the list of that month no longer has them
# Where the levels are not given, the agency tells them. What districts did went to communes.
_TOLD_BY = (
    (re.compile(r"\b(?:cap xa|cap huyen|cong an huyen|xa phuong)\b"), Level.COMMUNE),
    (re.compile(r"\b(?:cap tinh|so [a-z]|tinh|chi cuc)\b"), Level.PROVINCE),
    (re.compile(r"\b(?:bo|cuc|tong cuc|vien|ngan hang|tap doan|co quan dai dien)\b"),
     Level.MINISTRY),
)  # fmt: skip
_OLD_NAME = re.compile(r"\s*\([^)]*\bcũ\)\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A procedure by name. levels: told by the agency where `is_told`, not by the catalogue."""

    code: str
    name: str
    field: str
    promulgator: str
    implementers: tuple[str, ...]
    levels: tuple[Level, ...]
    status: Status
    is_told: bool = False
    gone_on: date | None = None


def read_title(row: Mapping[str, str]) -> tuple[Title, tuple[Finding, ...]]:
    """Return a line of the catalogue, and what was mended.

    :raises Invalid: it has no code of the national form, no name, or an unknown status
    """
    code = neat(row.get("code") or "")
    name = name_of(row.get("name") or "", code)
    if not CODE.match(code):
        raise Invalid(_("Mã thủ tục “{code}” không đúng mẫu 1.234567."), field="code", code=code)
    if not fold(name):
        raise Invalid(_("Thủ tục {code} không có tên."), field="name", code=code)
    status = _STATUSES.get(row.get("status", ""))
    if status is None:
        raise Invalid(
            _("Thủ tục {code}: không rõ tình trạng “{status}”."),
            field="status",
            code=code,
            status=row.get("status", ""),
        )
    findings: list[Finding] = []
    given = neat(row.get("promulgator", ""))
    promulgator = _OLD_NAME.sub("", given)
    promulgator = promulgator[:1].upper() + promulgator[1:]
    if promulgator != given:
        findings.append(Finding(code, "promulgator", f"Bỏ tên cũ của cơ quan [{given}]"))
    pieces = [neat(piece) for piece in row.get("implementer", "").split(";")]
    implementers = tuple(dict.fromkeys(filter(None, pieces)))
    levels = tuple(_LEVELS[word] for word in row.get("levels", "").split("|") if word in _LEVELS)
    told = () if levels else _told(implementers)
    return (
        Title(
            code=code,
            name=name,
            field=neat(row.get("field", "")),
            promulgator=promulgator,
            implementers=implementers,
            levels=levels or told,
            status=status,
            is_told=bool(told),
            gone_on=GONE_ON if status is Status.GONE else None,
        ),
        tuple(findings),
    )


def _told(implementers: tuple[str, ...]) -> tuple[Level, ...]:
    found = set()
    for agency in map(fold, implementers):
        found.add(next((level for words, level in _TOLD_BY if words.search(agency)), None))
    return tuple(level for level in Level if level in found)
