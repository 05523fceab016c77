"""What may be published as a process, and what is said beside the step that may not."""

from typing import Any

import pytest

from sauro.cases import rules
from sauro.cases.rules import Kind, Party, Pause, timing
from sauro.cases.tests import drawings
from sauro.cases.tests.test_rules import DEFAULT
from sauro.core.errors import Invalid
from sauro.core.workdays import Term, Unit
from sauro.onestop.rules import WORKFLOW

STAMP = {"moves": {"FINISH": "return"}}


def _process(data: dict[str, Any]) -> rules.Process:
    return rules.parse_process(1, "land", 1, "Đất đai", data)


def test_four_branches_part_and_meet() -> None:
    process = _process(drawings.land())

    [fork] = rules.forks(process.steps)

    assert rules.problems(drawings.land(), workflow=WORKFLOW) == ()
    assert (fork.step, fork.join) == ("check", "sign")
    assert {start: sorted(steps) for start, steps in fork.branches.items()} == {
        "survey": ["plan", "survey"],
        "opinion": ["opinion"],
        "tax": ["payment", "tax"],
        "record": ["record", "record_papers"],
    }
    assert process.procedures == ("1.012783",)
    assert process.limit == Term(20, Unit.WORKING_DAY)


def test_a_step_says_what_it_is() -> None:
    process = _process(drawings.land())

    survey, opinion, tax = (process.step(key) for key in ("survey", "opinion", "tax"))

    assert (survey.kind, opinion.kind, opinion.silence) == (Kind.VISIT, Kind.OPINION, "ADVANCE")
    assert (tax.kind, tax.party, tax.pause, tax.agency, tax.stops_clock) == (
        Kind.WAIT,
        Party.OTHER,
        Pause.NONE,
        "Cơ quan thuế",
        False,
    )
    assert process.step("payment").stops_clock


def test_an_older_definition_that_waits_for_the_citizen_restarts_the_term() -> None:
    silent = {"kind", "pause"}
    steps = [{k: v for k, v in step.items() if k not in silent} for step in DEFAULT["steps"]]

    step = _process({"steps": steps}).step("supplement")

    assert (step.kind, step.pause) == (Kind.WAIT, Pause.RESTART)


def test_the_last_branch_opens_the_step_where_they_meet() -> None:
    process = _process(drawings.land())

    parted = process.opens("check", "ADVANCE", ())
    first = process.opens("opinion", "ADVANCE", ("survey", "tax", "record"))
    inside = process.opens("survey", "ADVANCE", ("tax",))
    last = process.opens("payment", "PAID", ())

    assert [step.key for step in parted] == ["survey", "opinion", "tax", "record"]
    assert first == ()
    assert [step.key for step in inside] == ["plan"]
    assert [step.key for step in last] == ["sign"]


def test_branches_inside_a_branch_meet_where_they_should() -> None:
    inner = [
        drawings.step("a", {"ADVANCE": ["a1", "a2"]}),
        drawings.step("a1", {"ADVANCE": "a3"}),
        drawings.step("a2", {"ADVANCE": "a3"}),
        drawings.step("a3", {"ADVANCE": "sign"}, joins=True),
        drawings.step("b", {"ADVANCE": "sign"}),
    ]
    process = _process(
        {
            "steps": [
                drawings.step("receive", {"ACCEPT": "check"}),
                drawings.step("check", {"ADVANCE": ["a", "b"]}),
                *inner,
                drawings.step("sign", {"FINISH": ""}, joins=True),
            ]
        }
    )

    assert {fork.step: fork.join for fork in rules.forks(process.steps)} == {
        "check": "sign",
        "a": "a3",
    }
    assert [s.key for s in process.opens("a1", "ADVANCE", ("b",))] == ["a3"]
    assert process.opens("a1", "ADVANCE", ("a2", "b")) == ()
    assert process.opens("b", "ADVANCE", ("a1",)) == ()
    assert process.opens("a3", "ADVANCE", ("b",)) == ()


