"""A process as the shapes of BPMN: tasks, gateways, events and flows, each with its place. Pure.

A step becomes a task; several outcomes an exclusive gateway behind it; several steps at once a
parallel gateway; the step where branches meet another before it; silence a timer on its edge.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sauro.cases.picture import lanes, of_definition, words
from sauro.cases.picture.flow import END, Flow, targets
from sauro.designer.rules.bpmn import names

_STEP, _LEFT = 340.0, 130.0
_GATE, _EVENT = 40.0, 32.0
_DIAMOND, _SPLIT, _ENDS, _JOIN = 24.0, 84.0, 140.0, 60.0
_PERIODS = {"WORKING_DAY": "P{}D", "DAY": "P{}D", "WEEK": "P{}W", "MONTH": "P{}M", "YEAR": "P{}Y"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A task, gateway or event. of: the step it belongs to. fields: what we add to it."""

    id: str
    tag: str
    name: str
    of: str
    x: float
    y: float
    w: float
    h: float
    text: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, Any] | None = None
    timer: str = ""

    @property
    def middle(self) -> float:
        """Return the height of its middle."""
        return self.y + self.h / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sequence flow. verb: the outcome it is taken with, where it is one."""

    id: str
    source: str
    target: str
    name: str = ""
    verb: str = ""


@dataclass(slots=True)
class Graph:
    """The shapes and lines of a process, in the order they are written."""

    plan: lanes.Plan
    flow: Flow
    shapes: list[Shape] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    def shape(self, key: str) -> Shape:
        """Return the shape with this id."""
        return next(shape for shape in self.shapes if shape.id == key)

    def join(self, source: str, target: str, name: str = "", verb: str = "") -> None:
        """Add a line between two shapes."""
        number = f"flow_{len(self.lines) + 1}"
        self.lines.append(Line(id=number, source=source, target=target, name=name, verb=verb))


def graph(definition: Mapping[str, Any]) -> Graph:
    """Return the shapes of a process whose steps lead only to steps that it has."""
    flow = of_definition(definition)
    made = Graph(lanes.plan(flow, step=_STEP, left=_LEFT), flow)
    steps: Sequence[Mapping[str, Any]] = definition["steps"]
    ids = {s["key"]: _id(s["key"], number) for number, s in enumerate(steps, start=1)}
    meeting = {s["key"]: _branching(steps, s["key"]) for s in steps if s.get("joins")}
    _begin(made, steps, ids)
    for step in steps:
        _task(made, step, ids[step["key"]])
        if step["key"] in meeting:
            _gate(made, step["key"], f"join_{ids[step['key']]}", -_JOIN, "Converging")
            made.join(f"join_{ids[step['key']]}", ids[step["key"]])
    for step in steps:
        _outcomes(made, step, ids, meeting)
    return made


def _id(key: str, number: int) -> str:
    return f"step_{key}" if names.is_id(f"step_{key}") else f"step-{number}"


def _begin(made: Graph, steps: Sequence[Mapping[str, Any]], ids: Mapping[str, str]) -> None:
    if not steps:
        return
    first = steps[0]["key"]
    spot = made.plan.spots[first]
    made.shapes.append(
        Shape(
            id="start",
            tag="startEvent",
            name="Hồ sơ đến",
            of=first,
            x=spot.x - _JOIN - _EVENT - 4,
            y=spot.middle - _EVENT / 2,
            w=_EVENT,
            h=_EVENT,
        )
    )
    made.join("start", ids[first])


def _task(made: Graph, step: Mapping[str, Any], key: str) -> None:
    spot = made.plan.spots[step["key"]]
    fields = {name: value for name, value in step.items() if name not in {"name", "moves"}}
    name = step.get("name", "")
    if "name" in step and not names.is_name(name):
        fields["name"] = name
    made.shapes.append(
        Shape(
            id=key,
            tag="receiveTask" if step.get("kind") == "WAIT" else "userTask",
            name=name if names.is_name(name) else "",
            of=step["key"],
            x=spot.x,
            y=spot.y,
            w=lanes.BOX,
            h=lanes.HIGH,
            text=str(step.get("work", "")),
            fields=fields,
        )
    )


def _gate(made: Graph, step: str, key: str, off: float, direction: str, *, tag: str = "") -> None:
    spot = made.plan.spots[step]
    made.shapes.append(
        Shape(
            id=key,
            tag=tag or "parallelGateway",
            name="",
            of=step,
            x=spot.x + off if off < 0 else spot.right + off,
            y=spot.middle - _GATE / 2,
            w=_GATE,
            h=_GATE,
            attributes={"gatewayDirection": direction},
        )
    )


def _branching(steps: Sequence[Mapping[str, Any]], join: str) -> set[str]:
    """Return the steps of the branches that meet at `join`."""
    moves = {s["key"]: s.get("moves") or {} for s in steps}
    forks = [targets(m) for own in moves.values() for m in own.values() if not isinstance(m, str)]
    todo = [key for fork in forks for key in fork if key != join]
    found: set[str] = set()
    while todo:
        key = todo.pop()
        if key in moves and key != join and key not in found:
            found.add(key)
            todo.extend(to for move in moves[key].values() for to in targets(move))
    return found


def _outcomes(
    made: Graph,
    step: Mapping[str, Any],
    ids: Mapping[str, str],
    meeting: Mapping[str, set[str]],
) -> None:
    key, own = step["key"], ids[step["key"]]
    moves: Mapping[str, Any] = step.get("moves") or {}
    origin = own
    if len(moves) > 1:
        origin = f"choice_{own}"
        _gate(made, key, origin, _DIAMOND, "Diverging", tag="exclusiveGateway")
        made.join(own, origin)
    entries = {}
    for number, (verb, move) in enumerate(words.ordered(moves), start=1):
        entries[verb] = _entry(made, key, number, move, ids, meeting)
        made.join(origin, entries[verb], words.verb(verb), verb)
    if step.get("silence") in entries:
        _silence(made, step, own, entries[step["silence"]])


def _entry(  # noqa: PLR0917 - what an outcome is in
    made: Graph,
    key: str,
    number: int,
    move: object,
    ids: Mapping[str, str],
    meeting: Mapping[str, set[str]],
) -> str:
    """Return the shape that an outcome leads to, making the gateway or the end it needs."""

    def door(to: str) -> str:
        if to == END:
            return _end(made, key, ids[key])
        return f"join_{ids[to]}" if key in meeting.get(to, ()) else ids[to]

    if isinstance(move, str):
        return door(move)
    split = f"split_{ids[key]}_{number}"
    _gate(made, key, split, _SPLIT, "Diverging")
    for to in targets(move):
        made.join(split, door(to))
    return split


def _end(made: Graph, key: str, own: str) -> str:
    name = f"end_{own}"
    if not any(shape.id == name for shape in made.shapes):
        spot = made.plan.spots[key]
        made.shapes.append(
            Shape(
                id=name,
                tag="endEvent",
                name="Kết thúc",
                of=key,
                x=spot.right + _ENDS - _EVENT,
                y=spot.y + lanes.HIGH - _EVENT / 2,
                w=_EVENT,
                h=_EVENT,
            )
        )
    return name


def _silence(made: Graph, step: Mapping[str, Any], own: str, entry: str) -> None:
    spot = made.plan.spots[step["key"]]
    term: Mapping[str, Any] = step.get("term") or {}
    period = _PERIODS.get(str(term.get("unit")), "PT{}H").format(term.get("value", 1))
    made.shapes.append(
        Shape(
            id=f"silence_{own}",
            tag="boundaryEvent",
            name="Im lặng quá hạn",
            of=step["key"],
            x=spot.right - _EVENT - 8,
            y=spot.y + lanes.HIGH - _EVENT / 2,
            w=_EVENT,
            h=_EVENT,
            attributes={"attachedToRef": own, "cancelActivity": "true"},
            timer=period,
        )
    )
    made.join(f"silence_{own}", entry, words.verb(step["silence"]))
