"""The question files that the assistant is measured by are whole, and their answers are ours."""

import gzip
import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sauro.core.text import fold
from tests.architecture.reading import ROOT

_FOLDER = ROOT / "data" / "questions"
_FILES = sorted(_FOLDER.glob("*.jsonl"))
_LICENCES = {"như dự án", "MIT", "Apache-2.0"}
_PARTS = {
    "phi_le_phi", "thoi_han", "thanh_phan_ho_so", "noi_nop", "cach_thuc", "trinh_tu",
    "dieu_kien", "can_cu", "ket_qua", "tong_quan",
}  # fmt: skip


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@cache
def _rows() -> list[dict[str, Any]]:
    return [row for path in _FILES for row in _read(path)]


@cache
def _codes() -> set[str]:
    with gzip.open(ROOT / "data" / "procedures" / "procedures.jsonl.gz", "rt") as file:
        return {json.loads(line)["code"] for line in file}


def test_there_are_at_least_five_hundred_of_our_own_of_every_kind() -> None:
    kinds = Counter(row["kind"] for row in _rows() if row["licence"] == "như dự án")

    assert sum(kinds.values()) >= 500
    assert min(kinds[kind] for kind in ("everyday", "no_diacritics", "typos", "old_place")) >= 50
    assert {"ambiguous", "follow_up", "out_of_domain", "injection", "others_dossier"} <= set(kinds)


@pytest.mark.parametrize("file", _FILES, ids=lambda path: path.name)
def test_a_row_says_what_is_expected_and_whose_it_is(file: Path) -> None:
    rows = _read(file)

    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert row["question"].strip(), row["id"]
        assert row["expect"] in {"answer", "clarify", "refuse_or_escalate"}, row["id"]
        assert row["licence"] in _LICENCES, row["id"]
        assert row["split"] in {"dev", "held"}, row["id"]
        assert row.get("gold_intent") in _PARTS | {None}, row["id"]
        assert bool(row["gold_codes"]) == (row["expect"] != "refuse_or_escalate"), row["id"]


def test_every_answer_of_ours_is_in_the_catalogue() -> None:
    ours = [row for row in _rows() if row["licence"] == "như dự án"]

    assert sorted({code for row in ours for code in row["gold_codes"]} - _codes()) == []


def test_a_question_without_marks_has_none() -> None:
    rows = [row for row in _rows() if row["kind"] == "no_diacritics" and "như" in row["licence"]]

    assert [row["id"] for row in rows if row["question"] != fold(row["question"])] == []


def test_a_procedure_is_wholly_held_out_or_not_at_all() -> None:
    splits: dict[str, set[str]] = {}
    for row in _rows():
        if row["licence"] == "như dự án" and row["expect"] == "answer":
            splits.setdefault(row["gold_codes"][0], set()).add(row["split"])

    assert {code for code, split in splits.items() if len(split) > 1} == set()
    held = sum(split == {"held"} for split in splits.values())
    assert 0.2 < held / len(splits) < 0.4
