import json
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sauro.cases.rules import parse_process
from sauro.core.errors import Invalid
from sauro.core.workdays import SpecialDay, WorkingCalendar
from sauro.desk import rules
from sauro.desk.rules import Action, Facts, Group

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
CALENDAR = WorkingCalendar({date(2026, 9, 2): SpecialDay("Quốc khánh")})
DEFINITION = json.loads(
    (Path(__file__).parents[3] / "data/processes/default.json").read_text(encoding="utf-8")
)
PROCESS = parse_process(1, DEFINITION["code"], 1, DEFINITION["name"], DEFINITION)
FRESH = Facts(goes_today=True, asked_before=False, withdrawal_asked=False)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a moment of November 2026; the 23rd is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=HERE)


def names(step: str, facts: Facts = FRESH) -> list[str]:
    offered = rules.offers(PROCESS.step(step), facts)
    return [o.action for o in ([offered.main] if offered.main else []) + list(offered.others)]


def test_a_step_that_is_over_says_by_how_much() -> None:
    left = rules.left(CALENDAR, at(23, 9), None, now=at(23, 10, 30))

    assert (left.is_over, left.minutes, left.is_late, left.is_soon) == (True, 90, True, True)


def test_a_night_between_now_and_the_end_of_a_step_does_not_count() -> None:
    left = rules.left(CALENDAR, at(24, 8), None, now=at(23, 16, 30))

    assert (left.minutes, left.is_late, left.is_soon) == (90, False, True)


def test_a_broken_promise_is_late_although_the_step_is_not_over() -> None:
    left = rules.left(CALENDAR, at(25, 17), at(23, 7), now=at(23, 10))

    assert (left.is_over, left.is_late) == (False, True)


@pytest.mark.parametrize(
    ("due", "party", "group"),
    [
        (at(23, 9), "OFFICE", Group.NOW),
        (at(23, 13, 40), "OFFICE", Group.NOW),
        (at(23, 17), "OFFICE", Group.TODAY),
        (at(24, 17), "OFFICE", Group.LATER),
        (at(23, 9), "CITIZEN", Group.WAITING),
        (at(24, 17), "OTHER", Group.WAITING),
    ],
)
def test_work_is_grouped_by_when_it_must_be_done(due: datetime, party: str, group: Group) -> None:
    now = at(23, 10)
    left = rules.left(CALENDAR, due, None, now=now)

    assert rules.group_of(party, left, due, now=now) is group


def test_late_comes_first_then_the_least_time_then_the_oldest() -> None:
    now = at(23, 10)
    tasks = [
        ("later", at(25, 17), at(20, 8)),
        ("younger of two", at(24, 9), at(23, 9)),
        ("late", at(23, 9), at(23, 8)),
        ("older of two", at(24, 9), at(22, 9)),
        ("later yet late by its promise", at(26, 17), at(19, 8)),
    ]

    def key(task: tuple[str, datetime, datetime]) -> tuple[object, ...]:
        name, due, opened = task
        promised = at(20, 17) if "promise" in name else None
        return rules.urgency(rules.left(CALENDAR, due, promised, now=now), due, opened, 1)

    assert [task[0] for task in sorted(tasks, key=key)] == [
        "late",
        "later yet late by its promise",
        "older of two",
        "younger of two",
        "later",
    ]


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 phút"),
        (48, "48 phút"),
        (60, "1 giờ"),
        (108, "1 giờ 48"),
        (480, "1 ngày"),
        (720, "1 ngày 4 giờ"),
        (500, "1 ngày"),
        (3 * 480 + 200, "3 ngày"),
    ],
)
def test_time_left_is_said_in_working_days_and_hours(minutes: int, words: str) -> None:
    assert rules.span(minutes, 480) == words


@pytest.mark.parametrize(
    ("moment", "goes"),
    [
        (at(23, 8), True),
        (at(23, 15), True),
        (at(23, 15, 1), False),
        (at(28, 9), False),
    ],
)
def test_papers_go_the_same_day_until_three_o_clock(moment: datetime, goes: bool) -> None:  # noqa: FBT001
    assert rules.goes_today(CALENDAR, moment) is goes


def test_each_step_offers_the_decisions_of_its_moves() -> None:
    assert names("receive") == [Action.TAKE_IN, Action.ASK, Action.REJECT]
    assert names("hand_over") == [Action.HAND_OVER, Action.ASK, Action.STOP]
    assert names("appraise") == [
        Action.PROPOSE,
        Action.ASK,
        Action.ASK_FEE,
        Action.STOP,
        Action.REFUSE,
    ]
    assert names("sign") == [Action.APPROVE, Action.SEND_BACK]
    assert names("stamp") == [Action.ISSUE]
    assert names("return") == [Action.HAND_BACK, Action.REOPEN]
    assert names("supplement") == [Action.COMPLETE, Action.STOP]
    assert names("supplement_at_intake") == [Action.COMPLETE, Action.STOP]


def test_what_was_asked_once_is_not_offered_again() -> None:
    facts = Facts(goes_today=True, asked_before=True, withdrawal_asked=False)

    assert Action.ASK not in names("receive", facts)
    assert Action.ASK not in names("appraise", facts)


def test_a_withdrawal_can_be_agreed_to_only_once_it_was_asked_for() -> None:
    facts = Facts(goes_today=True, asked_before=False, withdrawal_asked=True)

    assert Action.AGREE_WITHDRAWAL in names("appraise", facts)
    assert Action.AGREE_WITHDRAWAL not in names("appraise")


def test_every_decision_has_its_own_key_and_says_what_was_done() -> None:
    for step in PROCESS.steps:
        for asked in (True, False):
            offered = rules.offers(
                step, Facts(goes_today=False, asked_before=False, withdrawal_asked=asked)
            )
            every = ([offered.main] if offered.main else []) + list(offered.others)
            keys = [offer.key for offer in every]
            assert len(set(keys)) == len(keys), step.key
    assert set(rules.SAID) == set(Action)


def test_after_three_the_button_says_that_the_papers_go_tomorrow() -> None:
    late = Facts(goes_today=False, asked_before=False, withdrawal_asked=False)

    main = rules.offers(PROCESS.step("receive"), late).main

    assert main is not None
    assert main.label == "Tiếp nhận, sáng mai chuyển"


def test_a_refusal_at_intake_names_a_ground_and_what_to_do_next() -> None:
    said = rules.ground("THAM_QUYEN", " Nộp tại Sở Xây dựng. ")

    assert said == ("Việc này không thuộc thẩm quyền của cơ quan nhận hồ sơ. Nộp tại Sở Xây dựng.")


@pytest.mark.parametrize(
    ("code", "words", "field"),
    [
        ("", "Nộp nơi khác.", "ground"),
        ("KHAC", "Nộp nơi khác.", "ground"),
        ("GIA_MAO", " ", "note"),
    ],
)
def test_a_refusal_without_ground_or_advice_is_not_taken(code: str, words: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        rules.ground(code, words)

    assert refused.value.field == field


def test_the_first_draft_comes_from_the_result_of_the_procedure() -> None:
    draft = rules.draft_granting("Giấy khai sinh.", "H'Bĭă Mlô")

    assert draft == "Hồ sơ đủ điều kiện. Đề nghị cấp Giấy khai sinh cho H'Bĭă Mlô."
