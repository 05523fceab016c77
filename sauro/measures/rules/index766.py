"""Index 766 (Bộ chỉ số 766): criteria as versioned data, and what counts give by them. Pure.

Points are exact fractions, rounded half to even at two decimals for each criterion, as the
national portal shows them; a group is the sum of its rounded criteria. Where the portal's own
figures decide between two readings, data/README.md says which and by what evidence.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any

from sauro.core.explain import Explanation, Line
from sauro.core.text import _

_CENT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One criterion (tiêu chí). max: points; threshold: the ratio from which they are full.

    portal: the names that the national portal gives to its counts. zero, absent: what it gives
    without a denominator, and without any count: "zero", "full" or "unknown"; why: the reason.
    """

    code: str
    number: str
    group: str
    name: str
    max: int
    threshold: Fraction | None
    portal: tuple[str, ...]
    zero: str
    absent: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A group of criteria. unknown: why its points cannot be computed from the portal's counts."""

    key: str
    name: str
    max: int
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """The criteria as they were from a day on. checked: False where the annex was not read."""

    key: str
    since: date
    source: str
    checked: bool
    groups: tuple[Group, ...]
    criteria: tuple[Criterion, ...]
    information: frozenset[str]

    def named(self, portal_name: str) -> Criterion | None:
        """Return the criterion that the portal counts under a name."""
        return next((c for c in self.criteria if portal_name in (c.code, *c.portal)), None)


@dataclass(frozen=True, slots=True)
class Count:
    """A numerator over a denominator; of a ratio without counts, over one hundred."""

    numerator: Fraction
    denominator: Fraction


@dataclass(frozen=True, slots=True)
class Points:
    """What one criterion gives: None where nothing is known of it."""

    criterion: Criterion
    count: Count | None
    value: Fraction | None
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class GroupPoints:
    """What a group gives. value: None when a criterion is unknown; known: without those."""

    group: Group
    criteria: tuple[Points, ...]
    value: Fraction | None
    known: Fraction
    at_most: Fraction
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """Index 766 of one unit: its groups, and the total when all of them are known."""

    version: Version
    groups: tuple[GroupPoints, ...]
    value: Fraction | None = field(default=None)


def versions(data: Mapping[str, Any]) -> tuple[Version, ...]:
    """Return the versions written in data/measures/index766.json, oldest first.

    :raises KeyError: something is missing; :raises ValueError: maxima do not add up
    """
    groups = tuple(
        Group(g["key"], g["name"], g["max"], g.get("unknown", "")) for g in data["groups"]
    )
    base = {c["code"]: _criterion(c) for c in data["criteria"]}
    for group in groups:
        if sum(c.max for c in base.values() if c.group == group.key) != group.max:
            raise ValueError(f"the maxima of group {group.key} do not add up to {group.max}")
    found = [
        Version(
            key=v["key"],
            since=date.fromisoformat(v["since"]),
            source=v["source"],
            checked=v["checked"],
            groups=groups,
            criteria=tuple(_changed(c, v["changes"].get(c.code, {})) for c in base.values()),
            information=frozenset(data["information"]),
        )
        for v in data["versions"]
    ]
    return tuple(sorted(found, key=lambda version: version.since))


def in_force(known: Sequence[Version], day: date) -> Version:
    """Return the version in force on a day.

    :raises LookupError: none was yet
    """
    started = [version for version in known if version.since <= day]
    if not started:
        raise LookupError(f"no index 766 on {day:%Y-%m-%d}")
    return started[-1]


def _criterion(c: Mapping[str, Any]) -> Criterion:
    return Criterion(
        code=c["code"],
        number=c["number"],
        group=c["group"],
        name=c["name"],
        max=c["max"],
        threshold=_threshold(c["threshold"]),
        portal=tuple(c["portal"]),
        zero=c["zero"],
        absent=c["absent"],
        why=c.get("why", ""),
    )


def _threshold(text: str | None) -> Fraction | None:
    return Fraction(text) if text else None


def _changed(criterion: Criterion, changes: Mapping[str, Any]) -> Criterion:
    if "threshold" in changes:
        return replace(criterion, threshold=_threshold(changes["threshold"]))
    return criterion


def score(version: Version, counts: Mapping[str, Count]) -> Score:
    """Return the points that counts give, by criterion code."""
    groups = tuple(_group(version, group, counts) for group in version.groups)
    known = [group.value for group in groups if group.value is not None]
    total = sum(known, Fraction(0)) if len(known) == len(groups) else None
    return Score(version, groups, total)


def _group(version: Version, group: Group, counts: Mapping[str, Count]) -> GroupPoints:
    criteria = tuple(
        points(criterion, counts.get(criterion.code))
        for criterion in version.criteria
        if criterion.group == group.key
    )
    known = sum((p.value for p in criteria if p.value is not None), Fraction(0))
    missing = [p.criterion for p in criteria if p.value is None]
    if not missing:
        return GroupPoints(group, criteria, known, known, known)
    lacking = ", ".join(f"{c.number} {c.name}" for c in missing)
    why = group.unknown or _("Không có số liệu của tiêu chí {lacking}.").format(lacking=lacking)
    return GroupPoints(group, criteria, None, known, known + sum(c.max for c in missing), why)


def points(criterion: Criterion, count: Count | None) -> Points:
    """Return what one criterion gives, with its reason."""
    if count is None or not count.denominator:
        return _without_count(criterion, count)
    ratio = count.numerator / count.denominator
    share = ratio / criterion.threshold if criterion.threshold else ratio
    value = rounded(min(Fraction(criterion.max), criterion.max * share))
    fact = f"{_whole(count.numerator)} / {_whole(count.denominator)} = {percent(ratio)}"
    rule = (
        _("tối đa {max} điểm, đủ điểm từ {threshold}").format(
            max=criterion.max, threshold=percent(criterion.threshold)
        )
        if criterion.threshold
        else _("{max} điểm nhân tỷ lệ").format(max=criterion.max)
    )
    return Points(criterion, count, value, _explained(criterion, value, fact, rule))


def _without_count(criterion: Criterion, count: Count | None) -> Points:
    way = criterion.absent if count is None else criterion.zero
    fact = _("Không có số liệu") if count is None else _("Mẫu số bằng 0")
    value = {"full": Fraction(criterion.max), "zero": Fraction(0)}.get(way)
    rule = criterion.why or {"zero": _("0 điểm"), "unknown": _("chưa tính được")}.get(way, "")
    return Points(criterion, count, value, _explained(criterion, value, fact, rule))


def _explained(criterion: Criterion, value: Fraction | None, fact: str, rule: str) -> Explanation:
    given = "?" if value is None else decimal(value)
    source = _("Chỉ số 766, tiêu chí {number}").format(number=criterion.number)
    return Explanation(given, (Line(fact, rule, source, given),))


def rounded(value: Fraction) -> Fraction:
    """Return points at two decimals, half to even."""
    return Fraction(round(value * _CENT), _CENT)


def decimal(value: Fraction) -> str:
    """Return points as people read them: "17,69"."""
    return f"{float(rounded(value)):.2f}".replace(".", ",")


def percent(ratio: Fraction) -> str:
    """Return a ratio as people read it: "88,47 %"."""
    return f"{float(rounded(ratio * _CENT)):.2f} %".replace(".", ",")


def _whole(value: Fraction) -> str:
    return f"{int(value):,}".replace(",", ".") if value.denominator == 1 else decimal(value)
