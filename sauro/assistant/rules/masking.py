"""What is kept of a question: its words without anybody's data (che dữ liệu cá nhân). Pure.

Numbers that may be somebody's, addresses of e-mail and names go; what remains says what people
want to know, not who wants it.
"""

import re

from sauro.core.text import fold

_NUMBER = re.compile(r"\+?\d(?:[ .\-]?\d){5,}")
_CODE = re.compile(r"\b[A-Za-z]\d{1,2}(?:\.[\dA-Za-z]+)*-\d[\d\-]*")
_MAIL = re.compile(r"\S+@\S+")
_LINK = re.compile(r"(?:https?://|www\.)\S+")
_UPPER = "A-ZĐÀ-ÝĂĨŨƠƯẠ-Ỹ"
_WORD = rf"[{_UPPER}][^\W\d_]*"
# Two or more capitalised words are somebody's name unless they begin a sentence or are a place.
_NAME = re.compile(rf"(?<=[^\W\d_] ){_WORD}(?: {_WORD})+|^{_WORD} {_WORD} {_WORD}")
_PLACES = ("xã ", "phường ", "tỉnh ", "huyện ", "thành phố ", "tp ", "buôn ", "thôn ", "đường ")
LONGEST = 200


def masked(question: str) -> str:
    """Return a question with what may be somebody's own replaced by dots, at most 200 letters."""
    text = " ".join(question.split())
    for pattern in (_MAIL, _LINK, _CODE, _NUMBER):
        text = pattern.sub("…", text)
    return _NAME.sub(_hidden, text)[:LONGEST]


def key(text: str) -> str:
    """Return what two ways of writing the same question share: its words without marks."""
    return " ".join(re.findall(r"[a-z0-9]+", fold(text)))


def _hidden(found: re.Match[str]) -> str:
    before = found.string[: found.start()].lower()
    return found[0] if before.endswith(_PLACES) else "…"
