"""Units of administration as data: what a row may be, and which rows hang together. Pure.

Before 2025-07-01 a commune lay in a district and a district in a province; since then a commune
lies in a province. A row is valid from `since`, or from before the data begins, until the day
before `until`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sauro.core.errors import Invalid
from sauro.core.text import _, tidy


class Level(StrEnum):
    """The tier of a unit: province (cấp tỉnh), district (cấp huyện, ended), commune (cấp xã)."""

    PROVINCE = "PROVINCE"
    DISTRICT = "DISTRICT"
    COMMUNE = "COMMUNE"


TYPE_WORDS: Mapping[Level, tuple[str, ...]] = {
    Level.PROVINCE: ("Tỉnh", "Thành phố"),
    Level.DISTRICT: ("Thành phố", "Thị xã", "Quận", "Huyện"),
    Level.COMMUNE: ("Phường", "Thị trấn", "Xã", "Đặc khu"),
}
CODE_LENGTHS = {Level.PROVINCE: 2, Level.DISTRICT: 3, Level.COMMUNE: 5}
PARENTS = {
    Level.PROVINCE: (),
    Level.DISTRICT: (Level.PROVINCE,),
    Level.COMMUNE: (Level.PROVINCE, Level.DISTRICT),
}

DISPUTED = "successors_disputed"
FLAGS = {
    DISPUTED: "Hai nguồn dữ liệu ghi khác nhau về đơn vị kế thừa",
    "population_x10_restored": "Dân số ước tính: nguồn mất chữ số 0 cuối, đã nhân 10",
    "population_x100_restored": "Dân số ước tính: nguồn mất chữ số 0 cuối, đã nhân 100",
    "population_x1000_restored": "Dân số ước tính: nguồn mất chữ số 0 cuối, đã nhân 1.000",
    "population_div10_restored": "Dân số ước tính: nguồn thừa một chữ số, đã chia 10",
    "population_residual_estimate": "Dân số ước tính: phần còn lại của tỉnh",
    "population_type_median_estimate": "Dân số ước tính: bằng mức giữa của đơn vị cùng loại",
    "population_unknown": "Chưa có số dân",
}

Key = tuple[Level, str, date | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlace:
    """A unit as a source states it. parent: the code of the unit it lies in, "" for a province.

    population_basis: "source" for a counted figure, otherwise how it was estimated, "" for none.
    """

    level: Level
    code: str
    name: str
    parent: str = ""
    parent_level: Level | None = None
    since: date | None = None
    until: date | None = None
    lat: Decimal | None = None
    lon: Decimal | None = None
    area_km2: Decimal | None = None
    population: int | None = None
    population_basis: str = ""
    seat: str = ""
    flags: tuple[str, ...] = ()
    source: str
    snapshot_on: date

    @property
    def key(self) -> Key:
        """What makes the row one row."""
        return (self.level, self.code, self.since)

    def __str__(self) -> str:
        """Name the row in a report."""
        return f"{self.level} {self.code} {self.since or ''}".strip()

    def is_valid(self, on: date) -> bool:
        """Test whether the unit exists on a day."""
        return (self.since or date.min) <= on and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSuccession:
    """A unit that ended on a day and one that began on it, and whether only part went over."""

    old_level: Level
    old: str
    new_level: Level
    new: str
    on: date
    is_partial: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOutline:
    """The outline of the open unit with a code: a GeoJSON geometry."""

    level: Level
    code: str
    outline: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Finding:
    """A row that was mended or could not be taken: which, by what rule, and in words."""

    key: str
    reason: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    """A unit with those it lies in.

    full_name: "Phường Tuy Hòa, Tỉnh Đắk Lắk". parent_id: the province, or the district of a
    unit that ended with them. until: the first day it is no more, None while it exists.
    """

    id: int
    code: str
    level: str
    type_word: str
    name: str
    short_name: str
    full_name: str
    parent_id: int | None
    province_code: str
    province_name: str
    since: date | None
    until: date | None
    lat: float | None
    lon: float | None
    area_km2: float | None
    population: int | None
    population_is_estimate: bool
    seat: str
    source: str
    snapshot_on: date
    flags: tuple[str, ...]

    @property
    def warnings(self) -> tuple[str, ...]:
        """What to know before trusting the row, in words."""
        return tuple(FLAGS.get(flag, flag) for flag in self.flags)


def type_word(level: Level, name: str) -> str:
    """Return the word for the kind of unit that a full name begins with.

    :raises Invalid: it begins with none
    """
    lower = name.lower()
    for word in TYPE_WORDS[level]:
        if lower.startswith(word.lower() + " "):
            return word
    raise Invalid(
        _("Tên “{name}” cần bắt đầu bằng loại đơn vị: {words}."),
        field="name",
        name=name,
        words=", ".join(TYPE_WORDS[level]),
    )


def short_name(level: Level, name: str) -> str:
    """Return a full name without the word for its kind; raises like `type_word`."""
    return name[len(type_word(level, name)) :].strip()


def mended(place: NewPlace) -> tuple[NewPlace, list[Finding]]:
    """Return the row as it is stored, with what was mended; raises `Invalid` if it cannot be."""
    found = []
    name = tidy(place.name)
    word = type_word(place.level, name)
    if not name.startswith(word):
        name = word + name[len(word) :]
    if name != place.name:
        found.append(_mend(place, "name", f"Tên “{place.name}” sửa thành “{name}”."))
    seat = tidy(place.seat)
    if seat != place.seat:
        found.append(_mend(place, "seat", "Trụ sở: bỏ khoảng trắng thừa."))
    flags = set(place.flags)
    if place.population_basis not in {"", "source"}:
        flags.add(f"population_{place.population_basis}")
        message = FLAGS.get(f"population_{place.population_basis}", "Dân số ước tính")
        found.append(_mend(place, "population_estimated", f"{name}: {message.lower()}."))
    if place.population is None and place.level is Level.COMMUNE and place.until is None:
        flags.add("population_unknown")
        found.append(_mend(place, "population_unknown", f"{name}: chưa có số dân, để trống."))
    return replace(place, name=name, seat=seat, flags=tuple(sorted(flags))), found


def _mend(place: NewPlace, reason: str, message: str) -> Finding:
    return Finding(str(place), reason, message)


def check(place: NewPlace) -> None:
    """Refuse a row that cannot be so.

    :raises Invalid: the sentence says what is wrong with which row
    """
    length = CODE_LENGTHS[place.level]
    if not re.fullmatch(rf"[0-9]{{{length}}}", place.code):
        raise Invalid(
            _("Mã “{code}” cần đúng {length} chữ số."), "code", code=place.code, length=length
        )
    if not short_name(place.level, place.name):
        raise Invalid(_("Đơn vị {code} chưa có tên."), field="name", code=place.code)
    if place.since and place.until and place.until <= place.since:
        raise Invalid(
            _("{name}: ngày kết thúc {until} cần sau ngày bắt đầu {since}."),
            field="until",
            name=place.name,
            until=f"{place.until:%d/%m/%Y}",
            since=f"{place.since:%d/%m/%Y}",
        )
    if place.population is not None and place.population < 0:
        raise Invalid(_("{name}: số dân không thể âm."), field="population", name=place.name)
