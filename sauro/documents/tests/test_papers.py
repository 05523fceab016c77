"""The papers: every blank is printed, nothing is printed that is not known, and it is readable."""

import os
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from sauro.core.errors import Invalid
from sauro.documents import rules, typesetting
from sauro.documents.rules import Form
from sauro.documents.tests import factories
from sauro.documents.tests.factories import FILLED, NUMBERS, acceptance

GOLDEN = Path(__file__).parent / "golden"
NOW = datetime(2026, 3, 5, 7, 33, tzinfo=UTC)
# Letters name the applicant and leave the rest of the address to the envelope.
NOT_PRINTED = {
    Form.MAU_04: {"address", "phone", "email"},
    Form.MAU_05: {"phone", "email"},
    Form.REFUSAL: {"phone", "email"},
    Form.RECEIPT: {"phone", "email"},
}
LETTERS = (
    "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
    "ĕĭŏŭƀčñfjwz0123456789.,;:/()-–—“”'’+%&"
)


def _read(made: bytes) -> PdfReader:
    return PdfReader(BytesIO(made))


def _text(made: bytes) -> str:
    return "\n".join(page.extract_text() for page in _read(made).pages)


def _flat(text: str) -> str:
    return "".join(text.split())


@pytest.mark.golden
@pytest.mark.parametrize("form", list(Form))
def test_a_paper_reads_as_its_golden_file(form: Form) -> None:
    lines = _text(typesetting.pdf(form, FILLED[form], NUMBERS[form], NOW)).splitlines()
    text = "\n".join(line.rstrip() for line in lines) + "\n"

    golden = GOLDEN / f"{form.value.lower()}.txt"
    if os.environ.get("SAURO_GOLDEN") == "write":
        golden.write_text(text)
    assert text == golden.read_text()


@pytest.mark.parametrize("form", list(Form))
def test_every_blank_that_was_filled_is_on_the_paper(form: Form) -> None:
    content = FILLED[form]
    text = _flat(_text(typesetting.pdf(form, content, NUMBERS[form], NOW))).lower()

    for blank in fields(content):
        if blank.name in {"tracking_url", "letterhead"}:
            continue
        for part in _said(getattr(content, blank.name), NOT_PRINTED.get(form, set())):
            assert _flat(part).lower() in text, blank.name


