"""The leaves of a scan (trang quét): which pages belong together, cut out, and seen small."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image
from pypdf import PdfReader, PdfWriter

from sauro.core.errors import Invalid, NotFound
from sauro.core.text import _
from sauro.documents.pdfs import BROKEN

_EDGE: Final = 320
_QUALITY: Final = 60
_DIGITS: Final = 3
# What a scanner makes of an A4 page at 600 dots an inch.
_PIXELS_AT_MOST: Final = 40_000_000


def read_pages(typed: str, count: int) -> tuple[int, ...]:
    """Return the pages that "1-3, 5" names in a scan of `count` pages, from 1 on, in that order.

    :raises Invalid: not pages of this scan, or one named twice
    """
    pages: list[int] = []
    for part in typed.replace(";", ",").replace("–", "-").split(","):
        first, dash, last = (word.strip() for word in part.partition("-"))
        if not (first or last):
            continue
        pages += _run(first, last if dash else first, count)
    if len(set(pages)) != len(pages):
        raise Invalid(_("Một trang được ghi hai lần trong “{typed}”."), typed=typed)
    return tuple(pages)


def _run(first: str, last: str, count: int) -> range:
    words = (first, last)
    if not all(word.isascii() and word.isdigit() and len(word) <= _DIGITS for word in words):
        raise Invalid(_("Ghi trang như “1-3, 5”."))
    if not 1 <= int(first) <= int(last) <= count:
        raise Invalid(_("Bản quét có {count} trang; ghi trang trong số đó."), count=count)
    return range(int(first), int(last) + 1)


def cut(scan: Path, pages: Sequence[int]) -> bytes:
    """Return a PDF of these pages of a scan, from 1 on; the scan stays as it is."""
    reader, writer = PdfReader(scan), PdfWriter()
    for number in pages:
        writer.add_page(reader.pages[number - 1])
    writer.compress_identical_objects(remove_duplicates=True, remove_unreferenced=True)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def count(scan: Path) -> int:
    """Return how many pages a scan has."""
    return len(PdfReader(scan).pages)


def picture(scan: Path, number: int) -> bytes:
    """Return the picture on a page of a scan, as a small JPEG; a page without one has none.

    :raises NotFound: no such page, or nothing on it that a scanner makes
    """
    try:
        images = PdfReader(scan).pages[number - 1].images if number > 0 else []
        image = images[0].image if images else None
        if image is None or image.width * image.height > _PIXELS_AT_MOST:
            raise NotFound(_("Trang này không có ảnh để xem trước."))
        image.thumbnail((_EDGE, _EDGE), Image.Resampling.BILINEAR)
        made = BytesIO()
        image.convert("RGB").save(made, "JPEG", quality=_QUALITY)
    except (*BROKEN, Image.DecompressionBombError) as broken:
        raise NotFound(_("Trang này không có ảnh để xem trước.")) from broken
    return made.getvalue()
