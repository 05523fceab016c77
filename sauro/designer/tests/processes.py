"""Processes for tests: a land process with four branches, and any process at all."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from sauro.cases.tests.factories import DEFAULT

HERE = Path(__file__).parent
LAND: dict[str, Any] = json.loads((HERE / "land.json").read_text("utf-8"))
FOREIGN = (HERE / "foreign.bpmn").read_bytes()
DATA = sorted((HERE.parents[2] / "data" / "processes").glob("*.json"))
_VERBS = ("ADVANCE", "SEND_BACK", "ASK", "STOP", "FINISH")
_words = st.text(min_size=1, max_size=30)


def default() -> dict[str, Any]:
    """Return a copy of the default process as it is published."""
    return deepcopy({"basis": DEFAULT["basis"], "steps": DEFAULT["steps"]})


def land() -> dict[str, Any]:
    """Return a copy of the land process as it is published."""
    return deepcopy({k: v for k, v in LAND.items() if k not in {"code", "name", "since"}})


@st.composite
def definitions(draw: st.DrawFn) -> dict[str, Any]:
    """Return any process whose steps lead only to steps that it has, however odd its words."""
    keys = draw(st.lists(_words, min_size=1, max_size=7, unique=True))
    targets = st.sampled_from([*keys, ""])
    moves = st.one_of(targets, st.lists(targets, min_size=1, max_size=3))
    steps = [
        {
            "key": key,
            "name": draw(st.text(max_size=30)),
            "work": draw(st.text(max_size=30)),
            "at": draw(st.sampled_from(["DOOR", "UNIT", "AUTHORITY"])),
            **draw(st.fixed_dictionaries({}, optional=_PARTS)),
            "moves": draw(st.dictionaries(st.sampled_from(_VERBS), moves, max_size=4)),
        }
        for key in keys
    ]
    return {**draw(st.fixed_dictionaries({}, optional=_ABOUT)), "steps": steps}


_TERM = st.fixed_dictionaries(
    {
        "value": st.integers(1, 40),
        "unit": st.sampled_from(["WORKING_DAY", "WORKING_HOUR", "DAY"]),
    }
)
_PARTS: dict[str, Any] = {
    "kind": st.sampled_from(["WORK", "OPINION", "VISIT", "WAIT"]),
    "post": st.sampled_from(["CLERK", "HEAD"]),
    "share": st.integers(0, 100),
    "term": _TERM,
    "joins": st.booleans(),
    "silence": st.sampled_from(_VERBS),
    "party": st.sampled_from(["OFFICE", "CITIZEN", "OTHER"]),
    "agency": st.text(max_size=20),
    "note": st.text(max_size=20),
    "something new": st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=9)),
}
_ABOUT: dict[str, Any] = {
    "basis": st.text(max_size=20),
    "limit": _TERM,
    "procedures": st.lists(st.text(max_size=9), max_size=3),
}
