"""Vietnamese words as search sees them: with and without marks, misspelt, run together. Pure."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from sauro.core.text import fold, tidy

_WORD = re.compile(r"[^\W_]+")
_SHORTEST_MENDED = 3
_COMPLETED = 2
_LETTERS = "abcdeghiklmnopqrstuvxy"
# Spellings that sound alike in some region; a word is tried with each if it is unknown.
_ALIKE = (
    ("ch", "tr"), ("tr", "ch"), ("s", "x"), ("x", "s"), ("d", "gi"), ("gi", "d"), ("r", "d"),
    ("d", "r"), ("l", "n"), ("n", "l"), ("v", "d"), ("d", "v"), ("qu", "w"), ("ph", "f"),
    ("c", "k"), ("k", "c"), ("ng", "ngh"), ("ngh", "ng"), ("g", "gh"), ("gh", "g"),
)  # fmt: skip
_ALIKE_ENDS = (("t", "c"), ("c", "t"), ("n", "ng"), ("ng", "n"), ("y", "i"), ("i", "y"))
_WRITTEN_SHORT = {"f": "ph", "w": "qu", "j": "gi", "z": "d"}


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text. folded: without marks. marked: with them, wherever the tone is put.

    marks: those it has, so that a word with some of its marks left out is still recognised.
    """

    folded: str
    marked: str
    marks: frozenset[str] = frozenset()

    @property
    def is_plain(self) -> bool:
        """Return whether it was written without any mark."""
        return self.folded == self.marked


@lru_cache(maxsize=20_000)
def _word(text: str) -> Word:
    folded = fold(text)
    marks = [char for char in unicodedata.normalize("NFD", text) if unicodedata.combining(char)]
    if "đ" in text:
        marks.append("đ")
    return Word(folded, folded + "".join(sorted(marks)), frozenset(marks))


def words(text: str) -> list[Word]:
    """Return the words of a text; "hoà" and "hòa" are one word, "hoa" is another."""
    found = (_word(word) for word in _WORD.findall(tidy(text).lower().replace("'", "")))
    return [word for word in found if word.folded]


class Spelling:
    """What words there are, and what an unknown one was probably meant to be."""

    def __init__(self, texts: Iterable[Sequence[str]]) -> None:
        self.known: Counter[str] = Counter()
        self.pairs: Counter[str] = Counter()
        for text in texts:
            self.known.update(text)
            self.pairs.update(f"{a} {b}" for a, b in pairwise(text))

    def mended(self, given: Sequence[Word]) -> list[Word]:
        """Return the words with the unknown ones put right, where that is plain enough."""
        result: list[Word] = []
        for at, word in enumerate(given):
            following = given[at + 1].folded if at + 1 < len(given) else ""
            before = result[-1].folded if result else ""
            result.extend(self._mend(word, before, following))
        return result

    def completed(self, text: str) -> list[str]:
        """Return the text with its last word, if begun only, completed the likeliest ways."""
        *before, last = fold(text).split() or [""]
        if not last or text[-1:].isspace():
            return []
        previous = before[-1] if before else ""
        whole = [word for word in self.known if word.startswith(last) and word != last]
        whole.sort(key=lambda word: (-self.pairs[f"{previous} {word}"], -self.known[word], word))
        return [" ".join([*before, word]) for word in whole[:_COMPLETED]]

    def _mend(self, word: Word, before: str, following: str) -> list[Word]:
        text = word.folded
        if text in self.known or len(text) < _SHORTEST_MENDED or text.isdigit():
            return [word]
        parted = self._parted(text)
        if parted:
            return [_word(part) for part in parted]
        # First what sounds alike, then one slip of the finger; what fits its neighbours wins.
        for candidates in (_alike(text), _slips(text)):
            known = [candidate for candidate in candidates if candidate in self.known]
            if known:
                best = max(known, key=lambda c: (self._fits(c, before, following), self.known[c]))
                return [_word(best)]
        return [word]

    def _fits(self, candidate: str, before: str, following: str) -> int:
        return self.pairs[f"{before} {candidate}"] + self.pairs[f"{candidate} {following}"]

    def _parted(self, text: str) -> tuple[str, str] | None:
        """Return the two words that were run together: "khaisinh"."""
        cuts = ((text[:at], text[at:]) for at in range(2, len(text) - 1))
        known = [cut for cut in cuts if f"{cut[0]} {cut[1]}" in self.pairs]
        return max(known, key=lambda cut: self.pairs[f"{cut[0]} {cut[1]}"], default=None)


def _alike(text: str) -> set[str]:
    for short, whole in _WRITTEN_SHORT.items():
        text = text.replace(short, whole)
    found = {text}
    for given, meant in _ALIKE:
        if text.startswith(given):
            found.add(meant + text[len(given) :])
    for given, meant in _ALIKE_ENDS:
        if text.endswith(given):
            found |= {each[: -len(given)] + meant for each in list(found) if each.endswith(given)}
    return found


def _slips(text: str) -> set[str]:
    """Return everything one slip away: a letter lost, added, changed, or two swapped."""
    cuts = [(text[:at], text[at:]) for at in range(len(text) + 1)]
    lost = {a + b[1:] for a, b in cuts if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    changed = {a + letter + b[1:] for a, b in cuts if b for letter in _LETTERS}
    added = {a + letter + b for a, b in cuts for letter in _LETTERS}
    return lost | swapped | changed | added
