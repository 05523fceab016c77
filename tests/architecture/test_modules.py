"""Modules keep to themselves: their own tables, small files, named places."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps

from tests.architecture.reading import (
    HOUSE,
    MODULES,
    PRODUCTION,
    ROOT,
    SOURCES,
    TEMPLATES,
    functions,
    imports,
    named,
    of_kind,
    tree,
)

_DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "managers", "mixins", "tools"}
_OTHER_SOURCES = sorted(
    p for folder in ("config", "tests", "bench") for p in (ROOT / folder).rglob("*.py")
)
_EVERYWHERE = [*SOURCES, *_OTHER_SOURCES]


def test_the_import_contracts_hold() -> None:
    lint = Path(sys.executable).with_name("lint-imports")

    said = subprocess.run(
        [lint, "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert said.returncode == 0, said.stdout


@pytest.mark.parametrize("source", PRODUCTION, ids=named)
def test_a_module_reads_and_writes_only_its_own_tables(source: Path) -> None:
    own = source.relative_to(HOUSE).parts[0]
    foreign = {
        name
        for name, dotted in imports(source).items()
        if ".models." in dotted and not dotted.startswith(f"sauro.{own}.")
    }

    reached = [
        f"{node.value.id}.{node.attr}, line {node.lineno}"
        for node in ast.walk(tree(source))
        if isinstance(node, ast.Attribute)
        and node.attr in {"objects", "_default_manager", "_base_manager"}
        and isinstance(node.value, ast.Name)
        and node.value.id in foreign
    ]

    assert reached == []


def test_no_file_is_longer_than_400_lines_and_no_door_than_300() -> None:
    doors = {"views", "forms", "api", "jobs", "urls"}
    long = {}
    for path in [*_EVERYWHERE, *TEMPLATES]:
        allowed = 300 if doors & {path.stem, path.parent.name} else 400
        lines = len(path.read_text("utf-8").splitlines())
        if lines > allowed:
            long[named(path)] = lines

    assert long == {}


def test_no_function_is_longer_than_40_lines() -> None:
    long = {
        f"{named(path)}:{node.name}": _length(node)
        for path in [*PRODUCTION, *(ROOT / "config").glob("*.py")]
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and _length(node) > 40
    }

    assert long == {}


def _length(function: ast.FunctionDef) -> int:
    """Return how many lines a function has, without its signature and its docstring."""
    told = 1 if ast.get_docstring(function) else 0
    first = function.body[min(told, len(function.body) - 1)]
    return (function.end_lineno or first.lineno) - first.lineno + 1


def test_there_is_no_drawer_for_odds_and_ends() -> None:
    drawers = [named(p) for p in _EVERYWHERE if _DRAWERS & {p.stem, p.parent.name}]

    assert drawers == []


@pytest.mark.parametrize("module", MODULES)
def test_a_module_says_in_one_sentence_what_it_is_for(module: str) -> None:
    lines = (HOUSE / module / "__init__.py").read_text("utf-8").splitlines()

    assert len(lines) <= 5
    assert lines[0].startswith('"""')
    assert "(" in lines[0], "the Vietnamese term stands in parentheses"


def test_models_have_no_order_of_their_own() -> None:
    ordered = [m.__name__ for m in apps.get_models() if _ours(m.__module__) and m._meta.ordering]

    assert ordered == []


def test_models_have_neither_saves_nor_signals_of_their_own() -> None:
    own = [
        f"{named(path)}:{node.name}"
        for module in MODULES
        for path in of_kind(module, "models")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef)
        and node.name in {"save", "delete", "clean", "full_clean"}
    ]

    assert own == []


def test_only_the_clock_reads_the_clock() -> None:
    read = [
        f"{named(path)}, line {node.lineno}"
        for path in PRODUCTION
        if path != HOUSE / "core" / "clock.py"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in _CLOCKS
    ]

    assert read == []


_CLOCKS = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "timezone.now",
    "time.time",
}


@pytest.mark.parametrize("module", [m for m in MODULES if of_kind(m, "queries")])
def test_a_query_for_a_list_has_its_queries_counted(module: str) -> None:
    tests = "".join(p.read_text("utf-8") for p in SOURCES if "tests" in p.parts)
    own = "".join(p.read_text("utf-8") for p in (HOUSE / module / "tests").rglob("test_*.py"))
    lists = [
        function.name
        for path in of_kind(module, "queries")
        for function in functions(path)
        if not function.name.startswith("_")
        and function.returns is not None
        and ast.unparse(function.returns).startswith(("list[", "Sequence[", "tuple["))
    ]

    uncounted = [name for name in lists if f"{name}(" not in tests]

    assert uncounted == []
    assert not lists or "assert_num_queries" in own


def _ours(dotted: str) -> bool:
    return dotted.startswith("sauro.")
