"""Counts of index 766 as the national portal's readers write them: a row a unit and metric. Pure.

Columns by name, in any order, others ignored: h_code, province, metric, numerator, denominator,
ratio (percent, used where the counts are not given). Decimals with a point or a comma.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from sauro.core.text import _, tidy
from sauro.measures.rules.index766 import Count, Version

COLUMNS = ("metric", "numerator", "denominator")
_HUNDRED = Fraction(100)
_MOST_DIGITS = 18


@dataclass(slots=True)
class Unit:
    """A unit and its counts by criterion code. strange: metrics that no criterion is named."""

    code: str
    name: str
    counts: dict[str, Count] = field(default_factory=dict)
    information: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Reading:
    """What a file says: its units in their order, and a sentence for every row that is wrong."""

    units: list[Unit] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


class _WrongError(Exception):
    """A row cannot be read; the message says why."""


def read(rows: Iterable[Mapping[str, str | None]], version: Version, *, first: int = 2) -> Reading:
    """Return what rows say by a version. first: the line number of the first row, for faults."""
    reading = Reading()
    units: dict[str, Unit] = {}
    for line, row in enumerate(rows, first):
        try:
            _take(row, version, units)
        except _WrongError as fault:
            reading.faults.append(_("Dòng {line}: {fault}").format(line=line, fault=fault))
    reading.units = list(units.values())
    return reading


def _take(row: Mapping[str, str | None], version: Version, units: dict[str, Unit]) -> None:
    given = {key: tidy(value or "") for key, value in row.items() if isinstance(key, str)}
    code, name = given.get("h_code", ""), given.get("province", "")
    metric = given.get("metric", "").upper()
    if not any(given.values()):
        return
    if not (code or name):
        raise _WrongError(_("không có h_code và province"))
    if not metric:
        raise _WrongError(_("không có tên chỉ tiêu (metric)"))
    unit = units.setdefault(code or name, Unit(code, name))
    criterion = version.named(metric)
    if criterion is None:
        (unit.information if metric in version.information else unit.strange).append(metric)
        return
    if criterion.code in unit.counts:
        raise _WrongError(
            _("chỉ tiêu {metric} của {name} có hai lần").format(metric=metric, name=name)
        )
    count = _count(given)
    if count is not None:
        unit.counts[criterion.code] = count


def _count(given: Mapping[str, str]) -> Count | None:
    """Return the counts of a row; of a ratio alone, the ratio; of nothing at all, nothing."""
    numerator = _number(given, "numerator")
    denominator = _number(given, "denominator")
    if numerator is None and denominator is None:
        ratio = _number(given, "ratio")
        return None if ratio is None else Count(ratio, _HUNDRED)
    if numerator is None or denominator is None:
        lacking = "numerator" if numerator is None else "denominator"
        raise _WrongError(_("thiếu {lacking}").format(lacking=lacking))
    return Count(numerator, denominator)


def _number(given: Mapping[str, str], column: str) -> Fraction | None:
    text = given.get(column, "").replace(" ", "")
    if not text or text.lower() in {"null", "none", "-"}:
        return None
    if text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    whole, _point, part = text.partition(".")
    if not (whole + part).isascii() or not (whole + part).isdigit() or len(text) > _MOST_DIGITS:
        raise _WrongError(
            _("{column} không phải là số không âm: “{text}”").format(column=column, text=text)
        )
    return Fraction(text)
