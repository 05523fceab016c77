"""From an everyday question to a filed dossier; and how often the assistant is right."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.walking import Walk, file_to_the_end, sign_in, walking
from tests.province import ROOT, Province

pytestmark = pytest.mark.province


def _ask(walk: Walk, question: str) -> None:
    walk.page.get_by_label("Câu hỏi").fill(question)
    walk.press(re.compile("^Hỏi$"))


@pytest.mark.parametrize(("width", "script"), [(390, False), (1440, True)])
def test_a_question_leads_to_a_filed_dossier(
    browser: Browser,
    address: str,
    paper: Path,
    width: int,
    script: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    with walking(browser, address, width=width, script=script) as citizen:
        sign_in(citizen, "congdan")
        citizen.go("/tro-ly")

        _ask(citizen, "tôi muốn kinh doanh")
        expect(citizen.page.locator("main")).to_contain_text("Ông/Bà hỏi thủ tục nào?")
        citizen.press(re.compile("thành lập hộ kinh doanh", re.IGNORECASE))
        answer = citizen.page.locator(".said .msg").last
        expect(answer).to_contain_text("Nguồn: thủ tục 1.001612")
        _ask(citizen, "hết bao nhiêu tiền?")
        expect(answer).to_contain_text("phần phí, lệ phí")
        citizen.page.locator("main").get_by_role("link", name="Nộp hồ sơ thủ tục này").last.click()

        name = citizen.page.locator("header").get_by_text(re.compile("Mlô|Niê|Êban")).first
        expect(name).to_be_attached()
        code = file_to_the_end(citizen, paper)
        citizen.go("/tro-ly")
        _ask(citizen, "hồ sơ của tôi đến đâu rồi?")
        expect(citizen.page.locator(".said .msg").last).to_contain_text(code)
        citizen.done()


def test_answers_are_right_as_often_as_we_say(province: Province) -> None:
    files = sorted(str(path) for path in (ROOT / "data" / "questions").glob("*.jsonl"))

    said = json.loads(province.sauro("evaluate-assistant", *files, "--json").stdout)["all"]

    assert said["questions"] >= 500
    assert said["top1"] >= 85
    assert said["top3"] >= 95
    assert said["part"] >= 92
    assert said["wrong_and_sure"] <= 2
    assert said["p95_ms"] <= 300
