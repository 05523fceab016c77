"""Certified copies (chứng thực bản sao từ bản chính): the fee and what may be asked. Pure.

Decree 23/2015/NĐ-CP: done the day it is asked for, or the next working day when that was after
15:00 (article 7).
"""

from dataclasses import dataclass
from datetime import date

from sauro.core.errors import Invalid
from sauro.core.law import Legal, Provision
from sauro.core.money import written
from sauro.core.text import _, tidy

PROCEDURE = "2.000815"
PAGES_AT_MOST = 500
COPIES_AT_MOST = 50
_LONGEST = 200
_SINCE = date(2017, 1, 1)
_SOURCE = "Thông tư 226/2016/TT-BTC, Điều 4"
_FIRST_PAGES = 2
FEE_OF_A_FIRST_PAGE: Legal[int] = Legal(
    unit="đồng mỗi trang", in_force={_SINCE: Provision(2_000, _SOURCE, checked=False)}
)
FEE_OF_A_LATER_PAGE: Legal[int] = Legal(
    unit="đồng mỗi trang", in_force={_SINCE: Provision(1_000, _SOURCE, checked=False)}
)
FEE_OF_A_COPY_AT_MOST: Legal[int] = Legal(
    unit="đồng mỗi bản", in_force={_SINCE: Provision(200_000, _SOURCE, checked=False)}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be certified: the paper, how many pages it has, how many copies of it."""

    document: str
    pages: int
    copies: int


def checked(document: str, pages: str, copies: str) -> Asked:
    """Return what was asked for.

    :raises Invalid: no paper was named, or a number is none that can be; `field` says which
    """
    name = tidy(document)
    if not name or len(name) > _LONGEST:
        raise Invalid(_("Ghi tên giấy tờ, ví dụ “Bằng tốt nghiệp đại học”."), field="document")
    return Asked(
        document=name,
        pages=_counted(pages, PAGES_AT_MOST, "pages"),
        copies=_counted(copies, COPIES_AT_MOST, "copies"),
    )


def _counted(text: str, most: int, field: str) -> int:
    plain = text.strip()
    if not (plain.isascii() and plain.isdigit() and 1 <= int(plain[:6]) <= most):
        raise Invalid(_("Ghi một số từ 1 đến {most}."), field=field, most=most)
    return int(plain)


def fee(asked: Asked, on: date) -> int:
    """Return what the copies cost together."""
    first = min(asked.pages, _FIRST_PAGES)
    one = FEE_OF_A_FIRST_PAGE.on(on) * first
    one += FEE_OF_A_LATER_PAGE.on(on) * (asked.pages - first)
    return asked.copies * min(one, FEE_OF_A_COPY_AT_MOST.on(on))


def fee_note(on: date) -> str:
    """Return how the fee is reckoned, with its source."""
    return _("{first} mỗi trang, từ trang thứ ba {later} ({source})").format(
        first=written(FEE_OF_A_FIRST_PAGE.on(on)),
        later=written(FEE_OF_A_LATER_PAGE.on(on)),
        source=FEE_OF_A_FIRST_PAGE.provision(on).source,
    )
