"""Every component is in the gallery, and the page keeps the rules of all pages."""

import gzip
import re
from pathlib import Path

import pytest
from django.test import Client

from sauro.ui import components

HERE = Path(__file__).parents[1]
GALLERY = (components.FOLDER / "gallery.html").read_text(encoding="utf-8")
TEMPLATES = sorted(components.FOLDER.glob("*.html"))
COMPONENTS = sorted(
    name for name in components.signatures() if not name.partition(".")[2].startswith("_")
)


@pytest.mark.parametrize("name", COMPONENTS)
def test_every_component_is_shown(name: str) -> None:
    headings = " ".join(re.findall(r'call show\("([^"]+)"\)', GALLERY)).split()

    assert name in headings
    # A dot is drawn by the units that show it.
    assert f"{name}(" in GALLERY or name == "chart.dot"


@pytest.mark.parametrize("name", COMPONENTS)
def test_every_component_lists_its_arguments(name: str) -> None:
    assert components.signatures()[name], f"{name} has no comment"


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_a_template_carries_no_style_no_script_and_no_colour(file: Path) -> None:
    text = file.read_text(encoding="utf-8")

    assert not re.search(r"\sstyle=|<style|<script>|\son[a-z]+=", text)
    assert re.findall(r"#[0-9A-Fa-f]{6}\b", _without_drawings(text)) == []


def _without_drawings(text: str) -> str:
    emblem = re.sub(r"{% macro emblem.*?endmacro %}", "", text, flags=re.DOTALL)
    return emblem.replace('content="#0A4150"', "")


def test_the_style_sheet_is_small_enough_for_a_slow_network() -> None:
    packed = gzip.compress((HERE / "static/ui/ro.css").read_bytes(), 9)

    assert len(packed) <= 8_192


def test_nothing_in_the_style_sheets_comes_from_elsewhere() -> None:
    for file in (HERE / "static/ui").glob("*.css"):
        assert re.findall(r"https?:|@import", file.read_text(encoding="utf-8")) == []


@pytest.mark.django_db
def test_the_gallery_is_served_with_names_of_all_peoples_here(client: Client) -> None:
    answer = client.get("/giao-dien/")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Y Bhĭŏ Ayŭn" in page
    assert "page.button</b>(text: str" in page
