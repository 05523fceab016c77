"""What things are called, and where that is written down."""

import re

from django.apps import apps

from tests.architecture.reading import MODULES, PRODUCTION, ROOT, imports, named

_GLOSSARY = (ROOT / "docs" / "glossary.md").read_text("utf-8")
_ENTRIES = set(re.findall(r"^\| `(\w+)` \|", _GLOSSARY, re.MULTILINE))
_VARIABLE = re.compile(r"""environ(?:ment)?(?:\.get|\.setdefault)?[\[(]\s*"([A-Z][A-Z_]+)\"""")
_RUDE = re.compile(r"(?<!xin )\blỗi\b|không hợp lệ", re.IGNORECASE)
# Set by our own command or plugin for its children, or by whoever runs the tests.
_INTERNAL = {"DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE", "SAURO_FONTS", "TEST_DATABASE"}


def test_every_module_and_every_model_is_in_the_glossary() -> None:
    models = {
        model.__name__ for model in apps.get_models() if model.__module__.startswith("sauro.")
    }

    assert sorted((models | set(MODULES)) - _ENTRIES) == []


def test_the_glossary_has_no_entry_twice() -> None:
    entries = re.findall(r"^\| `(\w+)` \|", _GLOSSARY, re.MULTILINE)

    assert sorted({entry for entry in entries if entries.count(entry) > 1}) == []


def test_every_variable_of_the_environment_is_described_for_operators() -> None:
    described = (ROOT / "docs" / "operations.md").read_text("utf-8")
    sources = [*PRODUCTION, *(ROOT / "config").glob("*.py")]
    read = {name for path in sources for name in _VARIABLE.findall(path.read_text("utf-8"))}

    assert len(read) > 10
    assert sorted(name for name in read - _INTERNAL if f"`{name}`" not in described) == []


def test_refusals_are_sentences_that_help() -> None:
    rude = [
        f"{named(path)}: {sentence}"
        for path in PRODUCTION
        if "sauro.core.errors" in " ".join(imports(path).values())
        for sentence in re.findall(r'_\(\s*"([^"]+)"', path.read_text("utf-8"))
        if _RUDE.search(sentence)
    ]

    assert rude == []
