"""Which unit an address means: given the units with names that occur in it, decide. Pure.

A reading takes one unit as the smallest named in the address; everything written after it must
be a district or province that the unit lies or lay in. The readings that explain most of the
address are kept. When they lead to different places nobody guesses: the person is asked.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from sauro.places.rules.units import Level
from sauro.places.rules.writing import (
    COMMUNE_WORDS,
    DISTRICT_WORDS,
    Written,
    is_filler,
    marked,
    names,
    unmarked,
)

MOST_DROPPED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A unit with a name that occurs in an address, and the units it may be written with.

    districts: keys of the districts it or its predecessors lay in. provinces: keys of today's
    provinces of it or its successors. old_provinces: keys of provinces that are no more.
    """

    id: int
    level: Level
    type_word: str
    name: str
    key: str
    is_open: bool
    districts: frozenset[str] = frozenset()
    provinces: frozenset[str] = frozenset()
    old_provinces: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A way to understand an address. start: the first word it explains.

    typed: its kind of unit is written before it; mistyped: another kind is. marked: its marks
    are as in the address. upper: keys of the units written after it. names_district: one of
    them is its district, or has its name; surely: the address says that it is a district. cut:
    what is written at the end of the address was left out.
    """

    candidate: Candidate
    start: int
    typed: bool
    mistyped: bool
    marked: bool
    upper: frozenset[str]
    names_district: bool
    surely: bool
    cut: bool = False

    @property
    def says_old(self) -> bool:
        """Whether the address names a district, or a province that is no more."""
        return self.surely or bool(self.upper - self.candidate.provinces)

    @property
    def says_today(self) -> bool:
        """Whether the address names today's province and nothing else."""
        return bool(self.upper) and self.upper <= self.candidate.provinces

    @property
    def rank(self) -> tuple[int, bool, bool, bool]:
        """How much of the address is explained, and how well; higher is better."""
        return (-self.start, not self.mistyped, self.surely, self.marked)


def readings(written: Written, candidates: Sequence[Candidate]) -> list[Reading]:
    """Return the readings that explain most of the address, in order of unit id.

    What follows the last comma may be no place at all ("gần chợ"): if nothing is understood with
    it, the address is read without, and the readings are `cut`.
    """
    parts = written.words[-1].part if written.words else 0
    for dropped in range(min(parts, MOST_DROPPED) + 1):
        shorter = Written(tuple(word for word in written.words if word.part <= parts - dropped))
        best = _best(shorter, candidates)
        if best:
            return [replace(reading, cut=bool(dropped)) for reading in best]
    return []


def unread(written: Written, best: Sequence[Reading]) -> str:
    """Return the commune that the address names but nobody knows, as written; "" if none."""
    if any(reading.candidate.level is Level.COMMUNE for reading in best):
        return ""
    found = _said_before(written, min((row.start for row in best), default=len(written.words)))
    return written.text(*found) if found else ""


def guess(written: Written, best: Sequence[Reading]) -> str:
    """Return the folded words that may be a misspelt name: after the kind of unit, or the first."""
    found = _said_before(written, min((row.start for row in best), default=len(written.words)))
    if found:
        mention = written.type_at(found[0])
        start = mention.end if mention else found[0]
        return " ".join(word.bare for word in written.words[start : found[1]])
    if best or not written.words:
        return ""
    first = [word.bare for word in written.words if word.part == written.words[0].part]
    return " ".join(word for word in first if not word.isdecimal())


def _said_before(written: Written, end: int) -> tuple[int, int] | None:
    """Return the stretch of the last commune said before a word, with the word for its kind."""
    for start in reversed(range(end)):
        mention = written.type_at(start)
        if mention and COMMUNE_WORDS.intersection(mention.words) and mention.end < end:
            part = written.words[mention.end].part
            stop = mention.end
            while stop < end and written.words[stop].part == part:
                stop += 1
            return start, stop
    return None


def _best(written: Written, candidates: Iterable[Candidate]) -> list[Reading]:
    index = _Index(written)
    found = [
        reading
        for candidate in candidates
        for start, end in index.spans.get(candidate.key, ())
        if (reading := _reading(index, candidate, start, end))
    ]
    if not found:
        return []
    best = max(reading.rank for reading in found)
    kept = {reading.candidate.id: reading for reading in found if reading.rank == best}
    return _of_its_time([kept[key] for key in sorted(kept)])


