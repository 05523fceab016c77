"""The offices of the province, the people who do not exist in them, and the demo's accounts."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from random import Random

import pytest

from sauro.core.actor import ActorKind
from sauro.deployment import accounts, names, staffing
from sauro.events import queries as log
from sauro.offices import queries as offices
from sauro.offices.rules import Kind, Level, Role
from sauro.offices.services import Loaded
from sauro.offices.tests.factories import CommuneFactory, ProvinceFactory
from sauro.people import queries as people
from sauro.people import rules
from sauro.people import services as people_services
from sauro.people.rules import NewPerson
from sauro.places import queries as places
from sauro.places.queries import PlaceRow

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> Iterator[None]:
    offices.forget()
    yield
    offices.forget()


@pytest.fixture
def province() -> PlaceRow:
    dak_lak = ProvinceFactory.create(code="66")
    CommuneFactory.create(
        code="24133",
        name="Phường Buôn Ma Thuột",
        short_name="Buôn Ma Thuột",
        type_word="Phường",
        parent=dak_lak,
        population=169_596,
        seat="27 Trường Chinh",
    )
    CommuneFactory.create(code="24604", name="Xã Krông Nô", parent=dak_lak)
    CommuneFactory.create(code="22015", name="Phường Tuy Hòa", type_word="Phường", parent=dak_lak)
    return places.by_code("PROVINCE", "66", on=TODAY)


def communes() -> list[PlaceRow]:
    return places.communes("66", on=TODAY)


class TestPlan:
    def test_every_commune_has_its_committee_units_centre_police_and_command(
        self, province: PlaceRow
    ) -> None:
        plan = staffing.plan(province, communes(), h_code="H15")

        ward = {office.code: office for office in plan.offices if "24133" in office.code}
        assert {code: office.name for code, office in ward.items()} == {
            "H15.24133": "Ủy ban nhân dân phường Buôn Ma Thuột",
            "H15.24133.VP": "Văn phòng HĐND và UBND phường Buôn Ma Thuột",
            "H15.24133.KT": "Phòng Kinh tế, Hạ tầng và Đô thị phường Buôn Ma Thuột",
            "H15.24133.VHXH": "Phòng Văn hóa - Xã hội phường Buôn Ma Thuột",
            "H15.24133.TT": "Trung tâm Phục vụ hành chính công phường Buôn Ma Thuột",
            "G01.H15.24133": "Công an phường Buôn Ma Thuột",
            "G11.H15.24133": "Ban Chỉ huy Quân sự phường Buôn Ma Thuột",
        }
        assert ward["H15.24133"].address == "27 Trường Chinh"
        assert ward["H15.24133.TT"].kind is Kind.CENTRE
        assert ward["H15.24133.TT"].parent == "H15.24133"

    def test_the_province_has_its_departments_agencies_and_centre(self, province: PlaceRow) -> None:
        plan = staffing.plan(province, communes(), h_code="H15")

        kinds = Counter(office.kind for office in plan.offices if office.level is Level.PROVINCE)
        assert kinds == {
            Kind.COMMITTEE: 1,
            Kind.DEPARTMENT: 15,
            Kind.CENTRE: 1,
            Kind.VERTICAL: 9,
        }

    def test_whoever_a_process_may_name_is_there(self, province: PlaceRow) -> None:
        plan = staffing.plan(province, communes(), h_code="H15")

        held = Counter((post.office, post.role) for post in plan.posts)
        for office in plan.offices:
            assert held[office.code, Role.HEAD] == 1
            if office.kind is Kind.CENTRE:
                assert held[office.code, Role.CLERK] >= 2
            if office.kind is Kind.COMMITTEE:
                assert held[office.code, Role.STAMP] == 1
            if office.kind in (Kind.UNIT, Kind.DEPARTMENT):
                assert held[office.code, Role.SPECIALIST] >= 2

    def test_nobody_in_it_exists_and_no_two_are_the_same(self, province: PlaceRow) -> None:
        plan = staffing.plan(province, communes(), h_code="H15")

        holders = [post.holder for post in plan.posts if post.holder]
        assert len(holders) == len(plan.posts)
        assert len({holder.pid for holder in holders}) == len(holders)
        for holder in holders:
            assert rules.is_test_pid(holder.pid)
            assert holder.phone.startswith(rules.TEST_PHONE_PREFIX)
            assert holder.email.endswith(".example")
            assert holder.is_synthetic
            assert rules.checked(holder, on=TODAY) == holder

    def test_it_is_the_same_each_time_and_a_new_commune_changes_nobody_elsewhere(
        self, province: PlaceRow
    ) -> None:
        whole = staffing.plan(province, communes(), h_code="H15")
        again = staffing.plan(province, communes(), h_code="H15")
        fewer = staffing.plan(
            province, [place for place in communes() if place.code != "22015"], h_code="H15"
        )

        assert whole == again
        of_ward = [post for post in whole.posts if "24133" in post.office]
        assert [post for post in fewer.posts if "24133" in post.office] == of_ward

    def test_loading_it_twice_changes_nothing(self, province: PlaceRow) -> None:
        first = staffing.load(province, communes(), h_code="H15", now=NOW)
        events = log.count()

        second = staffing.load(province, communes(), h_code="H15", now=NOW)

        assert first.offices == 26 + 3 * 7
        assert first.officials == first.posts
        assert second == Loaded(offices=0, posts=0, officials=0)
        assert log.count() == events


def drawing(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - people of a demo, not a secret


@pytest.mark.usefixtures("province")
class TestCitizen:
    @pytest.mark.parametrize("code", ["24133", "24604", "22015"])
    def test_one_can_be_registered_as_they_are(self, code: str) -> None:
        rng = drawing(1)
        place = places.by_code("COMMUNE", code, on=TODAY)

        for _ in range(200):
            given = names.synthetic_citizen(rng, place)
            person = rules.checked(NewPerson(**given), on=TODAY)
            assert NewPerson(**given) == person
            assert rules.is_test_pid(person.pid)
            assert given["address"]
            assert 18 <= (TODAY - given["born_on"]).days // 365 <= 80

    def test_the_same_seed_gives_the_same_people(self) -> None:
        place = communes()[0]

        first = [names.synthetic_citizen(drawing(7), place) for _ in range(3)]
        second = [names.synthetic_citizen(drawing(7), place) for _ in range(3)]

        assert first == second

    def test_who_lives_where_shows_in_the_names(self) -> None:
        def of_the_highlands(code: str) -> int:
            rng = drawing(3)
            place = places.by_code("COMMUNE", code, on=TODAY)
            drawn = [names.synthetic_citizen(rng, place)["name"] for _ in range(500)]
            return sum(name.startswith(("Y ", "H'")) for name in drawn)

        assert of_the_highlands("24604") > 250
        assert 30 < of_the_highlands("24133") < 120
        assert of_the_highlands("22015") < 30


def test_everybody_of_the_demo_can_sign_in_and_is_who_is_printed(province: PlaceRow) -> None:
    staffing.load(province, communes(), h_code="H15", now=NOW)

    accounts.ensure_accounts(NOW)

    rows = accounts.rows(TODAY)
    assert [row.login for row in rows[:3]] == ["congdan", "canbo1cua", "tuphap"]
    assert (rows[0].name, rows[0].start) == ("H'Bĭă Mlô", "/")
    assert rows[1].office == "Trung tâm Phục vụ hành chính công phường Buôn Ma Thuột"
    for row in rows:
        person_id = people.owner_of(row.login)
        assert person_id is not None
        actor = offices.who(person_id, on=TODAY)
        assert actor is not None
        assert people.person(person_id).name == row.name
        assert (actor.kind is ActorKind.CITIZEN) == (row.login == "congdan")
    clerks = {people.owner_of(f"canbo1cua{n}") for n in ("", 2, 3)}
    assert len(clerks - {None}) == 3
    assert people_services.sign_in("canbo1cua3", accounts.PASSWORD, now=NOW) in clerks
    assert accounts.ensure_accounts(NOW) == 0
