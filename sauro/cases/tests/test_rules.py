"""What a case, a process and an assignment may be."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sauro.cases import kinds, rules
from sauro.cases.rules import At, CaseKind, Clock, Held, HeldTask, Party
from sauro.core.errors import Changed, Invalid, NotNow, NotPermitted
from sauro.core.workflow import Workflow

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
DEFAULT = json.loads(
    (Path(__file__).parents[3] / "data/processes/default.json").read_text(encoding="utf-8")
)


def _process(data: dict[str, Any]) -> rules.Process:
    return rules.parse_process(1, "p", 1, "Quy trình", data)


def _held(**changed: object) -> Held:
    task = HeldTask(
        id=5,
        step="appraise",
        official_id=7,
        office_id=3,
        opened_at=NOW,
        due_at=NOW,
        party=Party.OFFICE,
    )
    given: dict[str, Any] = {
        "id": 1,
        "kind": "dossier",
        "code": "H15-1",
        "state": "PROCESSING",
        "version": 4,
        "process_id": 1,
        "door_id": 2,
        "unit_id": 3,
        "authority_id": 4,
        "owed_to_id": 9,
        "opened_at": NOW,
        "clock": Clock(due_at=NOW),
        "outcome": "",
        "task": task,
    }
    return Held(**{**given, **changed})


def test_the_default_process_is_one() -> None:
    process = _process(DEFAULT)

    assert [step.key for step in process.main()] == [
        "receive",
        "hand_over",
        "appraise",
        "sign",
        "stamp",
        "return",
    ]
    assert sum(step.share for step in process.steps) == 100


def test_a_verb_leads_to_the_step_that_the_process_says() -> None:
    process = _process(DEFAULT)

    step = process.after("appraise", "ADVANCE")

    assert step == (process.step("sign"),)
    assert process.after("receive", "REJECT") == ()
    assert process.ends("receive", "REJECT")


def test_a_step_refuses_a_verb_that_it_does_not_offer() -> None:
    with pytest.raises(NotNow, match="Bước “Thẩm định” không có việc này"):
        _process(DEFAULT).after("appraise", "HAND_BACK")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"work": ""}, "chưa rõ việc"),
        ({"product": ""}, "chưa rõ việc"),
        ({"share": 10}, "cần đúng một cách tính hạn"),
        ({"moves": {"ACCEPT": "nowhere"}}, "dẫn tới bước không có"),
        ({"moves": {"ACCEPT": "receive"}}, "không có đường nào tới kết thúc"),
        ({"moves": {"ACCEPT": ""}}, "Không đường nào dẫn tới"),
    ],
)
def test_a_process_with_an_unclear_step_is_refused(change: dict[str, Any], sentence: str) -> None:
    first, *others = DEFAULT["steps"]

    with pytest.raises(Invalid, match=sentence):
        _process({"steps": [{**first, **change}, *others]})


def test_two_steps_with_one_key_are_refused() -> None:
    with pytest.raises(Invalid, match="mỗi bước một mã riêng"):
        _process({"steps": [DEFAULT["steps"][0]] * 2})


@pytest.mark.parametrize("missing", ["work", "product", "step", "official_id", "head_id"])
def test_an_assignment_cannot_lack_a_clarity(missing: str) -> None:
    whole: dict[str, Any] = {
        "official_id": 1,
        "work": "Thẩm định",
        "office_id": 2,
        "head_id": 3,
        "step": "appraise",
        "due_at": NOW,
        "product": "Dự thảo",
    }

    with pytest.raises(Invalid, match="chưa đủ sáu rõ"):
        rules.Assignment(**{**whole, missing: type(whole[missing])()})


def test_only_the_one_who_holds_the_task_may_act() -> None:
    held = _held()

    assert rules.check_holds(7, held).task == held.task
    with pytest.raises(NotPermitted):
        rules.check_holds(8, held)
    with pytest.raises(NotPermitted):
        rules.check_holds(None, held)


def test_an_ended_case_has_nothing_to_do() -> None:
    with pytest.raises(NotNow, match="đã kết thúc"):
        rules.check_holds(7, _held(task=None))


def test_a_page_older_than_the_case_is_refused() -> None:
    rules.check_version(_held(version=4), 4)
    rules.check_version(_held(version=4), None)

    with pytest.raises(Changed, match="chưa ghi gì"):
        rules.check_version(_held(version=4), 3)


def test_a_held_case_names_its_offices_by_their_part() -> None:
    held = _held()

    assert [held.office_at(part) for part in At] == [2, 3, 4]


def test_a_kind_is_registered_once() -> None:
    flow = Workflow(moves={}, first=frozenset(), ended=frozenset(), labels={})
    kind = CaseKind("test-kind", "Loại thử", flow)
    kinds.register(kind)
    kinds.register(kind)

    assert kinds.get("test-kind") is kind
    with pytest.raises(ValueError, match="already registered"):
        kinds.register(CaseKind("test-kind", "Loại khác", flow))
