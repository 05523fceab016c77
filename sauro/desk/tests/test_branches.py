"""The desk of a dossier in branches: who holds what by when, and each one's own decision."""

from typing import Any

import pytest

from sauro.cases import queries as cases
from sauro.cases.models import Visit
from sauro.cases.rules import parse_process
from sauro.core.actor import Actor
from sauro.desk import rules
from sauro.desk.queries import marking, sheet
from sauro.desk.rules import Action, Facts, Needs
from sauro.desk.services import leading, printing, taking
from sauro.desk.tests import world
from sauro.desk.tests.browser import ROOT, decide, signed_in, text
from sauro.desk.tests.world import MONDAY, World
from sauro.documents.rules import Form
from sauro.onestop import queries as onestop
from sauro.onestop.rules import is_signed
from sauro.onestop.services import handling
from sauro.onestop.tests import land
from sauro.onestop.tests.test_processes import definition
from sauro.ui.formats import moment_short

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hour")]


def parted(here: World) -> tuple[int, str]:
    """Return a dossier in its four branches."""
    case_id, code = world.filed(here)
    taking.take_in(case_id, by=here.clerk, now=MONDAY)
    by = world.holder(here, case_id)
    handling.advance(case_id, "Đủ giấy tờ", by=by, now=MONDAY)
    return case_id, code


def holder(here: World, case_id: int, step: str) -> Actor:
    task = land.branches(case_id)[step]
    both = (here.specialist, here.colleague)
    return next(actor for actor in both if actor.official_id == task.official_id)


@pytest.fixture
def here() -> World:
    land.publish()
    return world.build()


def test_the_page_says_who_has_which_branch_by_when(
    here: World,
    django_assert_num_queries: Any,  # noqa: ANN401
) -> None:
    case_id, code = parted(here)
    by = holder(here, case_id, "survey")
    sheet.sheet(by, code, now=MONDAY)

    with django_assert_num_queries(8):
        found = sheet.sheet(by, code, now=MONDAY)

    assert [(branch.name, branch.is_mine) for branch in found.branches] == [
        ("Đo đạc, xác minh thực địa", True),
        ("Lấy ý kiến nguồn gốc đất", False),
        ("Xác định nghĩa vụ tài chính", True),
        ("Đối chiếu địa chính", False),
    ]
    assert all(len(branch.clarities) == 6 for branch in found.branches)
    assert [stage.kind for stage in found.stages].count("now") == 4
    page = text(signed_in(by).get(f"{ROOT}ho-so/{code}"))
    assert "Đang làm song song" in page
    assert "4 nhánh" in page
    assert "việc của bạn" in page


def test_of_two_own_branches_the_other_is_chosen_by_its_link(here: World) -> None:
    case_id, code = parted(here)
    by = holder(here, case_id, "tax")
    task = land.branches(case_id)["tax"]

    page = text(signed_in(by).get(f"{ROOT}ho-so/{code}?viec={task.id}"))

    assert "Gửi thông báo nộp tiền" in page


def test_a_visit_is_recorded_at_the_desk(here: World) -> None:
    case_id, code = parted(here)
    browser = signed_in(holder(here, case_id, "survey"))

    refused = decide(browser, case_id, code, "ghi-bien-ban", note="")
    assert "Ghi nội dung biên bản xác minh" in text(refused)
    decide(browser, case_id, code, "ghi-bien-ban", note="Đúng hiện trạng.", visited_on="2026-11-23")

    assert Visit.objects.get().minutes == "Đúng hiện trạng."
    assert "plot" in land.branches(case_id)


def test_a_leader_gives_one_branch_to_a_colleague(here: World) -> None:
    case_id, _code = parted(here)
    before = {step: task.official_id for step, task in land.branches(case_id).items()}
    task = land.branches(case_id)["records"]
    to = next(
        actor.official_id
        for actor in (here.specialist, here.colleague)
        if actor.official_id != task.official_id
    )

    leading.reassign(case_id, to or 0, "Nghỉ phép", task_id=task.id, by=here.head, now=MONDAY)

    after = {step: task.official_id for step, task in land.branches(case_id).items()}
    assert after == {**before, "records": to}


def test_the_control_sheet_has_a_line_for_every_branch(here: World) -> None:
    case_id, code = parted(here)
    tasks = cases.tasks(case_id)

    sheet_of = printing.print_slip(code, Form.MAU_06, by=here.clerk, now=MONDAY)

    assert sheet_of.form is Form.MAU_06
    content = printing._control(onestop.dossier_for(here.clerk, code), tasks)
    assert [line.note for line in content.hand_overs] == [  # type: ignore[union-attr]
        "Tiếp nhận",
        "Chuyển xử lý",
        *["Kiểm tra, chia nhánh"] * 4,
    ]


@pytest.mark.parametrize(
    ("step", "main", "needs", "others"),
    [
        ("appraise", Action.ADVANCE, Needs.WORDS, [Action.ASK, Action.STOP]),
        ("survey", Action.VISIT, Needs.MINUTES, []),
        ("origin", Action.ADVANCE, Needs.OPINION, []),
        ("tax", Action.ASK_FEE, Needs.FEE, [Action.ADVANCE]),
        ("payment", Action.PAID, Needs.RECEIPT, [Action.STOP]),
        ("draft", Action.PROPOSE, Needs.DRAFT, [Action.STOP, Action.REFUSE]),
        ("sign", Action.APPROVE, Needs.PIN, [Action.SEND_BACK]),
    ],
)
def test_each_kind_of_step_offers_its_own_decision(
    step: str, main: Action, needs: Needs, others: list[Action]
) -> None:
    data = definition("land_first")
    process = parse_process(1, "land", 1, "Đất", data)
    facts = Facts(
        goes_today=True,
        asked_before=False,
        withdrawal_asked=False,
        is_signed=is_signed(process.step(step), process),
    )

    offers = rules.offers(process.step(step), facts)

    assert offers.main
    assert (offers.main.action, offers.main.needs) == (main, needs)
    assert [offer.action for offer in offers.others] == others


def test_the_picture_shows_the_dossier_at_each_of_its_branches(here: World) -> None:
    case_id, code = parted(here)
    tasks = land.branches(case_id)

    process, marks = marking.marked(onestop.dossier_for(here.clerk, code), now=MONDAY)
    page = text(signed_in(here.specialist).get(f"{ROOT}ho-so/{code}/so-do"))

    assert set(marks.open) == set(tasks) == {"survey", "origin", "tax", "records"}
    assert set(marks.done) == {"receive", "hand_over", "appraise"}
    for key, task in tasks.items():
        assert process.has(key)
        assert f"trước {moment_short(task.due_at)}" in page
