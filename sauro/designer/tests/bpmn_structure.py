"""What the schema of BPMN 2.0 and its readers ask of a document, as far as we use it."""

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from sauro.designer.rules.bpmn import names
from sauro.designer.tests import bpmn_model

_NODES = {
    "startEvent",
    "endEvent",
    "userTask",
    "receiveTask",
    "exclusiveGateway",
    "parallelGateway",
    "boundaryEvent",
}
_ROOT = ["collaboration", "process", "BPMNDiagram"]


def wrong(content: bytes) -> list[str]:
    """Return what is wrong with a document; nothing where other tools can open it."""
    root = ET.fromstring(content)  # noqa: S314 - our own
    process = root.find(names.model("process"))
    assert process is not None
    return [
        *bpmn_model.faults(root),
        *_ids(root),
        *_parts(root, process),
        *_flows(process),
        *_diagram(root, process),
    ]


def _bare(element: ET.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _ids(root: ET.Element) -> Iterator[str]:
    ids = [element.get("id", "") for element in root.iter() if element.get("id") is not None]
    yield from (f"id twice: {one}" for one in set(ids) if ids.count(one) > 1)
    yield from (f"no name of an id: {one}" for one in ids if not names.is_id(one))


def _parts(root: ET.Element, process: ET.Element) -> Iterator[str]:
    if [_bare(child) for child in root] != _ROOT:
        yield "the document has other parts"
    attached = {child.get("attachedToRef") for child in process}
    tasks = {child.get("id") for child in process if _bare(child) in {"userTask", "receiveTask"}}
    if not attached - {None} <= tasks:
        yield "a timer hangs on what is no task"


def _flows(process: ET.Element) -> Iterator[str]:
    nodes = {child.get("id"): child for child in process if _bare(child) in _NODES}
    flows = {child.get("id"): child for child in process.findall(names.model("sequenceFlow"))}
    for name, end in (("incoming", "targetRef"), ("outgoing", "sourceRef")):
        for key, node in nodes.items():
            said = [child.text for child in node.findall(names.model(name))]
            meant = [flow for flow, line in flows.items() if line.get(end) == key]
            if said != meant:
                yield f"{key}: {name} {said} is not {meant}"
    for key, line in flows.items():
        if line.get("sourceRef") not in nodes or line.get("targetRef") not in nodes:
            yield f"{key} hangs in the air"
    laned = [ref.text for ref in process.iter(names.model("flowNodeRef"))]
    if sorted(map(str, laned)) != sorted(map(str, nodes)):
        yield "a node is in no lane, or in two"


def _diagram(root: ET.Element, process: ET.Element) -> Iterator[str]:
    drawn = {e.get("bpmnElement"): e for e in root.iter(f"{{{names.BPMNDI}}}BPMNShape")}
    edges = {e.get("bpmnElement"): e for e in root.iter(f"{{{names.BPMNDI}}}BPMNEdge")}
    for child in process:
        if _bare(child) in _NODES and child.get("id") not in drawn:
            yield f"{child.get('id')} is not drawn"
        if _bare(child) == "sequenceFlow":
            edge = edges.get(child.get("id"))
            if edge is None or len(edge) < 2:
                yield f"{child.get('id')} is not drawn"
    for key, shape in drawn.items():
        bounds = shape.find(f"{{{names.DC}}}Bounds")
        if bounds is None or any(float(bounds.get(part, "0")) <= 0 for part in ("width", "height")):
            yield f"{key} has no size"
