"""Who is who, who is where, and which days are worked."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from sauro.core.actor import Actor, ActorKind
from sauro.core.errors import NotFound
from sauro.offices import queries
from sauro.offices.rules import Role
from sauro.offices.tests.factories import (
    CommuneFactory,
    OfficeFactory,
    OfficialFactory,
    SpecialDayFactory,
)
from sauro.people.tests.factories import AccountFactory, PersonFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
EARLIER = date(2025, 6, 30)


class TestOffices:
    def test_an_office_is_read_with_one_query(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        office = OfficeFactory.create(code="H15.03")

        with django_assert_num_queries(1):
            row = queries.office(office.pk)
        with django_assert_num_queries(1):
            same = queries.office_by_code("H15.03")

        assert row == same
        assert (row.code, row.name, row.kind, row.parent_id) == (
            "H15.03",
            "Sở Tư pháp",
            "DEPARTMENT",
            None,
        )

    def test_what_is_not_there_is_not_found(self) -> None:
        with pytest.raises(NotFound):
            queries.office(0)
        with pytest.raises(NotFound):
            queries.office_by_code("H99")

    @pytest.mark.parametrize("size", [1, 20])
    def test_lists_take_one_query_however_long(
        self, size: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        place = CommuneFactory.create()
        OfficeFactory.create_batch(size, kind="CENTRE", level="COMMUNE", place=place)
        OfficeFactory.create_batch(size)

        with django_assert_num_queries(1):
            centres = queries.centres(on=TODAY)
        with django_assert_num_queries(1):
            units = queries.units_of(place.pk, on=TODAY)
        with django_assert_num_queries(1):
            departments = queries.departments(on=TODAY)

        assert len(centres) == len(units) == len(departments) == size

    def test_the_centre_of_the_province_comes_last(self) -> None:
        OfficeFactory.create(code="H15.16", kind="CENTRE")
        place = CommuneFactory.create()
        OfficeFactory.create(code="H15.24133.TT", kind="CENTRE", level="COMMUNE", place=place)

        assert [row.code for row in queries.centres(on=TODAY)] == ["H15.24133.TT", "H15.16"]

    def test_an_office_is_there_from_its_first_day_until_it_closes(self) -> None:
        OfficeFactory.create(since=date(2025, 7, 1), until=date(2026, 1, 1))

        days = (EARLIER, date(2025, 7, 1), date(2025, 12, 31), date(2026, 1, 1))
        assert [len(queries.departments(on=day)) for day in days] == [0, 1, 1, 0]


class TestOfficials:
    def test_an_official_is_a_person_in_a_post(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        person = PersonFactory.create(name="H'Bĭă Mlô", sex="F", pid=None, phone="0500000118")
        official = OfficialFactory.create(person=person, role="CLERK", title="Cán bộ một cửa")

        with django_assert_num_queries(1):
            row = queries.official(official.pk)

        assert (row.honorific, row.name, row.title) == ("Bà", "H'Bĭă Mlô", "Cán bộ một cửa")
        assert (row.role, row.leads, row.office_name) == (Role.CLERK, False, "Sở Tư pháp")
        assert row.phone == "0500000118"

    @pytest.mark.parametrize("size", [1, 20])
    def test_those_of_a_role_take_one_query_however_many(
        self, size: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        office = OfficeFactory.create()
        OfficialFactory.create_batch(size, office=office)
        OfficialFactory.create(office=office, role="HEAD")

        with django_assert_num_queries(1):
            rows = queries.officials(office.pk, Role.SPECIALIST, on=TODAY)

        assert len(rows) == size
        assert len(queries.officials(office.pk, None, on=TODAY)) == size + 1
        assert queries.officials(office.pk, Role.SPECIALIST, on=EARLIER) == []

    def test_the_head_answers_else_the_deputy_else_the_one_above(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        top = OfficeFactory.create()
        middle, bottom = OfficeFactory.create(parent=top), OfficeFactory.create(parent=top)
        head = OfficialFactory.create(office=top, role="HEAD")
        deputy = OfficialFactory.create(office=middle, role="DEPUTY")
        OfficialFactory.create(office=bottom)

        with django_assert_num_queries(1):
            assert queries.head(top.pk, on=TODAY).id == head.pk
        assert queries.head(middle.pk, on=TODAY).id == deputy.pk
        assert queries.head(bottom.pk, on=TODAY).id == head.pk
        with pytest.raises(NotFound):
            queries.head(top.pk, on=EARLIER)

    def test_of_several_posts_the_leading_one_is_held(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        person = PersonFactory.create()
        OfficialFactory.create(person=person)
        leading = OfficialFactory.create(person=person, role="DEPUTY")

        with django_assert_num_queries(1):
            held = queries.post_held(person.pk, on=TODAY)

        assert held is not None
        assert held.id == leading.pk
        assert queries.post_held(person.pk, on=EARLIER) is None
        assert queries.post_held(0, on=TODAY) is None

    def test_who_is_not_there_is_not_found(self) -> None:
        with pytest.raises(NotFound):
            queries.official(0)


class TestWho:
    def test_an_official_acts_in_their_post_with_one_query(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        person = AccountFactory.create(person__name="Y Bhĭŏ Ayŭn").person
        official = OfficialFactory.create(person=person, role="HEAD", title="Chủ tịch")

        with django_assert_num_queries(1):
            actor = queries.who(person.pk, on=TODAY)

        assert actor == Actor(
            kind=ActorKind.OFFICIAL,
            label="Y Bhĭŏ Ayŭn, Chủ tịch",
            person_id=person.pk,
            official_id=official.pk,
            office_id=official.post.office_id,
            post="HEAD",
            leads=True,
        )

    def test_everybody_else_is_a_citizen_and_before_their_time_officials_are_too(self) -> None:
        person = AccountFactory.create(person__name="Y Bhĭŏ Ayŭn").person
        citizen = Actor(kind=ActorKind.CITIZEN, label="Y Bhĭŏ Ayŭn", person_id=person.pk)

        assert queries.who(person.pk, on=TODAY) == citizen
        OfficialFactory.create(person=person)
        assert queries.who(person.pk, on=EARLIER) == citizen

    def test_a_closed_account_is_nobody(self) -> None:
        account = AccountFactory.create(is_active=False)

        assert queries.who(account.person_id, on=TODAY) is None
        assert queries.who(PersonFactory.create().pk, on=TODAY) is None


class TestKeptInMemory:
    def test_the_calendar_is_read_once_and_then_costs_nothing(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        SpecialDayFactory.create(day=date(2026, 9, 2))
        SpecialDayFactory.create(day=date(2026, 8, 22), kind="makeup_work", name="Làm bù")

        with django_assert_num_queries(3):
            calendar = queries.working_calendar()
        with django_assert_num_queries(0):
            assert queries.working_calendar() is calendar

        assert not calendar.is_working(date(2026, 9, 2))
        assert calendar.is_working(date(2026, 8, 22))
        assert (calendar.since, calendar.until) == (date(2026, 1, 1), date(2030, 1, 1))

    def test_without_special_days_every_weekday_counts(self) -> None:
        assert queries.working_calendar().is_working(date(2026, 9, 2))

    @pytest.mark.parametrize("size", [1, 20])
    def test_the_roster_is_read_once_a_day_however_long(
        self, size: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        office = OfficeFactory.create()
        OfficialFactory.create_batch(size, office=office)

        with django_assert_num_queries(3):
            roster = queries.roster(TODAY)
        with django_assert_num_queries(0):
            assert queries.roster(TODAY) is roster

        assert len(roster.officials) == size
        assert len(queries.roster(EARLIER).officials) == 0

    @pytest.mark.parametrize("size", [1, 20])
    def test_special_days_of_a_year_take_one_query(
        self, size: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for n in range(size):
            SpecialDayFactory.create(day=date(2026, 3, n + 1))

        with django_assert_num_queries(1):
            rows = queries.special_days(2026)

        assert [row.day.day for row in rows] == list(range(1, size + 1))
        assert queries.special_days(2025) == []
