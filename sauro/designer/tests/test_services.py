from datetime import date
from typing import Any

import pytest

from sauro.cases import catalogue
from sauro.cases import services as cases
from sauro.core.actor import SYSTEM, Actor
from sauro.core.errors import Changed, Invalid, NotFound, NotNow, NotPermitted
from sauro.designer import queries
from sauro.designer.models import ProcessDraft
from sauro.designer.queries import pages
from sauro.designer.rules import bpmn, editing
from sauro.designer.services import drafting, publishing
from sauro.designer.tests import processes, world
from sauro.designer.tests.world import MONDAY, TODAY, World
from sauro.events import queries as events
from sauro.onestop.rules import DEFAULT_PROCESS

pytestmark = pytest.mark.django_db


def _started(by: Actor) -> int:
    return drafting.start(DEFAULT_PROCESS, by=by, now=MONDAY)


def _publish(here: World, draft_id: int, **given: Any) -> int:  # noqa: ANN401 - passed on
    row = queries.draft(draft_id)
    asked: dict[str, Any] = {"over": row.base_version, "seen": row.revision, **given}
    by = asked.pop("by", here.chairman)
    since = asked.pop("since", TODAY)
    return publishing.publish(draft_id, since, by=by, now=MONDAY, **asked)


def _filled(key: str, definition: Any) -> dict[str, Any]:  # noqa: ANN401 - kept as JSON
    step = editing.step_of(definition, key)
    return {**step, "work": "Đi xem đất", "citizen_work": "Xem đất", "product": "Biên bản"}


def test_a_draft_begins_from_the_newest_version_and_is_taken_up_again() -> None:
    here = world.build()

    first = _started(here.clerk)
    second = _started(here.chairman)

    row = queries.draft(first)
    assert second == first
    assert (row.base_version, row.revision, row.owner) == (1, 1, "Võ Ngọc Sơn")
    assert row.definition == processes.default()


def test_a_step_added_filled_in_and_published_is_the_next_version() -> None:
    here = world.build()
    draft_id = _started(here.clerk)

    key = drafting.add_step(
        draft_id, "appraise", "Kiểm tra thực địa", seen=1, by=here.clerk, now=MONDAY
    )
    filled = _filled(key, queries.draft(draft_id).definition)
    drafting.save_step(draft_id, key, filled, seen=2, by=here.clerk, now=MONDAY)
    process_id = _publish(here, draft_id, since=date(2026, 12, 1))

    newest = catalogue.versions(DEFAULT_PROCESS)[0]
    assert (newest.id, newest.version, newest.since) == (process_id, 2, date(2026, 12, 1))
    assert newest.definition["steps"][3]["name"] == "Kiểm tra thực địa"
    with pytest.raises(NotFound):
        queries.draft(draft_id)
    said = [line.verb for line in events.history("designer.processdraft", draft_id)]
    assert sorted(said) == [
        "process_draft.begun",
        "process_draft.published",
        "process_draft.step_added",
        "process_draft.step_saved",
    ]


def test_a_draft_with_something_to_mend_is_not_published() -> None:
    here = world.build()
    draft_id = _started(here.clerk)
    drafting.add_step(draft_id, "appraise", "Mới", seen=1, by=here.clerk, now=MONDAY)

    with pytest.raises(NotNow, match="Còn 3 chỗ cần sửa"):
        _publish(here, draft_id)

    assert len(catalogue.versions(DEFAULT_PROCESS)) == 1


def test_only_a_leader_of_the_province_publishes() -> None:
    here = world.build()
    draft_id = _started(here.clerk)

    with pytest.raises(NotPermitted, match="lãnh đạo cấp tỉnh ban hành"):
        _publish(here, draft_id, by=here.clerk)


def test_who_may_not_draw_can_begin_and_change_nothing() -> None:
    here = world.build()
    draft_id = _started(here.clerk)

    with pytest.raises(NotPermitted):
        _started(here.specialist)
    with pytest.raises(NotPermitted):
        drafting.begin("Mới", by=here.specialist, now=MONDAY)
    with pytest.raises(NotPermitted):
        drafting.remove_step(draft_id, "sign", seen=1, by=here.specialist, now=MONDAY)


