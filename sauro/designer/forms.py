"""What the designer's pages send, read into plain values; a field that is not there is empty."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from sauro.core.errors import Invalid
from sauro.core.text import _, tidy

ENDS = "-"
ROWS_AT_MOST = 14
BRANCHES_AT_MOST = 5
REPLACES = "thay-"
_STEPS_AT_MOST = 60
_TEXTS = ("name", "work", "citizen_work", "product", "note", "basis")
_CHOICES = ("post", "at")
_AT_MOST = 300
_SEPARATORS = str.maketrans({",": " ", ";": " ", "\n": " "})


def number(text: str | None) -> int:
    """Return a number as typed, 0 where it is none."""
    text = (text or "").strip()
    return int(text) if text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004 - digits


def step(post: QueryDict, before: Mapping[str, Any]) -> dict[str, Any]:
    """Return a step as filled in; what the form does not ask stays as it was."""
    made = {k: v for k, v in before.items() if k not in {"share", "term", "moves", "joins"}}
    for name in _TEXTS:
        made[name] = tidy(post.get(name, ""))[: _AT_MOST + 1]
    for name in _CHOICES:
        made[name] = post.get(name, "")
    made |= _length(post) | _kind(post, before)
    made["moves"] = _moves(post)
    if post.get("joins"):
        made["joins"] = True
    gone = _of_other_kinds(made.get("kind", "WORK"), before)
    return {k: v for k, v in made.items() if k not in gone and (v or k in _always(before))}


def _always(before: Mapping[str, Any]) -> set[str]:
    """Return the parts that a step keeps even when they are empty."""
    return {"key", "name", "work", "citizen_work", "product", "moves", *_CHOICES} | {
        key for key in before if key in {"note", "basis"} and before[key] == ""
    }


def _length(post: QueryDict) -> dict[str, Any]:
    if post.get("by") == "share":
        return {"share": number(post.get("share"))}
    return {"term": {"value": number(post.get("value")), "unit": post.get("unit", "WORKING_DAY")}}


def _kind(post: QueryDict, before: Mapping[str, Any]) -> dict[str, Any]:
    kind = post.get("kind", "WORK")
    made: dict[str, Any] = {"kind": kind} if kind != "WORK" or "kind" in before else {}
    if kind == "OPINION":
        made["silence"] = post.get("silence", "")
    if kind == "WAIT":
        made["party"] = post.get("party", "")
        made["pause"] = post.get("pause", "")
        made["agency"] = tidy(post.get("agency", "")) if made["party"] == "OTHER" else ""
    return made


def _of_other_kinds(kind: str, before: Mapping[str, Any]) -> set[str]:
    """Return the parts that belong to another kind of step than this one is now."""
    gone = set() if kind == "OPINION" else {"silence"}
    if kind != "WAIT":
        gone |= {"pause", "agency"}
        if before.get("kind") == "WAIT":
            gone.add("party")
    return gone


def _moves(post: QueryDict) -> dict[str, str | list[str]]:
    """Return the outcomes in the order of their rows; a row without a verb or a way is empty."""
    moves: dict[str, str | list[str]] = {}
    for row in range(ROWS_AT_MOST):
        verb = post.get(f"verb-{row}", "")
        led = [to for to in post.getlist(f"to-{row}")[:BRANCHES_AT_MOST] if to]
        if verb and led:
            keys = ["" if to == ENDS else to for to in led]
            moves[verb] = keys if len(keys) > 1 else keys[0]
    return moves


def replacements(given: QueryDict) -> dict[str, str]:
    """Return the steps chosen for those that are gone: old key -> new key."""
    names = [name for name in given if name.startswith(REPLACES)][:_STEPS_AT_MOST]
    chosen = {name[len(REPLACES) :]: str(given[name]) for name in names}
    return {key: to for key, to in chosen.items() if to}


def address_of(chosen: Mapping[str, str]) -> str:
    """Return what `replacements` read as the end of an address."""
    return urlencode({f"{REPLACES}{key}": to for key, to in chosen.items()})


def about(post: QueryDict) -> dict[str, Any]:
    """Return what is said of the whole process."""
    value = number(post.get("limit"))
    codes = post.get("procedures", "").translate(_SEPARATORS).split()
    return {
        "basis": tidy(post.get("basis", ""))[:_AT_MOST],
        "procedures": list(dict.fromkeys(codes)),
        "limit": {"value": value, "unit": post.get("limit_unit", "WORKING_DAY")} if value else None,
    }


def day(text: str) -> date:
    """Return a day written 23/11/2026 or 2026-11-23.

    :raises Invalid: it is no day
    """
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a day, no instant
        except ValueError:
            continue
    raise Invalid(_("Ghi ngày bắt đầu dạng 01/12/2026."), field="since")


def document(post_files: Mapping[str, Any]) -> bytes:
    """Return the bytes of the uploaded document.

    :raises Invalid: nothing was chosen, or its name is of another kind of file
    """
    sent = post_files.get("file")
    if sent is None or not sent.size:
        raise Invalid(_("Chọn một tệp .bpmn hoặc .xml."), field="file")
    if not str(sent.name).lower().endswith((".bpmn", ".xml", ".bpmn20.xml")):
        raise Invalid(
            _("Chỉ nhận tệp .bpmn hoặc .xml. Xuất lại từ phần mềm vẽ quy trình."), field="file"
        )
    return bytes(sent.read())