def _said(value: object, without: set[str]) -> list[str]:
    """Return the strings in a form's value, which the paper prints as given."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [part for one in value for part in _said(one, without)]
    if hasattr(value, "__dataclass_fields__"):
        printed = [blank.name for blank in fields(value) if blank.name not in without]  # type: ignore[arg-type]
        return [part for name in printed for part in _said(getattr(value, name), without)]
    return []


def test_the_promise_is_said_with_hour_weekday_and_day() -> None:
    text = _flat(_text(typesetting.pdf(Form.MAU_01, acceptance(), "0117/TTPVHCC", NOW)))

    assert _flat("17 giờ 00 phút, Thứ Ba, ngày 10 tháng 3 năm 2026") in text
    assert _flat("14 giờ 32 phút, ngày 05 tháng 3 năm 2026") in text


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 2, 1), "ngày 01 tháng 02 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 12, 10), "ngày 10 tháng 12 năm 2026"),
    ],
)
def test_days_under_ten_and_the_first_two_months_have_a_zero(day: date, words: str) -> None:
    assert typesetting.long_day(day) == words


@pytest.mark.parametrize("form", [form for form in Form if form is not Form.MAU_07])
def test_a_usual_paper_is_one_page(form: Form) -> None:
    made = typesetting.pdf(form, FILLED[form], NUMBERS[form], NOW)

    assert len(_read(made).pages) == 1


def test_slips_are_a5_letters_a4_and_the_register_lies_on_its_side() -> None:
    def size(form: Form) -> tuple[int, int]:
        page = _read(typesetting.pdf(form, FILLED[form], NUMBERS[form], NOW)).pages[0]
        return round(page.mediabox.width / 72 * 25.4), round(page.mediabox.height / 72 * 25.4)

    assert {form: size(form) for form in (Form.MAU_01, Form.RESULT, Form.MAU_07)} == {
        Form.MAU_01: (148, 210),
        Form.RESULT: (210, 297),
        Form.MAU_07: (297, 210),
    }


def test_twenty_components_and_long_names_flow_on_and_lose_nothing() -> None:
    components = tuple(f"Giấy tờ thứ {n}, bản chính, kèm sơ đồ vị trí đất" for n in range(1, 21))
    who = replace(
        factories.APPLICANT, name="Công ty TNHH Cà phê Ŏ Ĕ Ŭ ƀ " * 5, address="Buôn " * 40
    )

    made = typesetting.pdf(
        Form.MAU_01, acceptance(components=components, applicant=who), "0117/TTPVHCC", NOW
    )

    pages = [_flat(page.extract_text()) for page in _read(made).pages]
    assert len(pages) == 2
    assert all(_flat(one) in "".join(pages) for one in components)
    assert _flat("NGƯỜI TIẾP NHẬN HỒ SƠ") in pages[-1]
    assert _flat("Vào Sổ theo dõi hồ sơ") in pages[-1]


def test_a_long_register_repeats_its_head_on_every_page() -> None:
    made = typesetting.pdf(Form.MAU_07, factories.register(40), "", NOW)

    pages = [_flat(page.extract_text()) for page in _read(made).pages]
    assert len(pages) == 3
    assert all("Hẹntrả" in page for page in pages)


def test_an_empty_register_says_so() -> None:
    text = _text(typesetting.pdf(Form.MAU_07, factories.register(0), "", NOW))

    assert "Không có hồ sơ nào trong thời gian này." in text


@pytest.mark.parametrize("form", list(Form))
def test_a_paper_that_nobody_signed_says_so(form: Form) -> None:
    assert _flat(rules.UNSIGNED) in _flat(
        _text(typesetting.pdf(form, FILLED[form], NUMBERS[form], NOW))
    )


def test_what_an_applicant_did_not_give_is_said_not_left_empty() -> None:
    who = replace(factories.APPLICANT, phone="", email="")

    text = _text(typesetting.pdf(Form.MAU_01, acceptance(applicant=who), "1/TTPVHCC", NOW))

    assert "Số điện thoại: không có" in text
    assert "Email: không có" in text


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("Quán 😀 Ăn", "Quán \ufffd Ăn"),
        ("王 a\x00\x07b", "\ufffd ab"),
        ("\uf0fc ≤ 5 ha → 7 ● ☑", "• <= 5 ha -> 7 • [x]"),
        ("Gia\u0302\u0301y #let $x$ *b* _c_ <d> @e", "Giấy #let $x$ *b* _c_ <d> @e"),
    ],
)
def test_letters_no_font_has_are_seen_to_be_missing_and_nothing_fails(
    name: str, printed: str
) -> None:
    made = typesetting.pdf(Form.MAU_01, acceptance(request=name), "1/T", NOW)

    assert typesetting.printable(name) == printed
    assert f"Nội dung yêu cầu giải quyết: {printed}\n" in _text(made)


@settings(max_examples=60, deadline=None)
@given(text=st.text(min_size=1).filter(str.strip))
def test_no_text_can_keep_a_paper_from_being_made(text: str) -> None:
    who = rules.Applicant(name=text, address=text, phone=text, email=text)
    content = acceptance(applicant=who, request=text, components=(text, text), receiver=text)

    assert typesetting.pdf(Form.MAU_01, content, text, NOW).startswith(b"%PDF-1.7")


def test_the_same_paper_at_the_same_moment_is_the_same_bytes() -> None:
    first, second = (typesetting.pdf(Form.MAU_01, acceptance(), "1/T", NOW) for _ in range(2))

    assert first == second


def test_a_paper_is_an_archival_pdf_with_its_fonts_inside() -> None:
    made = typesetting.pdf(Form.RESULT, FILLED[Form.RESULT], NUMBERS[Form.RESULT], NOW)

    reader = _read(made)
    assert b"<pdfaid:part>2</pdfaid:part>" in made
    fonts = reader.pages[0]["/Resources"]["/Font"].values()  # type: ignore[index]
    assert {font.get_object()["/BaseFont"].split("+")[1].split("-")[0] for font in fonts} == {
        "NotoSerif"
    }


def test_the_qr_code_is_at_least_25_mm_and_holds_only_the_short_address() -> None:
    words = typesetting.words(Form.MAU_01, acceptance(), "1/T", NOW)

    assert words["qr"] == typesetting._qr("https://dvc.daklak.example/t/7K2M9QXA")
    assert "25mm" in (typesetting._PAPERS / "result.typ").read_text()
    assert "qr(size: 27mm" in (typesetting._PAPERS / "common.typ").read_text()


@pytest.mark.parametrize("font", sorted(typesetting.FONTS.glob("*.ttf")), ids=lambda p: p.stem)
def test_the_fonts_have_every_letter_of_vietnamese_and_the_highland_languages(font: Path) -> None:
    with TTFont(font, lazy=True) as opened:
        known = opened.getBestCmap()

    assert {c for c in LETTERS + LETTERS.upper() if ord(c) not in known} == set()


@pytest.mark.parametrize("form", list(Form))
def test_a_paper_with_any_blank_left_empty_is_not_made(form: Form) -> None:
    content = FILLED[form]
    for blank in fields(content):
        if blank.metadata["optional"] or blank.type in {"datetime", "int", datetime, int, date}:
            continue
        value = getattr(content, blank.name)
        if isinstance(value, str | tuple):
            empty = replace(content, **{blank.name: type(value)()})  # type: ignore[arg-type]
            with pytest.raises(Invalid) as refusal:
                rules.check_complete(form, empty, NUMBERS[form])
            assert refusal.value.field == blank.name
            assert blank.metadata["label"] in str(refusal.value)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"components": ("Đơn", "  ")}, "components"),
        ({"applicant": replace(factories.APPLICANT, address="")}, "address"),
        ({"due_at": None}, "due_at"),
    ],
)
def test_a_blank_inside_a_part_is_found_too(changed: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        rules.check_complete(Form.MAU_01, acceptance(**changed), "1/T")

    assert refusal.value.field == field


def test_a_paper_without_its_number_is_not_made() -> None:
    with pytest.raises(Invalid) as refusal:
        rules.check_complete(Form.MAU_01, acceptance(), " ")

    assert refusal.value.field == "number"


def test_a_form_is_not_written_on_another_forms_content() -> None:
    with pytest.raises(TypeError):
        rules.check_complete(Form.MAU_02, acceptance(), "1/T")
