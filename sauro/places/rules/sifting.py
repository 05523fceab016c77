"""Which rows of a gazetteer hang together, and why the others do not. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sauro.core.errors import Invalid
from sauro.places.rules.units import (
    PARENTS,
    Finding,
    Key,
    Level,
    NewOutline,
    NewPlace,
    NewSuccession,
    check,
)

Code = tuple[Level, str]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Rows that hang together. parents: key of the unit in which each unit lies."""

    places: Sequence[NewPlace]
    parents: Mapping[Key, Key]
    successions: Sequence[NewSuccession]
    outlines: Sequence[NewOutline]
    rejected: Sequence[Finding]


@dataclass
class _Taken:
    by_code: dict[Code, list[NewPlace]] = field(default_factory=lambda: defaultdict(list))
    parents: dict[Key, Key] = field(default_factory=dict)

    def valid(self, code: Code, on: date) -> NewPlace | None:
        """Return the row of a code that is valid on a day."""
        return next((row for row in self.by_code.get(code, ()) if row.is_valid(on)), None)


def sift(
    places: Sequence[NewPlace],
    successions: Sequence[NewSuccession] = (),
    outlines: Sequence[NewOutline] = (),
) -> Gazetteer:
    """Return the rows that hang together, in an order in which they can be stored.

    Rejected are: what `check` refuses, a row said twice or valid at the same time as another
    of its code, a parent that does not exist on the row's last day, a succession whose units do
    not end and begin on its day, and whatever leans on a rejected row.
    """
    taken = _Taken()
    rejected: list[Finding] = []
    for level in Level:
        for place in sorted((row for row in places if row.level is level), key=_age):
            problem = _problem(place, taken)
            if problem:
                rejected.append(Finding(str(place), *problem))
            else:
                taken.by_code[level, place.code].append(place)
    kept = [row for row in successions if not _reject(_edge_problem(row, taken), row, rejected)]
    known = []
    for row in outlines:
        if taken.valid((row.level, row.code), date.max):
            known.append(row)
        else:
            message = f"Ranh giới mang mã {row.code}, nhưng không có đơn vị nào mang mã này."
            rejected.append(Finding(f"{row.level} {row.code}", "outline_of_nothing", message))
    rows = [row for found in taken.by_code.values() for row in found]
    return Gazetteer(rows, taken.parents, _once(kept, rejected), known, rejected)


def _age(place: NewPlace) -> tuple[str, date]:
    """Sort closed rows before the open row of their code, for the database sees them in turn."""
    return (place.code, place.until or date.max)


def _problem(place: NewPlace, taken: _Taken) -> tuple[str, str] | None:
    """Return why a unit cannot be taken, and note the one it lies in if it can."""
    try:
        check(place)
    except Invalid as refusal:
        return refusal.field or "name", str(refusal)
    last = place.until - timedelta(days=1) if place.until else date.max
    for other in taken.by_code.get((place.level, place.code), ()):
        if other.is_valid(last) or place.is_valid(_last(other)):
            return "duplicate", f"{place.name}: mã {place.code} đã dùng cho {other.name}."
    if place.level is Level.PROVINCE:
        return None
    parent = None
    if place.parent_level in PARENTS[place.level]:
        parent = taken.valid((place.parent_level, place.parent), last)
    if parent is None:
        return "unknown_parent", f"{place.name}: không có đơn vị cấp trên mã “{place.parent}”."
    taken.parents[place.key] = parent.key
    return None


def _last(place: NewPlace) -> date:
    return place.until - timedelta(days=1) if place.until else date.max


def _edge_problem(row: NewSuccession, taken: _Taken) -> str | None:
    ended = taken.valid((row.old_level, row.old), row.on - timedelta(days=1))
    if ended is None or ended.until != row.on:
        return f"Không có {row.old_level} {row.old} kết thúc ngày {row.on:%d/%m/%Y}."
    began = taken.valid((row.new_level, row.new), row.on)
    if began is None or began.since != row.on:
        return f"Không có {row.new_level} {row.new} bắt đầu ngày {row.on:%d/%m/%Y}."
    return None


def _reject(problem: str | None, row: NewSuccession, rejected: list[Finding]) -> bool:
    if problem:
        rejected.append(Finding(f"{row.old} → {row.new}", "unknown_succession", problem))
    return problem is not None


def _once(rows: Sequence[NewSuccession], rejected: list[Finding]) -> list[NewSuccession]:
    """Return the successions without those said twice."""
    seen: set[tuple[str, str, date]] = set()
    kept = []
    for row in rows:
        said = (f"{row.old_level} {row.old}", f"{row.new_level} {row.new}", row.on)
        if said in seen:
            message = f"{row.old} → {row.new} có hai lần, giữ lần đầu."
            rejected.append(Finding(f"{row.old} → {row.new}", "duplicate", message))
            continue
        seen.add(said)
        kept.append(row)
    return kept
