"""BPMN out and back: our own unchanged, another tool's as a draft, a stranger's refused."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from sauro.core.errors import Invalid, NotNow, TooLarge
from sauro.designer.rules import bpmn, checks
from sauro.designer.rules.bpmn import safely
from sauro.designer.tests import bpmn_structure, processes
from sauro.onestop.rules import WORKFLOW


@pytest.mark.parametrize("file", processes.DATA, ids=lambda path: path.stem)
def test_every_process_of_the_province_comes_back_identical(file: Path) -> None:
    data = json.loads(file.read_text("utf-8"))

    back = bpmn.read(bpmn.write(data["code"], data["name"], 3, data))

    assert back.definition == data
    assert (back.code, back.name, back.notes) == (data["code"], data["name"], ())


@pytest.mark.parametrize("file", processes.DATA, ids=lambda path: path.stem)
def test_every_process_of_the_province_is_a_sound_document(file: Path) -> None:
    data = json.loads(file.read_text("utf-8"))

    assert bpmn_structure.wrong(bpmn.write(data["code"], data["name"], 3, data)) == []


# Each of these would not be let in by the schema, or not be understood by a reader.
@pytest.mark.parametrize(
    ("sound", "broken", "fault"),
    [
        ('isExecutable="false"', 'isExecutable="no"', "process has isExecutable='no'"),
        ('targetNamespace="urn:sauro:process:1"', "", "definitions lacks targetNamespace"),
        ('attachedToRef="', 'attachedTo="', "boundaryEvent lacks attachedToRef"),
        ('cancelActivity="', 'cancels="', "boundaryEvent has cancels="),
        ('gatewayDirection="Diverging"', 'gatewayDirection="Away"', "has gatewayDirection='Away'"),
        ('processRef="process"', 'processRef="processes"', "which is not there"),
        ("bpmn:userTask", "bpmn:humanTask", "no element"),
        ("<dc:Bounds", "<bpmndi:Bounds", "no element"),
        ("<bpmn:outgoing>", "<bpmn:outgoing>x", "which is not there"),
        ('id="step_sign"', 'id="step sign"', "no name of an id: step sign"),
        ('id="step_sign"', 'id="step_receive"', "id twice: step_receive"),
        ("<bpmn:collaboration", "<bpmn:process/><bpmn:collaboration", "has other parts"),
        (' targetRef="step_sign"', "", "sequenceFlow lacks targetRef"),
        ('height="', 'tall="', "Bounds lacks height"),
    ],
)
def test_a_document_with_a_fault_is_found_out(sound: str, broken: str, fault: str) -> None:
    document = bpmn.write("dossier.land", "Đất", 1, processes.land()).decode()
    assert sound in document

    found = bpmn_structure.wrong(document.replace(sound, broken).encode())

    assert any(fault in one for one in found), found


def test_parts_in_another_order_are_found_out() -> None:
    document = bpmn.write("dossier.land", "Đất", 1, processes.land()).decode()
    turned = re.sub(
        r"(<bpmn:incoming>\w+</bpmn:incoming>)(\s*)(<bpmn:outgoing>\w+</bpmn:outgoing>)",
        r"\3\2\1",
        document,
        count=1,
    )

    assert turned != document
    assert any("out of order" in one for one in bpmn_structure.wrong(turned.encode()))


@pytest.mark.parametrize("definition", [processes.default(), processes.land()])
def test_a_document_has_the_structure_that_other_tools_read(definition: dict[str, Any]) -> None:
    assert bpmn_structure.wrong(bpmn.write("dossier.x", "Quy trình", 1, definition)) == []


@settings(max_examples=120, deadline=None)
@given(processes.definitions())
def test_any_process_comes_back_identical_from_a_sound_document(definition: dict[str, Any]) -> None:
    document = bpmn.write("dossier.x", "Tên “lạ” & <rất lạ>", 7, definition)

    assert bpmn.read(document).definition == definition
    assert bpmn_structure.wrong(document) == []


def test_branches_silence_and_where_they_meet_are_shapes_of_bpmn() -> None:
    document = bpmn.write("dossier.land", "Đất", 1, processes.land()).decode()

    assert document.count("<bpmn:parallelGateway") == 2
    assert document.count("<bpmn:boundaryEvent") == 1
    assert "<bpmn:timeDuration>P5D</bpmn:timeDuration>" in document
    assert document.count("<bpmn:receiveTask") == 2
    assert document.count("<bpmn:userTask") == 10


def test_a_way_changed_in_another_tool_is_the_way_that_comes_back() -> None:
    ours = bpmn.write("dossier.land", "Đất", 1, processes.land()).decode()
    old = 'sourceRef="step_pay" targetRef="join_step_conclude"'

    back = bpmn.read(ours.replace(old, 'sourceRef="step_pay" targetRef="step_sign"').encode())

    steps = {step["key"]: step for step in back.definition["steps"]}
    assert old in ours
    assert steps["pay"]["moves"] == {"ADVANCE": "sign"}


def test_a_process_with_a_way_to_nowhere_is_not_written() -> None:
    broken = processes.default()
    broken["steps"][0]["moves"]["ACCEPT"] = "gone"

    with pytest.raises(NotNow, match="“Tiếp nhận” dẫn tới bước không có"):
        bpmn.write("dossier.x", "X", 1, broken)


def test_another_tools_document_becomes_a_draft() -> None:
    read = bpmn.read(processes.FOREIGN)
    steps = {step["name"]: step for step in read.definition["steps"]}

    assert read.name == "Cấp phép xây dựng"
    assert next(iter(steps)) == "Tiếp nhận"
    assert steps["Tiếp nhận"]["moves"] == {
        "ACCEPT": ["tham_tra_giay_to", "di_thuc_dia", "cho_y_kien_phong_chay"],
        "Chưa đủ": "",
    }
    assert steps["Ký giấy phép"]["joins"] is True
    assert steps["Thẩm tra giấy tờ"]["work"] == "Đối chiếu bản vẽ"
    assert [step.get("at", "") for step in read.definition["steps"]] == [
        "DOOR",
        "UNIT",
        "UNIT",
        "",
        "AUTHORITY",
        "DOOR",
    ]
    assert steps["Chờ ý kiến phòng cháy"]["kind"] == "WAIT"
    assert (steps["Đi thực địa"]["kind"], steps["Đi thực địa"]["silence"]) == ("OPINION", "ADVANCE")
    assert any("“Ký giấy phép” là việc của máy" in note for note in read.notes)


def test_what_another_tools_document_lacks_is_listed_beside_its_step() -> None:
    found = checks.problems(bpmn.read(processes.FOREIGN).definition, WORKFLOW)

    receive = [problem.sentence for problem in found if problem.step == "tiep_nhan"]
    assert "Ghi việc phải làm ở bước này." in receive
    assert "Chọn vị trí làm bước này." in receive
    assert "Kết quả “Chưa đủ” chưa ứng với việc nào. Chọn lại." in receive


_BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">&b;</definitions>"""
_OUTSIDE = b"""<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]><x>&f;</x>"""
_REMOTE = b'<!DOCTYPE x SYSTEM "http://example.invalid/x.dtd"><x/>'


