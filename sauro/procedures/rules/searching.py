"""Finding a procedure by what somebody says (tìm thủ tục). Pure.

An index in memory over some seven thousand names: BM25 (Robertson and Zaragoza, 2009) over
words and pairs of neighbouring words without marks, with a little more where the marks agree
too, and less for words of the content. What can be filed here stands before what cannot, the
general case before the special one that nobody asked for.
"""

import heapq
import math
import operator
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sauro.core.text import fold
from sauro.procedures.rules import acts
from sauro.procedures.rules.records import Level
from sauro.procedures.rules.spelling import Spelling, Word, words
from sauro.procedures.rules.wording import Said, Wording

Postings = dict[str, list[tuple[int, float]]]
K1, B = 1.2, 0.55
_MARKED, _FIELD, _BODY = 0.35, 0.25, 0.22
_WHOLE_NAME = 0.25
_LOOKED_AT = 120  # how many of the best by words are looked at more closely
_MANY_TERMS, _COMMON = 60, 900  # a long question does without the words half of all names have
_LEVELS = {Level.COMMUNE: 1.0, Level.PROVINCE: 0.97, Level.MINISTRY: 0.76, Level.OTHER: 0.76}
_UNKNOWN_LEVEL, _LISTED, _DOUBTFUL, _POPULAR = 0.85, 0.8, 0.5, 1.1
_SPECIAL = 0.82
_LEAST_SPECIAL = 0.6
# Cases that a name singles out; they wait until somebody says one of these words.
SPECIAL_CASES = (
    ("yeu to nuoc ngoai", ("nuoc ngoai", "ngoai quoc", "viet kieu")),
    ("nguoi nuoc ngoai", ("nguoi nuoc ngoai", "ngoai quoc", "viet kieu", "tay")),
    ("o nuoc ngoai", ("nuoc ngoai",)),
    ("cua nuoc ngoai", ("nuoc ngoai",)),
    ("cu tru o nuoc ngoai", ("nuoc ngoai",)),
    ("khong quoc tich", ("quoc tich",)),
    ("to tung", ("to tung", "toa an")),
    ("theo yeu cau cua co quan", ("theo yeu cau", "co quan yeu cau")),
    ("khong xac dinh duoc noi", ("khong xac dinh",)),
    ("luu dong", ("luu dong", "tan nha", "tai nha")),
    ("bien gioi", ("bien gioi",)),
    ("cap trung uong", ("trung uong",)),
    ("cap huyen", ("huyen",)),
    ("co quan dai dien", ("dai dien", "su quan")),
    ("quan doi", ("quan doi", "quan nhan", "bo doi")),
    ("quan su", ("quan su", "bo doi")),
    ("quan nhan", ("quan nhan", "bo doi", "quan doi")),
    ("cong an nhan dan", ("cong an nhan dan", "chien si", "can bo cong an")),
    ("xuat canh", ("xuat canh",)),
    ("da co ho so giay to ca nhan", ("da co giay to", "ho so", "nguoi lon")),
    ("ket hop", ("ket hop", "nhan cha", "nhan con", "nhan me")),
    ("lien thong", ("lien thong", "mot lan", "gop", "the bao hiem")),
    ("dang ky lai", ("lai", "mat")),
    ("cap lai", ("lai", "mat", "hong", "rach")),
    ("thu hoi", ("thu hoi",)),
    ("cham dut", ("cham dut", "thoi", "nghi", "dong cua", "giai the", "huy")),
    ("xoa", ("xoa", "huy")),
    ("gia han", ("gia han", "het han", "keo dai")),
    ("dieu chinh", ("dieu chinh", "sua", "thay doi")),
    ("di doi", ("di doi", "doi")),
    ("rut yeu cau", ("rut",)),
    ("dung thuc hien", ("dung thuc hien", "huy")),
    ("tam vang", ("tam vang",)),
    ("cap doi", ("doi", "rach", "cu")),
    ("sua doi", ("sua", "thay doi", "huy", "bo sung")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A procedure as it is searched. words: folded words of its content, apart by spaces."""

    code: str
    name: str
    field: str
    words: str = ""
    level: Level | None = None
    has_full: bool = True
    is_doubtful: bool = False
    is_popular: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found. matched: pairs of neighbouring words that its name shares."""

    entry: Entry
    score: float
    matched: int


class Index:
    """The catalogue ready for searching; immutable once built, about a second for all of it."""

    def __init__(self, entries: Sequence[Entry], wording: Wording) -> None:
        self.entries = tuple(entries)
        self._wording = wording
        names = [words(entry.name.removeprefix("Thủ tục ")) for entry in entries]
        folded = [[word.folded for word in name] for name in names]
        bodies = [entry.words.split() for entry in entries]
        self._spelling = Spelling([*folded, *wording.texts(), *bodies])
        self._special = [_special(f" {' '.join(name)} ") for name in folded]
        self._acts = [acts.of_name(entry.name) for entry in entries]
        self._prior = [_prior(entry) for entry in entries]
        self._pairs = [set(_pairs(name)) for name in folded]
        of_name = _weigh([[*name, *_pairs(name)] for name in folded], B)
        of_marks = _weigh([[w.marked for w in name if not w.is_plain] for name in names], B)
        of_field = _weigh([fold(entry.field).split() for entry in entries], 0.0)
        self._sources = (of_name, of_marks, of_field, _weigh(bodies, 0.3))

    def search(
        self, text: str, *, limit: int = 20, keep: Callable[[Entry], bool] | None = None
    ) -> list[Hit]:
        """Return what a text is about, best first; ties as in the catalogue.

        keep: whether an entry may be found.
        """
        written = self._spelling.mended(words(text))
        said = self._wording.said(written)
        scores = self._scores(said)
        found = (
            number
            for number, score in enumerate(scores)
            if score and (keep is None or keep(self.entries[number]))
        )
        asked = _Asked(written, said)
        wanted = acts.asked(asked.written)
        best = heapq.nlargest(max(_LOOKED_AT, limit), found, key=scores.__getitem__)
        hits = [
            self._hit(number, scores[number] * acts.worth(wanted, self._acts[number]), asked)
            for number in best
        ]
        return sorted(hits, key=lambda hit: -hit.score)[:limit]

    def suggest(self, text: str, *, limit: int = 8) -> list[Hit]:
        """Return what a text that is still being written may be about, best first."""
        best: dict[str, Hit] = {}
        for whole in (text, *self._spelling.completed(text)):
            for hit in self.search(whole, limit=limit):
                known = best.get(hit.entry.code)
                if known is None or hit.score > known.score:
                    best[hit.entry.code] = hit
        return sorted(best.values(), key=lambda hit: -hit.score)[:limit]

    def _scores(self, said: Said) -> list[float]:
        """Return the score of each entry from the words alone, times what it is worth before."""
        scores = [0.0] * len(self.entries)
        for postings, weight in self._terms(said):
            for number, value in postings:
                scores[number] += weight * value
        return list(map(operator.mul, scores, self._prior))

    def _terms(self, said: Said) -> list[tuple[list[tuple[int, float]], float]]:
        """Return the postings to add up; a term counts once, however often it is said."""
        terms: dict[tuple[int, str], float] = {}
        for run, weight in said.runs:
            folded = [word.folded for word in run]
            pieces = [(0, term, 1.0) for term in (*folded, *_pairs(folded))]
            pieces += [(1, word.marked, _MARKED) for word in run if not word.is_plain]
            pieces += [(2, term, _FIELD) for term in folded]
            pieces += [(3, term, _BODY) for term in folded]
            for source, term, worth in pieces:
                terms[source, term] = max(terms.get((source, term), 0.0), weight * worth)
        found = [(self._sources[source].get(term, []), w) for (source, term), w in terms.items()]
        if len(found) <= _MANY_TERMS:
            return found
        return [(postings, weight) for postings, weight in found if len(postings) < _COMMON]

    def _hit(self, number: int, score: float, asked: "_Asked") -> Hit:
        """Return the hit, less for special cases not asked for, more for a name said whole."""
        shared = len(asked.pairs & self._pairs[number])
        left = 1.0
        for case in self._special[number]:
            if not any(f" {words_} " in asked.spoken for words_ in case):
                left *= _SPECIAL
        whole = shared / (len(self._pairs[number]) or 1)
        left = max(left, _LEAST_SPECIAL) * (1 + _WHOLE_NAME * whole)
        return Hit(self.entries[number], round(score * left, 4), shared)


class _Asked:
    """A query as names are compared with it: as written and as understood, together."""

    def __init__(self, written: Sequence[Word], said: Said) -> None:
        texts = [[word.folded for word in written]]
        self.written = " ".join(texts[0])
        texts += [[word.folded for word in run] for run, _weight in said.runs]
        self.spoken = f" {' '.join(' '.join(text) for text in texts)} "
        self.pairs = {pair for text in texts for pair in _pairs(text)}


def _pairs(text: Sequence[str]) -> list[str]:
    return [f"{a} {b}" for a, b in pairwise(text)]


def _weigh(texts: Sequence[Sequence[str]], b: float) -> Postings:
    """Return the postings with the BM25 weight of each term in each text, ready to be added."""
    average = sum(map(len, texts)) / max(len(texts), 1) or 1.0
    counts = [Counter(text) for text in texts]
    seen = Counter(term for count in counts for term in count)
    rarity = {
        term: math.log(1 + (len(texts) - number + 0.5) / (number + 0.5))
        for term, number in seen.items()
    }
    postings: Postings = {}
    for number, count in enumerate(counts):
        norm = K1 * (1 - b + b * len(texts[number]) / average)
        for term, times in count.items():
            value = rarity[term] * times * (K1 + 1) / (times + norm)
            postings.setdefault(term, []).append((number, value))
    return postings


def _special(name: str) -> tuple[tuple[str, ...], ...]:
    return tuple(asked for words_, asked in SPECIAL_CASES if f" {words_} " in name)


def _prior(entry: Entry) -> float:
    prior = _LEVELS[entry.level] if entry.level else _UNKNOWN_LEVEL
    prior *= 1.0 if entry.has_full else _LISTED
    prior *= _POPULAR if entry.is_popular else 1.0
    return prior * (_DOUBTFUL if entry.is_doubtful else 1.0)
