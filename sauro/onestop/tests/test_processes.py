"""The processes that come with the province: each can run, and its branches fit its limit."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from sauro.cases import rules
from sauro.cases.rules import Kind, timing
from sauro.onestop.rules import WORKFLOW

DATA = Path(__file__).parents[3] / "data"
FILES = {path.stem: path for path in sorted((DATA / "processes").glob("*.json"))}


def definition(name: str) -> dict[str, Any]:
    """Return one of the province's processes as it is written."""
    return dict(json.loads(FILES[name].read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", FILES)
def test_nothing_speaks_against_publishing_it(name: str) -> None:
    assert rules.problems(definition(name), workflow=WORKFLOW) == ()


@pytest.mark.parametrize("name", sorted(FILES.keys() - {"default"}))
def test_it_names_real_procedures_its_basis_and_its_limit(name: str) -> None:
    data = definition(name)
    process = rules.parse_process(1, data["code"], 1, data["name"], data)

    assert data["basis"]
    assert set(data["procedures"]) <= _codes()
    assert process.limit is not None
    assert timing.longest(process).minutes <= timing.minutes(process.limit)


def test_no_procedure_is_served_twice_and_no_code_is_given_twice() -> None:
    every = [definition(name) for name in FILES]
    served = [code for data in every for code in data.get("procedures", ())]

    assert len(set(served)) == len(served)
    assert len({data["code"] for data in every}) == len(every) >= 11


def test_first_land_registration_runs_in_four_branches() -> None:
    data = definition("land_first")
    process = rules.parse_process(1, "land", 1, "Đất", data)

    [fork] = rules.forks(process.steps)

    assert (sorted(fork.branches), fork.join) == (["origin", "records", "survey", "tax"], "draft")
    assert process.step("survey").kind is Kind.VISIT
    assert process.step("origin").silence == "ADVANCE"


def _codes() -> set[str]:
    with gzip.open(DATA / "procedures" / "catalogue.csv.gz", "rt", encoding="utf-8") as lines:
        return {line.partition(",")[0] for line in lines}
