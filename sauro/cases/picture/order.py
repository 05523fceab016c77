"""In which order steps are drawn downwards, and on which rail each. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sauro.cases.picture.flow import Edge, Flow, Node, Way


@dataclass(frozen=True, slots=True)
class Rails:
    """The rows from top to bottom, and the rail of each step; aside ones stand furthest right."""

    rows: tuple[Node, ...]
    rail: Mapping[str, int]

    @property
    def width(self) -> int:
        """Return how many rails there are."""
        return max(self.rail.values(), default=0) + 1


def rails(flow: Flow) -> Rails:
    """Return the order in which each branch stands whole, from its fork to where it joins."""
    main = _downwards(flow)
    rail = _on_rails(flow, main)
    beyond = max(rail.values(), default=0) + 1
    rows: list[Node] = []
    waiting = [node for node in flow.nodes if node.aside]
    for key in main:
        rows.append(flow.node(key))
        passed = {row.key for row in rows}
        here = [n for n in waiting if _sources(flow, n) & set(main) <= passed]
        for place, node in enumerate(here):
            rail[node.key] = beyond + len(here) - 1 - place
            rows.append(node)
        waiting = [node for node in waiting if node not in here]
    return Rails(tuple(rows), rail)


def _sources(flow: Flow, node: Node) -> set[str]:
    return {edge.source for edge in flow.into(node.key, Way.ASIDE)}


def _downwards(flow: Flow) -> list[str]:
    """Return the steps on the way in an order in which every edge on leads down."""
    placed: list[str] = []
    seen: set[str] = set()

    def visit(key: str) -> None:
        seen.add(key)
        for edge in reversed(flow.out(key, Way.ON)):
            if edge.target not in seen:
                visit(edge.target)
        placed.append(key)

    starts = [node.key for node in flow.nodes if not node.aside]
    for key in (*starts[:1], *reversed(starts)):
        if key not in seen and not (key != starts[0] and flow.into(key, Way.ON)):
            visit(key)
    for key in starts:
        if key not in seen:
            visit(key)
    placed.reverse()
    first = starts[0] if starts else ""
    reached = _from(flow, first)
    return [k for k in placed if k in reached] + [k for k in starts if k not in reached]


def _from(flow: Flow, first: str) -> set[str]:
    reached, todo = {first}, [first]
    while todo:
        for edge in flow.out(todo.pop(), Way.ON):
            if edge.target not in reached:
                reached.add(edge.target)
                todo.append(edge.target)
    return reached


def _on_rails(flow: Flow, rows: Sequence[str]) -> dict[str, int]:
    """Return the rail of each step: a branch takes the next one, and they meet on the first."""
    rail: dict[str, int] = {}
    for key in rows:
        came = [
            rail[e.source] + _place(flow, e) for e in flow.into(key, Way.ON) if e.source in rail
        ]
        rail[key] = min(came, default=0)
    return rail


def _place(flow: Flow, edge: Edge) -> int:
    """Return which of the ways on from its source an edge is, those to one step counted once."""
    ways = list(dict.fromkeys(e.target for e in flow.out(edge.source, Way.ON)))
    return ways.index(edge.target)
