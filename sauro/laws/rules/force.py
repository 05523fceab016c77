"""Since when a law is in force, and which laws it ends: read in its own last articles."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from sauro.laws.rules.titles import NUMBER

_DAY = r"ngày\s+(\d{1,2})\s*(?:tháng|/|-)\s*(\d{1,2})\s*(?:năm|/|-)\s*(\d{4})"
_SINCE = (
    re.compile(
        r"(?:Luật|Bộ luật|Pháp lệnh)\s+này\s+có\s+hiệu\s+lực[^.;\n]{0,40}?" + _DAY, re.IGNORECASE
    ),
    re.compile(r"hiệu\s+lực[^.;\n]{0,60}?" + _DAY, re.IGNORECASE),
)
# The whole law ends only where the sentence begins with its name, not with one of its parts.
_ENDS = re.compile(
    r"(?:^|\n|;|\.\s)\s*(?:\d+\.|[a-zđ]\))?\s*"
    r"((?:Luật|Bộ luật)\b(?:(?!Điều\s+\d|khoản|quy định tại|hết\s+hiệu\s+lực)[^;\n])*?)"
    r"hết\s+hiệu\s+lực(?:\s+thi\s+hành)?\s+(?:kể\s+)?từ\s+ngày\s+(?:Luật|Bộ luật)\s+này"
)
_REPLACES = re.compile(
    r"(?:Luật|Bộ luật)\s+này\s+thay\s+thế\s+(?:cho\s+)?((?:Luật|Bộ luật)[^.;\n]*)"
)
_LAST = 6


class Ending(StrEnum):
    """How it is known that a law is no longer in force.

    REPEALED: the text of the later law says so. SAME_NAME: a later law has its name, a guess.
    """

    REPEALED = "REPEALED"
    SAME_NAME = "SAME_NAME"


@dataclass(frozen=True, slots=True)
class Since:
    """The day a law came into force, and the article that says so."""

    on: date
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What must be known of a law to see which ones it ends. key: its address."""

    key: str
    number: str
    folded: str
    year: int | None
    since: date | None
    is_amending: bool
    ends: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class End:
    """The first day a law is no longer in force, the number of what ends it, and how we know."""

    on: date
    by: str
    ending: Ending


def read_since(articles: Sequence[tuple[str, str]]) -> Since | None:
    """Return since when a law of these (number, text) is in force, None where it does not say."""
    for pattern in _SINCE:
        for number, text in reversed(articles):
            found = pattern.search(text)
            if found and (on := _day(found)):
                return Since(on, number)
    return None


def _day(found: re.Match[str]) -> date | None:
    day, month, year = (int(part) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_ends(articles: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Return the numbers of the laws that this one ends, as its last articles say."""
    found: dict[str, None] = {}
    for _number, text in articles[-_LAST:]:
        for said in (*_ENDS.finditer(text), *_REPLACES.finditer(text)):
            # The first number is the law's; those after it amended it, and much else besides.
            if first := NUMBER.search(said.group(1)):
                found[first.group()] = None
    return tuple(found)


def ends(laws: Iterable[Known]) -> dict[str, End]:
    """Return which laws are no longer in force, by key.

    First what a later law says; then, marked as a guess, a later whole law of the same name.
    """
    known = list(laws)
    by_number: dict[str, list[Known]] = {}
    by_name: dict[str, list[Known]] = {}
    for law in known:
        by_number.setdefault(law.number, []).append(law)
        if not law.is_amending:
            by_name.setdefault(law.folded, []).append(law)
    found: dict[str, End] = {}
    for law in sorted(known, key=lambda each: each.since or date.max):
        for number in law.ends if law.since else ():
            for old in by_number.get(number, ()):
                if old.key != law.key and law.since is not None:
                    found.setdefault(old.key, End(law.since, law.number, Ending.REPEALED))
    for same in by_name.values():
        _by_name(same, found)
    return found


def _by_name(same: list[Known], found: dict[str, End]) -> None:
    row = sorted((law for law in same if law.year), key=lambda law: law.year or 0)
    for old, new in pairwise(row):
        if new.since and old.year != new.year and (not old.since or old.since <= new.since):
            found.setdefault(old.key, End(new.since, new.number, Ending.SAME_NAME))
