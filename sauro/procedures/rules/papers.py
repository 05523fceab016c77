"""Which papers a filing must ask for, read from the published list of a procedure. Pure.

The national record mixes four things in one list: papers everybody hands in, papers for some
cases only, things an office looks up by itself, and plain remarks. Asking for the last two
would be asking too much, and asking everybody for the second would be wrong, so they are told
apart here by the words they begin with; nothing is dropped: the procedure's page shows the
record whole, and a clerk checks what comes in.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sauro.core.text import fold
from sauro.procedures.rules.records import Component, ComponentCase


class Need(StrEnum):
    """Why a paper is asked, or why not."""

    EVERYBODY = "EVERYBODY"
    SOME = "SOME"  # only where the person says that it applies
    COUNTER = "COUNTER"  # only where the filing is on paper, so never here
    PROXY = "PROXY"  # only for somebody who files for another
    KNOWN = "KNOWN"  # the account or this filing says it already
    REMARK = "REMARK"  # not a paper


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One line of the list, with why it is asked. title: its first words, enough to know it."""

    key: str
    title: str
    text: str
    need: Need
    originals: int
    copies: int
    form: str = ""


CASE_LENGTH = 500
_TITLE_LENGTH = 88
_SHORTEST_TITLE = 14
_FIRST_WORDS = 70
_NUMBER = re.compile(r"^\s*(?:[-–•*+]\s*)?(?:\(?(?:\d{1,2}|[a-zđ]|[ivx]{1,4})(?:\.\d+)*[).]\s+)?")
_ORDER = re.compile(r"^\W*\(?(\d{1,2})[).]")
_BREAK = re.compile(r"[;:]|\.\s|\s\(|,\s(?=trường hợp|gồm|bao gồm)")
_FOR_ALL = (
    "giay to phai",
    "cac giay to",
    "giay to can",
    "thanh phan ho so",
    "bao gom",
    "gom",
    "ho so gom",
    "ho so bao gom",
    "ho so nop",
    "ho so cua",
    "nguoi yeu cau",
    "a thanh phan",
)
_REMARKS = ("luu y", "trong phieu", "phieu duoc tao lap", "so luong ho so", "ghi chu")
_PROXY = "uy quyen"
_SOME = ("truong hop", "doi voi", "neu ", "chi khi")
_SOME_AFTER = ("neu co", "truong hop co", "trong truong hop", "doi voi truong hop")
_IDENTITY = ("can cuoc", "ho chieu", "cmnd", "chung minh nhan dan", "giay to tuy than")
_INTERACTIVE = ("mau dien tu tuong tac", "mau ho tich dien tu tuong tac", "bieu mau dien tu")
_NOTICES = (
    "thong bao",
    "van ban thong bao",
    "van ban tra loi",
    "cong van",
    "truong hop tu choi",
    "phieu tu choi",
    "phieu yeu cau",
    "phieu huong dan",
    "giay tiep nhan",
    "quyet dinh tu choi",
)
_FORMS = ("to khai", "don ", "giay de nghi", "phieu", "van ban de nghi", "mau ")


def cases(groups: Sequence[ComponentCase]) -> tuple[str, ...]:
    """Return the cases that a person must choose between, in the record's order.

    One group, or groups that all apply together, leave nothing to choose.
    """
    names = [_case_name(g) for g in groups if _is_choice(g)]
    distinct = tuple(dict.fromkeys(names))
    return distinct if len(distinct) > 1 else ()


def papers(groups: Sequence[ComponentCase], chosen: str) -> tuple[Paper, ...]:
    """Return every line of the list that concerns the chosen case: forms first, then by number."""
    choices = cases(groups)
    lines: dict[str, tuple[tuple[int, int], Paper]] = {}
    for group in groups:
        if choices and _is_choice(group) and _case_name(group) != chosen:
            continue
        is_side_case = _is_choice(group) and not choices
        for item in group.items:
            lines[item.key] = (_order(item), _paper(group, item, is_side_case))
    return tuple(paper for _place, paper in sorted(lines.values(), key=lambda line: line[0]))


def asked(lines: Iterable[Paper], *, for_other: bool, applies: frozenset[str]) -> tuple[Paper, ...]:
    """Return the papers that this person hands in, given what they said."""
    wanted = {Need.EVERYBODY} | ({Need.PROXY} if for_other else set())
    return tuple(
        line
        for line in lines
        if line.need in wanted or (line.need is Need.SOME and line.key in applies)
    )


def for_some(lines: Iterable[Paper]) -> tuple[Paper, ...]:
    """Return the papers that only some must hand in: the person says which apply."""
    return tuple(line for line in lines if line.need is Need.SOME)


