"""What an address means today, for addresses as people write them."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from sauro.places import queries
from sauro.places.tests import country
from sauro.places.tests.country import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _country() -> None:
    country.load()


def names(text: str, on: date = TODAY) -> list[str]:
    return [row.name for row in queries.resolve(text, on=on).matches]


@pytest.mark.parametrize(
    "text",
    [
        "Phường 9, TP Tuy Hòa",
        "P.9 TP Tuy Hòa",
        "p9, tp. tuy hoà",
        "phường 9, thành phố Tuy Hòa, Phú Yên",
        "phuong 9 thanh pho tuy hoa phu yen",
        "12 Trần Phú, Phường 09, Tuy Hòa, Đắk Lắk",
        "Phường 9 - Tuy Hòa - Phú Yên (nay là Đắk Lắk)",
    ],
)
def test_an_old_address_in_a_divided_ward_asks_and_never_guesses(text: str) -> None:
    resolution = queries.resolve(text, on=TODAY)

    assert [row.name for row in resolution.matches] == ["Phường Bình Kiến", "Phường Tuy Hòa"]
    assert resolution.must_ask
    assert resolution.province_code == "66"


def test_a_divided_ward_is_explained_by_the_resolutions_and_the_day_of_the_merger() -> None:
    explanation = queries.resolve("Phường 9, TP Tuy Hòa", on=TODAY).explanation

    assert explanation.value == "Một trong 2 xã, phường"
    assert [(line.fact, line.source) for line in explanation.lines] == [
        (
            "Phường 9, Thành phố Tuy Hòa, Tỉnh Phú Yên không còn từ 01/7/2025",
            "Nghị quyết 203/2025/QH15 của Quốc hội",
        ),
        (
            "Tỉnh Phú Yên nhập vào Tỉnh Đắk Lắk từ 01/7/2025",
            "Nghị quyết 202/2025/QH15 của Quốc hội",
        ),
        (
            "Một phần Phường 9 nhập vào Phường Tuy Hòa, Tỉnh Đắk Lắk từ 01/7/2025",
            "Nghị quyết 1660/NQ-UBTVQH15 ngày 16/6/2025 của Ủy ban Thường vụ Quốc hội",
        ),
        (
            "Một phần Phường 9 nhập vào Phường Bình Kiến, Tỉnh Đắk Lắk từ 01/7/2025",
            "Nghị quyết 1660/NQ-UBTVQH15 ngày 16/6/2025 của Ủy ban Thường vụ Quốc hội",
        ),
        ("Có 2 xã, phường có thể đúng", ""),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Phường Phú Đông, TP Tuy Hòa", "Phường Phú Yên"),
        ("xa hoa kien, tuy hoa, phu yen", "Phường Bình Kiến"),
        ("Xã Ea Bar, huyện Buôn Đôn", "Xã Ea Nuôl"),
        ("xã Hòa Phú huyện Tây Hòa", "Xã Sơn Thành"),
        ("12 Nguyễn Huệ, P. Tân Lợi, BMT", "Phường Buôn Ma Thuột"),
        ("Phường Tân Lập, TP Nha Trang", "Phường Nha Trang"),
        ("Phường Tân Lập, Buôn Mê Thuột, Đắc Lắc", "Phường Tân Lập"),
        ("Phường Đông Hải, TP Phan Rang - Tháp Chàm, Ninh Thuận", "Phường Đông Hải"),
        ("Phường Nam Cường, TP Lào Cai, tỉnh Lào Cai", "Phường Cam Đường"),
        ("Phường Nam Cường, Lào Cai, Lào Cai", "Phường Cam Đường"),
    ],
)
def test_an_old_commune_that_was_not_divided_is_its_one_successor(text: str, name: str) -> None:
    resolution = queries.resolve(text, on=TODAY)

    assert [row.name for row in resolution.matches] == [name]
    assert not resolution.must_ask
    assert resolution.explanation.value == resolution.matches[0].full_name
    assert any("nhập vào" in line.fact for line in resolution.explanation.lines)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Phường Tuy Hòa", "Phường Tuy Hòa"),
        ("phường Tuy Hoà, tỉnh Đắk Lắk", "Phường Tuy Hòa"),
        ("Phường Tân Lập, Đắk Lắk", "Phường Tân Lập"),
        ("Xã Hòa Phú, Đắk Lắk, Việt Nam", "Xã Hòa Phú"),
        ("Ea H’Leo, Đắk Lắk", "Xã Ea H'Leo"),
        ("xa ea hleo dak lak", "Xã Ea H'Leo"),
        ("Xã Ea H Leo, Đăk Lăk 630000", "Xã Ea H'Leo"),
        ("Phường Buôn Ma Thuột, TP Buôn Ma Thuột", "Phường Buôn Ma Thuột"),
        ("Thôn 3, xã Ea Ly, huyện Sông Hinh, Phú Yên", "Xã Ea Ly"),
        ("Phường Nam Cường, tỉnh Lào Cai", "Phường Nam Cường"),
        ("Tổ 3, đường Tân Lợi, phường Buôn Ma Thuột, Đắk Lắk", "Phường Buôn Ma Thuột"),
    ],
)
def test_a_name_of_today_is_taken_as_it_is(text: str, name: str) -> None:
    resolution = queries.resolve(text, on=TODAY)

    assert [row.name for row in resolution.matches] == [name]
    assert not resolution.must_ask


def test_a_name_in_two_provinces_is_asked_for() -> None:
    resolution = queries.resolve("Phường Tân Lập", on=TODAY)

    assert [row.full_name for row in resolution.matches] == [
        "Phường Nha Trang, Tỉnh Khánh Hòa",
        "Phường Tân Lập, Tỉnh Đắk Lắk",
    ]
    assert resolution.must_ask
    assert resolution.province_code == ""


def test_a_name_in_two_old_districts_gives_the_successors_of_both() -> None:
    assert names("Xã Ea Bar, Đắk Lắk") == ["Xã Ea Bá", "Xã Ea Ly", "Xã Ea Nuôl"]
    assert names("xã Ea Bar, Phú Yên") == ["Xã Ea Bá", "Xã Ea Ly"]


def test_a_name_that_a_city_and_its_province_share_is_asked_for() -> None:
    resolution = queries.resolve("Phường Nam Cường, Lào Cai", on=TODAY)

    assert [row.name for row in resolution.matches] == ["Phường Cam Đường", "Phường Nam Cường"]
    assert resolution.must_ask


def test_an_old_city_alone_gives_the_communes_on_its_ground() -> None:
    resolution = queries.resolve("TP Tuy Hòa, Phú Yên", on=TODAY)

    assert [row.name for row in resolution.matches] == [
        "Phường Bình Kiến",
        "Phường Phú Yên",
        "Phường Tuy Hòa",
    ]
    assert resolution.must_ask


def test_a_province_alone_gives_no_commune_but_the_province() -> None:
    resolution = queries.resolve("tỉnh Phú Yên", on=TODAY)

    assert resolution.matches == []
    assert resolution.must_ask
    assert resolution.province_code == "66"


def test_a_ward_that_its_city_never_had_is_named_and_the_city_offered() -> None:
    resolution = queries.resolve("Phường 9, TP Nha Trang", on=TODAY)

    assert [row.name for row in resolution.matches] == ["Phường Nha Trang"]
    assert resolution.must_ask
    assert "Không có đơn vị nào tên “phường 9” ở Thành phố Nha Trang" in [
        line.fact for line in resolution.explanation.lines
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("xã Ea Nuon, Đắk Lắk", "Xã Ea Nuôl"),
        ("phường Bình Kiếm", "Phường Bình Kiến"),
        ("xã Buôn Ma Thuột, Đắk Lắk", "Phường Buôn Ma Thuột"),
        ("Phường Tân Lập, Đắk Lắk, gần chợ", "Phường Tân Lập"),
        ("Xã Ea Nam, huyện Ea H'leo", "Xã Ea H'Leo"),
    ],
)
def test_what_is_not_certain_is_offered_and_confirmed(text: str, name: str) -> None:
    resolution = queries.resolve(text, on=TODAY)

    assert name in [row.name for row in resolution.matches]
    assert resolution.must_ask


@pytest.mark.parametrize("text", ["", "   ", "???", "123", "abc xyz", "'; DROP TABLE x", "%", "ß"])
def test_what_is_no_address_gives_nothing_and_asks(text: str) -> None:
    resolution = queries.resolve(text, on=TODAY)

    assert resolution.matches == []
    assert resolution.must_ask
    assert resolution.explanation.value == "Chưa rõ xã, phường"


def test_before_the_merger_an_address_is_the_unit_of_its_time() -> None:
    resolution = queries.resolve("Phường 9, TP Tuy Hòa", on=date(2025, 6, 30))

    assert [row.full_name for row in resolution.matches] == [
        "Phường 9, Thành phố Tuy Hòa, Tỉnh Phú Yên"
    ]
    assert not resolution.must_ask


@pytest.mark.parametrize("text", ["Phường Tuy Hòa", "TP Tuy Hòa", "Xã Ea Bar"])
def test_an_address_takes_three_queries_however_many_places_it_names(
    text: str,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(3):
        queries.resolve(text, on=TODAY)
