"""Every change is a command, and every command leaves a trace."""

import ast
from pathlib import Path

import pytest

from tests.architecture.reading import (
    HOUSE,
    MODULES,
    calls,
    functions,
    imports,
    is_command,
    of_kind,
    tree,
)

_PRIVATE = "Private to the services"
# The log writes itself and its readers' cursors; signing in is a command inside, so that a
# refusal does not undo the failure that it counts; so is opening a key with a PIN.
_NOT_COMMANDS = {
    "events.record",
    "events.recorded_by",
    "events.advance",
    "people.sign_in",
    "documents.unlock",
}
_WITHOUT_TRACE = {
    # Derived rows that can be counted again from zero; the trace is the watermark in the log.
    "measures.fold",
    "measures.rebuild",
    "events.seal",
}
_WITH_SERVICES = [module for module in MODULES if of_kind(module, "services")]


def _public(module: str) -> list[ast.FunctionDef]:
    """Return the public functions of a module's services.

    A file that says at its top that it is private to the services is not a door.
    """
    return [
        function
        for path in of_kind(module, "services")
        if _PRIVATE not in (ast.get_docstring(tree(path)) or "")
        for function in functions(path)
        if not function.name.startswith("_")
    ]


@pytest.mark.parametrize("module", _WITH_SERVICES)
def test_every_public_service_is_a_command(module: str) -> None:
    bare = {f"{module}.{f.name}" for f in _public(module) if not is_command(f)}

    assert bare - _NOT_COMMANDS == set()


@pytest.mark.parametrize("module", _WITH_SERVICES)
def test_a_command_is_told_who_and_when(module: str) -> None:
    wanting = []
    for function in filter(is_command, _public(module)):
        told = {argument.arg for argument in function.args.kwonlyargs}
        if f"{module}.{function.name}" not in _WITHOUT_TRACE and not {"by", "now"} <= told:
            wanting.append(function.name)

    assert wanting == []


@pytest.mark.parametrize("module", _WITH_SERVICES)
def test_every_command_leaves_a_trace(module: str) -> None:
    silent = {
        f"{module}.{function.name}"
        for path in of_kind(module, "services")
        for function in functions(path)
        if is_command(function) and not _leaves_a_trace(path, function, set())
    }

    assert silent - _WITHOUT_TRACE - {"people._attempt"} == set()


def _leaves_a_trace(path: Path, function: ast.FunctionDef, seen: set[str]) -> bool:
    """Test whether a function records, or calls a command of another module, or one that does."""
    seen.add(f"{path}:{function.name}")
    known = imports(path)
    for call in calls(function):
        meant = known.get(call.through, "")
        if ".services" in meant and _module(meant) != path.relative_to(HOUSE).parts[0]:
            return True
        for place, other in _meant(path, call.name, meant):
            if f"{place}:{other.name}" not in seen and _leaves_a_trace(place, other, seen):
                return True
    return False


def _module(dotted: str) -> str:
    return dotted.split(".")[1]


def _meant(path: Path, name: str, dotted: str) -> list[tuple[Path, ast.FunctionDef]]:
    """Return the functions of the same module that a call may mean: here, or in a sibling."""
    beside = [path] if not dotted else sorted(path.parent.glob("*.py"))
    wanted = {name, dotted.rpartition(".")[2]}
    return [(place, f) for place in beside for f in functions(place) if f.name in wanted]


def test_the_exceptions_still_exist() -> None:
    existing = {f"{module}.{f.name}" for module in _WITH_SERVICES for f in _public(module)}

    assert existing >= _NOT_COMMANDS | _WITHOUT_TRACE


@pytest.mark.parametrize("module", _WITH_SERVICES)
def test_a_command_at_once_writes_by_its_statement_alone(module: str) -> None:
    writing = {"create", "save", "delete", "update_or_create", "get_or_create", "bulk_create"}
    found = {
        f"{module}.{function.name}"
        for path in of_kind(module, "services")
        for function in functions(path)
        if _is_at_once(function)
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (
            node.func.attr in writing
            or (node.func.attr == "update" and ".objects" in ast.unparse(node.func))
        )
    }

    assert found == set()


def _is_at_once(function: ast.FunctionDef) -> bool:
    marks = [d.id for d in function.decorator_list if isinstance(d, ast.Name)]
    return "command_at_once" in marks
