"""What the pages of the calendar send, read into plain values."""

from collections.abc import Mapping
from datetime import date, datetime, time
from urllib.parse import urlencode

from sauro.core.clock import HERE
from sauro.core.errors import Invalid
from sauro.core.starts import Way
from sauro.core.text import _
from sauro.core.workdays import Term, Unit
from sauro.offices.rules import DayKind, DayStatus
from sauro.timing.rules import REMOVE, Proposal, Question

_FIELDS = ("tu", "den", "loai", "ten", "nguon", "trang-thai", "lam-bu", "don-vi")
_LONGEST = 400
_LONGEST_TERM = 1_000
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
