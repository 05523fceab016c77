"""What there is to draw: the steps of a process, how they follow one another, and the marks. Pure.

A draft may be broken in any way and still has a picture: what leads nowhere is left out, what
nothing leads to stands at the end.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from sauro.cases.picture import words
from sauro.cases.rules import Party, Process

END = ""


class Way(StrEnum):
    """How an edge is drawn: on to the next, back to an earlier one, aside to a wait and home."""

    ON = "ON"
    BACK = "BACK"
    ASIDE = "ASIDE"
    HOME = "HOME"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A step as it is drawn. whose: the lane. ends: the verbs that end the case from here.

    aside: a wait beside the way, from which the case comes back to where it was going.
    """

    key: str
    name: str
    kind: str
    who: str
    whose: str
    length: str
    joins: bool = False
    silence: str = ""
    aside: bool = False
    ends: tuple[str, ...] = ()
    rank: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One way from a step to another. forks: it is one of several taken at once."""

    source: str
    target: str
    verb: str
    way: Way = Way.ON
    forks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """An open task of the case: who holds it and by when, in words."""

    who: str
    due: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Where a case stands. done: step -> when, in words. open: step -> who holds it."""

    done: Mapping[str, str] = field(default_factory=dict)
    open: Mapping[str, Here] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Flow:
    """The steps in the order of the process, and the edges between them."""

    name: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    def node(self, key: str) -> Node:
        """Return the step with this key."""
        return next(node for node in self.nodes if node.key == key)

    def out(self, key: str, *ways: Way) -> list[Edge]:
        """Return the edges that leave a step in one of these ways."""
        return [edge for edge in self.edges if edge.source == key and edge.way in ways]

    def into(self, key: str, *ways: Way) -> list[Edge]:
        """Return the edges that reach a step in one of these ways."""
        return [edge for edge in self.edges if edge.target == key and edge.way in ways]


def of_process(process: Process) -> Flow:
    """Return what there is to draw of a published process."""
    steps = [_as_data(step) for step in process.steps]
    return of_definition({"name": process.name, "steps": steps})


def _as_data(step: Any) -> dict[str, Any]:  # noqa: ANN401 - any version of a step
    names = ("key", "name", "post", "at", "share", "kind", "joins", "silence", "party", "agency")
    data = {name: getattr(step, name) for name in names if getattr(step, name, None)}
    if step.term:
        data["term"] = {"value": step.term.value, "unit": step.term.unit}
    moves = {verb: list(to) if len(to) > 1 else "".join(to) for verb, to in step.moves.items()}
    return {**data, "moves": moves}


def targets(move: object) -> tuple[str, ...]:
    """Return the steps that a move leads to: one, or several at once."""
    if isinstance(move, str):
        return (move,)
    return tuple(str(key) for key in move) if isinstance(move, Iterable) else ()


def of_definition(definition: Mapping[str, Any]) -> Flow:
    """Return what there is to draw of a process as data, finished or not."""
    steps: Sequence[Mapping[str, Any]] = definition.get("steps", ())
    raw = [_node(step) for step in steps]
    keys = {node.key for node in raw}
    plain = [edge for step in steps for edge in _edges(step, keys)]
    backs = _backs([node.key for node in raw], plain)
    aside = {node.key for node, step in zip(raw, steps, strict=True) if _aside(step, plain, backs)}
    edges = tuple(_with_way(edge, aside, backs) for edge in plain)
    ranks = _ranks([node.key for node in raw], edges, aside)
    nodes = tuple(_placed(node, aside, ranks) for node in raw)
    return Flow(str(definition.get("name", "")), nodes, edges)


def _node(step: Mapping[str, Any]) -> Node:
    party, at = str(step.get("party", Party.OFFICE)), str(step.get("at", ""))
    moves: Mapping[str, Any] = step.get("moves") or {}
    return Node(
        key=str(step.get("key", "")),
        name=str(step.get("name") or "Bước chưa có tên"),
        kind=str(step.get("kind") or ("WORK" if party == Party.OFFICE else "WAIT")),
        who=words.role(str(step.get("post", ""))),
        whose=words.whose(party, at, str(step.get("agency", ""))),
        length=words.length(step.get("share"), step.get("term")),
        joins=bool(step.get("joins")),
        silence=str(step.get("silence") or ""),
        ends=tuple(verb for verb, move in words.ordered(moves) if END in targets(move)),
    )


def _edges(step: Mapping[str, Any], keys: set[str]) -> list[Edge]:
    moves: Mapping[str, Any] = step.get("moves") or {}
    return [
        Edge(
            source=str(step.get("key", "")),
            target=to,
            verb=verb,
            forks=not isinstance(move, str) and len(targets(move)) > 1,
        )
        for verb, move in words.ordered(moves)
        for to in targets(move)
        if to in keys
    ]


def _backs(order: Sequence[str], edges: Sequence[Edge]) -> set[tuple[str, str]]:
    """Return the pairs that lead back to a step on the way here, first outcomes first."""
    found: set[tuple[str, str]] = set()
    seen: set[str] = set()

    def walk(key: str, trail: tuple[str, ...]) -> None:
        seen.add(key)
        for edge in edges:
            if edge.source == key:
                if edge.target in (*trail, key):
                    found.add((key, edge.target))
                elif edge.target not in seen:
                    walk(edge.target, (*trail, key))

    for key in order:
        if key not in seen:
            walk(key, ())
    return found


def _aside(step: Mapping[str, Any], edges: Sequence[Edge], backs: set[tuple[str, str]]) -> bool:
    """Test whether a step is a wait beside the way: without it the case gets there as well."""
    if str(step.get("party", Party.OFFICE)) == Party.OFFICE:
        return False
    key = str(step.get("key", ""))
    sources = {edge.source for edge in edges if edge.target == key}
    homes = {edge.target for edge in edges if edge.source == key} - {key}
    if not sources or not homes:
        return False
    on = [edge for edge in edges if key not in (edge.source, edge.target)]
    on = [edge for edge in on if (edge.source, edge.target) not in backs]
    return all(home in _reach(source, on) for home in homes for source in sources)


def _reach(start: str, edges: Sequence[Edge]) -> set[str]:
    reached, todo = {start}, [start]
    while todo:
        key = todo.pop()
        more = {edge.target for edge in edges if edge.source == key} - reached
        reached |= more
        todo.extend(more)
    return reached


def _with_way(edge: Edge, aside: set[str], backs: set[tuple[str, str]]) -> Edge:
    if edge.target in aside:
        way = Way.ASIDE
    elif edge.source in aside:
        way = Way.HOME
    else:
        way = Way.BACK if (edge.source, edge.target) in backs else Way.ON
    return replace(edge, way=way)


def _ranks(order: Sequence[str], edges: Sequence[Edge], aside: set[str]) -> dict[str, int]:
    """Return how far along each step stands: the longest way on from the first."""
    ranks = dict.fromkeys(order[:1], 0)
    for _round in order:
        for edge in edges:
            if edge.way is Way.ON and edge.source in ranks:
                ranks[edge.target] = max(ranks.get(edge.target, 0), ranks[edge.source] + 1)
    last = max(ranks.values(), default=0)
    for key in order:
        if key in aside:
            homes = [ranks[e.source] for e in edges if e.target == key and e.source in ranks]
            ranks[key] = max(homes, default=last)
    for place, key in enumerate((key for key in order if key not in ranks), start=1):
        ranks[key] = last + place
    return ranks


def _placed(node: Node, aside: set[str], ranks: Mapping[str, int]) -> Node:
    return replace(node, aside=node.key in aside, rank=ranks[node.key])
