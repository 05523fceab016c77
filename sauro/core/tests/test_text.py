"""One spelling to store, one folded form to search."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauro.core.text import fold, tidy


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Đăng ký khai sinh", "dang ky khai sinh"),
        ("ĐĂNG KÝ  khai-sinh", "dang ky khai sinh"),
        ("dang ky khai sinh", "dang ky khai sinh"),
        ("hoà giải", "hoa giai"),
        ("hòa giải", "hoa giai"),
        ("Xã Ea H'Leo", "xa ea hleo"),
        ("Xã Ea H’Leo", "xa ea hleo"),
        ("Y Bhĭŏ Ayŭn", "y bhio ayun"),
        ("H'Bĭă Mlô", "hbia mlo"),
        ("Buôn Kmrơng Ƀrơng", "buon kmrong brong"),
        ("1.001193", "1 001193"),
        ("  ", ""),
    ],
)
def test_spellings_of_the_same_words_fold_alike(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_text_is_stored_composed_with_plain_apostrophes_and_single_spaces() -> None:
    decomposed = unicodedata.normalize("NFD", "  Y Bhĭŏ\n\tAyŭn, H’Bĭă ")

    assert tidy(decomposed) == "Y Bhĭŏ Ayŭn, H'Bĭă"


@given(st.text())
def test_tidying_and_folding_twice_change_nothing_more(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert fold(fold(text)) == fold(text)
    assert fold(tidy(text)) == fold(text)


@given(st.text())
def test_a_folded_text_has_only_plain_letters_and_figures(text: str) -> None:
    assert set(fold(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")
