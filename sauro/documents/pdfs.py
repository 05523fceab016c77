"""PDF files from outside: whole, open, short enough, and unable to do anything by themselves."""

import logging
from collections.abc import Iterable
from io import BytesIO
from typing import Any, Final

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from sauro.core.errors import Invalid
from sauro.core.text import _
from sauro.documents import rules

# What a parser may throw at bytes made to break it.
BROKEN: Final = (
    PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError,
    OSError, ArithmeticError, RecursionError, MemoryError, NotImplementedError, EOFError,
)  # fmt: skip
_ACTING_KEYS: Final = frozenset({"/JS", "/JavaScript", "/XFA", "/RichMedia"})
_ACTING_KINDS: Final = frozenset({"/JavaScript", "/Launch", "/ImportData", "/RichMediaExecute"})
_PROGRAMS: Final = (
    b"MZ", b"\x7fELF", b"#!", b"PK", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe",
    b"\xd0\xcf\x11\xe0", b"L\0\0\0",
)  # fmt: skip
_PROGRAM_ENDINGS: Final = (
    ".exe", ".dll", ".com", ".scr", ".bat", ".cmd", ".ps1", ".vbs", ".js", ".jar", ".msi", ".lnk",
    ".sh", ".apk", ".hta", ".docm", ".xlsm", ".html", ".htm", ".svg", ".iso", ".zip",
)  # fmt: skip
_TAIL: Final = 1024

logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def check_pdf(raw: bytes, name: str) -> int:
    """Return how many pages a PDF has that may be kept.

    :raises Invalid: broken, locked, too long, or with something in it that acts
    """
    try:
        reader = PdfReader(BytesIO(raw), strict=False)
        if reader.is_encrypted:
            raise Invalid(
                _("“{name}” có mật khẩu. Bỏ mật khẩu, hoặc in ra PDF mới rồi gửi lại."), name=name
            )
        _check_length(reader, name)
        pages = len(reader.pages)
        if pages == 0:
            raise Invalid(_("“{name}” không có trang nào. Lưu lại PDF rồi gửi lại."), name=name)
        if pages > rules.PAGES_AT_MOST:
            raise _too_long(name)
        _check_tail(raw, name)
        _check_inert(reader, name)
    except BROKEN as broken:
        raise Invalid(
            _("“{name}” bị hỏng, không mở được. Mở thử trên máy của bạn, hoặc quét lại."),
            name=name,
        ) from broken
    return pages


def count_pages(raw: bytes) -> int:
    """Return how many pages a PDF of our own making has."""
    return len(PdfReader(BytesIO(raw)).pages)


def _check_length(reader: PdfReader, name: str) -> None:
    """Refuse before reading on what would take seconds to read."""
    objects = sum(len(ids) for ids in reader.xref.values()) + len(reader.xref_objStm)
    if objects > rules.OBJECTS_AT_MOST:
        raise _too_long(name)


def _too_long(name: str) -> Invalid:
    message = _(
        "“{name}” dài quá {limit} trang hoặc quá phức tạp. Chia thành nhiều tệp rồi gửi lại."
    )
    return Invalid(message, name=name, limit=rules.PAGES_AT_MOST)


def _check_tail(raw: bytes, name: str) -> None:
    """Refuse bytes after the end of the document: another file may be hidden there."""
    end = raw.rfind(b"%%EOF")
    if end >= 0 and len(raw[end + 5 :].strip(b"\0 \t\r\n\x0c")) > _TAIL:
        raise Invalid(
            _("Trong “{name}” có giấu một tệp khác. In tệp ra PDF mới rồi gửi lại."), name=name
        )


def _check_inert(reader: PdfReader, name: str) -> None:
    ids = [(number, gen) for gen, known in reader.xref.items() for number in known]
    ids += [(number, 0) for number in reader.xref_objStm]
    whole: list[Any] = [reader.trailer]
    whole += [reader.get_object(IndirectObject(number, gen, reader)) for number, gen in set(ids)]
    for part in _dictionaries(whole):
        if _ACTING_KEYS & part.keys() or _plain(part, "/S") in _ACTING_KINDS:
            raise Invalid(
                _("“{name}” có chứa lệnh tự chạy. In tệp ra PDF mới rồi gửi lại."), name=name
            )
        if "/EF" in part and _has_program(part):
            raise Invalid(
                _("“{name}” có đính kèm một chương trình. Bỏ tệp đính kèm rồi gửi lại."), name=name
            )


def _dictionaries(whole: Iterable[Any]) -> Iterable[DictionaryObject]:
    """Yield every dictionary in these objects; references lead to objects already among them."""
    waiting = list(whole)
    while waiting:
        part = waiting.pop()
        if isinstance(part, DictionaryObject):
            yield part
            waiting += [dict.get(part, key) for key in part]
        elif isinstance(part, ArrayObject):
            waiting += list.__iter__(part)


def _plain(part: DictionaryObject, key: str) -> str:
    return str(part.get(key, "")) if key in part else ""


def _has_program(spec: DictionaryObject) -> bool:
    names = f"{_plain(spec, '/F')}\n{_plain(spec, '/UF')}".lower().split("\n")
    if any(name.strip("\0 .").endswith(_PROGRAM_ENDINGS) for name in names):
        return True
    held = spec["/EF"].get_object()
    streams = [held[key].get_object() for key in held] if isinstance(held, DictionaryObject) else []
    return any(
        isinstance(stream, StreamObject) and stream.get_data().startswith(_PROGRAMS)
        for stream in streams
    )
