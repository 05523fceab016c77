"""What a BPMN document says, without what it means here: nodes, flows, lanes. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree as ET

from sauro.core.errors import Invalid
from sauro.core.text import _, tidy
from sauro.designer.rules.bpmn import names

TASKS = frozenset(
    {
        "task",
        "userTask",
        "manualTask",
        "serviceTask",
        "scriptTask",
        "sendTask",
        "businessRuleTask",
        "receiveTask",
        "subProcess",
        "callActivity",
        "intermediateCatchEvent",
    }
)
WAITS = frozenset({"receiveTask", "intermediateCatchEvent"})
_GATEWAYS = frozenset(
    {
        "exclusiveGateway",
        "parallelGateway",
        "inclusiveGateway",
        "eventBasedGateway",
        "complexGateway",
    }
)
_EVENTS = frozenset({"startEvent", "endEvent", "intermediateThrowEvent", "boundaryEvent"})
_NODES = TASKS | _GATEWAYS | _EVENTS
_STEPS_AT_MOST = 80

_NO_PROCESS = _("Trong tệp không có quy trình BPMN nào có bước. Xem lại tệp vừa chọn.")
_TOO_MANY = _("Quy trình có hơn {limit} bước. Tách thành nhiều quy trình nhỏ rồi nhập lại.")


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowLine:
    """A sequence flow as the document has it. verb: ours; conditional: it has a condition."""

    target: str
    name: str
    verb: str
    conditional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """A node as the document has it. fields: ours, None where another tool made it."""

    id: str
    tag: str
    name: str
    text: str
    attached: str
    diverges: bool
    lane: str
    fields: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Document:
    """A process as the document has it: nodes in its order, and the flows that leave each."""

    name: str
    fields: Mapping[str, Any] | None
    nodes: Mapping[str, Element]
    flows: Mapping[str, list[FlowLine]] = field(default_factory=dict)
    others: int = 0

    @property
    def tasks(self) -> list[Element]:
        """Return the nodes that become steps, in order."""
        return [node for node in self.nodes.values() if node.tag in TASKS]


def document(root: ET.Element) -> Document:
    """Return what the first process with steps says.

    :raises Invalid: there is none, it has too many steps, or our own part of it is broken
    """
    processes = root.findall(names.model("process"))
    full = [p for p in processes if any(names.local(child) in TASKS for child in p)]
    if names.local(root) != "definitions" or not full:
        raise Invalid(_NO_PROCESS, field="file")
    try:
        return _read(full[0], _pool(root, full[0]), len(full) - 1)
    except ValueError as cause:
        message = _("Phần riêng của Sáu Rõ trong tệp đã bị sửa sai. Xuất lại quy trình rồi nhập.")
        raise Invalid(message, field="file") from cause


def _read(process: ET.Element, pool: str, others: int) -> Document:
    lane_of = {
        (ref.text or "").strip(): lane.get("name", "")
        for lane in process.iter(names.model("lane"))
        for ref in lane.findall(names.model("flowNodeRef"))
    }
    nodes = {
        child.get("id", ""): _element(child, lane_of)
        for child in process
        if names.local(child) in _NODES and child.get("id")
    }
    if sum(node.tag in TASKS for node in nodes.values()) > _STEPS_AT_MOST:
        raise Invalid(_TOO_MANY, field="file", limit=_STEPS_AT_MOST)
    flows: dict[str, list[FlowLine]] = {}
    for child in process.findall(names.model("sequenceFlow")):
        if child.get("targetRef") in nodes:
            flows.setdefault(child.get("sourceRef", ""), []).append(_flow(child))
    own = _fields(process, "process")
    name = tidy(process.get("name") or pool)[: names.NAME_AT_MOST]
    return Document(name, own, nodes, flows, others)


def _pool(root: ET.Element, process: ET.Element) -> str:
    for pool in root.iter(names.model("participant")):
        if pool.get("processRef") == process.get("id"):
            return pool.get("name", "")
    return ""


def _element(child: ET.Element, lane_of: Mapping[str, str]) -> Element:
    text = child.find(names.model("documentation"))
    return Element(
        id=child.get("id", ""),
        tag=names.local(child),
        name=tidy(child.get("name", ""))[: names.NAME_AT_MOST],
        text=tidy((text.text or "") if text is not None else "")[: names.NAME_AT_MOST],
        attached=child.get("attachedToRef", ""),
        diverges=child.get("gatewayDirection") == "Diverging",
        lane=lane_of.get(child.get("id", ""), ""),
        fields=_fields(child, "step"),
    )


def _flow(child: ET.Element) -> FlowLine:
    return FlowLine(
        target=child.get("targetRef", ""),
        name=tidy(child.get("name", ""))[: names.NAME_AT_MOST],
        verb=str((_fields(child, "outcome") or {}).get("verb", "")),
        conditional=child.find(names.model("conditionExpression")) is not None,
    )


def _fields(element: ET.Element, name: str) -> dict[str, Any] | None:
    extension = element.find(names.model("extensionElements"))
    own = extension.find(names.ours(name)) if extension is not None else None
    return names.fields_of(own) if own is not None else None
