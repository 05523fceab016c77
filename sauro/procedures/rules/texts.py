"""Mending the running text of a record: steps, notes, names. Pure.

The source glued table cells together: a step may carry its number twice, a sentence may be cut
over two entries, and one entry may hold a page of text.
"""

import re
from collections.abc import Iterable
from unicodedata import is_normalized

from sauro.core.text import fold, tidy
from sauro.procedures.rules.records import Step

LONGEST_PARAGRAPH = 420
_STEP = re.compile(r"^[\W_]*bước\s*(\d{1,2})\s*[:.)/–-]*\s*", re.IGNORECASE)
_BULLET = re.compile(r"^\s*[-–+*•·]+\s*")
_SUB = re.compile(r"^\s*(?:[+*•·]|\([ivx]{1,4}\)|[ivx]{2,4}\))\s*")
_INNER_BULLET = re.compile(r"(?<=[.;:])\s+(?=[-–+*•]\s*\S)")
_SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-ZÀ-ỸĐ(])")
_NOTHING = {"", "khong", "khong co", "khong quy dinh", "khong yeu cau", "chua co"}
_UNTIDY = re.compile(
    r"[’‘ʼ`\t-\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]|  "
)
_LONGEST_NOTHING = 24
_CLOSING = (".", ";", ":", "!", "?", ")", "”", '"')


def neat(text: str) -> str:
    """Return `tidy(text)`; text that is tidy already, as most of the catalogue is, goes faster."""
    if (text.isascii() or is_normalized("NFC", text)) and not _UNTIDY.search(text):
        return text.strip()
    return tidy(text)


def name_of(text: str, code: str) -> str:
    """Return a procedure's name without a full stop, or its own code, at the end."""
    name = neat(text)
    bare = name.rstrip(" )")
    if code and bare.endswith(code):
        name = bare.removesuffix(code).rstrip(" (")
    return name.rstrip(" .;")


def is_nothing(text: str) -> bool:
    """Test whether a text only says that there is nothing to say."""
    return len(text) < _LONGEST_NOTHING and fold(text) in _NOTHING


def rejoined(pieces: Iterable[str]) -> list[str]:
    """Return names that the source cut at commas: "Cán bộ", "công chức" is one of them."""
    names: list[str] = []
    for piece in filter(None, map(neat, pieces)):
        if names and piece[:1].islower():
            names[-1] = f"{names[-1]}, {piece}"
        else:
            names.append(piece)
    return [name.rstrip(" .;") for name in names]


def lines(text: str) -> str:
    """Return a text of several lines, each tidied; "" where it says that there is nothing."""
    kept = [line for line in map(neat, text.splitlines()) if line]
    return "" if is_nothing(" ".join(kept)) else "\n".join(_sentences(kept))


def _sentences(kept: Iterable[str]) -> list[str]:
    """Join lines that were cut in the middle of a sentence."""
    whole: list[str] = []
    for line in kept:
        if whole and line[:1].islower() and not whole[-1].endswith(_CLOSING):
            whole[-1] = f"{whole[-1]} {line}"
        else:
            whole.append(line)
    return whole


def steps(texts: Iterable[str]) -> tuple[Step, ...]:
    """Return the steps: numbered entries begin one, what hangs below them belongs to it."""
    whole = _sentences(filter(None, map(neat, texts)))
    is_numbered = any(_STEP.match(text) for text in whole)
    found: list[tuple[str, list[str]]] = []
    for text in whole:
        label, rest = _label(text)
        begins = bool(label) or not found or not (is_numbered or _SUB.match(text))
        if begins:
            found.append((label, []))
        found[-1][1].extend(paragraphs(rest))
    return tuple(Step(label, tuple(parts)) for label, parts in found if parts)


def _label(text: str) -> tuple[str, str]:
    """Return "Bước n" and the rest; the number is taken off as often as it is repeated."""
    label = ""
    while match := _STEP.match(text):
        label = label or f"Bước {match.group(1)}"
        text = text[match.end() :]
    return label, text


def paragraphs(text: str) -> list[str]:
    """Return a long text in paragraphs that end at a bullet or at the end of a sentence."""
    parts: list[str] = []
    for block in _INNER_BULLET.split(text):
        bare = _BULLET.sub("", block).strip()
        if bare:
            parts.extend(_short(bare))
    return parts


def _short(text: str) -> list[str]:
    """Cut at sentence ends so that no paragraph is longer than it must be."""
    parts = [""]
    for sentence in _SENTENCE.split(text):
        if parts[-1] and len(parts[-1]) + len(sentence) > LONGEST_PARAGRAPH:
            parts.append(sentence)
        else:
            parts[-1] = f"{parts[-1]} {sentence}".strip()
    return parts