class _Index:
    """An address taken apart once, for asking many times."""

    def __init__(self, written: Written) -> None:
        self.written = written
        self.spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self.ends: dict[int, list[tuple[int, set[str]]]] = defaultdict(list)
        for start, end in written.spans():
            keys = names(written.key(start, end))
            self.ends[start].append((end, keys))
            for key in keys:
                self.spans[key].append((start, end))
        count = len(written.words)
        self.types = [written.type_at(at) for at in range(count)]
        self.types_before = [written.type_before(at) for at in range(count)]

    def begins_part(self, start: int) -> bool:
        """Test whether a word, or the kind of unit before it, comes first after a comma."""
        mention = self.types_before[start]
        first = mention.start if mention else start
        words = self.written.words
        return first == 0 or words[first - 1].part != words[first].part

    def name_at(self, at: int, known: frozenset[str]) -> tuple[int, set[str]] | None:
        """Return the end and keys of the longest known name that begins at a word."""
        found = [(end, keys & known) for end, keys in self.ends[at] if keys & known]
        return max(found, key=itemgetter(0), default=None)

    def silent_until(self, at: int) -> int | None:
        """Return where words that name nothing end, None if the word at hand is not one."""
        mention = self.types[at]
        if mention:
            return None if COMMUNE_WORDS.intersection(mention.words) else mention.end
        if self.written.key(at, at + 2) == "vietnam":
            return at + 2
        return at + 1 if is_filler(self.written.words[at]) else None


def _reading(index: _Index, candidate: Candidate, start: int, end: int) -> Reading | None:
    mention = index.types_before[start]
    typed = mention is not None and candidate.type_word in mention.words
    if candidate.key.isdecimal() and not typed:
        return None
    upper = _upper(index, candidate, end)
    if upper is None or (not typed and not upper and not index.begins_part(start)):
        return None
    text = index.written.text(start, end)
    districts = [
        said for said in upper if said.keys & candidate.districts and "Tỉnh" not in said.kinds
    ]
    return Reading(
        candidate=candidate,
        start=mention.start if mention and typed else start,
        typed=typed,
        mistyped=mention is not None and not typed,
        marked=unmarked(text) or marked(text) == marked(candidate.name),
        upper=frozenset(key for said in upper for key in said.keys),
        names_district=bool(districts),
        surely=any(_is_district(said, upper) for said in districts),
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """A unit named after the one that is read. kinds: the kind of unit written before it."""

    keys: frozenset[str]
    kinds: tuple[str, ...]


def _is_district(said: _Said, upper: Sequence[_Said]) -> bool:
    """Test whether a name is said to be a district: by its kind, or for being there twice."""
    kinds = DISTRICT_WORDS | {"Thành phố"}
    return bool(kinds.intersection(said.kinds)) or sum(said.keys == one.keys for one in upper) > 1


def _upper(index: _Index, candidate: Candidate, start: int) -> list[_Said] | None:
    """Return the units named from a word on, None if a word there says otherwise."""
    known = candidate.districts | candidate.provinces | candidate.old_provinces
    found: list[_Said] = []
    at = start
    while at < len(index.written.words):
        name = index.name_at(at, known)
        if name:
            mention = index.types_before[at]
            said = _Said(frozenset(name[1]), mention.words if mention else ())
            if not _fits(said, candidate):
                return None
            found.append(said)
            at = name[0]
            continue
        after = index.silent_until(at)
        if after is None:
            return None
        at = after
    return found


def _fits(said: _Said, candidate: Candidate) -> bool:
    """Test whether the kind of unit before a name is one that the named unit can be."""
    if DISTRICT_WORDS.intersection(said.kinds):
        return bool(said.keys & candidate.districts)
    return "Tỉnh" not in said.kinds or bool(
        said.keys & (candidate.provinces | candidate.old_provinces)
    )


def _of_its_time(best: list[Reading]) -> list[Reading]:
    """Return the readings of the time in which the address was written.

    An address with a district, or with a province that is no more, is an old one. If the name
    may be of a district or of its province, both times are kept. Otherwise today's unit is meant,
    if the address says in which province, or there is only one.
    """
    communes = [reading for reading in best if reading.candidate.level is Level.COMMUNE]
    others = [reading for reading in best if reading.candidate.level is not Level.COMMUNE]
    return _communes_of_its_time(communes) + _today_if_any(others)


def _communes_of_its_time(communes: list[Reading]) -> list[Reading]:
    closed = [reading for reading in communes if not reading.candidate.is_open]
    today = [reading for reading in communes if reading.candidate.is_open]
    if not closed or not today:
        return communes
    if any(reading.surely for reading in closed):
        return closed
    if any(reading.says_old for reading in closed):
        return communes if any(reading.says_today for reading in today) else closed
    if any(reading.names_district for reading in closed):
        return communes
    provinces = {reading.candidate.provinces for reading in communes}
    if len(provinces) == 1 or any(reading.upper for reading in today):
        return today
    return communes


def _today_if_any(others: list[Reading]) -> list[Reading]:
    """Return districts as they are, and of the provinces of one name today's."""
    today = {reading.candidate.key for reading in others if reading.candidate.is_open}
    return [
        reading
        for reading in others
        if reading.candidate.level is Level.DISTRICT
        or reading.candidate.is_open
        or reading.candidate.key not in today
    ]