def has_proxy(lines: Iterable[Paper]) -> bool:
    """Test whether it matters that somebody files for another."""
    return any(line.need is Need.PROXY for line in lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The whole published list, told apart for reading. cases: heading -> what all hand in."""

    cases: Mapping[str, tuple[Paper, ...]]
    known: tuple[Paper, ...]
    some: tuple[Paper, ...]
    counter: tuple[Paper, ...]
    proxy: tuple[Paper, ...]
    remarks: tuple[Paper, ...]

    @property
    def asks_everybody(self) -> bool:
        """Return whether some paper is asked of everybody, or of everybody in some case."""
        return any(self.cases.values())


def listing(groups: Sequence[ComponentCase]) -> Listing:
    """Return every line of the list exactly once."""
    chosen = cases(groups)
    by_case: dict[str, list[Paper]] = {}
    apart: dict[Need, list[Paper]] = {need: [] for need in Need}
    for group in groups:
        is_side_case = _is_choice(group) and not chosen
        for item in sorted(group.items, key=_order):
            paper = _paper(group, item, is_side_case)
            if paper.need is Need.EVERYBODY:
                heading = group.name if _is_choice(group) else ""
                by_case.setdefault(heading, []).append(paper)
            else:
                apart[paper.need].append(paper)
    return Listing(
        cases={name: tuple(rows) for name, rows in sorted(by_case.items())},
        known=tuple(apart[Need.KNOWN]),
        some=tuple(apart[Need.SOME]),
        counter=tuple(apart[Need.COUNTER]),
        proxy=tuple(apart[Need.PROXY]),
        remarks=tuple(apart[Need.REMARK]),
    )


def main_result(results: Sequence[str]) -> str:
    """Return the result that people come for: a paper, before a notice that there is none."""
    wanted = [name for name in results if not fold(name).startswith(_NOTICES)]
    return title((wanted or list(results))[0]) if results else ""


def title(text: str) -> str:
    """Return the first words of a line of the list, enough to recognise the paper."""
    bare = _NUMBER.sub("", text, count=1).strip()
    cut = _BREAK.search(bare, _SHORTEST_TITLE)
    words = (bare[: cut.start()] if cut else bare).strip(" .;,:")
    if len(words) > _TITLE_LENGTH:
        words = words[:_TITLE_LENGTH].rsplit(" ", 1)[0].rstrip(" ,;") + "…"
    return words[:1].upper() + words[1:]


def _case_name(group: ComponentCase) -> str:
    return group.name[:CASE_LENGTH]


def _is_choice(group: ComponentCase) -> bool:
    name = fold(group.name)
    if not name or _PROXY in name:
        return False
    return not name.startswith((*_FOR_ALL, *_REMARKS))


def _paper(group: ComponentCase, item: Component, is_side_case: bool) -> Paper:  # noqa: FBT001
    return Paper(
        key=item.key,
        title=title(item.name),
        text=item.name,
        need=_need(group, item, is_side_case),
        originals=item.originals,
        copies=item.copies,
        form=item.form,
    )


def _need(group: ComponentCase, item: Component, is_side_case: bool) -> Need:  # noqa: FBT001
    heading = fold(group.name)
    text = fold(_NUMBER.sub("", item.name, count=1))
    first = text[:_FIRST_WORDS]
    if (not item.originals and not item.copies) or heading.startswith(_REMARKS):
        return Need.REMARK
    if first.startswith(_INTERACTIVE) or _is_identity(first):
        return Need.KNOWN
    if _PROXY in heading or _PROXY in first:
        return Need.PROXY
    if _is_for_counter(text):
        return Need.COUNTER
    if is_side_case or _is_for_some(text):
        return Need.SOME
    return Need.EVERYBODY


def _is_identity(first: str) -> bool:
    """Test whether a paper only shows who the person is, which signing in already did."""
    return first.removeprefix("mot trong cac giay to sau ").startswith(_IDENTITY)


def _is_for_some(text: str) -> bool:
    return text.startswith(_SOME) or any(words in text[:160] for words in _SOME_AFTER)


def _is_for_counter(text: str) -> bool:
    """Test whether a form is only for those who file in person ("nếu … hình thức trực tiếp")."""
    return "hinh thuc truc tiep" in text and " neu " in text


def _order(item: Component) -> tuple[int, int]:
    text = fold(_NUMBER.sub("", item.name, count=1))
    number = _ORDER.match(item.name)
    return (0 if text.startswith(_FORMS) else 1, int(number.group(1)) if number else 0)
