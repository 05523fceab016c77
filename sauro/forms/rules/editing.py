"""Changing a form question by question, without anybody writing JSON (sửa mẫu khai). Pure.

Every function takes the two halves of a form and returns new ones; what it is given stays.
"""

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from sauro.core.errors import Invalid, NotFound
from sauro.core.text import _, fold
from sauro.forms.rules.shape import DIALECT, LONGEST_TEXT, Kind, constant

Halves = tuple[dict[str, Any], dict[str, Any]]
KINDS: Mapping[Kind, str] = {
    Kind.TEXT: _("Một dòng chữ"),
    Kind.AREA: _("Nhiều dòng chữ"),
    Kind.NAME: _("Họ tên"),
    Kind.PID: _("Số định danh cá nhân"),
    Kind.DATE: _("Ngày"),
    Kind.NUMBER: _("Số"),
    Kind.MONEY: _("Số tiền"),
    Kind.CHOICE: _("Chọn một trong danh sách"),
    Kind.YES_NO: _("Có hoặc không"),
    Kind.PHONE: _("Số điện thoại"),
    Kind.EMAIL: _("Thư điện tử"),
    Kind.PLACE: _("Xã, phường"),
}
_FORMATS = {Kind.NAME: "name", Kind.PID: "pid", Kind.PHONE: "phone", Kind.EMAIL: "email"}
_FORMATS |= {Kind.PLACE: "place", Kind.DATE: "date"}
_MOST_OPTIONS, _LONGEST_LABEL = 60, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A question as it is wanted. options: a line each; when, is_: shown only on that answer."""

    label: str
    kind: Kind
    hint: str = ""
    is_needed: bool = True
    options: Sequence[str] = ()
    when: str = ""
    is_: str = ""


def empty(title: str) -> Halves:
    """Return a form of a procedure that asks nothing yet."""
    schema = {
        "$schema": DIALECT,
        "type": "object",
        "title": title,
        "properties": {},
        "required": [],
    }
    return schema, {"checked": False, "basis": "", "summary": [], "pages": [], "fields": {}}


def with_page(halves: Halves, title: str) -> Halves:
    """Return the form with one more page at its end.

    :raises Invalid: it has no title
    """
    schema, ui = _copy(halves)
    words = title.strip()[:_LONGEST_LABEL]
    if not words:
        raise Invalid(_("Ghi tên trang."), field="title")
    taken = {page["key"] for page in ui["pages"]}
    ui["pages"].append({"key": _free(words, taken, "-"), "title": words, "fields": []})
    return schema, ui


def without_page(halves: Halves, key: str) -> Halves:
    """Return the form without a page that asks nothing.

    :raises Invalid: questions are still on it
    """
    schema, ui = _copy(halves)
    page = _page(ui, key)
    if page["fields"]:
        raise Invalid(_("Bỏ các câu hỏi của trang này trước."), field="title")
    ui["pages"].remove(page)
    return schema, ui


def with_question(halves: Halves, page: str, key: str, wish: Wish) -> Halves:
    """Return the form with a question as it is wanted; key "" for a new one at the page's end.

    What a kept question has and the wish does not speak of, such as rows, stays.

    :raises Invalid: it has no words, a choice has no options, or it waits for itself
    """
    schema, ui = _copy(halves)
    fields = _page(ui, page)["fields"]
    label = wish.label.strip()[:_LONGEST_LABEL]
    if not label:
        raise Invalid(_("Ghi câu hỏi."), field="label")
    if not key:
        key = _free(label, set(schema["properties"]), "_")
        fields.append(key)
    elif key not in fields:
        raise NotFound(_("Không có câu hỏi này trong trang."))
    before = schema["properties"].get(key, {})
    schema["properties"][key] = _kept(before) | _said(label, wish, before)
    needed = [name for name in schema.get("required", []) if name != key]
    schema["required"] = [*needed, key] if wish.is_needed else needed
    ui["fields"][key] = _shown(ui["fields"].get(key, {}), key, wish, schema)
    return schema, ui


def without_question(halves: Halves, key: str) -> Halves:
    """Return the form without a question; those that waited for it wait no more."""
    schema, ui = _copy(halves)
    if key not in schema["properties"]:
        raise NotFound(_("Không có câu hỏi này."))
    del schema["properties"][key]
    schema["required"] = [name for name in schema.get("required", []) if name != key]
    ui["fields"].pop(key, None)
    ui["summary"] = [name for name in ui.get("summary", []) if name != key]
    for part in (*ui["pages"], *ui["fields"].values()):
        left = [one for one in _listed(part.get("shown_when")) if one["field"] != key]
        part.pop("shown_when", None)
        if left:
            part["shown_when"] = left
    for page in ui["pages"]:
        page["fields"] = [name for name in page["fields"] if name != key]
    return schema, ui


def moved(halves: Halves, key: str, by: int) -> Halves:
    """Return the form with a question one place up (-1) or down (+1), over the edge of its page."""
    schema, ui = _copy(halves)
    places = [
        (page, at) for page in ui["pages"] for at, name in enumerate(page["fields"]) if name == key
    ]
    if not places:
        raise NotFound(_("Không có câu hỏi này."))
    page, at = places[0]
    number = ui["pages"].index(page)
    if 0 <= at + by < len(page["fields"]):
        page["fields"].insert(at + by, page["fields"].pop(at))
    elif 0 <= number + by < len(ui["pages"]):
        beside = ui["pages"][number + by]["fields"]
        beside.insert(len(beside) if by < 0 else 0, page["fields"].pop(at))
    return schema, ui


def _said(label: str, wish: Wish, before: Mapping[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = {"title": label}
    if wish.hint.strip():
        said["description"] = wish.hint.strip()[:_LONGEST_LABEL]
    if before.get("type") == "array":
        return said
    if wish.kind is Kind.YES_NO:
        return said | {"type": "boolean"}
    if wish.kind in {Kind.NUMBER, Kind.MONEY}:
        money = {"format": "money"} if wish.kind is Kind.MONEY else {}
        return said | {"type": "integer", "minimum": 0} | money
    if wish.kind is Kind.CHOICE:
        return said | {"type": "string", "oneOf": _options(wish.options, before.get("oneOf", ()))}
    if wish.kind in _FORMATS:
        return said | {"type": "string", "format": _FORMATS[wish.kind]}
    longest = {} if wish.kind is Kind.AREA else {"maxLength": LONGEST_TEXT}
    return said | {"type": "string"} | longest


def _options(lines: Sequence[str], before: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Return the options; one whose words stay keeps what its answer is called."""
    known = {str(option["title"]): str(option["const"]) for option in before}
    words = list(dict.fromkeys(line.strip() for line in lines if line.strip()))
    if not 1 < len(words) <= _MOST_OPTIONS:
        raise Invalid(_("Ghi từ 2 đến 60 lựa chọn, mỗi dòng một lựa chọn."), field="options")
    taken = {known[word] for word in words if word in known}
    found: list[dict[str, str]] = []
    for word in words:
        name = known.get(word) or _free(word, taken, "_")
        taken.add(name)
        found.append({"const": name, "title": word})
    return found


