"""Changing a draft keeps the case a way through; two versions are told apart in words."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sauro.core.errors import Invalid, NotFound
from sauro.designer.rules import checks, comparing, editing, shape
from sauro.designer.tests import processes
from sauro.onestop.rules import WORKFLOW

_WAYS = {"Không đường nào dẫn tới bước này", "Từ bước này không có đường nào tới kết thúc."}


def _stuck(definition: dict[str, Any]) -> list[str]:
    found = checks.problems(definition, WORKFLOW)
    return [p.sentence for p in found if any(p.sentence.startswith(way[:20]) for way in _WAYS)]


@pytest.mark.parametrize("key", [step["key"] for step in processes.default()["steps"]])
def test_a_step_added_anywhere_and_taken_out_again_changes_nothing(key: str) -> None:
    before = processes.default()

    added, new = editing.added(before, key, "Hỏi thêm")

    assert _stuck(added) == []
    assert editing.removed(added, new) == before


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_is_added_removed_and_moved_leaves_a_way_through(data: st.DataObject) -> None:
    definition = processes.land()
    for _change in range(data.draw(st.integers(1, 5))):
        key = data.draw(st.sampled_from([step["key"] for step in definition["steps"][1:]]))
        change = data.draw(st.sampled_from(["add", "up", "down"]))
        if change == "add":
            definition, _key = editing.added(definition, key, "Bước mới")
        else:
            definition = editing.moved(definition, key, -1 if change == "up" else 1)
            if definition["steps"][0]["key"] != "receive":
                definition = editing.moved(definition, key, 1)

    assert _stuck(definition) == []
    shape.check(definition)


def test_a_step_beside_another_is_a_branch_that_meets_it_again() -> None:
    definition, key = editing.added(processes.default(), "appraise", "Hỏi ý kiến", beside=True)
    steps = {step["key"]: step for step in definition["steps"]}

    assert steps["hand_over"]["moves"]["HAND_OVER"] == ["appraise", key]
    assert steps[key]["moves"] == {"ADVANCE": "sign"}
    assert steps["sign"]["joins"] is True


def test_no_branch_begins_at_the_first_step() -> None:
    with pytest.raises(Invalid, match="không đứng giữa hai bước"):
        editing.added(processes.default(), "receive", "Hỏi ý kiến", beside=True)


def test_two_steps_of_one_name_have_two_keys() -> None:
    once, first = editing.added(processes.default(), "sign", "Hỏi ý kiến")
    _twice, second = editing.added(once, "sign", "Hỏi ý kiến")

    assert (first, second) == ("hoi_y_kien", "hoi_y_kien_2")


def test_what_is_not_there_cannot_be_changed() -> None:
    with pytest.raises(NotFound):
        editing.removed(processes.default(), "gone")
    with pytest.raises(Invalid, match="Đặt tên cho bước mới"):
        editing.added(processes.default(), "sign", "  ")


def test_differences_are_told_as_a_clerk_would() -> None:
    before = {**processes.default(), "name": "Mặc định"}
    after, _key = editing.added(before, "appraise", "Kiểm tra thực địa")
    after = editing.removed(after, "payment")
    sign = editing.step_of(after, "sign")
    after = editing.replaced(after, "sign", {**sign, "share": 20, "post": "DEPUTY"})

    said = [difference.sentence for difference in comparing.compare(before, after)]

    assert said == [
        "Bước “Thẩm định”, khi “Đạt, chuyển tiếp”: “Ký duyệt” → “Kiểm tra thực địa”.",
        "Bước “Thẩm định”, khi “Cần nộp tiền”: bỏ “Chờ nghĩa vụ tài chính”.",
        "Thêm bước “Kiểm tra thực địa” sau “Thẩm định”.",
        "Bước “Ký duyệt”, người làm: “Lãnh đạo” → “Phó lãnh đạo”.",
        "Bước “Ký duyệt”, hạn: “25% thời hạn” → “20% thời hạn”.",
        "Bỏ bước “Chờ nghĩa vụ tài chính”.",
    ]


def test_the_same_process_has_no_differences() -> None:
    assert comparing.compare(processes.land(), processes.land()) == []


@pytest.mark.parametrize(
    "definition",
    [
        {"steps": "x"},
        {"steps": [{"key": ""}]},
        {"steps": [{"key": "a", "post": ["x"]}]},
        {"steps": [{"key": "a", "share": "60"}]},
        {"steps": [{"key": "a", "term": {"value": "1"}}]},
        {"steps": [{"key": "a", "moves": {"A": 1}}]},
        {"steps": [{"key": "a"}, {"key": "a"}]},
        {"steps": [], "procedures": "1.001"},
        {"steps": [{"key": str(n)} for n in range(81)]},
    ],
)
def test_what_has_not_the_shape_of_a_process_is_refused(definition: dict[str, Any]) -> None:
    with pytest.raises(Invalid, match="không đúng mẫu"):
        shape.check(definition)
