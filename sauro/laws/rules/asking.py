"""What is asked of the laws: an article, a law by name or number, and words."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from sauro.core.text import fold, tidy
from sauro.laws.rules.titles import NUMBER

_ARTICLE = re.compile(r"\b(?:dieu|d)\s*(\d{1,3}[a-z]?)\b(?!\s*\d)")
_CLAUSE = re.compile(r"\b(?:khoan|k)\s*(\d{1,2}[a-z]?)\b")
_POINT = re.compile(r"\bdiem\s+([a-z]{1,2})\b(?=.*\b(?:khoan|dieu)\b)")
_SHORT_NUMBER = re.compile(r"\b(\d{1,3})[/\- ](\d{4})(?:[/\- ](qh\d+))?\b", re.IGNORECASE)
_SAY_NOTHING = """
la gi the nao bao nhieu duoc khong co nhu thi theo quy dinh cua ve cho khi va cac nhung mot
toi hoi ai o dau may hay phai trong tai voi do nay so nam luat dieu khoan de bi muon biet
xin a oi vay minh can nen
"""
_EMPTY = frozenset(_SAY_NOTHING.split())
_MOST_WORDS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question to the laws. law: the folded name of a law that is known, "" for none.

    words: folded, those that say nothing left out. pairs: neighbours among them.
    """

    article: str = ""
    clause: str = ""
    number: str = ""
    law: str = ""
    words: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()


def read_abbreviations(lines: Iterable[str]) -> dict[str, str]:
    """Read lines of an abbreviation, a tab and what it stands for; # begins a remark."""
    rows = (line.rstrip("\n").split("\t") for line in lines if line.strip()[:1] not in {"", "#"})
    return {fold(short): fold(full) for short, full in rows}


def read_question(text: str, names: Collection[str], short: Mapping[str, str]) -> Asked:
    """Read what is asked. names: folded names of the laws. short: abbreviations of them."""
    number = NUMBER.search(tidy(text).upper())
    rest = fold(tidy(text).upper().replace(number.group(), " ") if number else text)
    rest = " ".join(short.get(word, word) for word in rest.split())
    found = number.group() if number else ""
    if not found and (brief := _SHORT_NUMBER.search(rest)):
        found = f"{brief[1]}/{brief[2]}/{(brief[3] or '').upper()}"
        rest = rest.replace(brief.group(), " ")
    rest, article = _take(_ARTICLE, rest)
    rest, clause = _take(_CLAUSE, rest)
    rest, _point = _take(_POINT, rest) if article else (rest, "")
    law = _law(rest, names, is_sure=bool(article))
    for name in (law, _bare(law)) if law else ():
        rest = _loose(rest).replace(_loose(name), " ")
    words = _words(rest)
    return Asked(
        article=article,
        clause=clause,
        number=found,
        law=law,
        words=words,
        pairs=tuple(pairwise(words)),
    )


def _take(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    found = pattern.search(text)
    return (pattern.sub(" ", text, count=1), found[1]) if found else (text, "")


def _law(text: str, names: Collection[str], *, is_sure: bool) -> str:
    """Return the longest name that the text has; without "luật" only beside an article."""
    said = f" {_loose(text)} "
    whole = [name for name in names if f" {_loose(name)} " in said]
    if not whole and is_sure:
        whole = [name for name in names if f" {_loose(_bare(name))} " in said]
    return max(whole, key=len, default="")


def _bare(name: str) -> str:
    return re.sub(r"^(?:bo )?luat ", "", name)


def _loose(text: str) -> str:
    """Return folded text without "và", which people leave out of names."""
    return " ".join(word for word in text.split() if word != "va")


def _words(text: str) -> tuple[str, ...]:
    words = dict.fromkeys(word for word in text.split() if word not in _EMPTY)
    return tuple(words)[:_MOST_WORDS]
