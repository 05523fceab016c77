"""The QR code of an identity card, also as nobody sane would print it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauro.core.errors import Invalid
from sauro.people.cards import is_card, read_card

TODAY = date(2026, 11, 23)
GOOD = "900091004227|241234567|Phạm Văn Lợi|12031991|Nam|42 Nguyễn Văn Cừ, Tân Lập|25122021"


def test_a_card_gives_the_person_as_they_are_stored() -> None:
    card = read_card(GOOD, on=TODAY)

    assert card.person.pid == "900091004227"
    assert card.person.name == "Phạm Văn Lợi"
    assert card.person.sex == "M"
    assert card.person.born_on == date(1991, 3, 12)
    assert card.person.address == "42 Nguyễn Văn Cừ, Tân Lập"
    assert card.old_number == "241234567"
    assert card.issued_on == date(2021, 12, 25)


@pytest.mark.parametrize(
    "text",
    [
        GOOD + "\r\n",
        GOOD + "|||Nguyễn Thị Cha|Trần Mẹ",
        GOOD.replace("241234567", ""),
        GOOD.replace("Nam", "nam"),
        GOOD.replace("Phạm", "Pha\u0323m"),  # the reader sends marks apart
        GOOD.replace("Lợi", "Lợi\u202e\u200b"),
        GOOD.rpartition("|")[0],
    ],
)
def test_what_readers_add_or_leave_out_does_not_matter(text: str) -> None:
    card = read_card(text, on=TODAY)

    assert (card.person.pid, card.person.name) == ("900091004227", "Phạm Văn Lợi")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "|",
        "||||||",
        "900091004227",
        "https://vi.example/900091004227|x|y|z|t|u|v",
        GOOD.replace("900091004227", "90009100422"),
        GOOD.replace("900091004227", "９０００９１００４２２x"),
        GOOD.replace("12031991", "31021991"),
        GOOD.replace("12031991", "12031992"),  # not the year that the number says
        GOOD.replace("12031991", "1203199１"),
        GOOD.replace("Nam", "Nữ"),  # not the sex that the number says
        GOOD.replace("Nam", "<b>"),
        GOOD.replace("Phạm Văn Lợi", "<script>alert(1)</script>"),
        GOOD.replace("Phạm Văn Lợi", "Robert'); DROP TABLE people_person;--"),
        GOOD.replace("25122021", "25122031"),  # given out in the future
        GOOD.replace("25122021", "25121981"),  # given out before birth
        GOOD.replace("241234567", "24123456"),
        GOOD.replace("42 Nguyễn", "9" * 400),
        GOOD + "|" * 20,
        "9" * 5_000 + "|" * 6,
    ],
)
def test_what_is_no_card_is_refused_at_the_field(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_card(text, on=TODAY)

    assert refused.value.field == "card"


@given(st.text(max_size=300))
def test_no_text_does_anything_but_give_a_card_or_a_refusal(text: str) -> None:
    assert _read(text) in {"card", 12}


@given(st.lists(st.text(alphabet="0123456789|NamPhạm \u202e\x00", max_size=40), max_size=9))
def test_no_line_of_fields_does_either(parts: list[str]) -> None:
    assert _read("|".join(parts)) in {"card", 12}


def _read(text: str) -> str | int:
    """Return the length of the number on the card, or the field of the refusal."""
    try:
        return len(read_card(text, on=TODAY).person.pid)
    except Invalid as refused:
        return refused.field


def test_a_number_typed_by_hand_is_no_card() -> None:
    assert is_card(GOOD)
    assert not is_card("900091004227")
