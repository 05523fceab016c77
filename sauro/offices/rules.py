"""What offices, posts and special days are, and what may not be. Pure.

Codes of offices follow Decision 20/2020/QĐ-TTg: groups read from the left, separated by dots,
at most 35 characters; the first group is a letter A to Y and two figures.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sauro.core.errors import Invalid
from sauro.core.text import _, tidy
from sauro.people.rules import NewPerson, Sex


class Kind(StrEnum):
    """What an office is.

    People's committee (UBND), public service centre (trung tâm phục vụ hành chính công),
    department (sở), unit of a committee (phòng, văn phòng), agency of a ministry (ngành dọc).
    """

    COMMITTEE = "COMMITTEE"
    CENTRE = "CENTRE"
    DEPARTMENT = "DEPARTMENT"
    UNIT = "UNIT"
    VERTICAL = "VERTICAL"


class Level(StrEnum):
    """The tier of government an office belongs to; there are two since 2025-07-01."""

    PROVINCE = "PROVINCE"
    COMMUNE = "COMMUNE"


class Role(StrEnum):
    """What a post is for; `ROLE_LABELS` for people. Processes name roles, never persons."""

    CLERK = "CLERK"
    SPECIALIST = "SPECIALIST"
    HEAD = "HEAD"
    DEPUTY = "DEPUTY"
    STAMP = "STAMP"


ROLE_LABELS = {
    Role.CLERK: "Cán bộ một cửa",
    Role.SPECIALIST: "Chuyên viên",
    Role.HEAD: "Lãnh đạo",
    Role.DEPUTY: "Phó lãnh đạo",
    Role.STAMP: "Văn thư",
}
LEADING = frozenset({Role.HEAD, Role.DEPUTY})


class DayKind(StrEnum):
    """Why a day is special: a holiday, its day in lieu, or the two sides of a swap."""

    HOLIDAY = "holiday"
    IN_LIEU = "in_lieu"
    SWAP_OFF = "swap_off"
    MAKEUP_WORK = "makeup_work"


class DayStatus(StrEnum):
    """Whether a special day was decided, or is only expected."""

    OFFICIAL = "official"
    ESTIMATE = "estimate"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeRow:
    """An office. slug: what it is, the same wherever it is, e.g. "so-tu-phap", "phong-kinh-te"."""

    id: int
    code: str
    slug: str
    name: str
    short_name: str
    kind: str
    level: str
    parent_id: int | None
    place_id: int | None
    address: str
    phone: str
    is_synthetic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialRow:
    """A person in a post on a day. honorific: "Ông" or "Bà". leads: heads or deputises."""

    id: int
    person_id: int
    name: str
    honorific: str
    title: str
    role: str
    office_id: int
    office_name: str
    leads: bool
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOffice:
    """An office to open. parent: code of the office above, "" for none."""

    code: str
    slug: str
    name: str
    short_name: str = ""
    kind: Kind
    level: Level
    parent: str = ""
    place_id: int | None = None
    address: str = ""
    phone: str = ""
    since: date
    source: str = ""
    is_synthetic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPost:
    """A post in an office and who takes it. number: tells posts of one role apart, from 1."""

    office: str
    role: Role
    number: int
    title: str
    since: date
    holder: NewPerson | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialDayPlan:
    """A day of a year's decision on holidays and swaps, and where it stands."""

    day: date
    kind: DayKind
    name: str
    source: str = ""
    status: DayStatus = DayStatus.OFFICIAL


_CODE = re.compile(r"[A-Y][0-9]{2}(\.[0-9A-Z]+)*")
LONGEST_CODE = 35


def check_office(office: NewOffice) -> None:
    """Refuse an office that cannot be so.

    :raises Invalid: the sentence says what to mend
    """
    if not _CODE.fullmatch(office.code) or len(office.code) > LONGEST_CODE:
        raise Invalid(
            _("Mã định danh “{code}” cần dạng H15.24133.01, tối đa {limit} ký tự. Xem lại mã."),
            field="code",
            code=office.code,
            limit=LONGEST_CODE,
        )
    if not tidy(office.name):
        raise Invalid(_("Ghi tên cơ quan."), field="name")
    if office.level is Level.COMMUNE and office.place_id is None:
        raise Invalid(_("Chọn xã, phường của cơ quan “{name}”."), field="place", name=office.name)


def check_year(year: int, days: Sequence[SpecialDayPlan]) -> None:
    """Refuse a list of special days that contradicts itself or the week.

    :raises Invalid: the sentence names the day
    """
    seen: set[date] = set()
    for special in days:
        if special.day.year != year:
            raise Invalid(
                _("Ngày {day} không thuộc năm {year}. Tách danh sách theo từng năm."),
                day=f"{special.day:%d/%m/%Y}",
                year=year,
            )
        if special.day in seen:
            raise Invalid(
                _("Ngày {day} có hai lần trong danh sách. Giữ lại một."),
                day=f"{special.day:%d/%m/%Y}",
            )
        if special.kind is DayKind.MAKEUP_WORK and special.day.isoweekday() <= 5:  # noqa: PLR2004
            raise Invalid(
                _("Ngày làm bù {day} vốn là ngày làm việc. Xem lại quyết định hoán đổi."),
                day=f"{special.day:%d/%m/%Y}",
            )
        seen.add(special.day)


def honorific(sex: str) -> str:
    """Return how a letter addresses a person; both where the sex is not known."""
    return {Sex.MALE.value: "Ông", Sex.FEMALE.value: "Bà"}.get(sex, "Ông/Bà")


def leads(role: str) -> bool:
    """Test whether a role heads its office or deputises for the head."""
    return role in LEADING
