"""On time or late (đúng hạn, trễ hạn): the verdicts of a case with every input. Pure.

Three measures that do not agree by chance: against the first promise, against the promise as it
stood at the end (after an apology), and index 2.1 of Decision 766/QĐ-TTg.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sauro.core.explain import Explanation, Line
from sauro.core.text import _
from sauro.core.workdays import Term, Unit, WorkingCalendar

_766 = "Quyết định 766/QĐ-TTg, Phụ lục, chỉ tiêu 2.1"


class Verdict(StrEnum):
    """What a case came to in time; `LABELS` for people, as on Mẫu 06."""

    EARLY = "EARLY"
    ON_TIME = "ON_TIME"
    LATE = "LATE"
    EXCLUDED = "EXCLUDED"


LABELS = {
    Verdict.EARLY: _("Trước hạn"),
    Verdict.ON_TIME: _("Đúng hạn"),
    Verdict.LATE: _("Quá hạn"),
    Verdict.EXCLUDED: _("Không tính"),
}


def against(end: datetime, due: datetime) -> Verdict:
    """Return the verdict of an end against a due moment, both local: early is a day before."""
    if end > due:
        return Verdict.LATE
    return Verdict.EARLY if end.date() < due.date() else Verdict.ON_TIME


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for more papers. completed_at None: not answered."""

    asked_at: datetime
    completed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Synced:
    """A dossier as index 766 sees it: the times of its national status codes.

    done_at: 9; returned_at: 10; stopped_at: 8 or 3; withdrawn_at: 7. promised_at: NgayHenTra.
    limit_due_at: the end of the procedure's longest term, where there is no promise.
    """

    accepted_at: datetime | None
    done_at: datetime | None = None
    returned_at: datetime | None = None
    stopped_at: datetime | None = None
    withdrawn_at: datetime | None = None
    asked: Sequence[Asked] = ()
    promised_at: datetime | None
    limit_due_at: datetime | None = None
    period_end: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """A verdict of 766, the number of the rule that decided, and how it came about."""

    verdict: Verdict
    rule: int
    end: datetime | None
    explanation: Explanation


def index_766(case: Synced, *, strict_multi_supplement: bool = False) -> Found:
    """Return whether a dossier counts as on time in index 2.1 of Decision 766.

    strict_multi_supplement: more than one request for papers is late whatever came after; as
    the document stands it says so only of dossiers that have nothing but such requests.

    Rules: 1 withdrawn before acceptance, not counted; 2 asked more than once; 3 against the
    promise; 4 against the procedure's term, where nothing was promised; 5 nothing to compare.
    """
    if case.withdrawn_at and not case.accepted_at:
        line = Line(_("Người nộp rút trước khi được tiếp nhận"), _("Không tính"), _766)
        return _found(Verdict.EXCLUDED, 1, None, (line,))
    ended = case.done_at or case.returned_at or case.stopped_at or case.withdrawn_at
    if len(case.asked) > 1 and (strict_multi_supplement or ended is None):
        line = Line(_("Yêu cầu bổ sung {n} lần").format(n=len(case.asked)), _("Quá hạn"), _766)
        return _found(Verdict.LATE, 2, ended, (line,))
    end, lines = _end(case, ended)
    due, rule = (case.promised_at, 3) if case.promised_at else (case.limit_due_at, 4)
    if due is None:
        line = Line(_("Không có ngày hẹn trả và không có thời hạn"), _("Không tính"), _766)
        return _found(Verdict.EXCLUDED, 5, end, (*lines, line))
    verdict = Verdict.ON_TIME if end <= due else Verdict.LATE
    what = _("Ngày hẹn trả") if rule == 3 else _("Thời hạn dài nhất của thủ tục")  # noqa: PLR2004
    line = Line(f"{what}: {said(due)}", LABELS[verdict], _766)
    return _found(verdict, rule, end, (*lines, line))


def _end(case: Synced, ended: datetime | None) -> tuple[datetime, tuple[Line, ...]]:
    """Return the end that is compared: without the time that the applicant took for papers."""
    still = [one for one in case.asked if one.completed_at is None]
    if ended is not None:
        end, why = ended, _("Kết thúc xử lý")
    elif len(case.asked) == 1 and still:
        end, why = still[0].asked_at, _("Đang chờ bổ sung: lấy lúc yêu cầu")
    else:
        end, why = case.period_end, _("Đang xử lý: lấy cuối kỳ báo cáo")
    lines = [Line(f"{why}: {said(end)}", "", _766)]
    for one in case.asked:
        if one.completed_at is not None and one.completed_at <= end:
            taken: timedelta = one.completed_at - one.asked_at
            end -= taken
            lines.append(
                Line(
                    _("Người nộp bổ sung từ {a} đến {b}").format(
                        a=said(one.asked_at), b=said(one.completed_at)
                    ),
                    _("Trừ đi, còn {end}").format(end=said(end)),
                    _766,
                )
            )
    return end, tuple(lines)


def _found(verdict: Verdict, rule: int, end: datetime | None, lines: tuple[Line, ...]) -> Found:
    return Found(verdict, rule, end, Explanation(LABELS[verdict], lines))


def said(at: datetime) -> str:
    """Return a local moment as papers write it."""
    return f"{at:%H:%M} {at.day:02}/{at.month}/{at.year}"


def target(
    calendar: WorkingCalendar, started: datetime, term: Term, legal_due: datetime, *, stood: int = 0
) -> datetime:
    """Return the internal target: the term in working minutes from the minute of receipt. Local.

    The law gives the whole last day; the office aims at the hour. stood: minutes of pauses.
    Terms in calendar days keep the legal end.
    """
    if term.unit is not Unit.WORKING_DAY:
        return legal_due
    aimed = calendar.after_minutes(started, term.value * calendar.minutes_a_day() + stood)
    return min(aimed, legal_due)
