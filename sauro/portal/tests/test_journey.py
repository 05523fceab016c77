from collections.abc import Mapping

from sauro.portal.rules.journey import (
    NONE_APPLY,
    Answer,
    Behalf,
    Given,
    Handing,
    Slug,
    missing,
    paper_answer,
    way,
)
from sauro.procedures.rules import ComponentCase
from sauro.procedures.tests.test_papers import BIRTH, RESIDENCE, SHOP


def given(answers: Mapping[str, str] | None = None, **more: object) -> Given:
    return Given(answers=answers or {}, **more)  # type: ignore[arg-type]


def test_a_birth_has_ten_pages_for_most_people() -> None:
    pages = way(BIRTH, given())

    assert [stop.slug for stop in pages.stops] == [
        "noi-dung",
        "nguoi-nop",
        "noi-co-viec",
        "trung-tam",
        "lien-lac",
        "truong-hop-rieng",
        "giay-to-born",
        "nhan-ket-qua",
        "kiem-tra",
    ]


def test_a_paper_of_a_special_case_gets_its_page_when_it_applies() -> None:
    pages = way(BIRTH, given({Answer.APPLIES: "found", Answer.BEHALF: Behalf.OTHER}))

    papers = [stop.slug for stop in pages.stops if stop.kind is Slug.PAPER]
    assert papers == ["giay-to-found", "giay-to-proxy", "giay-to-born"]


def test_a_procedure_without_papers_still_asks_the_rest() -> None:
    pages = way((ComponentCase("", ()),), given())

    assert [stop.kind for stop in pages.stops] == [
        Slug.CONTENT,
        Slug.PLACE,
        Slug.CENTRE,
        Slug.CONTACT,
        Slug.RETURN,
        Slug.CHECK,
    ]


def test_the_case_is_the_first_question_where_there_are_several() -> None:
    pages = way(RESIDENCE, given())

    assert pages.stops[0].kind is Slug.CASE
    assert missing(pages.stops[0], given(), pages.cases) == "Chọn trường hợp của bạn."
    chosen = given(component_case=pages.cases[1])
    assert missing(pages.stops[0], chosen, pages.cases) == ""


def test_every_page_says_what_it_still_needs() -> None:
    pages = way(SHOP, given())

    said = [missing(stop, given()) for stop in pages.stops]

    assert said == [
        "Ghi ngắn gọn việc bạn cần giải quyết.",
        "Chọn nộp cho mình hay nộp thay.",
        "Chọn xã, phường nơi có việc.",
        "Chọn Trung tâm nhận hồ sơ.",
        "Ghi số điện thoại để chúng tôi gọi khi cần.",
        "Gửi ảnh hoặc tệp của “Giấy đề nghị đăng ký hộ kinh doanh”, hoặc chọn nộp bản giấy.",
        "Chọn cách nhận kết quả.",
        "",
    ]


def test_a_whole_filing_needs_nothing_more() -> None:
    whole = given(
        {
            Answer.CONTENT: "Mở quán cà phê",
            Answer.BEHALF: Behalf.SELF,
            Answer.PHONE: "0905123118",
            Answer.APPLIES: NONE_APPLY,
            Answer.RETURN: "CENTRE",
            paper_answer("ask"): Handing.BROUGHT,
        },
        place_id=7,
        centre_id=9,
    )
    pages = way(SHOP, whole)

    assert [missing(stop, whole) for stop in pages.stops] == [""] * len(pages.stops)


def test_a_paper_is_there_when_a_file_is_even_if_nothing_was_said() -> None:
    sent = given(files={"ask": 2})
    pages = way(SHOP, sent)

    stop = pages.find("giay-to-ask")

    assert stop is not None
    assert missing(stop, sent) == ""


def test_filing_for_another_needs_their_name() -> None:
    said = given({Answer.BEHALF: Behalf.OTHER})
    pages = way(SHOP, said)
    stop = pages.find(Slug.BEHALF)

    assert stop is not None
    assert missing(stop, said) == "Chọn nộp cho mình hay nộp thay."


def test_the_pages_know_their_neighbours() -> None:
    pages = way(SHOP, given())
    first, second = pages.stops[:2]
    last = pages.stops[-1]

    assert pages.before(first) is None
    assert pages.before(second) == first
    assert pages.after(first) == second
    assert pages.after(last) == last
    assert pages.number(second) == 2
    assert pages.find("khong-co") is None
