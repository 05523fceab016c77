"""Reading our own source, for the tests of its shape."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "sauro"
MODULES = sorted(path.parent.name for path in HOUSE.glob("*/__init__.py"))
SOURCES = sorted(path for path in HOUSE.rglob("*.py") if "migrations" not in path.parts)
PRODUCTION = [path for path in SOURCES if "tests" not in path.parts]
TEMPLATES = sorted(HOUSE.glob("*/templates/**/*.html"))


def named(path: Path) -> str:
    """Return a path as people write it, from the project's folder."""
    return str(path.relative_to(ROOT))


@cache
def tree(path: Path) -> ast.Module:
    """Return the syntax tree of a file."""
    return ast.parse(path.read_text("utf-8"), str(path))


def of_kind(module: str, kind: str) -> list[Path]:
    """Return the file `kind`.py of a module, or the files of the package of that name."""
    alone = HOUSE / module / f"{kind}.py"
    return [alone] if alone.exists() else sorted((HOUSE / module / kind).glob("*.py"))


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    """Yield the functions at the top of a file."""
    yield from (node for node in tree(path).body if isinstance(node, ast.FunctionDef))


def imports(path: Path) -> dict[str, str]:
    """Return what each name at the top of a file was imported as: local name to dotted name."""
    found = {}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                found[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return found


@dataclass(frozen=True, slots=True)
class Call:
    """One call in a function: what name it goes through, and what is called on it."""

    through: str
    name: str


def calls(function: ast.FunctionDef) -> Iterator[Call]:
    """Yield the calls in a function whose target is a name, or an attribute of a name."""
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield Call(node.func.id, node.func.id)
            elif isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
                yield Call(node.func.value.id, node.func.attr)


def is_command(function: ast.FunctionDef) -> bool:
    """Test whether a function is marked `@command` or `@command_at_once`."""
    marks = {d.id for d in function.decorator_list if isinstance(d, ast.Name)}
    return not marks.isdisjoint({"command", "command_at_once"})


@cache
def kept_files() -> list[Path]:
    """Return every file that is or will be kept in the repository."""
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    said = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return sorted(path for name in said.split("\0") if name and (path := ROOT / name).is_file())
