"""Which rows of a gazetteer hang together."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauro.core.errors import Invalid
from sauro.places.rules import Level, NewOutline, NewPlace, mended, short_name, sift, type_word
from sauro.places.tests.country import (
    OUTLINES,
    PLACES,
    SQUARE,
    SUCCESSIONS,
    C,
    D,
    P,
    new,
    old,
    went,
)

PROVINCE = new(P, "66", "Tỉnh Đắk Lắk")


def reasons(*places: NewPlace) -> list[str]:
    return [finding.reason for finding in sift(places).rejected]


def test_the_small_country_hangs_together() -> None:
    found = sift(PLACES, SUCCESSIONS, OUTLINES)

    assert found.rejected == []
    assert len(found.places) == len(PLACES)
    assert found.parents[(C, "22024", None)] == (D, "555", None)
    assert found.parents[(D, "555", None)] == (P, "54", None)
    assert found.parents[(C, "22015", date(2025, 7, 1))] == (P, "66", date(2025, 7, 1))


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(random: object) -> None:
    shuffled = list(PLACES)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    found = sift(shuffled, SUCCESSIONS, OUTLINES)

    assert {place.key for place in found.places} == {place.key for place in PLACES}
    assert found.parents == sift(PLACES).parents


def test_a_row_said_twice_is_taken_once() -> None:
    assert reasons(PROVINCE, PROVINCE) == ["duplicate"]


def test_two_open_units_of_one_code_are_one_too_many() -> None:
    later = replace(PROVINCE, name="Thành phố Đắk Lắk", since=date(2026, 1, 1))

    assert reasons(PROVINCE, later) == ["duplicate"]


def test_a_code_may_pass_on_to_the_successor() -> None:
    assert reasons(old(P, "66", "Tỉnh Đắk Lắk"), PROVINCE) == []


def test_a_unit_in_nothing_is_rejected_and_so_is_what_lies_in_it() -> None:
    lost = old(D, "555", "Thành phố Tuy Hòa", "54")
    ward = old(C, "22024", "Phường 9", "555")

    assert reasons(PROVINCE, lost, ward) == ["unknown_parent", "unknown_parent"]


def test_a_unit_in_a_province_that_had_ended_is_rejected() -> None:
    ended = old(P, "54", "Tỉnh Phú Yên")

    assert reasons(ended, new(C, "22015", "Phường Tuy Hòa", "54")) == ["unknown_parent"]


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        (new(P, "6", "Tỉnh Đắk Lắk"), "code"),
        (new(P, "6x", "Tỉnh Đắk Lắk"), "code"),
        (new(P, "66", "Đắk Lắk"), "name"),
        (new(P, "66", "Tỉnh"), "name"),
        (replace(PROVINCE, until=date(2025, 7, 1)), "until"),
        (replace(PROVINCE, population=-1), "population"),
    ],
)
def test_a_row_that_cannot_be_so_is_rejected_with_the_column(place: NewPlace, reason: str) -> None:
    assert reasons(place) == [reason]


def test_a_succession_needs_units_that_end_and_begin_that_day() -> None:
    places = [PROVINCE, new(C, "22015", "Phường Tuy Hòa", "66")]

    found = sift(places, [went("22024", "22015"), went("22015", "22024")])

    assert found.successions == []
    assert [finding.reason for finding in found.rejected] == ["unknown_succession"] * 2


def test_a_succession_said_twice_is_taken_once() -> None:
    found = sift(PLACES, [*SUCCESSIONS, SUCCESSIONS[0]])

    assert len(found.successions) == len(SUCCESSIONS)
    assert [finding.reason for finding in found.rejected] == ["duplicate"]


def test_an_outline_of_nothing_is_rejected() -> None:
    found = sift([PROVINCE], [], [NewOutline(level=P, code="99", outline=SQUARE)])

    assert found.outlines == []
    assert [finding.reason for finding in found.rejected] == ["outline_of_nothing"]


@pytest.mark.parametrize(
    ("level", "name", "word", "short"),
    [
        (Level.COMMUNE, "Thị trấn Ea Súp", "Thị trấn", "Ea Súp"),
        (Level.COMMUNE, "Phường 9", "Phường", "9"),
        (Level.DISTRICT, "Thị xã Buôn Hồ", "Thị xã", "Buôn Hồ"),
        (Level.PROVINCE, "Thành phố Huế", "Thành phố", "Huế"),
    ],
)
def test_a_full_name_is_its_kind_and_its_short_name(
    level: Level, name: str, word: str, short: str
) -> None:
    assert type_word(level, name) == word
    assert short_name(level, name) == short


def test_a_name_without_its_kind_is_refused_in_words() -> None:
    with pytest.raises(Invalid, match="Tên “Tuy Hòa” cần bắt đầu bằng loại đơn vị: Phường"):
        type_word(Level.COMMUNE, "Tuy Hòa")


def test_mending_says_what_it_did() -> None:
    given_row = replace(
        new(C, "24305", "phường  Buôn Hồ", "66"),
        seat="Số 1,  đường A",
        population=30_000,
        population_basis="x10_restored",
    )

    place, findings = mended(given_row)

    assert (place.name, place.seat) == ("Phường Buôn Hồ", "Số 1, đường A")
    assert place.flags == ("population_x10_restored",)
    assert [finding.reason for finding in findings] == ["name", "seat", "population_estimated"]


def test_a_row_in_order_is_not_mended() -> None:
    place = new(C, "22015", "Phường Tuy Hòa", "66")

    assert mended(place) == (place, [])
