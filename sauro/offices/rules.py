"""What offices, posts and special days are, and what may not be. Pure.

Codes of offices follow Decision 20/2020/QĐ-TTg: groups read from the left, separated by dots,
at most 35 characters; the first group is a letter A to Y and two figures.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from itertools import pairwise

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
    """Why a day is special: a holiday, its day in lieu, the two sides of a swap, local days.

    ORDINARY: what was special by the data, or for the province, is not.
    """

    HOLIDAY = "holiday"
    IN_LIEU = "in_lieu"
    SWAP_OFF = "swap_off"
    MAKEUP_WORK = "makeup_work"
    LOCAL_OFF = "local_off"
    HALF_MORNING = "half_morning"
    HALF_AFTERNOON = "half_afternoon"
    ORDINARY = "ordinary"


DAY_KIND_LABELS = {
    DayKind.HOLIDAY: "Nghỉ lễ, tết",
    DayKind.IN_LIEU: "Nghỉ bù ngày lễ",
    DayKind.SWAP_OFF: "Nghỉ hoán đổi",
    DayKind.MAKEUP_WORK: "Làm bù ngày nghỉ cuối tuần",
    DayKind.LOCAL_OFF: "Nghỉ của địa phương, cơ quan",
    DayKind.HALF_MORNING: "Chỉ làm việc buổi sáng",
    DayKind.HALF_AFTERNOON: "Chỉ làm việc buổi chiều",
    DayKind.ORDINARY: "Như ngày thường",
}


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
        check_day(special)
        seen.add(special.day)


_OFF_ON_A_WEEKDAY = {DayKind.SWAP_OFF, DayKind.LOCAL_OFF}


def check_day(special: SpecialDayPlan) -> None:
    """Refuse a special day that the week already makes so, or that has no name.

    :raises Invalid: the sentence names the day
    """
    day, is_weekday = f"{special.day:%d/%m/%Y}", special.day.isoweekday() <= 5  # noqa: PLR2004
    if special.kind is DayKind.MAKEUP_WORK and is_weekday:
        raise Invalid(
            _("Ngày làm bù {day} vốn là ngày làm việc. Xem lại quyết định hoán đổi."), day=day
        )
    if special.kind in _OFF_ON_A_WEEKDAY and not is_weekday:
        raise Invalid(_("Ngày {day} vốn là ngày nghỉ cuối tuần. Chọn ngày khác."), day=day)
    if special.kind is not DayKind.ORDINARY and not tidy(special.name):
        raise Invalid(_("Ghi tên ngày, ví dụ: Lễ hội Cà phê."), field="name")


def check_sessions(sessions: Sequence[tuple[time, time]]) -> None:
    """Refuse opening hours that are not in order.

    :raises Invalid: none, or one ends before it begins, or before the one before it ends
    """
    edges = [edge for session in sessions for edge in session]
    if not edges or any(a >= b for a, b in pairwise(edges)):
        raise Invalid(
            _("Ghi các buổi theo thứ tự, ví dụ: 07:00-11:30, 13:30-17:00."), field="sessions"
        )


def honorific(sex: str) -> str:
    """Return how a letter addresses a person; both where the sex is not known."""
    return {Sex.MALE.value: "Ông", Sex.FEMALE.value: "Bà"}.get(sex, "Ông/Bà")


def leads(role: str) -> bool:
    """Test whether a role heads its office or deputises for the head."""
    return role in LEADING
