"""Reading a BPMN document: our own comes back as it was, another tool's becomes a draft. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sauro.cases.picture import words
from sauro.cases.rules import At
from sauro.core.text import _, fold
from sauro.designer.rules.bpmn import safely
from sauro.designer.rules.bpmn.document import WAITS, Document, Element, FlowLine, document

_KEY_AT_MOST = 40
_AUTOMATIC = frozenset({"serviceTask", "scriptTask", "sendTask", "businessRuleTask"})
_WHOLE = frozenset({"subProcess", "callActivity"})
_LANES = (
    (At.DOOR, ("mot cua", "trung tam", "tiep nhan", "tra ket qua", "reception", "front")),
    (At.AUTHORITY, ("lanh dao", "uy ban", "chu tich", "giam doc", "van thu", "quyet dinh")),
    (At.UNIT, ("phong", "chuyen vien", "chuyen mon", "don vi", "so ", "xu ly", "back office")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What was read. code: "" where another tool made it. notes: what to look at, in words."""

    code: str
    name: str
    definition: dict[str, Any]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Outcome:
    verb: str
    label: str
    move: str | list[str]


def read(content: bytes) -> Imported:
    """Return the process in a BPMN document; what cannot be carried over is told in notes.

    :raises TooLarge: the document is larger than any process
    :raises Invalid: it is no BPMN, declares entities, or has no step
    """
    return _Reading(document(safely.parse(content))).imported()