def _shown(
    before: Mapping[str, Any], key: str, wish: Wish, schema: Mapping[str, Any]
) -> dict[str, Any]:
    shown = {name: value for name, value in before.items() if name not in {"shown_when", "widget"}}
    if wish.kind is Kind.AREA:
        shown["widget"] = "area"
    if wish.when:
        other = schema["properties"].get(wish.when)
        if other is None or wish.when == key:
            raise Invalid(_("Chọn một câu hỏi khác làm điều kiện."), field="when")
        wanted = {"field": wish.when, "is": [_constant(other, wish.is_)]}
        known = _listed(before.get("shown_when"))
        shown["shown_when"] = known if known[:1] == [wanted] else [wanted]
    return shown


def condition(halves: Halves, key: str) -> str:
    """Return the first condition of a question's own as `with_question` takes it, "" for none."""
    _schema, ui = halves
    known = _listed(ui.get("fields", {}).get(key, {}).get("shown_when"))
    return f"{known[0]['field']}={constant(known[0]['is'][0])}" if known else ""


def _constant(other: Mapping[str, Any], answer: str) -> object:
    if other.get("type") == "boolean":
        return answer != "no"
    names = {str(option["const"]) for option in other.get("oneOf", ())}
    if answer not in names:
        raise Invalid(_("Chọn câu trả lời làm câu hỏi này hiện ra."), field="is")
    return answer


def _kept(before: Mapping[str, Any]) -> dict[str, Any]:
    rows = ("type", "items", "minItems", "maxItems")
    return {name: before[name] for name in rows if before.get("type") == "array" and name in before}


def _page(ui: Mapping[str, Any], key: str) -> dict[str, Any]:
    found: dict[str, Any] | None = next((p for p in ui["pages"] if p["key"] == key), None)
    if found is None:
        raise NotFound(_("Không có trang này trong mẫu khai."))
    return found


def _copy(halves: Halves) -> Halves:
    schema, ui = deepcopy(halves)
    schema.setdefault("properties", {})
    for name, empty_ in (("pages", []), ("fields", {}), ("summary", [])):
        ui.setdefault(name, empty_)
    return schema, ui


def _listed(said: Any) -> list[Any]:  # noqa: ANN401 - one or several, as JSON has it
    return [said] if isinstance(said, Mapping) else list(said or [])


def _free(words: str, taken: set[str], joint: str) -> str:
    """Return a short key of some words that nothing else has."""
    base = joint.join(re.findall(r"[a-z0-9]+", fold(words)))[:32].strip(joint) or "cau"
    name, number = base, 2
    while name in taken:
        name, number = f"{base}{joint}{number}", number + 1
    return name