@pytest.mark.parametrize("content", [_BOMB, _OUTSIDE, _REMOTE])
def test_a_document_that_declares_entities_is_refused_before_it_is_read(content: bytes) -> None:
    with pytest.raises(Invalid, match="DTD hoặc thực thể"):
        bpmn.read(content)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 not xml",
        b"<open>",
        "<a>á</a>".encode("utf-16")[:7],
        b"\xff\xfe\x00",
        b"{}",
    ],
)
def test_what_is_no_xml_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid, match="không phải BPMN"):
        bpmn.read(content)


def test_xml_without_a_process_is_refused() -> None:
    with pytest.raises(Invalid, match="không có quy trình BPMN nào có bước"):
        bpmn.read(b"<a/>")


def test_a_document_too_large_or_too_deep_is_refused() -> None:
    with pytest.raises(TooLarge, match="1024 KB"):
        bpmn.read(b" " * (safely.LARGEST + 1))
    with pytest.raises(Invalid, match="quá nhiều lớp"):
        bpmn.read(b"<a>" * 60 + b"</a>" * 60)


def test_our_own_part_changed_into_nonsense_is_refused() -> None:
    ours = bpmn.write("dossier.x", "X", 1, processes.default()).decode()

    with pytest.raises(Invalid, match="Phần riêng của Sáu Rõ"):
        bpmn.read(ours.replace('as="json">60<', 'as="json">{<').encode())
