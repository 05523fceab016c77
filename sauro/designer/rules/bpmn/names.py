"""The names of BPMN 2.0 (OMG formal/2011-01-03) and of our own additions to it. Pure."""

import json
import re
from typing import Any
from xml.etree import ElementTree as ET

from sauro.core.text import tidy

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
OURS = "urn:sauro:process:1"
for _prefix, _address in (
    ("bpmn", MODEL),
    ("bpmndi", BPMNDI),
    ("dc", DC),
    ("di", DI),
    ("sauro", OURS),
):
    ET.register_namespace(_prefix, _address)

_SAFE = re.compile(r"[^\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]*")
NAME_AT_MOST = 200
_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


def model(name: str) -> str:
    """Return the full name of an element of BPMN."""
    return f"{{{MODEL}}}{name}"


def ours(name: str) -> str:
    """Return the full name of an element of ours."""
    return f"{{{OURS}}}{name}"


def local(element: ET.Element) -> str:
    """Return the name of an element without its namespace, "" where it is none of BPMN's."""
    head, _brace, name = str(element.tag).rpartition("}")
    return name if head == f"{{{MODEL}" else ""


def is_plain(text: str) -> bool:
    """Test whether XML can carry a text as it stands: nothing it forbids, nothing it trims."""
    return bool(_SAFE.fullmatch(text)) and text == text.strip()


def is_name(text: str) -> bool:
    """Test whether a text stays as it is when it is read back as the name of an element."""
    return bool(text) and is_plain(text) and tidy(text) == text and len(text) <= NAME_AT_MOST


def is_id(text: str) -> bool:
    """Test whether a text may be the id of an element."""
    return bool(_ID.fullmatch(text))


def add_fields(parent: ET.Element, fields: dict[str, Any]) -> None:
    """Add values under their names; what is no plain text is kept as JSON, so nothing is lost."""
    for name, value in fields.items():
        field = ET.SubElement(parent, ours("field"), {"name": name})
        if isinstance(value, str) and value and is_plain(value):
            field.text = value
        else:
            field.set("as", "json")
            field.text = json.dumps(value)


def fields_of(parent: ET.Element | None) -> dict[str, Any]:
    """Return the values that `add_fields` added.

    :raises ValueError: a value is not what it says it is
    """
    found: dict[str, Any] = {}
    for field in parent.findall(ours("field")) if parent is not None else ():
        text = field.text or ""
        found[field.get("name", "")] = json.loads(text) if field.get("as") == "json" else text
    return found
