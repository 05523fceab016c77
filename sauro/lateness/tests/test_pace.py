from datetime import date, datetime

import pytest

from sauro.cases.rules import Process, parse_process
from sauro.cases.tests.factories import DEFAULT
from sauro.core.clock import HERE
from sauro.core.workdays import SpecialDay, WorkingCalendar
from sauro.lateness.rules import duty, nudging, pace
from sauro.lateness.rules.nudging import Kind
from sauro.lateness.rules.pace import Forecast, Leg, Usual
from sauro.onestop.tests.test_processes import definition

HOLIDAYS = {
    date(2026, 4, 30): SpecialDay("Ngày Chiến thắng"),
    date(2026, 5, 1): SpecialDay("Ngày Quốc tế Lao động"),
}
CALENDAR = WorkingCalendar(HOLIDAYS)
PROCESS = parse_process(1, "dossier.default", 1, "Mặc định", DEFAULT)


def at(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=HERE)


def leg(step: str, median: int, careful: int = 0, taken: int = 0) -> Leg:
    return Leg(
        step=step,
        name=step,
        official_id=None,
        office_id=1,
        usual=Usual(median, careful or median, 10),
        taken=taken,
    )


def test_the_pace_of_a_step_is_its_median_and_nine_times_of_ten() -> None:
    assert pace.usual([50, 10, 30, 20, 40]) == Usual(30, 50, 5)
    assert pace.usual([7]) == Usual(7, 7, 1)
    with pytest.raises(ValueError, match="never done"):
        pace.usual([])


def test_an_office_has_its_own_pace_once_it_did_enough() -> None:
    paces = {(1, "sign", 5): Usual(100, 150, 8), (1, "sign", 6): Usual(9, 9, 2)}
    paces[1, "sign", 0] = Usual(60, 90, 50)

    assert pace.of(paces, 1, "sign", 5, 30) == Usual(100, 150, 8)
    assert pace.of(paces, 1, "sign", 6, 30) == Usual(60, 90, 50)
    assert pace.of(paces, 1, "stamp", 6, 30) == Usual(30, 30, 0)


def test_what_is_ahead_ends_where_the_result_is_ready() -> None:
    assert _ways(PROCESS, "hand_over") == [["appraise", "sign", "stamp"]]
    assert _ways(PROCESS, "supplement") == [["appraise", "sign", "stamp"]]
    assert _ways(PROCESS, "stamp") == [[]]


def test_every_branch_ahead_is_a_way_of_its_own_to_the_end() -> None:
    land = parse_process(1, "land", 1, "Đất đai", definition("land_first"))

    found = _ways(land, "hand_over")

    assert [way[:3] for way in found] == [
        ["appraise", "survey", "plot"],
        ["appraise", "origin", "draft"],
        ["appraise", "tax", "draft"],
        ["appraise", "records", "draft"],
    ]
    assert {tuple(way[-3:]) for way in found} == {("draft", "sign", "stamp")}


def test_of_the_branches_ahead_the_latest_decides_and_not_the_first() -> None:
    land = parse_process(1, "land", 1, "Đất đai", definition("land_first"))
    slow = {"tax": 2_000}
    chains = [
        [leg(step.key, slow.get(step.key, 30)) for step in way]
        for way in pace.ways(land, "hand_over")
    ]

    found = pace.forecast(CALENDAR, chains, at(4, 17), now=at(2, 7))

    assert found.needed == 30 + 2_000 + 3 * 30
    assert "tax" in {one.step for one, _part in found.rescue}


def _ways(process: Process, step: str) -> list[list[str]]:
    return [[step.key for step in way] for way in pace.ways(process, step)]


def test_a_case_with_time_enough_lacks_nothing() -> None:
    chain = [leg("appraise", 120, taken=60), leg("sign", 60)]

    found = pace.forecast(CALENDAR, [chain], at(2, 11), now=at(2, 8))

    assert (found.left, found.needed, found.missing) == (180, 120, 0)
    assert found.ends_at == at(2, 10)
    assert not found.is_late


def test_what_is_missing_is_asked_of_the_steps_to_the_minute() -> None:
    chain = [leg("appraise", 200), leg("sign", 100)]

    found = pace.forecast(CALENDAR, [chain], at(2, 11), now=at(2, 8))

    assert found.missing == 120
    assert [(one.step, part) for one, part in found.rescue] == [("appraise", 80), ("sign", 40)]


def test_branches_end_with_the_longest() -> None:
    found = pace.forecast(CALENDAR, [[leg("tax", 60)], [leg("land", 200)]], at(2, 11), now=at(2, 8))

    assert [(one.step, part) for one, part in found.rescue] == [("land", 20)]


