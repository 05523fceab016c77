"""Reading people."""

import pytest
from pytest_django import DjangoAssertNumQueries

from sauro.core.errors import NotFound
from sauro.people import queries
from sauro.people.tests.factories import AccountFactory, PersonFactory

pytestmark = pytest.mark.django_db


def test_a_person_takes_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    person = PersonFactory.create(name="Y Bhĭŏ Ayŭn", pid="900091000027", phone="0500123118")

    with django_assert_num_queries(1):
        row = queries.person(person.pk)

    assert (row.name, row.pid_masked, row.phone_masked) == (
        "Y Bhĭŏ Ayŭn",
        "9000 91•• ••27",
        "0500 ••• 118",
    )


def test_who_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFound):
        queries.person(0)


@pytest.mark.parametrize("size", [1, 20])
def test_many_persons_take_one_query_however_many(
    size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ids = [person.pk for person in PersonFactory.create_batch(size)]

    with django_assert_num_queries(1):
        rows = queries.persons([*ids, 0])

    assert set(rows) == set(ids)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("bhio", ["Y Bhĭŏ Ayŭn"]),
        ("Ayŭn y", ["Y Bhĭŏ Ayŭn"]),
        ("ayun", ["H'Lan Ayŭn", "Y Bhĭŏ Ayŭn"]),
        ("hlan", ["H'Lan Ayŭn"]),
        ("900091000027", ["Y Bhĭŏ Ayŭn"]),
        ("0500 123 118", ["Y Bhĭŏ Ayŭn"]),
        ("yun", []),
        ("", []),
    ],
)
def test_people_are_searched_by_name_number_or_telephone(typed: str, found: list[str]) -> None:
    PersonFactory.create(name="Y Bhĭŏ Ayŭn", pid="900091000027", phone="0500123118")
    PersonFactory.create(name="H'Lan Ayŭn")

    assert [row.name for row in queries.search(typed)] == found


@pytest.mark.parametrize("size", [1, 20])
def test_searching_takes_one_query_however_many_are_found(
    size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    PersonFactory.create_batch(size)

    with django_assert_num_queries(1):
        assert len(queries.search("loi", limit=50)) == size


def test_a_person_is_found_by_their_number() -> None:
    person = PersonFactory.create(pid="900091000027")

    assert queries.by_pid("900 091 000027") == queries.person(person.pk)
    assert queries.by_pid("900091000028") is None
    assert queries.by_pid("") is None


def test_an_account_leads_to_its_person_and_back() -> None:
    account = AccountFactory.create(login="loipham")

    assert queries.account_of(account.person_id) == "loipham"
    assert queries.owner_of("LoiPham") == account.person_id
    assert queries.account_of(0) is None
    assert queries.owner_of("khong-co-ai") is None
