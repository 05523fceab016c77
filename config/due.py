"""`sauro due`: when a term is over, or must start, and why; without a server or a database."""

import csv
import json
import os
import sys
from argparse import ArgumentParser, Namespace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import NoReturn

from config.progress import say
from sauro.core.clock import HERE
from sauro.core.reckoning import Row, rows, said, written, written_moment
from sauro.core.starts import Way, start_of
from sauro.core.workdays import Term, Unit, WorkingCalendar

_DATA = Path(__file__).parents[1] / "data" / "offices" / "special_days.csv"
_UNITS = {
    "working-days": Unit.WORKING_DAY,
    "calendar-days": Unit.DAY,
    "weeks": Unit.WEEK,
    "months": Unit.MONTH,
    "years": Unit.YEAR,
    "hours": Unit.WORKING_HOUR,
}
_WAYS = {
    "counter": Way.COUNTER,
    "online": Way.ONLINE,
    "post": Way.POST,
    "other-territory": Way.OTHER_TERRITORY,
    "supplement": Way.SUPPLEMENT,
}
_MOST = 10_000


class _AskedError(Exception):
    """What was asked cannot be answered; the message is the sentence to show."""


class _Parser(ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say in one sentence what is wrong; argparse's own words are English."""
        raise _AskedError(_NO_START if message.startswith("the following") else _UNCLEAR)


_UNCLEAR = "Không hiểu câu hỏi. Ví dụ: sauro due --start 2026-02-11 --days 5 --explain"
_NO_START = "Thiếu --start. Ví dụ: sauro due --start 2026-02-11 --days 5"


def main(words: list[str]) -> int:
    """Answer and return 0, or refuse with one sentence and return 2."""
    try:
        return _answer(_parser().parse_args(words))
    except _AskedError as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 2


def _parser() -> ArgumentParser:
    parser = _Parser("sauro due", description="Tính hạn theo lịch làm việc của cơ quan nhà nước.")
    add = parser.add_argument
    add(
        "--start",
        required=True,
        help="ngày bắt đầu, có thể kèm giờ: 2026-02-11 hoặc 2026-02-11T15:00",
    )
    add("--days", "--value", dest="value", default="", help="thời hạn, một số nguyên từ 1")
    add(
        "--unit",
        default="working-days",
        choices=_UNITS,
        help="đơn vị tính (mặc định: working-days)",
    )
    add("--way", default="", choices=_WAYS, help="cách nộp, quyết định lúc bắt đầu tính")
    add(
        "--backward",
        action="store_true",
        help="tính ngược: muộn nhất bắt đầu khi nào để kịp --start",
    )
    add(
        "--explain",
        action="store_true",
        help="in bảng từng ngày: tính hay không, vì sao, căn cứ nào",
    )
    add("--json", action="store_true", help="trả lời bằng JSON")
    add("--office", default="", help="lịch riêng của cơ quan có mã này (cần cơ sở dữ liệu)")
    return parser


def _answer(given: Namespace) -> int:
    at, has_hour = _moment(given.start)
    term = _term(given.value, _UNITS[given.unit])
    by_hour = term.unit is Unit.WORKING_HOUR
    if has_hour is False and by_hour:
        at = datetime.combine(at.date(), time(17) if given.backward else time(7), tzinfo=HERE)
    start, due, table = _reckoned(given, at, term)
    result = start if given.backward else due
    if given.json:
        say(json.dumps(_plain(term, start, due, result, table), ensure_ascii=False, indent=1))
        return 0
    say(f"{result:%Y-%m-%d %H:%M}" if by_hour else f"{result:%Y-%m-%d}")
    if given.explain:
        _print(table, term, start, due)
    return 0


def _reckoned(
    given: Namespace, at: datetime, term: Term
) -> tuple[datetime, datetime, tuple[Row, ...]]:
    """Return the start, the due moment and the table; years to come are loaded when needed."""
    calendar = _of_office(given.office) if given.office else _of_data()
    try:
        return _by(calendar, given, at, term)
    except (LookupError, OverflowError, ValueError):
        calendar = calendar if given.office else _of_data(estimates=True)
    try:
        return _by(calendar, given, at, term)
    except (LookupError, OverflowError, ValueError) as fault:
        last = calendar.until - timedelta(days=1)
        span = f"{calendar.since:%d/%m/%Y} đến {last:%d/%m/%Y}"
        raise _AskedError(f"Thời hạn này ra ngoài lịch làm việc đã biết ({span}).") from fault


def _by(
    calendar: WorkingCalendar, given: Namespace, at: datetime, term: Term
) -> tuple[datetime, datetime, tuple[Row, ...]]:
    if given.backward:
        end = at if term.unit is Unit.WORKING_HOUR else calendar.close_of(at)
        start = calendar.start_by(end, term)
    elif given.way:
        start = start_of(calendar, _WAYS[given.way], at, term).at
    else:
        start = at
    return start, calendar.due_at(start, term), rows(calendar, start, term)


def _moment(text: str) -> tuple[datetime, bool]:
    """Return a day or moment as typed, local, and whether an hour was given."""
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError as fault:
        raise _AskedError(
            f"Không đọc được ngày “{text}”. Ghi dạng 2026-02-11 hoặc 2026-02-11T15:00."
        ) from fault
    has_hour = len(text.strip()) > len("2026-02-11")
    local = at.astimezone(HERE) if at.tzinfo else at.replace(tzinfo=HERE)
    return local, has_hour


def _term(text: str, unit: Unit) -> Term:
    if not text:
        raise _AskedError("Thiếu --days. Ví dụ: sauro due --start 2026-02-11 --days 5")
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= _MOST):
        raise _AskedError(
            f"Thời hạn “{text}” cần là số nguyên từ 1 đến {_MOST:,}.".replace(",", ".")
        )
    return Term(int(text), unit)


