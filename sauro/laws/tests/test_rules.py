"""What a legal text says about itself, and what a question asks of it."""

from datetime import date

import pytest

from sauro.laws.rules.asking import read_question
from sauro.laws.rules.excerpts import clause, excerpt
from sauro.laws.rules.force import End, Ending, Known, ends, read_ends, read_since
from sauro.laws.rules.titles import Kind, read_title

NAMES = {"luat cu tru", "luat hon nhan va gia dinh", "bo luat dan su", "luat dat dai"}
SHORT = {"blds": "bo luat dan su"}


@pytest.mark.parametrize(
    ("title", "number", "name", "kind", "year"),
    [
        ("Luật cư trú 2020 số 68/2020/QH14", "68/2020/QH14", "Luật cư trú", Kind.LAW, 2020),
        ("Luật HIV/AIDS 2006 64/2006/QH11", "64/2006/QH11", "Luật HIV/AIDS", Kind.LAW, 2006),
        ("Luật Dầu khí 1993 18-L/CTN", "18-L/CTN", "Luật Dầu khí", Kind.LAW, 1993),
        ("Luật Đất đai ngày 18/01/2024", "31/2024/QH15", "Luật Đất đai", Kind.LAW, 2024),
        ("Thông tư", "47/2019/TT-BTC", "", Kind.CIRCULAR, 2019),
        ("Luật Địa chất54/2024/QH15193/2025/NĐ-CP", "193/2025/NĐ-CP", "", Kind.DECREE, 2025),
    ],
)
def test_a_title_is_read(title: str, number: str, name: str, kind: Kind, year: int) -> None:
    read = read_title(title, number)

    assert (read.number, read.name, read.kind, read.year) == (number, name, kind, year)


def test_a_law_without_a_name_is_shown_by_kind_and_number() -> None:
    assert read_title("Thông tư", "47/2019/TT-BTC").shown == "Thông tư 47/2019/TT-BTC"


def test_a_law_says_since_when_it_is_in_force() -> None:
    articles = [
        ("1", "Quyết định có hiệu lực từ ngày 05 tháng 5 năm 2015."),
        ("38", "Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2021."),
    ]

    since = read_since(articles)

    assert since is not None
    assert (since.on, since.article) == (date(2021, 7, 1), "38")
    assert read_since([("1", "Luật này quy định về cư trú.")]) is None
    assert read_since([("1", "Luật này có hiệu lực từ ngày 31 tháng 02 năm 2021.")]) is None


def test_a_law_ends_another_only_as_a_whole() -> None:
    whole = (
        "2. Luật Cư trú số 81/2006/QH11 đã được sửa đổi, bổ sung theo Luật số 36/2013/QH13 "
        "hết hiệu lực kể từ ngày Luật này có hiệu lực thi hành."
    )
    part = (
        "3. Điều 19 của Luật Bảo hiểm xã hội số 58/2014/QH13 hết hiệu lực kể từ ngày Luật này "
        "có hiệu lực thi hành."
    )

    assert read_ends([("38", whole)]) == ("81/2006/QH11",)
    assert read_ends([("39", part)]) == ()


def test_a_later_law_of_the_same_name_ends_the_earlier_as_a_guess() -> None:
    def known(number: str, year: int, ended: tuple[str, ...] = ()) -> Known:
        return Known(
            key=number,
            number=number,
            folded="luat khieu nai" if not ended and year != 2020 else "luat cu tru",
            year=year,
            since=date(year + 1, 7, 1),
            is_amending=False,
            ends=ended,
        )

    found = ends([known("1", 1998), known("2", 2011), known("3", 2020, ("2",))])

    assert found == {
        "1": End(date(2012, 7, 1), "2", Ending.SAME_NAME),
        "2": End(date(2021, 7, 1), "3", Ending.REPEALED),
    }


@pytest.mark.parametrize(
    ("text", "article", "law", "number", "words"),
    [
        ("điều 20 luật cư trú", "20", "luat cu tru", "", ()),
        ("dieu 8 hon nhan gia dinh", "8", "luat hon nhan va gia dinh", "", ()),
        ("Điều 651 BLDS", "651", "bo luat dan su", "", ()),
        ("31/2024/QH15", "", "", "31/2024/QH15", ()),
        ("đất đai của ai", "", "", "", ("dat", "dai")),
        ("luật cư trú nói gì về tách hộ", "", "luat cu tru", "", ("noi", "tach", "ho")),
    ],
)
def test_a_question_is_read(
    text: str, article: str, law: str, number: str, words: tuple[str, ...]
) -> None:
    asked = read_question(text, NAMES, SHORT)

    assert (asked.article, asked.law, asked.number, asked.words) == (article, law, number, words)


def test_a_clause_ends_where_the_next_begins() -> None:
    body = "Điều 20. Tên\n1. Một.\n2. Hai:\na) điểm a;\nb) điểm b.\n3. Ba."

    assert clause(body, "20", "2") == ["2. Hai:", "a) điểm a;", "b) điểm b."]
    assert clause(body, "20", "9") == []


def test_an_excerpt_is_the_densest_passage_with_its_words_marked() -> None:
    body = "Điều 1. Tên\n" + "mở đầu dài. " * 40 + "Người thuê nhà đăng ký tạm trú."

    pieces = excerpt(body, "1", {"thue", "nha", "tam"})

    assert pieces[0].text == "… "
    assert [piece.text for piece in pieces if piece.is_hit] == ["thuê", "nhà", "tạm"]
