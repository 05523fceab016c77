"""How addresses are written: one name, one key, however it is spelt."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauro.places.rules import read
from sauro.places.rules.writing import LONGEST, MOST_WORDS, key_of, marked

LETTERS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđbcghklmnprstvx"
NAMES = st.text(alphabet=LETTERS + LETTERS.upper() + " ''’", min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ea H'Leo", "ea h’leo"),
        ("Ea H'Leo", "Ea Hleo"),
        ("Ea H'Leo", "EA H LEO"),
        ("Tuy Hòa", "tuy hoà"),
        ("Đắk Lắk", "dak lak"),
        ("Krông A Na", "Krông Ana"),
        ("Phú Hòa 1", "phú hòa 01"),
        ("M'Drắk", "M’đrăk"),
        ("Dliê Ya", "Dliê-Ya"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Tuy Hòa", "TUY HOÀ", True),
        ("Thủy Nguyên", "Thuỷ Nguyên", True),
        ("Hòa Phú", "Hóa Phú", False),
        ("Hòa Phú", "Hoa Phu", False),
        ("Đông Hòa", "Đồng Hòa", False),
    ],
)
def test_marks_are_compared_wherever_the_tone_was_put(one: str, other: str, *, same: bool) -> None:
    assert (marked(one) == marked(other)) is same


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("P.9 TP Tuy Hòa", ["p", "9", "tp", "tuy", "hoa"]),
        ("p9, TP.Tuy Hòa", ["p", "9", "tp", "tuy", "hoa"]),
        ("Phường 09", ["phuong", "9"]),
        ("BMT", ["buon", "ma", "thuot"]),
        ("Ea H’Leo", ["ea", "hleo"]),
        ("  ", []),
        ("???", []),
    ],
)
def test_an_address_is_read_as_words(text: str, words: list[str]) -> None:
    assert [word.bare for word in read(text).words] == words


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Phường 9", ("Phường",)),
        ("thi tran Ea Súp", ("Thị trấn",)),
        ("thị xã Buôn Hồ", ("Thị xã",)),
        ("TX. Buôn Hồ", ("Thị xã",)),
        ("tỉnh Đắk Lắk", ("Tỉnh",)),
        ("Tịnh Khê", None),
        ("Huyền Tụng", None),
    ],
)
def test_a_kind_of_unit_is_told_from_a_name_by_its_marks(
    text: str, kinds: tuple[str, ...] | None
) -> None:
    mention = read(text).type_at(0)

    assert (mention.words if mention else None) == kinds


def test_a_name_does_not_run_across_a_comma() -> None:
    written = read("Ea Bar, Sông Hinh")

    assert "eabar" in written.name_keys()
    assert "eabarsonghinh" not in written.name_keys()


def test_a_bare_number_is_no_name_unless_a_kind_stands_before_it() -> None:
    assert "9" not in read("9 Lê Lợi").name_keys()
    assert "9" in read("Phường 9").name_keys()


@given(NAMES)
def test_a_key_is_its_own_key(name: str) -> None:
    assert key_of(key_of(name)) == key_of(name)


@given(NAMES)
def test_a_key_ignores_case_composition_and_spaces(name: str) -> None:
    assert key_of(name.upper()) == key_of(name)
    assert key_of(unicodedata.normalize("NFD", name)) == key_of(name)
    assert key_of(f"  {name.replace(' ', '   ')} ") == key_of(name)


@given(st.text(max_size=500))
def test_any_text_can_be_read_and_is_bounded(text: str) -> None:
    written = read(text)

    assert len(written.words) <= MOST_WORDS
    assert sum(len(word.text) for word in written.words) <= 3 * LONGEST
    assert all(word.bare and word.bare == word.bare.lower() for word in written.words)
    assert len(written.name_keys()) <= 2 * MOST_WORDS * 6
