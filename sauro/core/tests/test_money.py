"""Money written out in words."""

import pytest

from sauro.core import money


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (0, "Không đồng"),
        (8_000, "Tám nghìn đồng"),
        (15_000, "Mười lăm nghìn đồng"),
        (21_000, "Hai mươi mốt nghìn đồng"),
        (100_000, "Một trăm nghìn đồng"),
        (105_000, "Một trăm linh năm nghìn đồng"),
        (1_000_000, "Một triệu đồng"),
        (2_050_555, "Hai triệu không trăm năm mươi nghìn năm trăm năm mươi lăm đồng"),
        (3_000_000_004, "Ba tỷ không trăm linh bốn đồng"),
    ],
)
def test_an_amount_is_written_out_as_on_a_receipt(amount: int, said: str) -> None:
    assert money.in_words(amount) == said


def test_what_cannot_be_written_out_is_refused() -> None:
    for amount in (-1, 10**15):
        with pytest.raises(ValueError, match="not written out"):
            money.in_words(amount)
