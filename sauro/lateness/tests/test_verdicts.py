from datetime import date, datetime, timedelta

import pytest

from sauro.core.clock import HERE
from sauro.core.workdays import SpecialDay, Term, Unit, WorkingCalendar
from sauro.lateness.rules import verdicts
from sauro.lateness.rules.verdicts import Asked, Synced, Verdict

CALENDAR = WorkingCalendar({date(2026, 3, 3): SpecialDay("Ngày nghỉ")})


def at(day: int, hour: int = 10, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=HERE)


PERIOD_END = at(31, 23, 59)


@pytest.mark.parametrize(
    ("end", "verdict"),
    [
        (at(15, 17), Verdict.EARLY),
        (at(16, 7), Verdict.ON_TIME),
        (at(16, 17), Verdict.ON_TIME),
        (at(16, 17, 1), Verdict.LATE),
    ],
)
def test_early_is_a_day_before_and_late_a_minute_after(end: datetime, verdict: Verdict) -> None:
    assert verdicts.against(end, at(16, 17)) is verdict


def test_e5_nothing_but_two_requests_is_late() -> None:
    asked = (Asked(at(4), at(6)), Asked(at(9), None))
    case = Synced(accepted_at=at(2), asked=asked, promised_at=at(30, 17), period_end=PERIOD_END)

    found = verdicts.index_766(case)

    assert (found.verdict, found.rule) == (Verdict.LATE, 2)


def test_e6_the_result_counts_not_the_handing_over() -> None:
    case = Synced(
        accepted_at=at(2),
        done_at=at(16, 16, 59),
        returned_at=at(19),
        promised_at=at(16, 17),
        period_end=PERIOD_END,
    )

    found = verdicts.index_766(case)

    assert (found.verdict, found.rule, found.end) == (Verdict.ON_TIME, 3, at(16, 16, 59))


def test_e7_withdrawn_before_acceptance_is_not_counted() -> None:
    case = Synced(accepted_at=None, withdrawn_at=at(4), promised_at=None, period_end=PERIOD_END)

    found = verdicts.index_766(case)

    assert (found.verdict, found.rule) == (Verdict.EXCLUDED, 1)


def test_e7_withdrawn_after_acceptance_and_before_due_is_on_time() -> None:
    case = Synced(
        accepted_at=at(2), withdrawn_at=at(10), promised_at=at(16, 17), period_end=PERIOD_END
    )

    assert verdicts.index_766(case).verdict is Verdict.ON_TIME


def test_e8_the_time_for_papers_is_taken_off() -> None:
    case = Synced(
        accepted_at=at(2),
        done_at=at(20),
        asked=(Asked(at(4), at(12)),),
        promised_at=at(16, 17),
        period_end=PERIOD_END,
    )

    found = verdicts.index_766(case)

    assert (found.verdict, found.rule, found.end) == (Verdict.ON_TIME, 3, at(12))
    assert [line.rule for line in found.explanation.lines] == [
        "",
        "Trừ đi, còn 10:00 12/3/2026",
        "Đúng hạn",
    ]


def test_e9_still_handled_at_the_end_of_the_period_and_due_later_is_on_time() -> None:
    case = Synced(accepted_at=at(25), promised_at=at(2, 17, month=4), period_end=PERIOD_END)

    found = verdicts.index_766(case)

    assert (found.verdict, found.end) == (Verdict.ON_TIME, PERIOD_END)


def test_one_request_that_waits_ends_when_it_was_asked() -> None:
    case = Synced(
        accepted_at=at(2),
        asked=(Asked(at(9), None),),
        promised_at=at(16, 17),
        period_end=PERIOD_END,
    )

    assert verdicts.index_766(case).end == at(9)


@pytest.mark.parametrize(("strict", "verdict"), [(False, Verdict.ON_TIME), (True, Verdict.LATE)])
def test_two_requests_before_a_result_are_late_only_where_read_strictly(
    strict: bool,  # noqa: FBT001
    verdict: Verdict,
) -> None:
    case = Synced(
        accepted_at=at(2),
        done_at=at(13),
        asked=(Asked(at(4), at(5)), Asked(at(9), at(10))),
        promised_at=at(16, 17),
        period_end=PERIOD_END,
    )

    assert verdicts.index_766(case, strict_multi_supplement=strict).verdict is verdict


def test_without_a_promise_the_longest_term_counts() -> None:
    late = Synced(
        accepted_at=at(2),
        done_at=at(20),
        promised_at=None,
        limit_due_at=at(19, 17),
        period_end=PERIOD_END,
    )

    found = verdicts.index_766(late)

    assert (found.verdict, found.rule) == (Verdict.LATE, 4)


def test_the_target_is_the_term_to_the_minute_and_never_after_the_law() -> None:
    term = Term(1, Unit.WORKING_DAY)
    started = at(2, 14)  # Monday; Tuesday is a holiday

    assert verdicts.target(CALENDAR, started, term, at(4, 17)) == at(4, 14)
    assert verdicts.target(CALENDAR, started, term, at(4, 17), stood=60) == at(4, 15)
    assert verdicts.target(CALENDAR, started, term, at(4, 11)) == at(4, 11)
    assert verdicts.target(CALENDAR, started, Term(3, Unit.DAY), at(5, 17)) == at(5, 17)


def test_a_moment_is_written_as_on_papers() -> None:
    assert verdicts.said(at(4) + timedelta(minutes=5)) == "10:05 04/3/2026"
