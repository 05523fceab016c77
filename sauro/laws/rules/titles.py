"""The title of a legal document: its number, name, kind and year."""

import re
from dataclasses import dataclass
from enum import StrEnum

from sauro.core.text import _, fold, tidy


class Kind(StrEnum):
    """What sort of document it is (hình thức văn bản)."""

    CODE = "CODE"
    LAW = "LAW"
    ORDINANCE = "ORDINANCE"
    DECREE = "DECREE"
    CIRCULAR = "CIRCULAR"
    RESOLUTION = "RESOLUTION"
    DECISION = "DECISION"
    OTHER = "OTHER"


KIND_LABELS = {
    Kind.CODE: _("Bộ luật"),
    Kind.LAW: _("Luật"),
    Kind.ORDINANCE: _("Pháp lệnh"),
    Kind.DECREE: _("Nghị định"),
    Kind.CIRCULAR: _("Thông tư"),
    Kind.RESOLUTION: _("Nghị quyết"),
    Kind.DECISION: _("Quyết định"),
    Kind.OTHER: _("Văn bản"),
}
_BY_SUFFIX = (
    ("ND-CP", Kind.DECREE),
    ("/NQ-", Kind.RESOLUTION),
    ("/NQ", Kind.RESOLUTION),
    ("/TTLT", Kind.CIRCULAR),
    ("/TT", Kind.CIRCULAR),
    ("/QD", Kind.DECISION),
    ("/PL-", Kind.ORDINANCE),
    ("/QH", Kind.LAW),
)
_BY_WORD = (
    ("bo luat", Kind.CODE),
    ("luat", Kind.LAW),
    ("phap lenh", Kind.ORDINANCE),
    ("nghi dinh", Kind.DECREE),
    ("thong tu", Kind.CIRCULAR),
    ("nghi quyet", Kind.RESOLUTION),
    ("quyet dinh", Kind.DECISION),
)
NUMBER = re.compile(
    r"\d+(?:\.\d+)?/(?:19|20)\d\d/[A-ZĐ][A-ZĐ0-9]*(?:-[A-ZĐ]+)*"
    r"|\d+(?:\.\d+)?/[A-ZĐ][A-ZĐ0-9]*(?:-[A-ZĐ]+)+"
    r"|\d+-[A-Z]+/[A-Z][A-Z0-9.\-]*"
)
_SO = re.compile(r"[\s,(]*\bsố\s*$", re.IGNORECASE)
_YEAR = re.compile(r"\s+(?:năm\s+)?((?:19|20)\d\d)\b(?!/)")
_DAY = re.compile(r"\s+(?:ngày\s+)?\d{1,2}(?:/|\s+tháng\s+)\d{1,2}(?:/|\s+năm\s+)\d{4}.*$")
_OWNER = re.compile(r"^(?:luật|nghị định|thông tư|nghị quyết)\s+của\s+[^:]*:\s*", re.IGNORECASE)
_KIND_ALONE = 2  # "Nghị định" before its number is no name
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Title:
    """A title read. name: without number and year, "" where the source has none."""

    number: str
    name: str
    kind: Kind
    year: int | None

    @property
    def slug(self) -> str:
        """Return the address of the document."""
        return slug_of(self.number or f"{self.name} {self.year or ''}")

    @property
    def shown(self) -> str:
        """Return the name, or the kind and the number where there is no name."""
        return self.name or f"{KIND_LABELS[self.kind]} {self.number}"


def slug_of(text: str) -> str:
    """Return words and numbers joined by hyphens: 68/2020/QH14 becomes 68-2020-qh14."""
    return _NOT_SLUG.sub("-", fold(text)).strip("-")[:150]


def read_title(title: str, number: str = "") -> Title:
    """Read a title. number: where it is known; a title of another number gives no name."""
    text = tidy(title)
    said = NUMBER.search(text)
    own = number or (said.group() if said else "")
    is_anothers = said is not None and said.group() != own
    name = "" if is_anothers else _name(text, said.start() if said else None)
    year = _year(own if is_anothers else text, own)
    return Title(own, name, _kind(own, name if is_anothers else text), year)


def _name(text: str, at: int | None) -> str:
    """Return the name that stands before the number, or after it where the number is first."""
    before = _SO.sub("", text[:at]) if at is not None else text
    if at is not None and len(fold(before).split()) <= _KIND_ALONE:
        rest = NUMBER.sub("", text[at:], count=1)
        tail = _OWNER.sub("", f"{before} {rest}".strip()) if rest else before
        before = tail.split(":")[-1] if ":" in tail else ""
    name = _YEAR.sub("", _DAY.sub("", before)).strip(" ,;:-(")
    if name.isupper():
        name = name.lower()
    is_name = len(fold(name).split()) > 1 and fold(name) not in dict(_BY_WORD)
    return name[:1].upper() + name[1:] if is_name else ""


def _year(text: str, number: str) -> int | None:
    found = re.search(r"/((?:19|20)\d\d)/", number) or _YEAR.search(text)
    return int(found.group(1)) if found else None


def _kind(number: str, title: str) -> Kind:
    plain, folded = number.replace("Đ", "D"), fold(title)
    by_number = next((kind for suffix, kind in _BY_SUFFIX if suffix in plain), Kind.OTHER)
    if by_number not in {Kind.LAW, Kind.OTHER}:
        return by_number
    return next((kind for word, kind in _BY_WORD if folded.startswith(word)), by_number)
