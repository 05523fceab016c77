"""How people write addresses: words, kinds of unit, abbreviations, tone marks. Pure.

An address becomes words; a name in it is found by its key, the folded words run together, so
that "Ea H’Leo", "ea hleo" and "EaH'leo" are one name, and "Phường 09" is "Phường 9".
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sauro.core.text import fold, tidy

LONGEST = 300
MOST_WORDS = 40
LONGEST_NAME = 6

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_WORDS = re.compile(r"[^\W_]+(?:'[^\W_]+)*'?")
_COMMAS = re.compile(r"[,;()\[\]/|\n]")
_DASHES = re.compile(r"\s[-–—]\s")
_GLUED = re.compile(r"([pqfx])(\d{1,2})")

TYPES: Mapping[tuple[str, ...], tuple[str, ...]] = {
    ("phường",): ("Phường",),
    ("p",): ("Phường",),
    ("f",): ("Phường",),
    ("xã",): ("Xã",),
    ("x",): ("Xã",),
    ("thị", "trấn"): ("Thị trấn",),
    ("tt",): ("Thị trấn",),
    ("đặc", "khu"): ("Đặc khu",),
    ("đk",): ("Đặc khu",),
    ("quận",): ("Quận",),
    ("q",): ("Quận",),
    ("huyện",): ("Huyện",),
    ("h",): ("Huyện",),
    ("thị", "xã"): ("Thị xã",),
    ("tx",): ("Thị xã",),
    ("thành", "phố"): ("Thành phố",),
    ("tp",): ("Thành phố",),
    ("tỉnh",): ("Tỉnh",),
    ("t",): ("Tỉnh",),
}
_TYPES_BY_BARE: dict[tuple[str, ...], list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
for _said, _kinds in TYPES.items():
    _TYPES_BY_BARE.setdefault(tuple(map(fold, _said)), []).append((_said, _kinds))
COMMUNE_WORDS = frozenset({"Phường", "Xã", "Thị trấn", "Đặc khu"})
DISTRICT_WORDS = frozenset({"Quận", "Huyện", "Thị xã"})
_EXPANDED: Mapping[str, tuple[str, ...]] = {
    "tphcm": ("tp", "ho", "chi", "minh"),
    "hcm": ("ho", "chi", "minh"),
    "hcmc": ("ho", "chi", "minh"),
    "bmt": ("buon", "ma", "thuot"),
    "tpbmt": ("tp", "buon", "ma", "thuot"),
    "hn": ("ha", "noi"),
    "brvt": ("ba", "ria", "vung", "tau"),
}
_OTHER_NAMES: Mapping[str, str] = {
    "saigon": "hochiminh",
    "daclac": "daklak",
    "daclak": "daklak",
    "daklac": "daklak",
    "darlac": "daklak",
    "dacnong": "daknong",
    "buonmethuot": "buonmathuot",
    "banmethuot": "buonmathuot",
    "buonmethuoc": "buonmathuot",
    "thuathienhue": "hue",
    "bacan": "backan",
}
_FILLERS = frozenset(
    {
        "cu",
        "moi",
        "nay",
        "thuoc",
        "la",
        "truoc",
        "day",
        "vn",
        "vietnam",
        "province",
        "district",
        "city",
        "ward",
    }
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of an address.

    text: as written, in small letters; bare: folded; part: which stretch between commas and
    dashes; span: which stretch between commas, for a name may have a dash in it.
    """

    text: str
    bare: str
    part: int
    span: int

    @property
    def is_number(self) -> bool:
        """Whether it is written in figures."""
        return self.bare.isdecimal()


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that say a kind of unit: from `start` up to the word before `end`."""

    start: int
    end: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """An address in words."""

    words: tuple[Word, ...]

    def key(self, start: int, end: int) -> str:
        """Return the key of a stretch of words."""
        return "".join(word.bare for word in self.words[start:end])

    def text(self, start: int, end: int) -> str:
        """Return a stretch of words as written."""
        return " ".join(word.text for word in self.words[start:end])

    def spans(self) -> Iterator[tuple[int, int]]:
        """Yield every stretch that may be a name: of one to six words, across no comma."""
        for start, first in enumerate(self.words):
            for end in range(start + 1, min(start + LONGEST_NAME, len(self.words)) + 1):
                if self.words[end - 1].span != first.span:
                    break
                yield start, end

    def name_keys(self) -> set[str]:
        """Return the keys of everything in the address that may be a name."""
        found = set()
        for start, end in self.spans():
            if all(word.is_number for word in self.words[start:end]) and (
                end - start > 1 or self.type_before(start) is None
            ):
                continue
            found |= names(self.key(start, end))
        return found

    def type_at(self, start: int) -> Mention | None:
        """Return the kind of unit said from a word on, if one is."""
        for length in (2, 1):
            words = self.words[start : start + length]
            for said, kinds in _TYPES_BY_BARE.get(tuple(word.bare for word in words), ()):
                if all(_same(word, wanted) for word, wanted in zip(words, said, strict=True)):
                    return Mention(start, start + length, kinds)
        return None

    def type_before(self, end: int) -> Mention | None:
        """Return the kind of unit said just before a word, in the same part, if one is."""
        for length in (2, 1):
            start = end - length
            if start < 0 or end >= len(self.words):
                continue
            mention = self.type_at(start)
            same_part = self.words[start].part == self.words[end].part
            if mention and mention.end == end and same_part:
                return mention
        return None


def names(key: str) -> set[str]:
    """Return a key with the one it is another name of: "saigon" is also "hochiminh"."""
    return {key, _OTHER_NAMES.get(key, key)}


def is_filler(word: Word) -> bool:
    """Test whether a word beside names says nothing of where: "cũ", "nay thuộc", a postcode."""
    return word.bare in _FILLERS or (word.is_number and len(word.bare) >= 5)  # noqa: PLR2004


def unmarked(text: str) -> bool:
    """Test whether a text is written without a single Vietnamese mark."""
    return fold(text) == re.sub(r"[\s']+", " ", tidy(text).lower()).strip()


def marked(text: str) -> str:
    """Return a name for comparing with its marks: "Hoà", "hòa" and "HÒA" are one, "Hóa" is not.

    The tone of each word goes to its end, so that it does not matter on which vowel it was put.
    """
    words = []
    for word in tidy(text).lower().replace("'", "").split():
        letters = unicodedata.normalize("NFD", word)
        tone = "".join(char for char in letters if char in _TONES)
        words.append("".join(char for char in letters if char not in _TONES) + tone)
    return unicodedata.normalize("NFC", "".join(words))


def read(text: str) -> Written:
    """Return the words of an address; what is past 300 characters or 40 words is not read."""
    words: list[Word] = []
    part = 0
    for span, stretch in enumerate(_COMMAS.split(tidy(text)[:LONGEST].lower())):
        for piece in _DASHES.split(stretch):
            part += 1
            for found in _WORDS.findall(piece):
                words += [Word(one, _bare(one), part, span) for one in _apart(found)]
    return Written(tuple(word for word in words if word.bare)[:MOST_WORDS])


def key_of(name: str) -> str:
    """Return the key of a name, the same that an address has for it."""
    return "".join(_bare(word) for word in _WORDS.findall(tidy(name).lower()))


def _bare(word: str) -> str:
    bare = fold(word).replace(" ", "")
    return str(int(bare)) if bare.isdecimal() and len(bare) <= 2 else bare  # noqa: PLR2004


def _apart(word: str) -> tuple[str, ...]:
    """Return the words that one written word stands for: "p9" is "p", "9"."""
    glued = _GLUED.fullmatch(word)
    if glued:
        return glued.group(1), glued.group(2)
    return _EXPANDED.get(word, (word,))


def _same(word: Word, wanted: str) -> bool:
    """Test whether a word with the same letters is the one wanted, or written without marks."""
    return word.text in {word.bare, wanted} or marked(word.text) == marked(wanted)
