"""What is kept in the repository, and what must never be."""

import re
from pathlib import Path

import pytest

from tests.architecture.reading import ROOT, TEMPLATES, kept_files, named

_REQUIREMENTS = sorted(ROOT.glob("requirements*.txt"))
# Put together here, so that this file does not hold what it looks for.
_REGISTRIES = [
    "pypi" + ".org",
    "python" + "hosted",
    "npm" + "js.",
    "deb." + "debian",
    "sum.go" + "lang",
]
_PLACES = ["/" + "work/", "/" + "root/", "/" + "home/", "/" + "tmp/"]
_LARGEST = 20 * 1024 * 1024
_ALL_TOGETHER = 60 * 1024 * 1024


def test_no_file_names_a_registry_or_a_place_on_somebodys_machine() -> None:
    named_in = []
    for path in kept_files():
        if path.suffix in {".gz", ".png", ".woff2", ".pdf", ".ttf"} or path.parts[-2] == "data":
            continue
        text = path.read_text("utf-8", errors="replace")
        named_in += [f"{named(path)}: {word}" for word in [*_REGISTRIES, *_PLACES] if word in text]

    assert named_in == []


def test_the_repository_stays_small() -> None:
    sizes = {named(path): path.stat().st_size for path in kept_files()}

    assert [name for name, size in sizes.items() if size > _LARGEST] == []
    assert sum(sizes.values()) < _ALL_TOGETHER


@pytest.mark.parametrize("file", _REQUIREMENTS, ids=lambda path: path.name)
def test_every_requirement_is_pinned_and_hashed_and_none_has_an_address(file: Path) -> None:
    text = file.read_text()
    pinned = re.split(r"\n(?=[a-z0-9])", text.replace("\\\n", " "))
    entries = [entry for entry in pinned if not entry.startswith("#")]

    assert "://" not in text
    assert entries
    assert [e.split()[0] for e in entries if "==" not in e or "--hash=sha256:" not in e] == []


_INLINE = {
    "style": re.compile(r"\sstyle\s*=|<style\b", re.IGNORECASE),
    "script": re.compile(
        r"<script(?![^>]*\bsrc=)[^>]*>|\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE
    ),
    "another host": re.compile(r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE),
}


@pytest.mark.parametrize("template", TEMPLATES, ids=named)
def test_a_page_has_nothing_inline_and_nothing_from_elsewhere(template: Path) -> None:
    text = template.read_text("utf-8")

    assert [what for what, pattern in _INLINE.items() if pattern.search(text)] == []
