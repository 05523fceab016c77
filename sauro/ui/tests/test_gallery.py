"""Every component is in the gallery, and the page keeps the rules of all pages."""

import re
from pathlib import Path

import pytest
from django.test import Client

TEMPLATES = Path(__file__).parents[1] / "templates/ui"
MACROS = sorted(
    (file.stem, name)
    for file in TEMPLATES.glob("*.html")
    if file.stem != "gallery"
    for name in re.findall(r"{% macro ([a-z]\w*)", file.read_text(encoding="utf-8"))
)


@pytest.mark.parametrize(("file", "name"), MACROS)
def test_every_component_is_shown(file: str, name: str) -> None:
    gallery = (TEMPLATES / "gallery.html").read_text(encoding="utf-8")

    assert re.search(rf"\b{name}\(", gallery), f"{file}.html: {name}"


@pytest.mark.parametrize(("file", "name"), MACROS)
def test_every_component_lists_its_arguments(file: str, name: str) -> None:
    text = (TEMPLATES / f"{file}.html").read_text(encoding="utf-8")

    assert re.search(rf"{{# {name}\(", text), f"{file}.html: {name} has no comment"


@pytest.mark.django_db
def test_the_gallery_needs_no_script_and_no_style_of_its_own(client: Client) -> None:
    answer = client.get("/giao-dien/")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "style=" not in page
    assert "<script>" not in page
    assert "Y Bhĭŏ Ayŭn" in page
