"""What a page of figures was asked for, read from its address. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sauro.core.errors import Invalid
from sauro.core.text import _

GROUPINGS: Mapping[str, str] = {
    "unit": _("Cơ quan giải quyết"),
    "office": _("Nơi tiếp nhận"),
    "place": _("Nơi có việc"),
    "procedure": _("Thủ tục"),
    "field": _("Lĩnh vực"),
    "channel": _("Kênh nộp"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A month, as far as it is over. last: its last day, today where it is not over."""

    first: date
    last: date

    @property
    def key(self) -> str:
        """Return the month as addresses have it: 2026-11."""
        return f"{self.first:%Y-%m}"

    @property
    def name(self) -> str:
        """Return the month in words."""
        return _("tháng {month}/{year}").format(month=self.first.month, year=self.first.year)


def month(text: str, today: date) -> Month:
    """Return the month that an address asks for, this one where it asks for none.

    :raises Invalid: no month, or one that has not begun
    """
    try:
        first = date.fromisoformat(f"{text}-01") if text else today.replace(day=1)
    except ValueError as wrong:
        raise Invalid(_("Tháng ghi như 2026-10.")) from wrong
    if first > today:
        raise Invalid(_("Tháng này chưa bắt đầu."))
    after = (first + timedelta(days=31)).replace(day=1)
    return Month(first=first, last=min(after - timedelta(days=1), today))


def grouping(text: str) -> str:
    """Return a grouping that an address asks for, by unit where it asks for none.

    :raises Invalid: there is no such grouping
    """
    if (text or "unit") not in GROUPINGS:
        raise Invalid(_("Không có cách chia nhóm này."))
    return text or "unit"


def months_before(today: date, count: int) -> Sequence[date]:
    """Return the first days of this month and of those before it, newest first."""
    found = [today.replace(day=1)]
    while len(found) < count:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found
