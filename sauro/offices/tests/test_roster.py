"""Who is in turn and who answers, on one day."""

import pytest

from sauro.core.errors import NotFound
from sauro.offices.roster import Roster
from sauro.offices.rules import OfficeRow, OfficialRow


def office(pk: int, parent: int | None = None, place: int | None = None) -> OfficeRow:
    return OfficeRow(
        id=pk,
        code=f"H15.{pk}",
        slug="",
        name=f"Cơ quan {pk}",
        short_name="",
        kind="UNIT",
        level="PROVINCE",
        parent_id=parent,
        place_id=place,
        address="",
        phone="",
    )


def official(pk: int, office_id: int, role: str) -> OfficialRow:
    return OfficialRow(
        id=pk,
        person_id=pk,
        name=f"Người {pk}",
        honorific="Ông",
        title=role,
        role=role,
        office_id=office_id,
        office_name="",
        leads=role in {"HEAD", "DEPUTY"},
        phone="",
    )


ROSTER = Roster(
    [office(1, place=9), office(2, parent=1, place=9), office(3, parent=2)],
    [
        official(10, 1, "HEAD"),
        official(11, 1, "STAMP"),
        official(20, 2, "DEPUTY"),
        official(21, 2, "SPECIALIST"),
        official(22, 2, "SPECIALIST"),
    ],
)


def test_officials_of_a_role_take_turns() -> None:
    assert [ROSTER.pick(2, "SPECIALIST", seed).id for seed in range(4)] == [21, 22, 21, 22]


def test_an_office_without_the_role_is_served_from_above() -> None:
    assert ROSTER.pick(3, "STAMP", 7).id == 11


def test_a_role_that_nobody_has_falls_to_the_head() -> None:
    assert ROSTER.pick(3, "CLERK", 0).id == 20


def test_an_office_without_a_head_is_answered_for_by_its_deputy_then_from_above() -> None:
    assert ROSTER.head(1).id == 10
    assert ROSTER.head(2).id == 20
    assert ROSTER.head(3).id == 20


def test_offices_of_a_place_and_officials_of_a_role_are_listed() -> None:
    assert [row.id for row in ROSTER.units(9)] == [1, 2]
    assert ROSTER.units(8) == ()
    assert [row.id for row in ROSTER.at(2, "SPECIALIST")] == [21, 22]
    assert ROSTER.official(21).name == "Người 21"


def test_who_is_not_there_is_not_found() -> None:
    for ask in (
        lambda: ROSTER.office(4),
        lambda: ROSTER.official(9),
        lambda: Roster([office(5)], []).head(5),
        lambda: Roster([office(5)], []).pick(5, "CLERK", 0),
    ):
        with pytest.raises(NotFound):
            ask()
