"""How dates, numbers and money are written."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from sauro.ui import formats, icons, qr

AT = datetime(2025, 9, 25, 7, 32, tzinfo=UTC)  # 14:32 here


def test_days_and_moments_are_those_of_the_province() -> None:
    assert formats.day(date(2025, 7, 1)) == "01/7/2025"
    assert formats.day(datetime(2025, 9, 24, 18, tzinfo=UTC)) == "25/9/2025"
    assert formats.day(date(2026, 2, 5)) == "05/02/2026"
    assert formats.day_long(date(2025, 9, 30)) == "Thứ Ba, 30/9"
    assert formats.weekday_short(date(2025, 9, 28)) == "CN"
    assert formats.moment(AT) == "14:32, 25/9/2025"
    assert formats.moment_short(AT) == "25/9, 14:32"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (formats.number(1896), "1.896"),
        (formats.number(84.05, 2), "84,05"),
        (formats.number(-7.6, 2), "−7,60"),
        (formats.number(0.125, 2), "0,13"),
        (formats.number(Decimal("2.5")), "3"),
        (formats.percent(0.982), "98,2%"),
        (formats.percent(Decimal("0.9845")), "98,5%"),
        (formats.percent(1), "100%"),
        (formats.dong(100_000), "100.000 đồng"),
        (formats.minutes_words(108), "1 giờ 48"),
        (formats.minutes_words(48), "48 phút"),
        (formats.minutes_words(120), "2 giờ"),
        (formats.size(1_400_000), "1,4 MB"),
        (formats.size(320_000), "320 kB"),
    ],
)
def test_numbers_are_written_the_way_people_here_write_them(written: str, expected: str) -> None:
    assert written == expected


def test_an_icon_is_hidden_unless_it_says_something() -> None:
    assert 'aria-hidden="true"' in icons.icon("clock")
    assert 'role="img" aria-label="Trễ &amp; gấp"' in icons.icon("warn", "Trễ & gấp")


def test_a_qr_code_is_a_drawing_that_scales() -> None:
    drawing = qr.svg("https://example.vn/h/1")

    assert drawing.startswith("<svg")
    assert "viewBox" in drawing
    assert "width=" not in drawing.split(">")[0]
    assert 'role="img" aria-label="Mã QR"' in drawing