@pytest.mark.parametrize(
    ("changed", "step", "sentence"),
    [
        ({"sign": {"joins": False}}, "check", "không gặp nhau ở bước nào"),
        ({"plan": {"moves": {"ADVANCE": "stamp"}}}, "plan", "Nhánh đi ra ngoài"),
        (
            {"plan": {"moves": {"ADVANCE": "sign", "FINISH": "return"}}},
            "plan",
            "Nhánh đi ra ngoài trước khi tới bước “Sign”",
        ),
        ({"plan": {"moves": {"ADVANCE": "sign", "ASK": "papers"}}}, "papers", "Nhánh đi ra ngoài"),
        ({"plan": {"moves": {"ADVANCE": "record"}}}, "record", "dùng chung bước này"),
        ({"stamp": {**STAMP, "joins": True}}, "stamp", "không có nhánh nào tới"),
        ({"plan": {"post": "MAYOR"}}, "plan", "vị trí “MAYOR” không có"),
        ({"plan": {"silence": "ADVANCE"}}, "plan", "Chỉ bước lấy ý kiến"),
        ({"opinion": {"silence": "FINISH"}}, "opinion", "không có việc để tự làm"),
        ({"payment": {"party": "OFFICE"}}, "payment", "chưa nói chờ ai"),
        ({"payment": {"pause": ""}}, "payment", "tạm dừng thế nào"),
        ({"tax": {"agency": ""}}, "tax", "chưa ghi tên cơ quan"),
        ({"plan": {"party": "OTHER"}}, "plan", "chưa ghi tên cơ quan"),
        ({"plan": {"kind": "WORK", "party": "CITIZEN"}}, "plan", "không phải bước chờ"),
        ({"plan": {"kind": "DANCE"}}, "plan", "giá trị không chọn được"),
        ({"plan": {"share": 60}}, "plan", "cộng lại 125%"),
        ({"opinion": {"term": {"value": 15, "unit": "WORKING_DAY"}}}, "opinion", "quá thời hạn"),
        ({"check": {"moves": {"ADVANCE": "survey"}}}, "opinion", "Không đường nào dẫn tới"),
        ({"plan": {"moves": {"SING": "sign"}}}, "plan", "việc “SING” mà hồ sơ không có"),
        ({"plan": {"moves": {"ADVANCE": "sign", "SEND_BACK": ""}}}, "plan", "không kết thúc"),
        ({"plan": {"moves": {"ADVANCE": "sign", "STOP": "sign"}}}, "plan", "kết thúc hồ sơ"),
        ({"receive": {"moves": {"ACCEPT": ["hand_over", "papers"]}}}, "receive", "Bước đầu tiên"),
        ({"check": {"moves": {"ADVANCE": ["survey", "survey"]}}}, "check", "cùng một bước"),
    ],
)
def test_a_broken_process_is_refused_beside_its_step(
    changed: dict[str, Any], step: str, sentence: str
) -> None:
    found = rules.problems(drawings.land(**changed), workflow=WORKFLOW)

    assert [p.step for p in found if sentence in p.sentence][:1] == [step], found


def test_all_that_is_wrong_is_said_at_once_in_the_order_of_the_steps() -> None:
    found = rules.problems(drawings.land(tax={"agency": ""}, survey={"work": ""}))

    assert [problem.step for problem in found] == ["survey", "tax"]


def test_what_is_no_process_at_all_is_refused() -> None:
    assert [p.step for p in rules.problems({})] == [""]
    assert [p.step for p in rules.problems({"steps": [{"key": "x"}]})] == ["x"]
    with pytest.raises(Invalid) as refusal:
        _process(drawings.land(tax={"agency": ""}))
    assert refusal.value.field == "tax"


def test_the_longest_way_counts_the_slowest_branch_and_no_standstill() -> None:
    way = timing.longest(_process(drawings.land()))

    # 5 + 20 before, 20 + 15 in the survey, 10 + 5 + 5 after: the other branches are shorter.
    assert way.steps == ("hand_over", "check", "survey", "plan", "sign", "stamp", "return")
    assert (way.share, way.minutes) == (80, 20 * 480 * 80 // 100)


def test_a_term_in_words_and_minutes() -> None:
    assert timing.minutes(Term(3, Unit.WORKING_HOUR)) == 180
    assert timing.minutes(Term(7, Unit.DAY)) == 5 * 480
    assert (timing.words(90), timing.words(1680)) == ("1,5 giờ làm việc", "3,5 ngày làm việc")
