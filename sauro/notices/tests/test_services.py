"""Telling people, and what they have read."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from sauro.core.actor import SYSTEM, Actor, ActorKind
from sauro.core.commands import command
from sauro.core.errors import Invalid, NotFound
from sauro.events.models import Event
from sauro.notices import queries, services
from sauro.notices.models import Delivery, Notice
from sauro.notices.tests.factories import TOLD, DeliveryFactory, NoticeFactory
from sauro.people.models import Person
from sauro.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
LATER = TOLD + timedelta(hours=1)


def tell(person: Person, key: str = "case.due:7", subject: str = "Hồ sơ đã có kết quả") -> int:
    return services.tell(
        person.pk,
        key=key,
        subject=subject,
        body="Nhận kết quả tại Trung tâm.",
        link="/t/7K2M9QXA",
        by=SYSTEM,
        now=TOLD,
    )


def of(person: Person) -> Actor:
    return Actor(kind=ActorKind.CITIZEN, label=person.name, person_id=person.pk)


def test_a_person_is_told_on_the_page_and_by_e_mail_and_other_ways_say_they_are_missing() -> None:
    person = PersonFactory.create(email="ong@thu.example", phone="0500000226")

    tell(person)

    (row,) = queries.notices_for(person.pk)
    assert (row.subject, row.link, row.is_read, row.ways) == (
        "Hồ sơ đã có kết quả",
        "/t/7K2M9QXA",
        False,
        "Thư điện tử: đang gửi; Tin nhắn SMS: chưa gửi: kênh này chưa được nối",
    )
    ways = Delivery.objects.order_by("channel").values_list("channel", "address", "state")
    assert list(ways) == [
        ("EMAIL", "ong@thu.example", "WAITING"),
        ("SMS", "0500000226", "NOT_CONFIGURED"),
    ]
    assert Event.objects.get().verb == "notice.told"


def test_a_person_who_can_only_be_told_on_the_page_is_told_there() -> None:
    person = PersonFactory.create(email="", phone="")

    tell(person)

    assert [row.ways for row in queries.notices_for(person.pk)] == [""]
    assert not Delivery.objects.exists()


def test_the_same_occasion_is_told_once() -> None:
    person = PersonFactory.create(email="ong@thu.example")

    first, second = tell(person), tell(person, subject="Khác")

    assert first == second
    assert Notice.objects.get().subject == "Hồ sơ đã có kết quả"
    assert Delivery.objects.filter(channel="EMAIL").count() == 1
    assert Event.objects.count() == 1


def test_what_is_told_in_a_command_that_is_undone_was_never_told() -> None:
    person = PersonFactory.create(email="ong@thu.example")

    with pytest.raises(Invalid):
        _tell_and_refuse(person)

    assert not Notice.objects.exists()
    assert not Delivery.objects.exists()
    tell(person)
    assert Notice.objects.count() == 1


@command
def _tell_and_refuse(person: Person) -> None:
    tell(person)
    raise Invalid("không")


def test_nobody_who_does_not_exist_is_told_anything() -> None:
    with pytest.raises(NotFound):
        tell(Person(pk=404))

    assert not Notice.objects.exists()


def test_reading_a_notice_counts_the_first_time() -> None:
    person = PersonFactory.create()
    notice = tell(person)

    services.mark_read(notice, by=of(person), now=LATER)
    services.mark_read(notice, by=of(person), now=LATER + timedelta(hours=1))

    assert Notice.objects.get().read_at == LATER
    assert Event.objects.filter(verb="notice.read").count() == 1
    assert queries.unread_count(person.pk) == 0


def test_a_strangers_notice_and_a_missing_one_look_the_same() -> None:
    notice = tell(PersonFactory.create())
    stranger = of(PersonFactory.create())

    said = []
    for notice_id in (notice, notice + 1):
        with pytest.raises(NotFound) as refusal:
            services.mark_read(notice_id, by=stranger, now=LATER)
        said.append(str(refusal.value))

    assert said[0] == said[1]
    assert Notice.objects.get().read_at is None


def test_all_at_once_are_only_ones_own() -> None:
    person, other = PersonFactory.create(), PersonFactory.create()
    tell(person, "a")
    tell(person, "b")
    tell(other, "c")

    assert services.mark_all_read(by=of(person), now=LATER) == 2
    assert services.mark_all_read(by=of(person), now=LATER) == 0
    assert queries.unread_count(other.pk) == 1


def test_the_newest_notice_comes_first() -> None:
    person = PersonFactory.create()
    old = NoticeFactory.create(person=person)
    new = NoticeFactory.create(person=person, told_at=LATER)

    assert [row.id for row in queries.notices_for(person.pk)] == [new.pk, old.pk]
    assert [row.id for row in queries.notices_for(person.pk, 1)] == [new.pk]


@pytest.mark.parametrize("size", [1, 20])
def test_notices_take_two_queries_however_many(
    size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    person = PersonFactory.create()
    for notice in NoticeFactory.create_batch(size, person=person):
        DeliveryFactory.create(notice=notice)

    with django_assert_num_queries(2):
        assert len(queries.notices_for(person.pk)) == size
    with django_assert_num_queries(1):
        assert queries.unread_count(person.pk) == size


@pytest.mark.parametrize("size", [1, 20])
def test_the_outbox_is_asked_in_one_query_however_full(
    size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    DeliveryFactory.create_batch(size, state="GAVE_UP", next_at=None)
    DeliveryFactory.create_batch(size)

    with django_assert_num_queries(1):
        assert len(queries.undelivered()) == size
    with django_assert_num_queries(1):
        assert queries.waiting_count() == size


@pytest.mark.parametrize(
    "broken",
    [
        {"channel": "FAX"},
        {"state": "LOST"},
        {"next_at": None},
        {"state": "SENT", "next_at": None},
        {"sent_at": TOLD},
        {"state": "GAVE_UP", "next_at": None, "leased_until": TOLD},
    ],
)
def test_the_database_keeps_no_delivery_that_cannot_be(broken: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        DeliveryFactory.create(**broken)


@pytest.mark.parametrize("broken", [{"key": ""}, {"body": ""}, {"link": "https://x"}])
def test_the_database_keeps_no_notice_that_cannot_be(broken: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        NoticeFactory.create(**broken)


def test_a_notice_goes_one_way_once() -> None:
    first = DeliveryFactory.create()

    with pytest.raises(IntegrityError), transaction.atomic():
        DeliveryFactory.create(notice=first.notice)
