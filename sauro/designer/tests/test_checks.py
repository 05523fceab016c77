"""What keeps a draft from being published, each thing beside the step it belongs to."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sauro.designer.rules import checks, editing, reconciling
from sauro.designer.tests import processes
from sauro.onestop.rules import WORKFLOW

Definition = dict[str, Any]


def _step(definition: Definition, key: str) -> dict[str, Any]:
    return next(step for step in definition["steps"] if step["key"] == key)


@pytest.mark.parametrize("definition", [processes.default(), processes.land()])
def test_a_whole_process_has_nothing_to_mend(definition: Definition) -> None:
    assert checks.problems(definition, WORKFLOW) == []


def _without_work(d: Definition) -> None:
    _step(d, "sign")["work"] = ""


def _two_limits(d: Definition) -> None:
    _step(d, "sign")["term"] = {"value": 1, "unit": "WORKING_DAY"}


def _share_too_large(d: Definition) -> None:
    _step(d, "sign")["share"] = 101


def _lost_way(d: Definition) -> None:
    _step(d, "sign")["moves"] = {"ADVANCE": "gone"}


def _no_post(d: Definition) -> None:
    _step(d, "sign")["post"] = "WIZARD"


def _verb_of_another_state(d: Definition) -> None:
    _step(d, "sign")["moves"] = {"HAND_BACK": ""}


def _open_end(d: Definition) -> None:
    _step(d, "sign")["moves"]["ADVANCE"] = ""


def _end_and_on(d: Definition) -> None:
    _step(d, "appraise")["moves"]["STOP"] = "sign"


def _silence_of_work(d: Definition) -> None:
    _step(d, "appraise")["silence"] = "ADVANCE"


def _wait_for_nobody(d: Definition) -> None:
    _step(d, "payment")["kind"] = "WAIT"
    _step(d, "payment")["party"] = ""
    _step(d, "payment")["pause"] = ""


def _branches_that_never_meet(d: Definition) -> None:
    _step(d, "hand_over")["moves"]["HAND_OVER"] = ["appraise", "sign"]


def _meeting_of_nobody(d: Definition) -> None:
    _step(d, "stamp")["joins"] = True


def _fork_of_one(d: Definition) -> None:
    _step(d, "hand_over")["moves"]["HAND_OVER"] = ["appraise"]


@pytest.mark.parametrize(
    ("breaks", "step", "sentence"),
    [
        (_without_work, "sign", "Ghi việc phải làm"),
        (_two_limits, "sign", "Chọn một cách tính hạn"),
        (_share_too_large, "sign", "số từ 1 đến 100"),
        (_lost_way, "sign", "dẫn tới bước không còn"),
        (_lost_way, "sign", "không có đường nào tới kết thúc"),
        (_lost_way, "stamp", "Không đường nào dẫn tới bước này"),
        (_no_post, "sign", "Chọn vị trí làm bước này"),
        (_verb_of_another_state, "sign", "Khi hồ sơ “Đang xử lý” thì chưa làm được việc “Đã trả"),
        (_open_end, "sign", "chưa khép lại hồ sơ, nên chọn bước tiếp theo"),
        (_end_and_on, "appraise", "“Dừng xử lý” khép lại hồ sơ, nên sau đó phải là kết thúc"),
        (_silence_of_work, "appraise", "Im lặng chỉ thay được"),
        (_wait_for_nobody, "payment", "Chọn đang chờ ai"),
        (_wait_for_nobody, "payment", "Chọn đồng hồ làm gì"),
        (_branches_that_never_meet, "hand_over", "chưa gặp lại ở bước nào"),
        (_meeting_of_nobody, "stamp", "không chỗ nào rẽ nhánh tới đây"),
        (_fork_of_one, "hand_over", "Rẽ nhánh cần ít nhất hai bước"),
    ],
)
def test_what_is_broken_is_told_beside_its_step(
    breaks: Callable[[Definition], None], step: str, sentence: str
) -> None:
    definition = processes.default()
    breaks(definition)

    found = checks.problems(definition, WORKFLOW)

    assert any(problem.step == step and sentence in problem.sentence for problem in found)


def test_a_draft_without_steps_says_so_for_the_whole() -> None:
    [problem] = checks.problems({"steps": []})

    assert (problem.step, problem.sentence) == (
        "",
        "Quy trình chưa có bước nào. Thêm bước đầu tiên.",
    )


def test_a_new_step_lacks_what_only_a_person_can_say() -> None:
    definition, key = editing.added(processes.default(), "appraise", "Kiểm tra thực địa")

    found = checks.problems(definition, WORKFLOW)

    assert {problem.step for problem in found} == {key}
    assert [problem.field for problem in found] == ["work", "citizen_work", "product"]


def test_the_longest_way_must_fit_the_limit_of_the_law() -> None:
    definition = processes.land()
    way = reconciling.longest(definition)
    assert way is not None
    assert way.steps[2] == "cadastre"
    assert (way.share, int(way.hours)) == (75, 8)  # the first step comes before legal time begins
    assert reconciling.over(definition) == []

    definition["limit"] = {"value": 3, "unit": "WORKING_DAY"}

    [(step, sentence)] = reconciling.over(definition)
    assert step == "return"
    assert sentence == (
        "Đường dài nhất hết 7,35 ngày làm việc, quá thời hạn theo luật là 3 ngày làm việc. "
        "Rút bớt hạn."
    )


def test_shares_on_one_way_are_at_most_the_whole() -> None:
    definition = processes.default()
    _step(definition, "sign")["share"] = 26

    [(step, sentence)] = reconciling.over(definition)

    assert (step, sentence) == (
        "return",
        "Cộng các bước trên đường dài nhất được 101% thời hạn, quá 100%.",
    )


@pytest.mark.parametrize("file", processes.DATA, ids=lambda path: path.stem)
def test_every_process_of_the_province_has_nothing_to_mend(file: Path) -> None:
    assert checks.problems(json.loads(file.read_text("utf-8")), WORKFLOW) == []


def test_what_only_the_engine_refuses_is_told_as_well() -> None:
    definition = processes.land()
    first = definition["steps"][0]
    first["moves"] = {**first["moves"], "ACCEPT": ["cadastre", "tax", "visit", "opinion"]}
    del first["moves"]["ASK_AT_INTAKE"]
    gone = {"hand_over", "supplement_at_intake"}
    definition["steps"] = [step for step in definition["steps"] if step["key"] not in gone]

    found = checks.problems(definition)

    assert [(p.step, p.sentence) for p in found] == [
        ("receive", "Bước đầu tiên chưa chia nhánh được; thêm một bước trước đó.")
    ]
