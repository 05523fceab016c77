"""Where to go, how one's own dossiers stand, what a law says: asked as people ask."""

import pytest

from sauro.assistant import queries
from sauro.assistant.queries import Kind
from sauro.assistant.rules import centres
from sauro.laws.tests import texts
from sauro.onestop.tests import world as worlds
from sauro.onestop.tests.world import MONDAY, World
from sauro.people.models import Person
from sauro.places.models import Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return worlds.build()


def test_the_centre_of_a_named_place_is_told_with_its_hours(world: World) -> None:
    Place.objects.filter(pk=world.place.pk).update(folded="tan lap")

    answer = queries.answer("Trung tâm phường Tân Lập mở cửa mấy giờ?", now=MONDAY)

    assert answer.kind is Kind.CENTRE
    [centre] = answer.centres
    assert centre.name == "Trung tâm Phục vụ hành chính công phường Tân Lập"
    assert "Hôm nay làm việc 7:" in centre.today


def test_without_a_place_the_centre_is_where_the_asker_lives(world: World) -> None:
    asker = worlds.citizen()
    Person.objects.filter(pk=asker.person_id or 0).update(place=world.place)

    answer = queries.answer("trung tam gan nhat o dau", by=asker, now=MONDAY)

    assert [centre.code for centre in answer.centres] == ["H15.24133.01"]


def test_a_stranger_who_names_no_place_is_asked_for_it(world: World) -> None:
    answer = queries.answer("Thứ bảy có làm việc không?", now=MONDAY)

    assert (answer.kind, answer.centres) == (Kind.CENTRE, ())
    assert "xã, phường nào" in answer.text


def test_a_person_hears_how_their_own_dossier_stands(world: World) -> None:
    asker = worlds.citizen()
    _id, code = worlds.filed(world, asker)

    answer = queries.answer("Hồ sơ của tôi đến đâu rồi?", by=asker, now=MONDAY)

    assert answer.kind is Kind.OWN
    assert [own.code for own in answer.own] == [code]
    assert "chưa xem xong để tiếp nhận" in answer.own[0].standing


def test_nobody_hears_of_a_dossier_that_is_not_theirs(world: World) -> None:
    _id, code = worlds.filed(world)

    for stranger in (None, worlds.citizen("Lê Văn Tò Mò"), world.stranger):
        answer = queries.answer(f"mã hồ sơ {code} xong chưa rồi", by=stranger, now=MONDAY)
        assert (answer.kind, answer.own) == (Kind.REFUSE, ())


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("Trung tâm phường Buôn Hồ mở cửa mấy giờ?", "phường Buôn Hồ"),
        ("trung tam o xa Ea Kao o dau", "xa Ea Kao"),
        ("Bộ phận một cửa gần nhất ở đâu?", ""),
    ],
)
def test_the_place_in_a_question_is_found(question: str, place: str) -> None:
    assert centres.asks(question)
    assert centres.place_of(question) == place


def test_questions_about_procedures_are_not_about_centres() -> None:
    assert not centres.asks("Đăng ký khai sinh nộp ở đâu?")
    assert not centres.asks("làm hộ chiếu mấy ngày")


def test_an_article_asked_for_by_number_is_quoted_with_its_law() -> None:
    texts.load()

    answer = queries.answer("Điều 20 luật cư trú nói gì?", now=MONDAY)

    assert answer.kind is Kind.LAW
    assert all(sentence.source.part == "Điều 20" for sentence in answer.sentences)
    assert answer.address.startswith("/phap-luat/")
