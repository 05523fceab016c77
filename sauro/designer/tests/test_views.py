from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from sauro.cases import catalogue
from sauro.core import clock
from sauro.designer import queries
from sauro.designer.rules import words
from sauro.designer.services import drafting
from sauro.designer.tests import processes, world
from sauro.designer.tests.world import MONDAY, ROOT, World
from sauro.onestop.rules import DEFAULT_PROCESS

pytestmark = pytest.mark.django_db
FORM = {
    "name": "Kiểm tra thực địa",
    "kind": "VISIT",
    "post": "SPECIALIST",
    "at": "UNIT",
    "work": "Đi xem thửa đất",
    "product": "Biên bản",
    "citizen_work": "Xem đất",
    "by": "term",
    "value": "2",
    "unit": "WORKING_DAY",
    "verb-0": "ADVANCE",
    "to-0": "sign",
}


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: MONDAY)


def _text(answer: Any) -> str:  # noqa: ANN401 - the test client's own response
    return str(answer.content.decode())


def _draft(here: World, client: Client) -> str:
    answer = client.post(f"{ROOT}{DEFAULT_PROCESS}/sua")
    return str(answer["Location"])


def _added(client: Client, draft: str) -> Any:  # noqa: ANN401 - as above
    given = {"seen": 1, "after": "appraise", "name": "Kiểm tra thực địa", "how": "after"}
    return client.post(f"{draft}/them", given)


def test_the_list_and_a_process_are_open_to_every_official() -> None:
    here = world.build()
    looks = world.signed_in(here.specialist)

    listed, shown = _text(looks.get(ROOT)), _text(looks.get(f"{ROOT}{DEFAULT_PROCESS}"))

    assert "Mọi thủ tục còn lại" in listed
    assert "Quy trình mới" not in listed
    assert shown.count("<svg") > 2
    assert "Sáu rõ của từng bước" in shown
    assert "Sửa quy trình" not in shown
    assert looks.get(f"{ROOT}dossier.gone").status_code == 404
    assert looks.get(f"{ROOT}{DEFAULT_PROCESS}?ban=9").status_code == 404


def test_a_citizen_is_kept_out_and_a_visitor_signs_in() -> None:
    world.build()

    assert Client().get(ROOT)["Location"].startswith("/dang-nhap")


def test_a_step_is_added_filled_in_and_published() -> None:
    here = world.build()
    client = world.signed_in(here.chairman)
    draft = _draft(here, client)

    added = _added(client, draft)
    opened = _text(client.get(added["Location"]))
    saved = client.post(f"{draft}/buoc", {**FORM, "seen": 2, "key": "kiem_tra_thuc_dia"})
    page = _text(client.get(f"{draft}/ban-hanh"))
    answer = client.post(f"{draft}/ban-hanh", {"seen": 3, "over": 1, "since": "01/12/2026"})

    assert "Ghi việc phải làm ở bước này." in opened
    assert "buoc-4" in saved["Location"]
    assert "Thêm bước “Kiểm tra thực địa” sau “Thẩm định”." in page
    assert "Sẵn sàng ban hành" in page
    assert answer["Location"] == f"{ROOT}{DEFAULT_PROCESS}?xong=ban-hanh"
    step = catalogue.versions(DEFAULT_PROCESS)[0].definition["steps"][3]
    assert step == {
        "key": "kiem_tra_thuc_dia",
        "name": "Kiểm tra thực địa",
        "kind": "VISIT",
        "post": "SPECIALIST",
        "at": "UNIT",
        "work": "Đi xem thửa đất",
        "product": "Biên bản",
        "citizen_work": "Xem đất",
        "term": {"value": 2, "unit": "WORKING_DAY"},
        "moves": {"ADVANCE": "sign"},
    }
    compared = _text(client.get(f"{ROOT}{DEFAULT_PROCESS}/so-sanh"))
    assert "Bản 2 khác bản 1 2 chỗ" in compared


def test_a_broken_draft_is_refused_with_the_reason_beside_the_step() -> None:
    here = world.build()
    client = world.signed_in(here.chairman)
    draft = _draft(here, client)
    _added(client, draft)

    page = client.get(f"{draft}/ban-hanh")
    pressed = client.post(f"{draft}/ban-hanh", {"seen": 2, "over": 1, "since": "2026-12-01"})

    assert "Còn 3 chỗ cần sửa trước khi ban hành" in _text(page)
    assert "Ban hành bản 2" not in _text(page)
    assert pressed.status_code == 409
    row = _text(client.get(draft)).partition('id="buoc-4"')[2].partition('id="buoc-5"')[0]
    assert "Kiểm tra thực địa" in row
    assert "Ghi kết quả: làm xong thì giao ra cái gì." in row


def test_an_old_page_shows_what_is_kept_beside_what_was_typed() -> None:
    here = world.build()
    client = world.signed_in(here.chairman)
    draft = _draft(here, client)
    _added(client, draft)
    given = {**FORM, "key": "kiem_tra_thuc_dia"}
    client.post(f"{draft}/buoc", {**given, "seen": 2})

    late = client.post(f"{draft}/buoc", {**given, "seen": 2, "product": "Bản vẽ"})

    text = _text(late)
    assert late.status_code == 409
    assert 'data-l="Đang lưu">Biên bản<' in text
    assert 'data-l="Bạn ghi">Bản vẽ<' in text
    assert 'name="seen" value="3"' in text


def test_the_picture_changes_while_a_step_is_filled_in_and_nothing_is_saved() -> None:
    here = world.build()
    client = world.signed_in(here.chairman)
    draft = _draft(here, client)
    given = {**FORM, "key": "appraise", "seen": 1, "name": "Thẩm định kỹ", "product": ""}

    part = _text(client.post(f"{draft}/xem-thu", given))

    assert "Thẩm định kỹ" in part
    assert "Ghi kết quả: làm xong thì giao ra cái gì." in part
    assert "<html" not in part
    assert queries.draft(int(draft.rsplit("/", 1)[1])).definition == processes.default()


