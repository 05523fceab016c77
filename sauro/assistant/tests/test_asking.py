"""Asked as people ask: answers from what is published now, on the page, as data, by command."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from sauro.assistant import queries
from sauro.assistant.queries import Kind
from sauro.onestop.tests import world as worlds
from sauro.procedures.models import Procedure, ProcedureVersion

pytestmark = pytest.mark.django_db
QUESTION = "dang ky thanh lap ho kinh doanh het bao nhieu tien"


# Enough other names for the words of a question to be told apart.
OTHERS = (
    "Đăng ký khai sinh",
    "Đăng ký khai tử",
    "Đăng ký kết hôn",
    "Cấp bản sao trích lục hộ tịch",
    "Chứng thực chữ ký trong các giấy tờ, văn bản",
    "Cấp giấy phép xây dựng nhà ở riêng lẻ",
    "Tách thửa hoặc hợp thửa đất",
    "Cấp hộ chiếu phổ thông ở trong nước",
    "Cấp phiếu lý lịch tư pháp cho công dân",
    "Trợ cấp xã hội hằng tháng",
    "Công nhận trường mầm non đạt chuẩn quốc gia",
    "Cấp giấy phép lái xe",
)


@pytest.fixture(autouse=True)
def _world() -> None:
    worlds.build()
    Procedure.objects.bulk_create(
        Procedure(
            code=f"9.{number:06}",
            name=f"{name} {'' if number < len(OTHERS) else number}".strip(),
            folded=name.lower(),
            field="Lĩnh vực khác",
            status="LISTED",
            level="COMMUNE",
        )
        for number, name in enumerate(OTHERS * 6)
    )


def test_a_question_without_marks_is_answered_with_its_source(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(6):
        answer = queries.answer(QUESTION)

    assert answer.kind is Kind.ANSWER
    assert answer.code == "1.001612"
    assert "100.000 đồng" in answer.text
    assert {s.source.code for s in answer.sentences} == {"1.001612"}


def test_a_changed_fee_is_in_the_next_answer() -> None:
    version = ProcedureVersion.objects.get(procedure__code="1.001612")
    record = json.loads(json.dumps(version.record).replace("100000", "70000"))
    ProcedureVersion.objects.filter(pk=version.pk).update(record=record)

    assert "70.000 đồng" in queries.answer(QUESTION).text


def test_a_procedure_that_is_gone_is_never_cited() -> None:
    Procedure.objects.filter(code="1.001612").update(status="GONE", gone_on="2026-11-01")

    answer = queries.answer(QUESTION, subject="1.001612")

    assert answer.kind is Kind.REFUSE
    assert answer.sentences == ()


def test_a_follow_up_keeps_the_subject() -> None:
    assert queries.answer("còn thời hạn thì sao?", subject="1.001612").text == "3 ngày làm việc."


def test_what_is_not_ours_is_refused_with_a_desk() -> None:
    answer = queries.answer("Giá vàng hôm nay bao nhiêu một chỉ?")

    assert answer.kind is Kind.REFUSE
    assert "Trung tâm" in answer.desk


def test_a_question_of_no_office_is_not_taken_for_the_subject() -> None:
    assert queries.answer("Giá vàng hôm nay?", subject="1.001612").kind is Kind.REFUSE


def test_the_page_answers_without_javascript_and_keeps_the_talk() -> None:
    client = Client()
    assert "Hỏi như nói thường ngày" in client.get("/tro-ly").content.decode()

    client.post("/tro-ly", {"hoi": QUESTION})
    client.post("/tro-ly", {"hoi": "bao lâu thì có?"})

    page = client.get("/tro-ly").content.decode()
    assert "100.000 đồng" in page
    assert "3 ngày làm việc" in page
    assert "/nop/1.001612" in page
    client.post("/tro-ly", {"xoa": "1"})
    assert "100.000 đồng" not in client.get("/tro-ly").content.decode()


def test_what_is_typed_is_shown_as_text() -> None:
    client = Client()

    client.post("/tro-ly", {"hoi": "<script>alert(1)</script> khai sinh"})

    assert "<script>alert" not in client.get("/tro-ly").content.decode()


def test_the_interface_gives_the_same_as_data() -> None:
    told = Client().get("/api/tro-ly", {"hoi": QUESTION}).json()

    assert told["code"] == "1.001612"
    assert told["part"] == "phi_le_phi"
    assert told["citations"][0]["code"] == "1.001612"
    assert Client().get("/api/tro-ly").status_code == 422


def test_the_command_answers_in_json_within_its_time() -> None:
    out = StringIO()

    call_command("ask", QUESTION, "--json", stdout=out)

    told = json.loads(out.getvalue())
    assert told["code"] == "1.001612"
    assert told["milliseconds"] < 300


def test_a_file_of_questions_is_scored(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    line = {
        "question": QUESTION,
        "gold_code": "1.001612",
        "gold_intent": "phi_le_phi",
        "expected_values": ["100.000"],
        "kind": "no_diacritics",
    }
    file.write_text(json.dumps(line) + "\n", encoding="utf-8")
    out = StringIO()

    call_command("evaluate_assistant", str(file), "--json", stdout=out)

    told = json.loads(out.getvalue())["all"]
    assert (told["top1"], told["part"], told["value"]) == (100.0, 100.0, 100.0)


@pytest.mark.parametrize("text", ["{", "[]\n", '{"id": "1"}\n', ""])
def test_a_file_that_is_none_is_refused(text: str, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(CommandError, match="câu hỏi"):
        call_command("evaluate_assistant", str(file))


def test_a_question_that_names_no_procedure_is_asked_back() -> None:
    answer = queries.answer("Thủ tục này lệ phí bao nhiêu?")

    assert answer.kind is Kind.CLARIFY
    assert "thủ tục nào" in answer.text


def test_a_question_that_names_no_procedure_is_about_the_one_talked_of() -> None:
    answer = queries.answer("Thủ tục này lệ phí bao nhiêu?", subject="1.001612")

    assert (answer.kind, answer.code) == (Kind.ANSWER, "1.001612")
