"""Reading units and outlines."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from sauro.core.errors import NotFound
from sauro.places import queries
from sauro.places.rules import DISPUTED
from sauro.places.tests import country
from sauro.places.tests.country import SQUARE, TODAY, C, P
from sauro.places.tests.factories import PlaceFactory, ProvinceFactory

pytestmark = pytest.mark.django_db
BEFORE = date(2025, 6, 30)


def test_the_communes_of_a_province_are_those_of_the_day_wards_first() -> None:
    country.load()

    today = [row.name for row in queries.communes("66", on=TODAY)]
    before = [row.full_name for row in queries.communes("66", on=BEFORE)]

    assert today == [
        "Phường Bình Kiến",
        "Phường Buôn Ma Thuột",
        "Phường Phú Yên",
        "Phường Tân Lập",
        "Phường Tuy Hòa",
        "Xã Ea Bá",
        "Xã Ea H'Leo",
        "Xã Ea Ly",
        "Xã Ea Nuôl",
        "Xã Hòa Phú",
        "Xã Sơn Thành",
    ]
    assert before[0] == "Phường Tân Lập, Thành phố Buôn Ma Thuột, Tỉnh Đắk Lắk"
    assert len(before) == 6


def test_a_code_is_the_unit_of_the_day() -> None:
    country.load()

    assert queries.by_code(C, "22225", on=TODAY).name == "Xã Ea Bá"
    assert queries.by_code(C, "22225", on=BEFORE).name == "Xã Ea Bar"
    with pytest.raises(NotFound, match="Không có đơn vị hành chính mang mã 22024"):
        queries.by_code(C, "22024", on=TODAY)


def test_a_place_says_where_it_lies_and_where_its_facts_come_from() -> None:
    province = ProvinceFactory.create(code="66", short_name="Đắk Lắk")
    place = PlaceFactory.create(
        short_name="Ea Kao",
        parent=province,
        population=30_000,
        population_is_estimate=True,
        flags=[DISPUTED],
    )

    row = queries.place(place.pk)

    assert row.full_name == "Xã Ea Kao, Tỉnh Đắk Lắk"
    assert (row.province_code, row.province_name) == ("66", "Tỉnh Đắk Lắk")
    assert (row.population, row.population_is_estimate) == (30_000, True)
    assert (row.source, row.snapshot_on) == ("kiểm thử", date(2026, 8, 1))
    assert row.warnings == ("Hai nguồn dữ liệu ghi khác nhau về đơn vị kế thừa",)


def test_a_place_that_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFound, match="Chọn lại xã, phường"):
        queries.place(0)


def test_the_provinces_are_those_of_the_day() -> None:
    country.load()

    assert [row.name for row in queries.provinces(on=TODAY)] == [
        "Tỉnh Đắk Lắk",
        "Tỉnh Khánh Hòa",
        "Tỉnh Lào Cai",
    ]
    assert len(queries.provinces(on=BEFORE)) == 6


def test_a_map_has_every_commune_and_the_outlines_there_are() -> None:
    country.load()

    found = {row.code: row for row in queries.outlines("66", on=TODAY)}

    assert len(found) == 11
    assert found["22015"].outline == SQUARE
    assert found["22045"].outline is None
    assert [row.outline for row in queries.province_outlines(on=TODAY)] == [
        None,
        None,
        SQUARE,
    ]


def test_places_are_counted_for_the_report() -> None:
    country.load()

    found = queries.counts(on=TODAY)

    assert (found.provinces, found.communes) == (3, 15)
    assert (found.old_provinces, found.old_districts, found.old_communes) == (6, 10, 15)
    assert (found.successions, found.partial, found.outlines) == (23, 4, 2)


@pytest.mark.parametrize("size", [1, 20])
def test_lists_take_one_query_however_long(
    size: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    province = ProvinceFactory.create(code="66")
    PlaceFactory.create_batch(size, parent=province)

    for query in (queries.communes, queries.outlines):
        with django_assert_num_queries(1):
            assert len(query("66", on=TODAY)) == size
    for listing in (queries.provinces, queries.province_outlines):
        with django_assert_num_queries(1):
            assert len(listing(on=TODAY)) == 1
    with django_assert_num_queries(1):
        queries.by_code(P, "66", on=TODAY)
    with django_assert_num_queries(1):
        queries.place(province.pk)
    with django_assert_num_queries(3):
        queries.counts(on=TODAY)
