"""The piece of an article that answers: the passage with most of the words asked for."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from sauro.core.text import fold

_WORD = re.compile(r"[^\W_]+")
_AROUND = 260


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text. is_hit: one of the words that were asked for."""

    text: str
    is_hit: bool


def paragraphs(body: str, number: str) -> list[str]:
    """Return the paragraphs of an article without its heading line."""
    lines = [line.strip() for line in body.split("\n") if line.strip()]
    is_heading = len(lines) > 1 and fold(lines[0]).startswith(f"dieu {number.lower()}")
    return lines[1:] if is_heading else lines


def clause(body: str, number: str, wanted: str) -> list[str]:
    """Return the paragraphs of one clause (khoản) of an article, [] if it has no such clause."""
    found: list[str] = []
    for line in paragraphs(body, number):
        starts = re.match(r"(\d{1,2}[a-zđ]?)\s*\.", line)
        if starts and found:
            break
        if found or (starts and fold(starts[1]) == wanted):
            found.append(line)
    return found


def excerpt(body: str, number: str, words: Collection[str]) -> tuple[Piece, ...]:
    """Return the densest passage, with the words marked; the beginning where nothing matches."""
    text = " ".join(paragraphs(body, number))
    found = [m for m in _WORD.finditer(text) if words and fold(m.group()) in words]
    start = _densest([m.start() for m in found])
    start = text.rfind(" ", 0, max(start - 40, 0) + 1) + 1
    end = len(text) if len(text) <= start + _AROUND else text.rfind(" ", start, start + _AROUND)
    pieces = [Piece("… ", is_hit=False)] if start else []
    at = start
    for match in found:
        if start <= match.start() and match.end() <= end:
            pieces.append(Piece(text[at : match.start()], is_hit=False))
            pieces.append(Piece(match.group(), is_hit=True))
            at = match.end()
    pieces.append(Piece(text[at:end] + (" …" if end < len(text) else ""), is_hit=False))
    return tuple(piece for piece in pieces if piece.text)


def _densest(starts: list[int]) -> int:
    """Return where the window with most hits begins."""
    best, where = 0, 0
    for index, first in enumerate(starts):
        within = sum(1 for other in starts[index:] if other < first + _AROUND - 40)
        if within > best:
            best, where = within, first
    return where
