"""Whether data that came from outside has the shape of a process at all. Pure."""

from collections.abc import Mapping
from typing import Any

from sauro.core.errors import Invalid
from sauro.core.text import _
from sauro.designer.rules.editing import STEPS_AT_MOST

_TEXTS = (
    "key",
    "name",
    "work",
    "citizen_work",
    "post",
    "at",
    "product",
    "kind",
    "party",
    "pause",
    "agency",
    "silence",
    "note",
    "basis",
)
_LONGEST = 2_000
_WRONG = _("Nội dung quy trình trong tệp không đúng mẫu ở phần “{part}”. Xuất lại rồi nhập.")


def check(definition: Mapping[str, Any]) -> None:
    """Refuse a definition whose parts are not even of the right kind.

    :raises Invalid: the sentence names the part
    """
    steps = definition.get("steps")
    if not isinstance(steps, list) or len(steps) > STEPS_AT_MOST:
        raise Invalid(_WRONG, field="file", part="steps")
    procedures = definition.get("procedures", [])
    _must(isinstance(procedures, list) and all(map(_is_text, procedures)), "procedures")
    _must(_is_text(definition.get("basis", "")), "basis")
    _must(_is_term(definition.get("limit")), "limit")
    for step in steps:
        _check_step(step)
    keys = [step["key"] for step in steps]
    _must(len(set(keys)) == len(keys), "key")


def _check_step(step: object) -> None:
    if not isinstance(step, dict) or not step.get("key"):
        raise Invalid(_WRONG, field="file", part="key")
    for part in _TEXTS:
        _must(_is_text(step.get(part, "")), part)
    _must(type(step.get("share", 0)) is int, "share")
    _must(type(step.get("joins", False)) is bool, "joins")
    _must(_is_term(step.get("term")), "term")
    _must(_are_moves(step.get("moves", {})), "moves")


def _must(fits: bool, part: str) -> None:  # noqa: FBT001 - reads as a sentence
    if not fits:
        raise Invalid(_WRONG, field="file", part=part)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST


def _is_term(value: object) -> bool:
    if value is None:
        return True
    whole = isinstance(value, dict) and type(value.get("value")) is int
    return whole and isinstance(value, dict) and _is_text(value.get("unit"))


def _are_moves(value: object) -> bool:
    return isinstance(value, dict) and all(
        _is_text(verb) and (_is_text(move) or (isinstance(move, list) and all(map(_is_text, move))))
        for verb, move in value.items()
    )