def test_an_old_page_saves_nothing() -> None:
    here = world.build()
    draft_id = _started(here.clerk)
    drafting.move_step(draft_id, "payment", -1, seen=1, by=here.clerk, now=MONDAY)

    with pytest.raises(Changed, match="vừa được lưu ở nơi khác"):
        drafting.save_about(draft_id, "Tên khác", {}, seen=1, by=here.chairman, now=MONDAY)

    assert queries.draft(draft_id).name == world.NAME


def test_a_version_published_meanwhile_is_shown_before_it_is_replaced() -> None:
    here = world.build()
    draft_id = _started(here.clerk)
    other = processes.default()
    other["basis"] = "Căn cứ mới"
    cases.publish_process(DEFAULT_PROCESS, world.NAME, other, since=TODAY, by=SYSTEM, now=MONDAY)

    with pytest.raises(Changed, match="bản 2 của quy trình này đã được ban hành"):
        _publish(here, draft_id)

    [missed] = pages.versions_between(queries.draft(draft_id))
    assert missed.sentence.startswith("Căn cứ: “Quy trình mặc định theo")
    drafting.save_about(draft_id, "Tên mới", {}, seen=1, by=here.clerk, now=MONDAY)
    _publish(here, draft_id, over=2)
    assert catalogue.versions(DEFAULT_PROCESS)[0].version == 3


def test_a_day_that_is_past_is_refused() -> None:
    here = world.build()

    with pytest.raises(Invalid, match="từ hôm nay"):
        _publish(here, _started(here.clerk), since=date(2026, 11, 22))


def test_a_draft_thrown_away_leaves_what_is_in_force() -> None:
    here = world.build()
    draft_id = _started(here.clerk)

    drafting.discard(draft_id, seen=1, by=here.clerk, now=MONDAY)

    assert queries.drafts() == []
    assert _started(here.clerk) != draft_id


def test_a_new_process_takes_its_code_from_its_name() -> None:
    here = world.build()

    first = drafting.begin("Cấp giấy phép xây dựng", by=here.clerk, now=MONDAY)
    second = drafting.begin("Cấp giấy phép xây dựng", by=here.clerk, now=MONDAY)

    codes = list(ProcessDraft.objects.order_by("pk").values_list("code", flat=True))
    assert codes == ["dossier.cap-giay-phep-xay-dung", "dossier.cap-giay-phep-xay-dung-2"]
    assert first != second


def test_an_import_of_our_own_document_is_a_draft_of_that_process() -> None:
    here = world.build()
    read = bpmn.read(bpmn.write(DEFAULT_PROCESS, world.NAME, 1, processes.land()))

    draft_id = drafting.begin(
        read.name, read.definition, code=read.code, notes=read.notes, by=here.clerk, now=MONDAY
    )

    row = queries.draft(draft_id)
    assert (row.code, row.base_version, row.definition) == (DEFAULT_PROCESS, 1, processes.land())
    with pytest.raises(NotNow, match="đang có một bản nháp"):
        drafting.begin("X", read.definition, code=read.code, by=here.clerk, now=MONDAY)


def test_a_code_from_a_document_that_is_none_is_refused() -> None:
    here = world.build()

    with pytest.raises(Invalid, match="Mã quy trình"):
        drafting.begin("X", processes.land(), code="../../x", by=here.clerk, now=MONDAY)


@pytest.mark.parametrize("size", [1, 20])
def test_lists_take_the_same_queries_however_long(
    size: int,
    django_assert_num_queries: Any,  # noqa: ANN401
) -> None:
    here = world.build()
    for number in range(size):
        drafting.begin(f"Quy trình {number}", by=here.clerk, now=MONDAY)
        definition = processes.default()
        cases.publish_process(
            f"dossier.p{number}", "P", definition, since=TODAY, by=SYSTEM, now=MONDAY
        )

    with django_assert_num_queries(1):
        assert len(queries.drafts()) == size
    with django_assert_num_queries(2):
        assert len(pages.listed()) == 2 * size + 1
    with django_assert_num_queries(1):
        assert len(catalogue.newest()) == size + 1
    with django_assert_num_queries(1):
        assert len(catalogue.versions(DEFAULT_PROCESS)) == 1
    with django_assert_num_queries(0):
        assert len(pages.steps_of(processes.land())) == 12


def test_what_was_published_between_takes_one_query(
    django_assert_num_queries: Any,  # noqa: ANN401
) -> None:
    here = world.build()
    row = queries.draft(_started(here.clerk))

    with django_assert_num_queries(1):
        assert pages.versions_between(row) == []