def test_a_step_that_took_longer_than_usual_will_take_longer_still() -> None:
    chain = [leg("sign", 60, taken=400)]

    usual = pace.forecast(CALENDAR, [chain], at(2, 11), now=at(2, 8))
    careful = pace.forecast(CALENDAR, [chain], at(2, 11), now=at(2, 8), careful=True)

    assert (usual.needed, careful.needed) == (100, 200)


def test_with_care_not_all_steps_are_taken_to_be_slow_at_once() -> None:
    chain = [leg("appraise", 100, 130), leg("sign", 60, 100)]

    found = pace.forecast(CALENDAR, [chain], at(2, 11), now=at(2, 8), careful=True)

    assert found.needed == 160 + 50  # the root of 30 squared and 40 squared


def test_after_the_promise_the_time_passed_is_missing_too() -> None:
    found = pace.forecast(CALENDAR, [[leg("sign", 60)]], at(2, 8), now=at(2, 9))

    assert (found.left, found.missing) == (0, 120)


def test_the_letter_is_due_the_working_day_before() -> None:
    # The vector of the law: due 2026-05-05, at the latest Monday 2026-05-04.
    due = at(5, 17, month=5)

    assert duty.send_by(CALENDAR, due) == at(4, 17, month=5)
    assert duty.draft_from(CALENDAR, due) == at(29, 8, month=4)


def _careful(*, left: int, missing: int = 0, needed: int = 100) -> Forecast:
    return Forecast(left=left, needed=needed, missing=missing, ends_at=at(5, 9), rescue=())


def test_a_letter_is_owed_when_time_is_not_enough_or_has_run_out() -> None:
    due = at(6, 17)

    assert not duty.owes_letter(CALENDAR, _careful(left=900, missing=50), due, now=at(3, 10))
    assert duty.owes_letter(CALENDAR, _careful(left=900, missing=50), due, now=at(4, 8))
    assert not duty.owes_letter(CALENDAR, _careful(left=480), due, now=at(5, 17))
    assert duty.owes_letter(CALENDAR, _careful(left=240), due, now=at(6, 11, 30))


def test_the_new_promise_has_room_and_is_a_later_day_at_closing() -> None:
    due = at(6, 17)

    near = duty.new_promise(CALENDAR, _careful(left=480, needed=100), due, now=at(5, 17))
    far = duty.new_promise(CALENDAR, _careful(left=480, needed=1200), due, now=at(5, 17))

    assert near == at(9, 17)
    assert far == at(11, 17)  # 1200 and a quarter, less 480: 1020 minutes after Friday


def test_the_list_of_the_week_comes_on_its_first_working_day() -> None:
    assert duty.first_of_week(CALENDAR, date(2026, 3, 2))
    assert not duty.first_of_week(CALENDAR, date(2026, 3, 3))
    assert not duty.first_of_week(CALENDAR, date(2026, 3, 1))
    closed = WorkingCalendar({date(2026, 3, 2): SpecialDay("Nghỉ bù")})
    assert duty.first_of_week(closed, date(2026, 3, 3))


@pytest.mark.parametrize(
    ("now", "steps"),
    [
        (at(2, 8), ()),
        (at(3, 11, 30), (Kind.BEFORE_DUE,)),
        (at(3, 17), (Kind.ON_DUE,)),
        (at(4, 17), (Kind.ON_DUE, Kind.TO_HEAD)),
        (at(6, 17), (Kind.ON_DUE, Kind.TO_HEAD, Kind.TO_PROVINCE)),
    ],
)
def test_a_task_is_reminded_of_then_its_silence_goes_up(
    now: datetime, steps: tuple[Kind, ...]
) -> None:
    assert nudging.task_steps(CALENDAR, at(2, 7), at(3, 17), now=now) == steps


def test_a_short_step_is_not_reminded_of_before_it_is_due() -> None:
    assert nudging.task_steps(CALENDAR, at(2, 7), at(2, 9), now=at(2, 8)) == ()


def test_an_unsigned_letter_goes_up_when_its_day_has_passed() -> None:
    last = at(4, 17)

    assert nudging.letter_steps(CALENDAR, last, now=at(3, 8)) == (Kind.SIGN,)
    assert nudging.letter_steps(CALENDAR, last, now=at(4, 14)) == (Kind.SIGN, Kind.SIGN_NOW)
    assert nudging.letter_steps(CALENDAR, last, now=at(5, 7)) == (Kind.SIGN, Kind.UNSIGNED)


def test_one_rung_at_a_time() -> None:
    steps = (Kind.ON_DUE, Kind.TO_HEAD)

    assert nudging.still_to_tell(steps, []) == [Kind.ON_DUE]
    assert nudging.still_to_tell(steps, [Kind.ON_DUE.value]) == [Kind.TO_HEAD]
    assert nudging.still_to_tell(steps, [k.value for k in steps]) == []
