"""Loading the laws, and what they say as of a day."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from sauro.core.errors import NotFound
from sauro.events.models import Event
from sauro.laws import queries
from sauro.laws.models import Article, Law
from sauro.laws.tests.texts import ARTICLES, NEW, article, load

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def test_a_load_brings_texts_and_the_numbers_that_are_only_cited() -> None:
    loaded = load()

    assert (loaded.added, loaded.changed, loaded.same) == (4, 0, 0)
    assert Article.objects.count() == 7
    assert Event.objects.filter(verb="laws.texts_loaded").count() == 1
    rows = Law.objects.order_by("slug").values_list("slug", "since", "until", "ended_by", "cited")
    assert list(rows) == [
        ("52-2014-qh13", date(2015, 1, 1), None, "", 0),
        ("64-2025-tt-btc", None, None, "", 125),
        ("68-2020-qh14", date(2021, 7, 1), None, "", 20),
        ("81-2006-qh11", date(2007, 7, 1), date(2021, 7, 1), "68/2020/QH14", 0),
    ]


def test_a_second_load_changes_nothing_and_a_changed_text_only_its_law() -> None:
    load()
    again = load()

    changed = load([*ARTICLES[:3], article(NEW, "25", "Tách hộ", "1. Khác."), *ARTICLES[4:]])

    assert (again.added, again.changed, again.same) == (0, 0, 4)
    assert (changed.added, changed.changed, changed.same) == (0, 1, 3)
    assert queries.article("68-2020-qh14", "25", on=TODAY).paragraphs == ("1. Khác.",)


def test_an_article_is_found_by_its_number_and_the_name_of_its_law() -> None:
    load()

    found = queries.find("khoản 2 điều 20 luật cư trú", on=TODAY).article

    assert found is not None
    assert (found.law.number, found.number, found.law.state) == ("68/2020/QH14", "20", "")
    assert found.clause[1] == "a) Bảo đảm diện tích tối thiểu."
    assert found.next is not None
    assert (found.next.number, found.previous) == ("25", None)


def test_the_law_of_the_day_answers() -> None:
    load()

    before = queries.find("điều 1 luật cư trú", on=date(2020, 5, 1))

    assert before.article is not None
    assert before.article.law.number == "81/2006/QH11"
    assert [(law.number, law.state) for law in before.laws] == [
        ("81/2006/QH11", ""),
        ("68/2020/QH14", "NOT_YET"),
    ]
    assert queries.law("81-2006-qh11", on=TODAY).state == "ENDED"


def test_words_find_articles_of_laws_in_force_with_and_without_marks() -> None:
    load()

    for text in ("thuê nhà đăng ký thường trú", "o nho dang ky thuong tru"):
        hits = queries.find(text, on=TODAY).hits
        assert (hits[0].law.number, hits[0].number) == ("68/2020/QH14", "20")
    assert [hit.law.state for hit in queries.find("quyền tự do cư trú", on=TODAY).hits] == [""]
    ended = queries.find("quyền tự do cư trú", on=TODAY, with_ended=True).hits
    assert ended[0].law.state == "ENDED"


def test_a_document_that_is_only_cited_says_that_its_text_is_not_here() -> None:
    load()

    found = queries.find("64/2025/TT-BTC", on=TODAY)

    assert [(law.state, law.cited) for law in found.laws] == [("NO_TEXT", 125)]


def test_what_is_not_there_is_refused() -> None:
    load()

    with pytest.raises(NotFound):
        queries.law("khong-co", on=TODAY)
    with pytest.raises(NotFound):
        queries.article("68-2020-qh14", "99", on=TODAY)


def test_lists_take_one_query(django_assert_num_queries: Any) -> None:  # noqa: ANN401
    load()
    law = queries.law("68-2020-qh14", on=TODAY)

    with django_assert_num_queries(1):
        lines = queries.articles(law.id)
    with django_assert_num_queries(1):
        cited = queries.most_cited(on=TODAY)
    with django_assert_num_queries(1):
        named = queries.named_in(["Luật số 68/2020/QH14", "64/2025/TT-BTC"], on=TODAY)
    with django_assert_num_queries(3):
        counts = queries.counts()

    assert [line.number for line in lines] == ["20", "25", "38"]
    assert cited[0].number == "68/2020/QH14"
    assert {line: law.slug for line, law in named.items()} == {
        "Luật số 68/2020/QH14": "68-2020-qh14"
    }
    assert counts == (3, 7, 1)
    assert queries.newer(queries.law("81-2006-qh11", on=TODAY)) == "68/2020/QH14"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/phap-luat/", "Luật nói gì?"),
        ("/phap-luat/?q=điều 20 luật cư trú", "Điều kiện đăng ký thường trú"),
        ("/phap-luat/?q=điều 20", "của luật nào?"),
        ("/phap-luat/?q=thuê nhà thường trú", "<mark>"),
        ("/phap-luat/?q=bánh mì kẹp", "Chưa thấy điều nào"),
        ("/phap-luat/68-2020-qh14", "Tách hộ"),
        ("/phap-luat/81-2006-qh11", "Không còn áp dụng từ 01/7/2021"),
        ("/phap-luat/68-2020-qh14/dieu-20?khoan=2", "Khoản 2"),
        ("/phap-luat/64-2025-tt-btc", "mới có số hiệu"),
    ],
)
def test_a_visitor_reads_the_laws(client: Client, address: str, said: str) -> None:
    load()

    answer = client.get(address)

    assert answer.status_code == 200
    assert said in answer.content.decode()


def test_a_number_leads_to_its_article_and_a_wrong_day_is_refused(client: Client) -> None:
    load()

    assert client.get("/phap-luat/68-2020-qh14?dieu=20").headers["Location"].endswith("/dieu-20")
    assert client.get("/phap-luat/?q=a&ngay=32/13/2024").status_code == 422
    assert client.get("/phap-luat/khong-co").status_code == 404


def test_the_answer_is_there_for_programs(client: Client) -> None:
    load()

    told = client.get("/phap-luat/tim.json?q=điều 20 luật cư trú&ngay=2024-01-01").json()

    assert told["on"] == "2024-01-01"
    assert told["article"]["article"] == "20"
    assert told["article"]["law"]["number"] == "68/2020/QH14"
    assert told["laws"][0]["state"] == "còn hiệu lực"
