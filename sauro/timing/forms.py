"""What the pages of the calendar send, read into plain values."""

from collections.abc import Mapping
from datetime import date, datetime, time
from urllib.parse import urlencode

from sauro.core.clock import HERE
from sauro.core.errors import Invalid
from sauro.core.starts import Way
from sauro.core.text import _
from sauro.core.workdays import Sessions, Term, Unit
from sauro.offices.rules import DayKind, DayStatus
from sauro.timing.rules import REMOVE, HoursProposal, Proposal, Question

_FIELDS = ("tu", "den", "loai", "ten", "nguon", "trang-thai", "lam-bu", "don-vi")
_LONGEST = 400
_LONGEST_TERM = 1_000
_FRIDAY = 4
_HOURS_FIELDS = (
    "tu",
    "don-vi",
    "nguon",
    "thu",
    *(
        f"{p}{part}-{end}"
        for p in ("", "rieng-")
        for part in ("sang", "chieu")
        for end in ("tu", "den")
    ),
)
_OPENING, _MIDNIGHT = time(8), time(23, 59)


def shown(given: Mapping[str, str]) -> dict[str, str]:
    """Return what a form said, to be shown in it again."""
    return {name: given.get(name, "").strip()[:_LONGEST] for name in _FIELDS}


def address(given: Mapping[str, str]) -> str:
    """Return what a form said as the end of an address."""
    return urlencode({name: value for name, value in shown(given).items() if value})


def proposal(given: Mapping[str, str]) -> Proposal:
    """Return the change that a form proposes.

    :raises Invalid: a day or the kind is missing, or cannot be read
    """
    said = shown(given)
    since, kind = _day(said["tu"], "tu"), said["loai"]
    if kind != REMOVE and kind not in set(DayKind):
        raise Invalid(_("Chọn loại ngày."), field="loai")
    return Proposal(
        since=since,
        until=_day(said["den"], "den") if said["den"] else since,
        kind=None if kind == REMOVE else DayKind(kind),
        name=said["ten"][:200],
        source=said["nguon"],
        status=DayStatus.ESTIMATE if said["trang-thai"] == "estimate" else DayStatus.OFFICIAL,
        makeup_on=_day(said["lam-bu"], "lam-bu") if said["lam-bu"] else None,
        office_id=key(said["don-vi"]),
    )


def hours_shown(given: Mapping[str, str]) -> dict[str, str]:
    """Return what the form of opening hours said, to be shown in it again."""
    return {name: given.get(name, "").strip()[:_LONGEST] for name in _HOURS_FIELDS}


def hours_address(given: Mapping[str, str]) -> str:
    """Return what the form of opening hours said as the end of an address."""
    return urlencode({name: value for name, value in hours_shown(given).items() if value})


def hours(given: Mapping[str, str]) -> HoursProposal:
    """Return the opening hours that a form proposes.

    :raises Invalid: a day or an hour cannot be read
    """
    said = hours_shown(given)
    weekday = said["thu"]
    has_own = weekday.isascii() and weekday.isdigit() and int(weekday) <= _FRIDAY
    return HoursProposal(
        since=_day(said["tu"], "tu"),
        sessions=_sessions(said, ""),
        source=said["nguon"],
        weekday=int(weekday) if has_own else None,
        own=_sessions(said, "rieng-") if has_own else (),
        office_id=key(said["don-vi"]),
    )


def _sessions(said: Mapping[str, str], prefix: str) -> Sessions:
    """Return the parts of a day that are filled in; a half filled one cannot be read."""
    parts = []
    for part in ("sang", "chieu"):
        opens, closes = said[f"{prefix}{part}-tu"], said[f"{prefix}{part}-den"]
        if opens or closes:
            field = f"{prefix}{part}-tu"
            parts.append((_clock(opens, field), _clock(closes, field)))
    return tuple(parts)


def _clock(text: str, field: str) -> time:
    try:
        return time.fromisoformat(text).replace(tzinfo=None)
    except ValueError as fault:
        raise Invalid(_("Ghi đủ giờ mở cửa và đóng cửa dạng 07:30."), field=field) from fault


def question(given: Mapping[str, str]) -> Question:
    """Return what somebody asks to have reckoned.

    :raises Invalid: a day, an hour or a length cannot be read
    """
    value, unit, way = given.get("so", ""), given.get("dvt", ""), given.get("cach", "")
    day = _day(given.get("tu", ""), "tu")
    if not (value.isascii() and value.isdigit() and 1 <= int(value[:9]) <= _LONGEST_TERM):
        raise Invalid(_("Ghi thời hạn là số từ 1 đến {most}."), "so", most=_LONGEST_TERM)
    if unit not in set(Unit):
        raise Invalid(_("Chọn đơn vị tính, ví dụ ngày làm việc."), field="dvt")
    backward = given.get("chieu") == "nguoc"
    usual = _MIDNIGHT if backward else _OPENING
    return Question(
        at=datetime.combine(day, _hour(given.get("luc", ""), usual), tzinfo=HERE),
        term=Term(int(value), Unit(unit)),
        way=Way(way) if way in set(Way) else None,
        backward=backward,
    )


def _hour(text: str, usual: time) -> time:
    if not text.strip():
        return usual
    try:
        return time.fromisoformat(text.strip()).replace(tzinfo=None)
    except ValueError as fault:
        raise Invalid(_("Ghi giờ dạng 14:30."), field="luc") from fault


def _day(text: str, field: str) -> date:
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a day
        except ValueError:
            continue
    raise Invalid(_("Ghi ngày dạng 23/11/2026."), field=field)


def year(text: str | None, default: int) -> int:
    """Return a year as sent, or the default for what is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 4 else default  # noqa: PLR2004


def page_of(given: Mapping[str, str]) -> int:
    """Return the number of a page, from 0."""
    text = given.get("trang", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else 0  # noqa: PLR2004


def key(text: str | None) -> int | None:
    """Return a key as sent, None for what is none."""
    if text and text.isascii() and text.isdigit() and len(text) <= 18:  # noqa: PLR2004
        return int(text) or None
    return None
