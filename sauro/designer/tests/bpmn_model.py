"""What may stand where in a document of BPMN 2.0, as far as we use it: written down by hand.

The schema of the OMG cannot be shipped with the source. This is what it says of the elements
that are written here: their namespace, attributes, and children in their order and number. Any
element or attribute that is not in the table is a fault.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from sauro.designer.rules.bpmn import names

_BOOL, _NUMBER, _ANY = "true|false", r"-?\d+(\.\d+)?", ".+"
_NCNAME = r"[\w_][\w.\-]*"
_NAMED = {"id": _NCNAME, "name": ".*"}
_BASE = "(documentation )*(extensionElements )?"
_NODE = _BASE + "(incoming )*(outgoing )*"


@dataclass(frozen=True)
class Model:
    """An element. needs, may: its attributes and what they hold; parts: its children in order."""

    parts: str = ""
    needs: Mapping[str, str] = field(default_factory=dict)
    may: Mapping[str, str] = field(default_factory=dict)
    space: str = names.MODEL


_WAY = {"gatewayDirection": "Unspecified|Converging|Diverging|Mixed"}
_FLOW = "startEvent|endEvent|userTask|receiveTask|exclusiveGateway|parallelGateway|boundaryEvent"
MODELS: Mapping[str, Model] = {
    "definitions": Model(
        "((collaboration|process) )*(BPMNDiagram )*",
        {"targetNamespace": _ANY},
        {"id": _NCNAME, "name": ".*", "exporter": ".*"},
    ),
    "collaboration": Model(_BASE + "(participant )*", may=_NAMED),
    "participant": Model(_BASE, may={**_NAMED, "processRef": _ANY}),
    "process": Model(
        f"{_BASE}(laneSet )*(({_FLOW}|sequenceFlow) )*", may={**_NAMED, "isExecutable": _BOOL}
    ),
    "laneSet": Model(_BASE + "(lane )*", may=_NAMED),
    "lane": Model(_BASE + "(flowNodeRef )*", may=_NAMED),
    "flowNodeRef": Model(),
    "incoming": Model(),
    "outgoing": Model(),
    "documentation": Model(),
    "startEvent": Model(_NODE, may=_NAMED),
    "endEvent": Model(_NODE, may=_NAMED),
    "userTask": Model(_NODE, may=_NAMED),
    "receiveTask": Model(_NODE, may=_NAMED),
    "exclusiveGateway": Model(_NODE, may={**_NAMED, **_WAY}),
    "parallelGateway": Model(_NODE, may={**_NAMED, **_WAY}),
    "boundaryEvent": Model(
        _NODE + "(timerEventDefinition )*",
        {"attachedToRef": _ANY},
        {**_NAMED, "cancelActivity": _BOOL},
    ),
    "timerEventDefinition": Model(_BASE + "(timeDuration )?", may={"id": _NCNAME}),
    "timeDuration": Model(),
    "sequenceFlow": Model(_BASE, {"sourceRef": _ANY, "targetRef": _ANY}, _NAMED),
    "BPMNDiagram": Model("BPMNPlane ", may=_NAMED, space=names.BPMNDI),
    "BPMNPlane": Model(
        "((BPMNShape|BPMNEdge) )*", may={"id": _NCNAME, "bpmnElement": _ANY}, space=names.BPMNDI
    ),
    "BPMNShape": Model(
        "Bounds ",
        may={"id": _NCNAME, "bpmnElement": _ANY, "isHorizontal": _BOOL},
        space=names.BPMNDI,
    ),
    "BPMNEdge": Model(
        "waypoint waypoint (waypoint )*",
        may={"id": _NCNAME, "bpmnElement": _ANY},
        space=names.BPMNDI,
    ),
    "Bounds": Model(needs=dict.fromkeys(("x", "y", "width", "height"), _NUMBER), space=names.DC),
    "waypoint": Model(needs=dict.fromkeys(("x", "y"), _NUMBER), space=names.DI),
}
_REFERS = ("processRef", "attachedToRef", "sourceRef", "targetRef", "bpmnElement")
_REFERS_IN_TEXT = ("flowNodeRef", "incoming", "outgoing")


def faults(root: ET.Element) -> Iterator[str]:
    """Go through what stands where it may not, and what refers to nothing."""
    if root.tag != f"{{{names.MODEL}}}definitions":
        yield "the document is none of BPMN"
        return
    ids = {element.get("id") for element in root.iter()}
    todo = [root]
    for element in todo:
        space, _brace, bare = element.tag[1:].partition("}")
        yield from _element(element, bare, space)
        referred = [element.get(name) for name in _REFERS if element.get(name) is not None]
        referred += [element.text] if bare in _REFERS_IN_TEXT else []
        yield from (
            f"{bare} refers to {to}, which is not there" for to in referred if to not in ids
        )
        # What an extension holds is its own affair, as long as it is of another namespace.
        inside = list(element)
        if bare == "extensionElements":
            yield from (f"{x.tag} in an extension" for x in inside if names.MODEL in x.tag)
        else:
            todo += inside


def _element(element: ET.Element, bare: str, space: str) -> Iterator[str]:
    if bare == "extensionElements" and space == names.MODEL:
        return
    model = MODELS.get(bare)
    if model is None or space != model.space:
        yield f"no element {element.tag}"
        return
    known = {**model.needs, **model.may}
    for name, value in element.attrib.items():
        if name not in known or not re.fullmatch(known[name], value, re.DOTALL):
            yield f"{bare} has {name}={value!r}"
    yield from (f"{bare} lacks {name}" for name in model.needs if name not in element.attrib)
    parts = "".join(f"{str(child.tag).rpartition('}')[2]} " for child in element)
    if not re.fullmatch(model.parts, parts):
        yield f"{bare} {element.get('id')} has parts out of order: {parts}"