@pytest.mark.parametrize("definition", [processes.default(), processes.land()])
def test_a_step_saved_as_it_was_shown_is_what_it_was(definition: dict[str, Any]) -> None:
    here = world.build()
    client = world.signed_in(here.clerk)
    draft_id = drafting.begin("Đất đai", definition, by=here.clerk, now=MONDAY)

    for place, step in enumerate(definition["steps"], start=1):
        given = {"seen": place, "key": step["key"], **_as_shown(step)}
        client.post(f"{ROOT}ban-nhap/{draft_id}/buoc", given)

    row = queries.draft(draft_id)
    assert row.revision == len(definition["steps"]) + 1
    assert row.definition == definition


_ASKED = (
    "name",
    "work",
    "product",
    "citizen_work",
    "post",
    "at",
    "note",
    "basis",
    "silence",
    "party",
    "agency",
    "pause",
)


def _as_shown(step: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a browser sends of the form of a step that nobody touched."""
    given: dict[str, Any] = {part: step.get(part, "") for part in _ASKED}
    given["kind"] = step.get("kind", "WORK")
    given["by"] = "share" if step.get("share") else "term"
    given["share"] = step.get("share", "")
    given |= {"value": "", "unit": "WORKING_DAY", **step.get("term", {})}
    if step.get("joins"):
        given["joins"] = "1"
    for number, (verb, move) in enumerate(words.ordered(step["moves"])):
        led = [move] if isinstance(move, str) else move
        given[f"verb-{number}"] = verb
        given[f"to-{number}"] = [*(to or "-" for to in led), ""]
    return given


def test_steps_are_moved_removed_and_the_whole_is_named() -> None:
    here = world.build()
    client = world.signed_in(here.clerk)
    draft = _draft(here, client)

    client.post(f"{draft}/doi-cho", {"seen": 1, "key": "payment", "way": "up"})
    client.post(f"{draft}/bo-buoc", {"seen": 2, "key": "stamp"})
    client.post(
        f"{draft}/chung",
        {"seen": 3, "name": "Tên mới", "procedures": "1.001193, 1.001612", "limit": "5"},
    )

    row = queries.draft(int(draft.rsplit("/", 1)[1]))
    keys = [step["key"] for step in row.definition["steps"]]
    assert keys[-2:] == ["payment", "supplement"]
    assert "stamp" not in keys
    assert (row.name, row.definition["procedures"]) == ("Tên mới", ["1.001193", "1.001612"])
    assert row.definition["limit"] == {"value": 5, "unit": "WORKING_DAY"}
    assert "basis" not in row.definition
    stale = client.post(f"{draft}/bo-buoc", {"seen": 1, "key": "sign"})
    assert stale.status_code == 409
    assert client.post(f"{draft}/bo", {"seen": 4})["Location"] == f"{ROOT}?xong=bo-nhap"


def test_bpmn_goes_out_and_comes_in_again() -> None:
    here = world.build()
    client = world.signed_in(here.clerk)

    sent = client.get(f"{ROOT}{DEFAULT_PROCESS}/ban-1.bpmn")
    answer = client.post(f"{ROOT}nhap", {"file": _file("x.bpmn", sent.content)})
    draft = str(answer["Location"])

    assert sent["Content-Disposition"] == 'attachment; filename="dossier-default-v1.bpmn"'
    assert queries.draft(int(draft.rsplit("/", 1)[1])).definition == processes.default()
    assert client.get(f"{draft}/bpmn").content.startswith(b"<?xml")


def test_another_tools_document_opens_as_a_draft_with_what_is_missing() -> None:
    here = world.build()
    client = world.signed_in(here.clerk)

    answer = client.post(f"{ROOT}nhap", {"file": _file("x.xml", processes.FOREIGN)})
    page = _text(client.get(answer["Location"]))

    assert "Cấp phép xây dựng" in page
    assert "điều cần xem lại" in page
    assert "Chọn vị trí làm bước này." in page
    assert _text(client.get(f"{answer['Location']}/ban-hanh")).count("chỗ cần sửa") >= 1


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("x.exe", b"MZ", "Chỉ nhận tệp .bpmn hoặc .xml"),
        ("x.bpmn", b"<!DOCTYPE x [<!ENTITY a 'a'>]><x>&a;</x>", "DTD hoặc thực thể"),
        ("x.bpmn", b"hello", "không phải BPMN"),
        ("x.xml", b"<a/>", "không có quy trình BPMN nào có bước"),
        ("x.xml", b" " * 1_100_000, "1024 KB"),
        ("x.xml", b"", "Chọn một tệp"),
    ],
)
def test_a_hostile_upload_is_refused_in_plain_words(
    name: str, content: bytes, sentence: str
) -> None:
    here = world.build()
    client = world.signed_in(here.clerk)

    answer = client.post(f"{ROOT}nhap", {"file": _file(name, content)})

    assert answer.status_code in {413, 422}
    assert sentence in _text(answer)
    assert queries.drafts() == []


def test_who_may_only_look_changes_nothing() -> None:
    here = world.build()
    looks = world.signed_in(here.specialist)

    assert looks.post(f"{ROOT}{DEFAULT_PROCESS}/sua").status_code == 403
    assert looks.post(f"{ROOT}moi", {"name": "X"}).status_code == 403
    assert "Chỉ lãnh đạo đơn vị" in _text(looks.get(f"{ROOT}moi"))


def _file(name: str, content: bytes) -> BytesIO:
    file = BytesIO(content)
    file.name = name
    return file
