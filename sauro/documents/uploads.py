"""Uploads (tệp gửi lên), hostile until proven otherwise: what a file is, judged by its bytes.

Only PDF, JPEG and PNG are taken. Images are decoded and written anew, so that nothing but the
picture survives: no place where it was taken, no thumbnail, no second file hidden behind it.
"""

import struct
import unicodedata
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import Final, Protocol
from zipfile import is_zipfile

from PIL import Image, ImageOps, UnidentifiedImageError

from sauro.core.errors import Invalid, TooLarge
from sauro.core.text import _, tidy
from sauro.documents import rules
from sauro.documents.pdfs import check_pdf

_CHUNK: Final = 1 << 16
_LONGEST_ENDING: Final = 5
# Blank space and the mark of UTF-8 do no harm before the header; anything else may.
_BEFORE_PDF: Final = b"\0\t\n\x0c\r \xef\xbb\xbf"
_JPEG: Final = b"\xff\xd8\xff"
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEIC: Final = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
_OTHER_IMAGES: Final = (b"GIF8", b"BM", b"II*\0", b"MM\0*")


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that may be kept: its bytes as they will be kept, and what they are."""

    content: bytes
    media_type: str
    pages: int | None
    name: str


class Source(Protocol):
    """Anything that gives its bytes piece by piece: an open file, or an upload."""

    def read(self, size: int, /) -> bytes:
        """Return the next bytes, at most `size`; none at the end."""
        ...


def read(content: Source, *, name: str, limit: int) -> bytes:
    """Return the bytes of `content`; reads at most `limit` and one more.

    :raises TooLarge: there is more than `limit` bytes
    """
    parts, size = [], 0
    while chunk := content.read(min(_CHUNK, limit + 1 - size)):
        parts.append(chunk)
        size += len(chunk)
        if size > limit:
            raise TooLarge(
                _(
                    "Tệp “{name}” lớn hơn {limit} MB. Chụp lại ở độ nét vừa, "
                    "hoặc chia thành nhiều tệp rồi gửi lại."
                ),
                name=safe_name(name),
                limit=limit // (1024 * 1024),
            )
    return b"".join(parts)


def take(raw: bytes, *, name: str) -> Taken:
    """Return a file as it may be kept.

    :raises Invalid: empty, of another type, broken, protected, or able to do something
    """
    shown = safe_name(name)
    if not raw:
        raise Invalid(_("Tệp “{name}” trống. Mở thử trên máy của bạn rồi chọn lại."), name=shown)
    if raw.startswith((_JPEG, _PNG)):
        kept, media_type = _redrawn(raw, shown)
        return Taken(kept, media_type, 1, _ended(shown, media_type))
    if raw[:1024].lstrip(_BEFORE_PDF).startswith(b"%PDF-"):
        if is_zipfile(BytesIO(raw)):
            raise Invalid(
                _("Trong “{name}” có giấu một tệp khác. In tệp ra PDF mới rồi gửi lại."),
                name=shown,
            )
        pages = check_pdf(raw, shown)
        return Taken(raw, "application/pdf", pages, _ended(shown, "application/pdf"))
    raise _not_taken(raw, shown)


def safe_name(name: str) -> str:
    """Return a name fit for any disk and page: no path, no unseen characters, at most 150."""
    last = PurePosixPath(name.replace("\\", "/")).name
    seen = "".join(
        "_" if char in '<>:"|?*' else char
        for char in unicodedata.normalize("NFC", last)
        if unicodedata.category(char)[0] != "C"
    )
    plain = tidy(seen).strip(". ") or "tep"
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > _LONGEST_ENDING:
        return plain[: rules.LONGEST_NAME]
    return f"{stem[: rules.LONGEST_NAME - len(ending) - 1]}.{ending}"


def _ended(name: str, media_type: str) -> str:
    """Return `name` with the ending of what the file is, whatever it was called."""
    right = rules.ENDINGS[media_type]
    stem, dot, ending = name.rpartition(".")
    if dot and f".{ending.lower()}" in {right, ".jpeg" if right == ".jpg" else right}:
        return name
    bare = stem if dot and 0 < len(ending) <= _LONGEST_ENDING else name
    return f"{bare[: rules.LONGEST_NAME - len(right)]}{right}"


def _redrawn(raw: bytes, name: str) -> tuple[bytes, str]:
    try:
        image = Image.open(BytesIO(raw), formats=("JPEG", "PNG"))
        _check_pixels(image)
        media_type = "image/png" if image.format == "PNG" else "image/jpeg"
        # A JPEG is decoded at half or quarter size where that is enough: large photos stay cheap.
        image.draft(None, (rules.LONGEST_EDGE, rules.LONGEST_EDGE))
        return _drawn(image, media_type), media_type
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise Invalid(
            _("Ảnh “{name}” quá lớn để mở. Thu nhỏ dưới 25 triệu điểm ảnh rồi gửi lại."), name=name
        ) from bomb
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as broken:
        raise Invalid(
            _("Ảnh “{name}” bị hỏng, không mở được. Chụp hoặc quét lại rồi gửi lại."), name=name
        ) from broken


def _check_pixels(image: Image.Image) -> None:
    kind = "PNG" if image.format == "PNG" else "JPEG"
    if image.width * image.height > rules.PIXELS_AT_MOST[kind]:
        raise Image.DecompressionBombError


def _drawn(image: Image.Image, media_type: str) -> bytes:
    upright = _upright(image)
    upright.thumbnail((rules.LONGEST_EDGE, rules.LONGEST_EDGE), Image.Resampling.LANCZOS)
    has_holes = upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info
    if media_type == "image/png":
        picture = upright.convert("RGBA" if has_holes else _grey_or_colour(upright))
    else:
        picture = upright.convert(_grey_or_colour(upright))
    picture.info.clear()
    out = BytesIO()
    if media_type == "image/png":
        picture.save(out, "PNG", compress_level=6)
    else:
        picture.save(out, "JPEG", quality=88, progressive=True)
    return out.getvalue()


def _upright(image: Image.Image) -> Image.Image:
    """Return the picture the way up the camera noted; a note that cannot be read is not one."""
    try:
        return ImageOps.exif_transpose(image)
    except (SyntaxError, ValueError, TypeError, KeyError, struct.error, Warning):
        return image


def _grey_or_colour(image: Image.Image) -> str:
    return "L" if image.mode in {"1", "L"} else "RGB"


def _not_taken(raw: bytes, name: str) -> Invalid:
    """Return the refusal that fits what the bytes are, with what to do instead."""
    if raw[4:8] == b"ftyp" and raw[8:12] in _HEIC:
        message = _(
            "“{name}” là ảnh HEIC của iPhone, ở đây chưa mở được. Vào Cài đặt, Camera, Định dạng, "
            "chọn “Tương thích nhất” rồi chụp lại."
        )
    elif raw.startswith(_OLE) or (raw.startswith(b"PK") and b"word/" in raw):
        message = _("“{name}” là tệp soạn thảo. Mở tệp, chọn Lưu thành PDF rồi gửi bản PDF.")
    elif raw.startswith((b"PK", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        message = _("“{name}” là tệp nén. Giải nén rồi gửi từng tệp PDF hoặc ảnh.")
    elif raw.startswith(_OTHER_IMAGES) or raw[8:12] == b"WEBP":
        message = _("Ảnh “{name}” thuộc loại chưa nhận. Lưu thành JPEG hoặc PNG rồi gửi lại.")
    else:
        message = _(
            "“{name}” không phải PDF, JPEG hay PNG, dù tên tệp ghi thế nào. "
            "Chụp ảnh giấy tờ, hoặc lưu thành PDF rồi gửi lại."
        )
    return Invalid(message, name=name)