class _Reading:
    """One document being read: its keys by id, and what there is to say about it."""

    def __init__(self, source: Document) -> None:
        self._source = source
        self._notes: list[str] = []
        self._keys: dict[str, str] = {}
        self._joins: set[str] = set()
        for task in source.tasks:
            self._keys[task.id] = self._key(task)

    def imported(self) -> Imported:
        own = self._source.fields or {}
        steps = [self._step(task) for task in self._in_order()]
        for step in steps:
            if step["key"] in self._joins:
                step["joins"] = True
        if self._source.others:
            self._note(_("Tệp có nhiều quy trình; chỉ quy trình đầu được đọc."))
        kept = own.get("definition")
        return Imported(
            code=str(own.get("code", "")),
            name=str(own.get("name") or self._source.name),
            definition={**(kept if isinstance(kept, dict) else {}), "steps": steps},
            notes=tuple(dict.fromkeys(self._notes)),
        )

    def _note(self, sentence: str, **facts: object) -> None:
        self._notes.append(sentence.format(**facts))

    def _key(self, task: Element) -> str:
        if task.fields and isinstance(task.fields.get("key"), str):
            wanted = str(task.fields["key"])
        else:
            wanted = fold(task.name).replace(" ", "_")[:_KEY_AT_MOST].strip("_") or "buoc"
        key, number = wanted, 1
        while key in self._keys.values():
            number += 1
            key = f"{wanted}_{number}"
        return key

    def _in_order(self) -> list[Element]:
        """Return the tasks in the order of the document, the one the start leads to first."""
        tasks = self._source.tasks
        starts = [node for node in self._source.nodes.values() if node.tag == "startEvent"]
        led = [move for node in starts for o in self._outcomes(node) for move in _listed(o.move)]
        if len(set(led)) > 1:
            self._note(_("Quy trình bắt đầu ở nhiều bước cùng lúc; ở đây chỉ bắt đầu ở một bước."))
        first = next((task for task in tasks if led and self._keys[task.id] == led[0]), None)
        return [first, *(task for task in tasks if task is not first)] if first else tasks

    def _step(self, task: Element) -> dict[str, Any]:
        outcomes = self._outcomes(task)
        if task.fields is not None:
            named = {"name": task.name} if task.name else {}
            verbs = self._named(task, outcomes)
            return {**named, **task.fields, "key": self._keys[task.id], "moves": verbs}
        step: dict[str, Any] = {"key": self._keys[task.id], "name": task.name, "work": task.text}
        at = _place(task.lane)
        if at:
            step["at"] = at
        if task.tag in WAITS:
            step |= {"kind": "WAIT", "party": "OTHER", "pause": "NONE"}
        if task.tag in _AUTOMATIC | _WHOLE:
            self._note(
                _("Trong tệp, “{step}” là việc của máy hoặc quy trình con; đọc như một bước."),
                step=task.name or task.id,
            )
        step["moves"] = self._named(task, outcomes)
        self._silence(task, step)
        return step

    def _silence(self, task: Element, step: dict[str, Any]) -> None:
        for node in self._source.nodes.values():
            if node.tag == "boundaryEvent" and node.attached == task.id:
                led = [outcome.move for outcome in self._outcomes(node)]
                same = [verb for verb, move in step["moves"].items() if move in led]
                if same:
                    step |= {"kind": "OPINION", "silence": same[0]}
                else:
                    self._note(
                        _("Mốc thời gian gắn ở bước “{step}” không dẫn tới kết quả nào; bỏ qua."),
                        step=task.name or task.id,
                    )

    def _outcomes(self, node: Element) -> list[_Outcome]:
        flows = self._source.flows.get(node.id, [])
        if len(flows) > 1 and not any(f.name or f.verb or f.conditional for f in flows):
            found = [o for flow in flows for o in self._leads(flow, "", "", ())]
            return [_Outcome("", "", [to for o in found for to in _listed(o.move)])]
        return [o for flow in flows for o in self._leads(flow, "", "", ())]

    def _leads(
        self, flow: FlowLine, verb: str, label: str, passed: tuple[str, ...]
    ) -> list[_Outcome]:
        """Return where a flow comes to, past every gateway on its way."""
        verb, label = flow.verb or verb, flow.name or label
        node = self._source.nodes[flow.target]
        if node.id in self._keys:
            return [_Outcome(verb, label, self._keys[node.id])]
        out = self._source.flows.get(node.id, [])
        if node.tag == "endEvent" or not out or node.id in passed:
            return [_Outcome(verb, label, "")]
        passed = (*passed, node.id)
        if node.tag in {"parallelGateway", "inclusiveGateway"}:
            return self._parallel(node, out, verb, label, passed)
        return [o for next_flow in out for o in self._leads(next_flow, verb, label, passed)]

    def _parallel(
        self, node: Element, out: list[FlowLine], verb: str, label: str, passed: tuple[str, ...]
    ) -> list[_Outcome]:
        if node.tag == "inclusiveGateway":
            self._note(_("Cổng “hoặc” (inclusive) được đọc như rẽ nhánh song song. Xem lại."))
        if len(out) == 1 and not node.diverges:
            after = self._leads(out[0], verb, label, passed)
            self._joins.update(to for o in after for to in _listed(o.move) if to)
            return after
        found = [o for flow in out for o in self._leads(flow, "", "", passed)]
        return [_Outcome(verb, label, [to for o in found for to in _listed(o.move)])]

    def _named(self, task: Element, outcomes: list[_Outcome]) -> dict[str, str | list[str]]:
        """Return the moves of a step; an outcome that fits no verb keeps its own words."""
        moves: dict[str, str | list[str]] = {}
        for number, outcome in enumerate(outcomes, start=1):
            verb = outcome.verb or _verb(outcome, self._keys, task)
            if verb in moves:
                verb = outcome.label or f"kết quả {number}"
            if verb in moves:
                verb = f"{verb} ({number})"
            moves[verb] = outcome.move
        return moves


def _listed(move: str | list[str]) -> list[str]:
    return [move] if isinstance(move, str) else move


def _verb(outcome: _Outcome, keys: Mapping[str, str], task: Element) -> str:
    """Return the verb that an outcome of another tool most likely is."""
    said = fold(outcome.label)
    for verb, label in words.VERBS.items():
        if said and said == fold(label):
            return verb
    if outcome.label:
        return outcome.label
    order = list(keys.values())
    to = _listed(outcome.move)[0] if outcome.move else ""
    if not to:
        return "HAND_BACK" if keys[task.id] == order[-1] else "STOP"
    return "SEND_BACK" if order.index(to) < order.index(keys[task.id]) else "ADVANCE"


def _place(lane: str) -> str:
    said = fold(lane)
    for at, signs in _LANES:
        if any(sign in f"{said} " for sign in signs):
            return at.value
    return ""
