"""The typeface that is built at set-up."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from sauro.ui import fonts


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return fonts.build(tmp_path_factory.mktemp("fonts"))


def test_every_vietnamese_and_ede_letter_is_there(built: list[Path]) -> None:
    needed = set("aăâbcdđeêghiklmnoôơpqrstuưvxyẳễựỳỷỹỵ₫…–•’" + fonts.EDE)

    for path in built:
        have = TTFont(path).getBestCmap()
        assert {letter for letter in needed if ord(letter) not in have} == set()


def test_figures_come_in_one_width_too(built: list[Path]) -> None:
    for path in built:
        tags = {
            record.FeatureTag for record in TTFont(path)["GSUB"].table.FeatureList.FeatureRecord
        }
        assert "tnum" in tags


def test_a_font_is_small_enough_for_a_slow_network(built: list[Path]) -> None:
    assert all(path.stat().st_size <= 20_000 for path in built)


def test_the_licence_lies_beside_the_fonts(built: list[Path]) -> None:
    assert "SIL OPEN FONT LICENSE" in (built[0].parent / "OFL.txt").read_text().upper()


def test_fonts_that_are_there_are_not_built_again(built: list[Path]) -> None:
    before = [path.stat().st_mtime_ns for path in built]

    fonts.build(built[0].parent)

    assert [path.stat().st_mtime_ns for path in built] == before
