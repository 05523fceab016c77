"""What offices and special days are, and what may not be."""

from dataclasses import replace
from datetime import date

import pytest

from sauro.core.errors import Invalid
from sauro.offices import rules
from sauro.offices.rules import DayKind, Kind, Level, NewOffice, Role, SpecialDayPlan

OFFICE = NewOffice(
    code="H15.03",
    slug="so-tu-phap",
    name="Sở Tư pháp",
    kind=Kind.DEPARTMENT,
    level=Level.PROVINCE,
    since=date(2025, 7, 1),
)
NATIONAL_DAY = SpecialDayPlan(day=date(2026, 9, 2), kind=DayKind.HOLIDAY, name="Quốc khánh")


@pytest.mark.parametrize("code", ["H15", "H15.03", "H15.24133.VHXH", "G01.H15.24133", "A01.0"])
def test_codes_of_the_decision_are_taken(code: str) -> None:
    rules.check_office(replace(OFFICE, code=code))


@pytest.mark.parametrize(
    "code",
    ["", "h15", "H1", "Z15.01", "H15.", "H15..01", "000.00.00.H15", "H15.a", "H15." + "1" * 32],
)
def test_other_codes_are_refused(code: str) -> None:
    with pytest.raises(Invalid) as refused:
        rules.check_office(replace(OFFICE, code=code))
    assert refused.value.field == "code"


@pytest.mark.parametrize(
    ("broken", "field"), [({"name": "  "}, "name"), ({"level": Level.COMMUNE}, "place")]
)
def test_an_office_has_a_name_and_a_communes_office_a_place(
    broken: dict[str, str], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        rules.check_office(replace(OFFICE, **broken))  # type: ignore[arg-type]
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("days", "says"),
    [
        ([replace(NATIONAL_DAY, day=date(2025, 9, 2))], "không thuộc năm 2026"),
        ([NATIONAL_DAY, NATIONAL_DAY], "hai lần"),
        (
            [SpecialDayPlan(day=date(2026, 8, 21), kind=DayKind.MAKEUP_WORK, name="Làm bù")],
            "vốn là ngày làm việc",
        ),
    ],
)
def test_a_list_of_days_that_contradicts_itself_is_refused(
    days: list[SpecialDayPlan], says: str
) -> None:
    with pytest.raises(Invalid, match=says):
        rules.check_year(2026, days)


def test_a_letter_guesses_nobodys_sex() -> None:
    assert [rules.honorific(sex) for sex in ("M", "F", "")] == ["Ông", "Bà", "Ông/Bà"]


def test_heads_and_deputies_lead() -> None:
    assert {role for role in Role if rules.leads(role)} == {Role.HEAD, Role.DEPUTY}
    assert set(rules.ROLE_LABELS) == set(Role)
