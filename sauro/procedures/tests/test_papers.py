"""The lists are those of the national catalogue: birth, household business, marriage, residence."""

import pytest

from sauro.procedures.rules import Component, ComponentCase
from sauro.procedures.rules.papers import (
    Need,
    asked,
    cases,
    for_some,
    has_proxy,
    listing,
    main_result,
    papers,
    title,
)


def item(key: str, name: str, originals: int = 1, copies: int = 0) -> Component:
    return Component(key=key, name=name, originals=originals, copies=copies)


BIRTH = (
    ComponentCase(
        "Giấy tờ phải nộp:",
        (
            item(
                "found", "Trường hợp trẻ em bị bỏ rơi thì phải có biên bản về việc trẻ bị bỏ rơi."
            ),
            item("proxy", "Văn bản ủy quyền (được chứng thực) theo quy định của pháp luật."),
            item("known", "Trường hợp người yêu cầu đã nộp bản điện tử Giấy chứng sinh.", 0),
            item(
                "born", "Giấy chứng sinh; trường hợp không có thì nộp văn bản của người làm chứng."
            ),
        ),
    ),
    ComponentCase(
        "Giấy tờ phải xuất trình:",
        (
            item(
                "home",
                "Giấy tờ có giá trị chứng minh cư trú trong trường hợp không khai thác được.",
            ),
            item("id", "Hộ chiếu/Thẻ căn cước công dân/Thẻ căn cước để chứng minh nhân thân."),
        ),
    ),
    ComponentCase("Lưu ý:", (item("note", "Cá nhân có quyền lựa chọn nơi đăng ký.", 1),)),
    ComponentCase(
        "",
        (
            item("paper", "Tờ khai theo mẫu (nếu người yêu cầu nộp theo hình thức trực tiếp);"),
            item(
                "form", "Mẫu hộ tịch điện tử tương tác đăng ký khai sinh (do người yêu cầu điền);"
            ),
        ),
    ),
)
SHOP = (
    ComponentCase(
        "Trường hợp ủy quyền thực hiện thủ tục thì kèm theo một trong những giấy tờ sau:",
        (item("i", "(i) Trường hợp ủy quyền cho cá nhân thực hiện thủ tục đăng ký.", 0, 1),),
    ),
    ComponentCase(
        "",
        (
            item(
                "copy",
                "Bản sao văn bản ủy quyền của thành viên hộ gia đình cho một thành viên.",
                0,
                1,
            ),
            item("ask", "Giấy đề nghị đăng ký hộ kinh doanh;"),
        ),
    ),
)
RESIDENCE = (
    ComponentCase("Đăng ký thường trú vào chỗ ở do thuê, mượn, ở nhờ", (item("rent", "Hợp đồng"),)),
    ComponentCase("Đăng ký thường trú vào chỗ ở của mình", (item("own", "Tờ khai CT01"),)),
    ComponentCase("", (item("all", "Giấy tờ chung"),)),
)


def test_a_birth_asks_everybody_for_the_certificate_of_birth_alone() -> None:
    lines = papers(BIRTH, "")

    wanted = asked(lines, for_other=False, applies=frozenset())

    assert [paper.key for paper in wanted] == ["born"]
    assert wanted[0].title == "Giấy chứng sinh"


def test_every_line_of_the_list_is_told_apart() -> None:
    needs = {line.key: line.need for line in papers(BIRTH, "")}

    assert needs == {
        "found": Need.SOME,
        "proxy": Need.PROXY,
        "known": Need.REMARK,
        "born": Need.EVERYBODY,
        "home": Need.SOME,
        "id": Need.KNOWN,
        "note": Need.REMARK,
        "paper": Need.COUNTER,
        "form": Need.KNOWN,
    }


def test_what_applies_to_the_person_is_asked_too() -> None:
    lines = papers(BIRTH, "")

    wanted = asked(lines, for_other=True, applies=frozenset({"found"}))

    assert [paper.key for paper in wanted] == ["found", "proxy", "born"]
    assert [paper.key for paper in for_some(lines)] == ["found", "home"]


def test_groups_that_all_apply_leave_nothing_to_choose() -> None:
    assert cases(BIRTH) == ()
    assert cases(SHOP) == ()


def test_a_household_business_filed_by_its_owner_needs_the_application_alone() -> None:
    lines = papers(SHOP, "")

    wanted = asked(lines, for_other=False, applies=frozenset())

    assert [paper.key for paper in wanted] == ["ask"]
    assert has_proxy(lines)


def test_cases_that_exclude_each_other_are_chosen_between() -> None:
    assert cases(RESIDENCE) == (
        "Đăng ký thường trú vào chỗ ở do thuê, mượn, ở nhờ",
        "Đăng ký thường trú vào chỗ ở của mình",
    )
    chosen = papers(RESIDENCE, "Đăng ký thường trú vào chỗ ở của mình")
    assert [paper.key for paper in chosen] == ["own", "all"]


def test_the_published_list_is_shown_whole_each_line_once() -> None:
    shown = listing(BIRTH)

    assert {name: [paper.key for paper in rows] for name, rows in shown.cases.items()} == {
        "": ["born"]
    }
    assert [paper.key for paper in shown.known] == ["id", "form"]
    assert [paper.key for paper in shown.some] == ["found", "home"]
    assert [paper.key for paper in shown.counter] == ["paper"]
    assert [paper.key for paper in shown.proxy] == ["proxy"]
    assert [paper.key for paper in shown.remarks] == ["known", "note"]


def test_a_list_of_cases_keeps_their_headings() -> None:
    shown = listing(RESIDENCE)

    assert list(shown.cases) == ["", *sorted(cases(RESIDENCE))]
    assert shown.asks_everybody


def test_the_result_people_come_for_is_not_the_notice_of_refusal() -> None:
    names = ("Thông báo bằng văn bản nội dung cần sửa đổi", "Giấy chứng nhận đăng ký hộ kinh doanh")

    assert main_result(names) == "Giấy chứng nhận đăng ký hộ kinh doanh"
    assert main_result(names[:1]) == "Thông báo bằng văn bản nội dung cần sửa đổi"
    assert main_result(()) == ""


def test_numbered_papers_keep_their_order() -> None:
    group = ComponentCase(
        "",
        (
            item("5", "(5) Bản vẽ tách thửa đất."),
            item("1", "(1) Đơn đề nghị tách thửa đất."),
            item("3", "(3) Giấy chứng nhận đã cấp."),
        ),
    )

    assert [paper.key for paper in papers((group,), "")] == ["1", "3", "5"]


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("- Giấy đề nghị đăng ký hộ kinh doanh;", "Giấy đề nghị đăng ký hộ kinh doanh"),
        (
            "(1) Đơn đề nghị tách thửa đất theo Mẫu số 21.",
            "Đơn đề nghị tách thửa đất theo Mẫu số 21",
        ),
        ("a) Bản chính giấy tờ, văn bản. Trường hợp khác", "Bản chính giấy tờ, văn bản"),
        ("Đơn", "Đơn"),
        ("giấy báo tử hoặc giấy tờ thay Giấy báo tử", "Giấy báo tử hoặc giấy tờ thay Giấy báo tử"),
    ],
)
def test_a_title_is_the_first_words(text: str, short: str) -> None:
    assert title(text) == short


def test_a_long_title_ends_at_a_word() -> None:
    short = title("Giấy chứng nhận quyền sử dụng đất " * 20)

    assert len(short) <= 89
    assert short.endswith("…")
