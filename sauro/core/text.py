"""Vietnamese text: one spelling to store, one folded form to search.

`_` marks a sentence for translation without importing a framework; it is translated at the
edge, where a language is known.
"""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^0-9a-z]+")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'"})
_STROKES = str.maketrans({"đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ƀ": "b", "Ƀ": "B"})


def _(text: str) -> str:
    """Mark `text` for translation."""
    return text


def tidy(text: str) -> str:
    """Return `text` in NFC with plain apostrophes and single spaces, as it is stored."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text).translate(_APOSTROPHES)).strip()


def bare(text: str) -> str:
    """Return `text` without marks: "Kết quả, Ê Đê" is "Ket qua, E De"."""
    plain = unicodedata.normalize("NFD", text.translate(_STROKES))
    return "".join(char for char in plain if not unicodedata.combining(char))


def fold(text: str) -> str:
    """Return `text` for searching: lower case, no marks, words of a-z and 0-9 with one space.

    "Đăng ký khai sinh", "dang ky khai sinh" and "ĐĂNG KÝ  khai-sinh" fold alike; so do
    "hoà" and "hòa", and "Ea H'Leo" and "Ea H’Leo" (an apostrophe joins nothing: "ea hleo").
    """
    return _NOT_WORD.sub(" ", bare(tidy(text).replace("'", "")).lower()).strip()
