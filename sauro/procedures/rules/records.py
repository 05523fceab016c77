"""What a published procedure says, as frozen values. Pure.

A record is read from the national catalogue by `parsing`; nothing here knows how it came.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sauro.core.money import written
from sauro.core.text import _
from sauro.core.workdays import Term


class Level(StrEnum):
    """Where a procedure is handled (cấp thực hiện). OTHER: neither state level, e.g. a notary."""

    COMMUNE = "COMMUNE"
    PROVINCE = "PROVINCE"
    MINISTRY = "MINISTRY"
    OTHER = "OTHER"


LEVEL_LABELS = {
    Level.COMMUNE: _("Cấp xã"),
    Level.PROVINCE: _("Cấp tỉnh"),
    Level.MINISTRY: _("Cấp bộ"),
    Level.OTHER: _("Cơ quan khác"),
}


class Status(StrEnum):
    """Where a procedure stands in the catalogue.

    CURRENT: published, with its content. LISTED: its name is known, its content is not here.
    GONE: no longer published; kept so that old questions find out what happened.
    """

    CURRENT = "CURRENT"
    LISTED = "LISTED"
    GONE = "GONE"


class Channel(StrEnum):
    """How a dossier may be filed (cách thức thực hiện)."""

    DIRECT = "DIRECT"
    ONLINE = "ONLINE"
    POST = "POST"


CHANNEL_LABELS = {
    Channel.DIRECT: _("Trực tiếp"),
    Channel.ONLINE: _("Trực tuyến"),
    Channel.POST: _("Bưu chính công ích"),
}


class FeeKind(StrEnum):
    """What the number beside a fee is worth.

    SET: the amount is said. FREE: the record says that nothing is charged. ZERO: a bare 0, which
    the national catalogue also writes where it knows no amount. NOTE: 0 or nothing, and a note
    that says the rule; the note is the fee.
    """

    SET = "SET"
    FREE = "FREE"
    ZERO = "ZERO"
    NOTE = "NOTE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """A fee (phí, lệ phí) in whole đồng; shown with its note, never the number alone."""

    amount: int
    kind: FeeKind
    currency: str = "VND"
    note: str = ""

    @property
    def label(self) -> str:
        """Return the number in the words that may stand in front of the note."""
        if self.kind is FeeKind.SET:
            return written(self.amount)
        return {
            FeeKind.FREE: _("Không thu"),
            FeeKind.ZERO: _("0 đồng theo bản công bố"),
            FeeKind.NOTE: _("Theo ghi chú"),
        }[self.kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """One way to file, with its term and fees. term_note: why there is no term."""

    channel: Channel
    term: Term | None
    term_note: str = ""
    fees: tuple[Fee, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A paper of the dossier (thành phần hồ sơ). key: the same as long as its words are."""

    key: str
    name: str
    originals: int
    copies: int
    form: str = ""


@dataclass(frozen=True, slots=True)
class ComponentCase:
    """The papers of one case (trường hợp); name "" where there is only one."""

    name: str
    items: tuple[Component, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way (trình tự thực hiện), in short paragraphs. label: "Bước 1" or ""."""

    label: str
    paragraphs: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join(self.paragraphs)


@dataclass(frozen=True, slots=True)
class Law:
    """A document of the legal basis (căn cứ pháp lý). code: its number, "" if not given."""

    code: str
    title: str

    def __str__(self) -> str:
        if not self.code or self.code in self.title:
            return self.title or self.code
        return f"{self.code}: {self.title}" if self.title else self.code


@dataclass(frozen=True, slots=True)
class Product:
    """A result (kết quả thực hiện) with its national code, "" if not given."""

    name: str
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureRecord:
    """Everything that is published about a procedure, mended and in order."""

    code: str
    name: str
    field: str
    promulgator: str
    implementers: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()
    kind: str = ""
    subjects: tuple[str, ...] = ()
    decision: str = ""
    authority: str = ""
    coordinating: str = ""
    receiving_address: str = ""
    steps: tuple[Step, ...] = ()
    methods: tuple[Method, ...] = ()
    cases: tuple[ComponentCase, ...] = ()
    requirements: str = ""
    laws: tuple[Law, ...] = ()
    products: tuple[Product, ...] = ()
    keywords: str = ""
    summary: str = ""
    source: str = ""
    source_url: str = ""
    snapshot_on: date | None = None
    flags: tuple[str, ...] = ()

    @property
    def legal_basis(self) -> tuple[str, ...]:
        """Return the documents of the legal basis, each as one line."""
        return tuple(str(law) for law in self.laws)

    @property
    def results(self) -> tuple[str, ...]:
        """Return the names of the results."""
        return tuple(product.name for product in self.products)

    @property
    def level_label(self) -> str:
        """Return the levels as published, e.g. "Cấp tỉnh, Cấp xã"."""
        return ", ".join(LEVEL_LABELS[level] for level in self.levels)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that was repaired, left out or doubted. key: the procedure's code.

    reason: the part of the record, a word to count by. message: what was done and why, with
    what the source said.
    """

    key: str
    reason: str
    message: str


FLAGS = {
    "no_duration": _("Bản công bố quốc gia không ghi thời hạn."),
    "no_legal_basis": _("Bản công bố quốc gia không ghi căn cứ pháp lý."),
    "components_unparsed": _("Thành phần hồ sơ chép nguyên văn, chưa tách thành từng giấy tờ."),
    "short_steps": _("Trình tự thực hiện ghi rất ngắn."),
    "doubtful_name": _("Tên này trùng với nhiều mã khác, có thể bị lấy nhầm. Xem lại trên Cổng."),
}
