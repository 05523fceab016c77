"""Writing a process as a BPMN 2.0 document with its diagram. Pure."""

from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

from sauro.cases.picture.flow import END, targets
from sauro.core.errors import NotNow
from sauro.core.text import _
from sauro.designer.rules.bpmn import names
from sauro.designer.rules.bpmn.graph import Graph, Line, Shape, graph

_HEAD = 30.0


def write(code: str, name: str, version: int, definition: Mapping[str, Any]) -> bytes:
    """Return a process as a document that other tools open and `read` gives back unchanged.

    :raises NotNow: a step leads to one that the process does not have
    """
    _check(definition)
    made = graph(definition)
    root = ET.Element(
        names.model("definitions"),
        {"id": "definitions", "targetNamespace": names.OURS, "exporter": "Sáu Rõ"},
    )
    collaboration = ET.SubElement(root, names.model("collaboration"), {"id": "collaboration"})
    pool = {"id": "pool", "name": _plain(name), "processRef": "process"}
    ET.SubElement(collaboration, names.model("participant"), pool)
    process = ET.SubElement(
        root,
        names.model("process"),
        {"id": "process", "name": _plain(name), "isExecutable": "false"},
    )
    kept = {key: value for key, value in definition.items() if key != "steps"}
    own = {"code": code, "name": name, "version": version, "definition": kept}
    names.add_fields(_extension(process, "process"), own)
    _lanes(process, made)
    for shape in made.shapes:
        _node(process, shape, made)
    for line in made.lines:
        _flow(process, line)
    _diagram(root, made)
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _check(definition: Mapping[str, Any]) -> None:
    steps = definition.get("steps") or []
    known = {END, *(step["key"] for step in steps)}
    for step in steps:
        for move in (step.get("moves") or {}).values():
            if not known.issuperset(targets(move)):
                raise NotNow(
                    _("Bước “{step}” dẫn tới bước không có. Sửa chỗ ấy rồi xuất BPMN."),
                    step=step.get("name") or step["key"],
                )


def _plain(text: str) -> str:
    return text if names.is_plain(text) else ""


def _extension(parent: ET.Element, name: str) -> ET.Element:
    return ET.SubElement(ET.SubElement(parent, names.model("extensionElements")), names.ours(name))


def _lanes(process: ET.Element, made: Graph) -> None:
    if not made.shapes:
        return
    lane_set = ET.SubElement(process, names.model("laneSet"), {"id": "lanes"})
    for number, lane in enumerate(made.plan.lanes, start=1):
        own = {"id": f"lane_{number}", "name": _plain(lane.name)}
        element = ET.SubElement(lane_set, names.model("lane"), own)
        for shape in made.shapes:
            if made.flow.node(shape.of).whose == lane.name:
                ET.SubElement(element, names.model("flowNodeRef")).text = shape.id


def _node(process: ET.Element, shape: Shape, made: Graph) -> None:
    own = {"id": shape.id, **({"name": shape.name} if shape.name else {}), **shape.attributes}
    element = ET.SubElement(process, names.model(shape.tag), own)
    if shape.text and names.is_plain(shape.text):
        ET.SubElement(element, names.model("documentation")).text = shape.text
    if shape.fields is not None:
        names.add_fields(_extension(element, "step"), dict(shape.fields))
    for line in (line for line in made.lines if line.target == shape.id):
        ET.SubElement(element, names.model("incoming")).text = line.id
    for line in (line for line in made.lines if line.source == shape.id):
        ET.SubElement(element, names.model("outgoing")).text = line.id
    if shape.timer:
        timer = {"id": f"timer_{shape.id}"}
        event = ET.SubElement(element, names.model("timerEventDefinition"), timer)
        ET.SubElement(event, names.model("timeDuration")).text = shape.timer


def _flow(process: ET.Element, line: Line) -> None:
    own = {"id": line.id, "sourceRef": line.source, "targetRef": line.target}
    if line.name:
        own["name"] = _plain(line.name)
    element = ET.SubElement(process, names.model("sequenceFlow"), own)
    if line.verb:
        names.add_fields(_extension(element, "outcome"), {"verb": line.verb})


def _diagram(root: ET.Element, made: Graph) -> None:
    diagram = ET.SubElement(root, f"{{{names.BPMNDI}}}BPMNDiagram", {"id": "diagram"})
    plane = ET.SubElement(
        diagram,
        f"{{{names.BPMNDI}}}BPMNPlane",
        {"id": "plane", "bpmnElement": "collaboration"},
    )
    width, height = made.plan.width + 160, made.plan.height
    _shape(plane, "pool", (0, 0, width, height), horizontal=True)
    if made.shapes:
        for number, lane in enumerate(made.plan.lanes, start=1):
            box = (_HEAD, lane.y, width - _HEAD, lane.height)
            _shape(plane, f"lane_{number}", box, horizontal=True)
    for shape in made.shapes:
        _shape(plane, shape.id, (shape.x, shape.y, shape.w, shape.h))
    for line in made.lines:
        own = {"id": f"{line.id}_di", "bpmnElement": line.id}
        edge = ET.SubElement(plane, f"{{{names.BPMNDI}}}BPMNEdge", own)
        for x, y in _route(made.shape(line.source), made.shape(line.target)):
            ET.SubElement(edge, f"{{{names.DI}}}waypoint", {"x": f"{x:.0f}", "y": f"{y:.0f}"})


def _shape(
    plane: ET.Element,
    of: str,
    bounds: tuple[float, float, float, float],
    *,
    horizontal: bool = False,
) -> None:
    own = {"id": f"{of}_di", "bpmnElement": of}
    if horizontal:
        own["isHorizontal"] = "true"
    element = ET.SubElement(plane, f"{{{names.BPMNDI}}}BPMNShape", own)
    x, y, w, h = (f"{value:.0f}" for value in bounds)
    box = {"x": x, "y": y, "width": w, "height": h}
    ET.SubElement(element, f"{{{names.DC}}}Bounds", box)


def _route(start: Shape, end: Shape) -> list[tuple[float, float]]:
    """Return a way of right angles: forwards through the gap before the end, back below."""
    right = start.x + start.w
    if start.tag == "boundaryEvent":
        low = start.y + start.h + 12
        middle = start.x + start.w / 2
        return [
            (middle, start.y + start.h),
            (middle, low),
            (end.x + end.w / 2, low),
            (end.x + end.w / 2, end.y + end.h if low > end.middle else end.y),
        ]
    if end.x >= right:
        if abs(start.middle - end.middle) < 1:
            return [(right, start.middle), (end.x, end.middle)]
        gap = max(right + 4, end.x - 14)
        return [(right, start.middle), (gap, start.middle), (gap, end.middle), (end.x, end.middle)]
    low = max(start.y + start.h, 0) + 14
    return [
        (start.x + start.w / 2, start.y + start.h),
        (start.x + start.w / 2, low),
        (end.x + end.w / 2, low),
        (end.x + end.w / 2, end.y + end.h if low > end.middle else end.y),
    ]