def _of_data(*, estimates: bool = False) -> WorkingCalendar:
    """Return the calendar of the province as the data files have it."""
    from sauro.offices.calendars import Rows, SetDay, build, plan_of  # noqa: PLC0415 - only here

    with _DATA.open(encoding="utf-8", newline="") as file:
        days = [
            SetDay(plan_of({**row, "day": date.fromisoformat(row["date"])}))
            for row in csv.DictReader(file)
        ]
    if not estimates:
        return build(Rows(days=days)).province
    from sauro.offices.estimating import estimated  # noqa: PLC0415 - a large library

    return build(Rows(days=days), estimated).province


def _of_office(code: str) -> WorkingCalendar:
    """Return the calendar of an office as the database has it."""
    from django import setup  # noqa: PLC0415 - slow to load, needed only here

    from config.cli import database  # noqa: PLC0415
    from sauro.core.errors import NotFound  # noqa: PLC0415

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    with database():
        setup()
        from sauro.offices import queries as offices  # noqa: PLC0415 - after the set-up

        try:
            return offices.working_calendar(offices.office_by_code(code).id)
        except NotFound as refusal:
            raise _AskedError(f"Không có cơ quan nào mang mã “{code}”.") from refusal


def _plain(
    term: Term, start: datetime, due: datetime, result: datetime, table: tuple[Row, ...]
) -> dict[str, object]:
    return {
        "result": result.isoformat(),
        "start": start.isoformat(),
        "due": due.isoformat(),
        "term": {"value": term.value, "unit": term.unit.value},
        "days": [
            {
                "day": row.day.isoformat(),
                "counts": row.counts,
                "number": row.number,
                "why": row.why,
                "source": row.source,
                "estimate": row.is_estimate,
            }
            for row in table
        ],
    }


def _print(table: tuple[Row, ...], term: Term, start: datetime, due: datetime) -> None:
    say("")
    for row in table:
        day = written(row.day)
        if row.opens and row.closes:
            what = f"tính {row.number} phút, {row.opens:%H:%M} đến {row.closes:%H:%M}"
            why = row.why
        else:
            what, why = (said(row), "") if row.counts else ("không tính", row.why)
        note = "; ".join(part for part in (why, row.source) if part)
        say(f"{day:<22}  {what:<12}  {note}".rstrip())
    by_hour = term.unit is Unit.WORKING_HOUR
    first = written_moment(start) if by_hour else written(start.date())
    say(f"\n{term}: từ {first} đến {written_moment(due)}.")
