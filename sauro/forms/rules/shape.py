"""A form as it is kept: a JSON Schema (2020-12) of the answers, and a small schema of the pages.

The schema says what an answer is; the pages say in which order it is asked and when. The subset:
strings (format: name, pid, phone, email, place, date; or `oneOf` constants), integers (format:
money), numbers, booleans, and arrays of flat objects (rows). Anything else is refused.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from sauro.core.errors import Invalid
from sauro.core.text import _

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ROWS_AT_MOST = 200
LONGEST_TEXT = 300
LONGEST_AREA = 2_000


class Kind(StrEnum):
    """What sort of answer a question has."""

    TEXT = "text"
    AREA = "area"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"
    YES_NO = "yes_no"
    PID = "pid"
    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    PLACE = "place"
    ROWS = "rows"


@dataclass(frozen=True, slots=True)
class Condition:
    """That another question is answered with one of these (hiện khi); JSON constants as text."""

    key: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question. fact: what the state may hold already, "" for nothing it could know.

    when: every one of them must hold. whose: the fact is of this person ("self" or "other").
    """

    key: str
    label: str
    kind: Kind
    hint: str = ""
    is_needed: bool = True
    options: tuple[tuple[str, str], ...] = ()
    longest: int = LONGEST_TEXT
    least: int | None = None
    most: int | None = None
    when: tuple[Condition, ...] = ()
    rows: tuple["Question", ...] = ()
    fact: str = ""
    whose: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One thing that is asked at a time. section: its few words in the task list."""

    key: str
    title: str
    section: str
    questions: tuple[Question, ...]
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A whole form. is_checked: somebody compared it with the form the law prescribes.

    summary: the questions whose answers say in a line what is asked for.
    """

    title: str
    pages: tuple[Page, ...]
    summary: tuple[str, ...] = ()
    basis: str = ""
    is_checked: bool = False

    def questions(self) -> Iterator[Question]:
        """Yield every question in the order in which it is asked."""
        for page in self.pages:
            yield from page.questions

    def find(self, key: str) -> Question | None:
        """Return a question by its key, or None."""
        return next((question for question in self.questions() if question.key == key), None)

    def page(self, key: str) -> Page | None:
        """Return a page by its key, or None."""
        return next((page for page in self.pages if page.key == key), None)


def parse(schema: Mapping[str, Any], ui: Mapping[str, Any]) -> Form:
    """Return a form of its two halves.

    :raises Invalid: the schema is none, or uses what a form cannot ask; the sentence says where
    """
    try:
        Draft202012Validator.check_schema(dict(schema))
    except SchemaError as fault:
        raise _unclear(".".join(str(part) for part in fault.path) or "schema") from fault
    return Form(
        title=str(schema.get("title", "")),
        pages=tuple(_pages(schema, ui)),
        summary=tuple(ui.get("summary", ())),
        basis=str(ui.get("basis", "")),
        is_checked=bool(ui.get("checked", False)),
    )


def _pages(schema: Mapping[str, Any], ui: Mapping[str, Any]) -> list[Page]:
    """Return the pages in order; every property is asked on exactly one of them."""
    properties = schema.get("properties", {})
    needed = set(schema.get("required", []))
    hints = ui.get("fields", {})
    asked: set[str] = set()
    pages: list[Page] = []
    for page in ui.get("pages", []):
        keys = [key for key in page.get("fields", []) if key not in asked]
        unknown = [key for key in keys if key not in properties]
        if unknown or not page.get("key"):
            raise _unclear(unknown[0] if unknown else "pages")
        asked.update(keys)
        when = _conditions(page.get("shown_when", []))
        pages.append(
            Page(
                key=page["key"],
                title=page.get("title", ""),
                section=page.get("section", "") or page.get("title", ""),
                questions=tuple(
                    _question(key, properties[key], hints.get(key, {}), needed, when)
                    for key in keys
                ),
                why=page.get("why", ""),
            )
        )
    left = set(properties) - asked
    if left:
        raise _unclear(min(left))
    return pages


def _question(
    key: str,
    said: Mapping[str, Any],
    ui: Mapping[str, Any],
    needed: set[str],
    page_when: tuple[Condition, ...] = (),
) -> Question:
    kind = _kind(key, said, ui)
    items = said.get("items", {})
    return Question(
        key=key,
        label=str(said.get("title", key)),
        kind=kind,
        hint=str(said.get("description", "")),
        is_needed=key in needed,
        options=tuple((str(o["const"]), str(o["title"])) for o in said.get("oneOf", ())),
        longest=int(said.get("maxLength", LONGEST_AREA if kind is Kind.AREA else LONGEST_TEXT)),
        least=said.get("minItems" if kind is Kind.ROWS else "minimum"),
        most=min(said.get("maxItems", ROWS_AT_MOST), ROWS_AT_MOST)
        if kind is Kind.ROWS
        else said.get("maximum"),
        when=page_when + _conditions(ui.get("shown_when", [])),
        rows=tuple(
            _question(name, row, ui.get("fields", {}).get(name, {}), set(items.get("required", ())))
            for name, row in items.get("properties", {}).items()
        )
        if kind is Kind.ROWS
        else (),
        fact=str(ui.get("fact", "")),
        whose=str(ui.get("whose", "")),
    )


_FORMATS = {
    "name": Kind.NAME,
    "pid": Kind.PID,
    "phone": Kind.PHONE,
    "email": Kind.EMAIL,
    "place": Kind.PLACE,
    "date": Kind.DATE,
}


def _kind(key: str, said: Mapping[str, Any], ui: Mapping[str, Any]) -> Kind:
    sort = said.get("type")
    if sort == "array":
        inner = said.get("items", {}).get("properties", {}).values()
        if inner and all(part.get("type") in {"string", "integer", "boolean"} for part in inner):
            return Kind.ROWS
    elif sort == "boolean":
        return Kind.YES_NO
    elif sort == "integer":
        return Kind.MONEY if said.get("format") == "money" else Kind.NUMBER
    elif sort == "string":
        if said.get("oneOf"):
            return Kind.CHOICE
        plain = Kind.AREA if ui.get("widget") == "area" else Kind.TEXT
        return _FORMATS.get(str(said.get("format", "")), plain)
    raise _unclear(key)


def _conditions(said: Sequence[Mapping[str, Any]] | Mapping[str, Any]) -> tuple[Condition, ...]:
    listed = [said] if isinstance(said, Mapping) else said
    return tuple(
        Condition(str(one["field"]), tuple(constant(value) for value in one["is"]))
        for one in listed
        if one
    )


def constant(value: object) -> str:
    """Return an answer as a condition compares it: yes and no, else as it is written."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _unclear(part: str) -> Invalid:
    return Invalid(
        _("Mẫu khai không rõ ở “{part}”. Xem lại phần đó rồi lưu."), field=part, part=part
    )
