"""What the front page counts, and what a search found."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache

from sauro.core.clock import at_local, local_day
from sauro.core.text import _, fold
from sauro.offices import queries as offices
from sauro.offices.rules import Kind
from sauro.onestop import figures as onestop
from sauro.procedures import queries as procedures
from sauro.procedures.queries import ProcedureHit
from sauro.procedures.rules import Level
from sauro.ui.formats import day as written_day
from sauro.ui.formats import moment, number, percent

SINCE = date(2025, 7, 1)
_FRESH_SECONDS = 300
_WEAK = 2
_WIDE, _SHOWN, _FIELDS = 60, 20, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Numbers with what they count, and where they come from."""

    procedures: int
    centres: int
    numbers: Sequence[tuple[str, str]]
    source: str


def figures(now: datetime) -> Figures:
    """Return the numbers of the front page, counted anew every five minutes. Five queries."""
    slot = int(now.timestamp()) // _FRESH_SECONDS
    return _figures(slot, local_day(now), moment(now))


@lru_cache(maxsize=1)
def _figures(_slot: int, today: date, at: str) -> Figures:
    counts = procedures.counts()
    centres = sum(1 for o in offices.roster(today).offices if o.kind == Kind.CENTRE)
    served = onestop.served(at_local(SINCE, time(0)))
    numbers = [
        (number(served.filed), _("hồ sơ đã nhận từ {day}").format(day=written_day(SINCE))),
        (number(counts.full), _("thủ tục có đủ nội dung để xem")),
        (number(centres), _("Trung tâm, nơi nào cũng nhận")),
    ]
    if served.finished:
        share = percent(served.on_time / served.finished)
        numbers.insert(1, (share, _("trả đúng hạn hoặc sớm hơn")))
    if served.ratings:
        share = percent(served.content / served.ratings)
        numbers.insert(2, (share, _("hài lòng khi làm xong")))
    source = _("Đếm từ chính các hồ sơ trong hệ thống, lúc {at}.").format(at=at)
    if served.has_synthetic:
        source += " " + _("Trong đó có hồ sơ tổng hợp của bản trình diễn, không phải người thật.")
    return Figures(
        procedures=counts.current + counts.listed,
        centres=centres,
        numbers=numbers[:4],
        source=source,
    )


def forget() -> None:
    """Drop what is kept in memory: for tests."""
    _figures.cache_clear()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search came to. is_near: nothing fits well, these are the nearest.

    fields: those of what was found before a field was chosen, with how many each.
    """

    hits: Sequence[ProcedureHit]
    fields: Sequence[tuple[str, int]]
    is_near: bool
    understood: str
    popular: Sequence[ProcedureHit]


def found(text: str, *, level: Level | None = None, field: str = "") -> Found:
    """Return what a text is about, or the nearest, or what people come for. Two queries.

    level, field: only procedures handled there, or of that field.
    """
    wide = procedures.search(text, limit=_WIDE, level=level) if text else []
    hits = [hit for hit in wide if not field or hit.field == field][:_SHOWN]
    words = len(fold(text).split())
    is_near = bool(hits) and words > _WEAK and max(hit.matched for hit in hits) < _WEAK
    return Found(
        hits=hits[:3] if is_near else hits,
        fields=Counter(hit.field for hit in wide[:_SHOWN] if hit.field).most_common(_FIELDS),
        is_near=is_near,
        understood=fold(text),
        popular=[] if hits else procedures.popular(),
    )
