"""Where a person takes over: talks handed to a centre, questions left open, answers doubted."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from sauro.assistant import services, waiting
from sauro.assistant.models import Conversation, OpenQuestion
from sauro.assistant.rules import masking
from sauro.core.actor import VISITOR, Actor
from sauro.core.errors import Invalid, NotFound, NotNow, NotPermitted
from sauro.notices import queries as notices
from sauro.onestop.tests import world as worlds
from sauro.onestop.tests.world import MONDAY, World

pytestmark = pytest.mark.django_db
CENTRE = "H15.24133.01"
TALK = [("Làm thẻ thư viện cần gì?", "Điều này không có trong các thủ tục.")]


@pytest.fixture
def world() -> World:
    return worlds.build()


def test_an_open_question_is_kept_without_anybodys_data(world: World) -> None:
    said = "Tôi là Trần Thị Bí Mật, số 0905 123 118, a@b.vn, hỏi làm thẻ thư viện ở xã Ea Kao"

    services.collect(said, "refuse", by=worlds.citizen(), now=MONDAY)

    [kept] = waiting.open_questions()
    assert kept.text == "Tôi là …, số …, … hỏi làm thẻ thư viện ở xã Ea Kao"
    assert kept.times == 1


def test_the_same_question_in_other_letters_counts_again(world: World) -> None:
    for said in ("Làm thẻ thư viện?", "lam the thu vien"):
        services.collect(said, "refuse", by=worlds.citizen(), now=MONDAY)

    [kept] = waiting.open_questions()
    assert (kept.text, kept.times) == ("Làm thẻ thư viện?", 2)


def test_a_settled_question_leaves_the_list_until_it_is_asked_again(world: World) -> None:
    number = services.collect("Làm thẻ thư viện?", "refuse", by=worlds.citizen(), now=MONDAY)
    services.settle(number or 0, "Không thuộc tỉnh.", by=world.clerk, now=MONDAY)
    assert waiting.open_questions() == []

    services.collect("Làm thẻ thư viện?", "refuse", by=worlds.citizen(), now=MONDAY)
    assert [row.times for row in waiting.open_questions()] == [2]


def test_only_officials_settle_and_they_say_how(world: World) -> None:
    number = services.collect("Làm thẻ thư viện?", "refuse", by=worlds.citizen(), now=MONDAY) or 0

    with pytest.raises(NotPermitted):
        services.settle(number, "xong", by=worlds.citizen(), now=MONDAY)
    with pytest.raises(Invalid):
        services.settle(number, "  ", by=world.clerk, now=MONDAY)


def test_a_question_of_no_words_is_not_kept(world: World) -> None:
    assert services.collect("?? !!", "refuse", by=worlds.citizen(), now=MONDAY) is None


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Gọi 0905.123.118 giúp tôi", "Gọi … giúp tôi"),
        ("căn cước 066190000123 hết hạn", "căn cước … hết hạn"),
        ("con tôi là Y Khoa Êban đi học", "con tôi là … đi học"),
        ("hồ sơ H15.24133.01-20261123-0001 đâu", "hồ sơ … đâu"),
        ("phí 20.000 đồng à", "phí 20.000 đồng à"),
        ("ở phường Buôn Ma Thuột", "ở phường Buôn Ma Thuột"),
    ],
)
def test_what_may_be_somebodys_own_is_left_out(said: str, kept: str) -> None:
    assert masking.masked(said) == kept


def test_a_talk_is_answered_by_the_centre_and_its_asker_is_told(world: World) -> None:
    asker = worlds.citizen()
    key = services.hand_over(CENTRE, TALK, by=asker, now=MONDAY)

    [waits] = waiting.talks(world.centre_id)
    assert (waits.who, waits.lines) == (asker.label, tuple(TALK))
    services.reply(key, "Hỏi thư viện tỉnh.", by=world.clerk, now=MONDAY)

    assert waiting.talks(world.centre_id) == []
    [notice] = notices.notices_for(asker.person_id or 0)
    assert (notice.body, notice.link) == ("Hỏi thư viện tỉnh.", f"/tro-ly/nho-nguoi/{key}")


def test_who_is_not_signed_in_leaves_a_number_to_call(world: World) -> None:
    visitor = _visitor()
    with pytest.raises(Invalid):
        services.hand_over(CENTRE, TALK, by=visitor, now=MONDAY)

    services.hand_over(CENTRE, TALK, phone="0905 123 118", by=visitor, now=MONDAY)

    [waits] = waiting.talks(world.centre_id)
    assert (waits.who, waits.phone) == ("", "0905123118")


def test_a_talk_is_answered_once_and_by_its_own_centre(world: World) -> None:
    key = services.hand_over(CENTRE, TALK, by=worlds.citizen(), now=MONDAY)

    with pytest.raises(NotPermitted):
        services.reply(key, "Để tôi.", by=world.stranger, now=MONDAY)
    services.reply(key, "Xong.", by=world.clerk, now=MONDAY)
    with pytest.raises(NotNow):
        services.reply(key, "Xong nữa.", by=world.clerk, now=MONDAY)


def test_a_talk_to_no_centre_and_a_talk_of_nothing_are_refused(world: World) -> None:
    with pytest.raises(NotFound):
        services.hand_over("H99", TALK, by=worlds.citizen(), now=MONDAY)
    with pytest.raises(Invalid):
        services.hand_over(CENTRE, [], by=worlds.citizen(), now=MONDAY)


def test_one_asker_cannot_fill_the_list(world: World) -> None:
    asker = worlds.citizen()
    for _turn in range(20):
        services.hand_over(CENTRE, TALK, by=asker, now=MONDAY)

    with pytest.raises(NotNow):
        services.hand_over(CENTRE, TALK, by=asker, now=MONDAY)


def test_lists_read_the_same_number_of_times_for_one_and_for_twenty(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        services.hand_over(CENTRE, TALK, by=worlds.citizen(), now=MONDAY)
        services.collect(f"câu hỏi {number} về thư viện", "refuse", by=_visitor(), now=MONDAY)
        if number in {0, 19}:
            with django_assert_num_queries(2):
                waiting.talks(world.centre_id)
                waiting.open_questions()


def test_on_the_page_a_question_without_an_answer_is_collected_and_handed_over(
    world: World,
) -> None:
    client = Client()
    client.post("/tro-ly", {"hoi": "Giá vàng hôm nay bao nhiêu?"})
    assert OpenQuestion.objects.count() == 1

    refused = client.post("/tro-ly/nho-nguoi", {"noi": CENTRE, "phone": "123"})
    assert refused.status_code == 422
    assert "Giá vàng hôm nay" in refused.content.decode()
    sent = client.post("/tro-ly/nho-nguoi", {"noi": CENTRE, "phone": "0905123118"}, follow=True)

    page = sent.content.decode()
    assert "Đã gửi câu hỏi" in page
    assert "0905123118" not in page
    [talk] = Conversation.objects.all()
    assert talk.lines[0][0] == "Giá vàng hôm nay bao nhiêu?"


def test_an_answer_that_is_doubted_is_kept_with_its_procedure(world: World) -> None:
    client = Client()
    client.post("/tro-ly/chua-dung", {"hoi": "mở quán cà phê", "ma": "1.001612"})

    [kept] = waiting.open_questions()
    assert (kept.text, kept.code) == ("mở quán cà phê", "1.001612")


@pytest.mark.parametrize("address", ["/tro-ly/cho-tra-loi", "/tro-ly/cai-thien"])
def test_lists_of_questions_are_for_officials(address: str, world: World) -> None:
    assert Client().get(address).status_code == 302


def _visitor() -> Actor:

    return VISITOR
