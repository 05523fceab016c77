"""Two versions of a process compared, in words. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sauro.cases.rules import Process
from sauro.cases.rules.branches import reached
from sauro.designer.rules import words


class Change(StrEnum):
    """What happened to a step, or to the process as a whole."""

    ADDED = "ADDED"
    REMOVED = "REMOVED"
    CHANGED = "CHANGED"
    MOVED = "MOVED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that is not the same. step: its name, "" for the whole process."""

    what: Change
    step: str
    field: str = ""
    before: str = ""
    after: str = ""

    @property
    def sentence(self) -> str:
        """Return the difference as a clerk would tell it."""
        if self.what is Change.ADDED:
            return f"Thêm bước “{self.step}”{self.after}."
        if self.what is Change.REMOVED:
            return f"Bỏ bước “{self.step}”."
        if self.what is Change.MOVED:
            return f"Bước “{self.step}” đổi chỗ: {self.before} → {self.after}."
        where = f"Bước “{self.step}”, {self.field}" if self.step else self.field.capitalize()
        if not self.before:
            return f"{where}: thêm “{self.after}”."
        if not self.after:
            return f"{where}: bỏ “{self.before}”."
        return f"{where}: “{self.before}” → “{self.after}”."


def ahead(process: Process, at: Iterable[str]) -> dict[str, str]:
    """Return the steps that can still come after these, by key, in the order of the process."""
    steps = {step.key: step for step in process.steps}
    after = {to for key in at for to in steps[key].targets}
    found = {key for to in after for key in reached(steps, to)}
    return {step.key: step.name for step in process.steps if step.key in found}


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Return what differs: the process as a whole, then its steps in their new order."""
    old = {step["key"]: step for step in before.get("steps", ())}
    new = {step["key"]: step for step in after.get("steps", ())}
    names = {**words.names_of(before), **words.names_of(after)}
    found = _about(before, after)
    for key, step in new.items():
        if key not in old:
            found.append(Difference(what=Change.ADDED, step=names[key], after=_after(new, key)))
        else:
            found.extend(differences(old[key], step, names))
    found.extend(
        Difference(what=Change.REMOVED, step=words.names_of(before)[key])
        for key in old
        if key not in new
    )
    return [*found, *_moved(list(old), list(new), names)]


def differences(
    before: Mapping[str, Any], after: Mapping[str, Any], names: Mapping[str, str]
) -> list[Difference]:
    """Return in what one step differs from another."""
    pairs = [
        (words.FIELDS[field], words.said(before, field, names), words.said(after, field, names))
        for field in words.FIELDS
        if field != "moves"
    ]
    pairs += _outcomes(before.get("moves") or {}, after.get("moves") or {}, names)
    step = str(after.get("name") or before.get("name") or "")
    return [
        Difference(what=Change.CHANGED, step=step, field=field, before=old, after=new)
        for field, old, new in pairs
        if old != new
    ]


def _outcomes(
    before: Mapping[str, Any], after: Mapping[str, Any], names: Mapping[str, str]
) -> list[tuple[str, str, str]]:
    """Return where each outcome led and leads."""
    return [
        (
            f"khi “{words.verb(verb)}”",
            words.led(before[verb], names) if verb in before else "",
            words.led(after[verb], names) if verb in after else "",
        )
        for verb, _move in words.ordered({**before, **after})
    ]


def _about(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    pairs = (
        (field, words.about_said(before, field), words.about_said(after, field))
        for field in words.ABOUT
    )
    return [
        Difference(what=Change.CHANGED, step="", field=words.ABOUT[field], before=old, after=new)
        for field, old, new in pairs
        if old != new
    ]


def _after(steps: Mapping[str, Mapping[str, Any]], key: str) -> str:
    order = list(steps)
    place = order.index(key)
    if not place:
        return " ở đầu quy trình"
    return f" sau “{steps[order[place - 1]].get('name', '')}”"


def _moved(old: list[str], new: list[str], names: Mapping[str, str]) -> list[Difference]:
    """Return the steps that stand elsewhere among those both versions have."""
    was = [key for key in old if key in new]
    now = [key for key in new if key in old]
    return [
        Difference(
            what=Change.MOVED,
            step=names[key],
            before=f"thứ {was.index(key) + 1}",
            after=f"thứ {now.index(key) + 1}",
        )
        for key in now
        if was.index(key) != now.index(key)
    ]
