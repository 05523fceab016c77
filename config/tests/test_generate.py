"""A new module's files: the right ones, and ready for the tools."""

import subprocess
import sys
from pathlib import Path

from config import generate

_SETTINGS = str(Path(__file__).parents[2] / "pyproject.toml")


def test_a_new_module_has_all_its_files_and_passes_the_linter(tmp_path: Path) -> None:
    (tmp_path / "sauro").mkdir()

    code = generate.module("petitions", "Petition", "phản ánh", tmp_path)

    made = tmp_path / "sauro" / "petitions"
    assert code == 0
    assert sorted(str(path.relative_to(made)) for path in made.rglob("*") if path.is_file()) == [
        "__init__.py",
        "apps.py",
        "migrations/__init__.py",
        "models.py",
        "queries.py",
        "rules.py",
        "services.py",
        "templates/petitions/home.html",
        "tests/__init__.py",
        "tests/factories.py",
        "tests/test_queries.py",
        "tests/test_rules.py",
        "tests/test_services.py",
        "tests/test_views.py",
        "urls.py",
        "views.py",
    ]
    for words in (["check", "--quiet"], ["format", "--check", "--quiet"]):
        ruff = [sys.executable, "-m", "ruff", *words, "--config", _SETTINGS, "sauro"]
        assert subprocess.run(ruff, cwd=tmp_path, check=False).returncode == 0


def test_a_module_that_exists_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "sauro" / "petitions").mkdir(parents=True)

    assert generate.module("petitions", "Petition", "phản ánh", tmp_path) == 1
    assert list((tmp_path / "sauro" / "petitions").iterdir()) == []


def test_a_name_that_is_no_plural_noun_is_refused(tmp_path: Path) -> None:
    assert generate.module("../evil", "Petition", "phản ánh", tmp_path) == 2
    assert generate.module("petitions", "petition", "phản ánh", tmp_path) == 2
