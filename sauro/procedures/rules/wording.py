"""What people say and what the catalogue calls it (lời thường ngày). Pure.

Entries come from `data/wording.tsv`, which anybody who knows how people speak can extend: a
phrase, how it is used, and the words of the catalogue that it stands for.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sauro.procedures.rules.spelling import Word, words


class Use(StrEnum):
    """What is done with a phrase. The words are those of the file."""

    REPLACE = "thay"  # the phrase is not searched, what it stands for is
    ADD = "thêm"  # both are searched
    DROP = "bỏ"  # it says nothing about which procedure
    KEEP = "giữ"  # it is searched as it is, though a shorter entry says otherwise


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the file."""

    phrase: tuple[Word, ...]
    use: Use
    meanings: tuple[tuple[Word, ...], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A text as it is searched: runs of neighbouring words, each with its weight.

    runs: words between which pairs count. weights: of what the person wrote 1, of what we
    think it stands for as given.
    """

    runs: tuple[tuple[tuple[Word, ...], float], ...]

    @property
    def is_empty(self) -> bool:
        """Return whether nothing is left to search."""
        return not any(run for run, _weight in self.runs)


_MEANT = 1.0  # a replaced phrase counts as if the catalogue's words had been written
_ALSO = 0.7  # an added one may be wrong


def read_entries(lines: Iterable[str]) -> Iterator[Entry]:
    """Yield the entries of the file: phrase, use, meanings apart by "|"; "#" begins a remark.

    :raises ValueError: a line is not of that form
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) < 2 or not words(cells[0]):  # noqa: PLR2004 - phrase and use
            raise ValueError(f"line {number}: {line!r}")
        meanings = tuple(
            tuple(words(meaning)) for meaning in "".join(cells[2:3]).split("|") if words(meaning)
        )
        yield Entry(tuple(words(cells[0])), Use(cells[1]), meanings)


class Wording:
    """All entries, found by their first word; of several the longest counts."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        found: dict[str, list[Entry]] = {}
        for entry in entries:
            found.setdefault(entry.phrase[0].folded, []).append(entry)
        self._by_first: Mapping[str, Sequence[Entry]] = {
            first: sorted(group, key=lambda entry: -len(entry.phrase))
            for first, group in found.items()
        }

    def texts(self) -> Iterator[list[str]]:
        """Yield the folded words of every phrase and meaning, for spelling."""
        for group in self._by_first.values():
            for entry in group:
                yield [word.folded for word in entry.phrase]
                yield from ([word.folded for word in meaning] for meaning in entry.meanings)

    def said(self, text: Sequence[Word]) -> Said:
        """Return what to search for. Where nothing would be left, everything written is."""
        runs: list[tuple[tuple[Word, ...], float]] = []
        run: list[Word] = []
        at = 0
        while at < len(text):
            entry = self._entry(text, at)
            if entry is None:
                run.append(text[at])
                at += 1
                continue
            phrase = text[at : at + len(entry.phrase)]
            if entry.use in {Use.KEEP, Use.ADD}:
                run.extend(phrase)
            else:
                runs.append((tuple(run), 1.0))
                run = []
            weight = _MEANT if entry.use is Use.REPLACE else _ALSO
            runs.extend((meaning, weight) for meaning in entry.meanings)
            at += len(entry.phrase)
        runs.append((tuple(run), 1.0))
        found = Said(tuple(run for run in runs if run[0]))
        return Said(((tuple(text), 1.0),)) if found.is_empty else found

    def _entry(self, text: Sequence[Word], at: int) -> Entry | None:
        for entry in self._by_first.get(text[at].folded, ()):
            here = text[at : at + len(entry.phrase)]
            if len(here) == len(entry.phrase) and all(map(_is_same, here, entry.phrase)):
                return entry
        return None


def _is_same(given: Word, entry: Word) -> bool:
    """Test whether a word may be the entry's: marks may have been left out, not put otherwise."""
    return given.folded == entry.folded and given.marks <= entry.marks
