"""The drawing for a wide screen: a lane for each who works, time running to the right. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from sauro.cases.picture import pen, words
from sauro.cases.picture.flow import Edge, Flow, Marks, Node, Way

BOX, HIGH = 158, 88
_GAP, _ROW, _HEAD, _PAD = 38, 22, 112, 14
_NAME, _LINE = 14, 13
_FIRST = {words.CITIZEN: -1, **{label: place for place, label in enumerate(words.PLACES.values())}}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a step stands: its upper left corner."""

    x: float
    y: float

    @property
    def middle(self) -> float:
        """Return the height of its middle."""
        return self.y + HIGH / 2

    @property
    def right(self) -> float:
        """Return its right side."""
        return self.x + BOX


@dataclass(frozen=True, slots=True)
class Lane:
    """One who works, and the band in which their steps stand."""

    name: str
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Plan:
    """Lanes from top to bottom, and the place of every step in them."""

    lanes: tuple[Lane, ...]
    spots: Mapping[str, Spot]
    width: float
    height: float


def plan(flow: Flow, *, step: float = BOX + _GAP, left: float = _HEAD + _PAD) -> Plan:
    """Return where everything stands. step: from one column to the next."""
    names = sorted(dict.fromkeys(node.whose for node in flow.nodes), key=lambda n: _FIRST.get(n, 9))
    lanes: list[Lane] = []
    spots: dict[str, Spot] = {}
    y = 1.0
    for name in names:
        own = [node for node in flow.nodes if node.whose == name]
        taken: dict[int, int] = {}
        for node in own:
            row = taken.get(node.rank, 0)
            taken[node.rank] = row + 1
            spots[node.key] = Spot(left + node.rank * step, y + _ROW + row * (HIGH + _ROW))
        height = max(taken.values()) * (HIGH + _ROW) + _ROW
        lanes.append(Lane(name, y, height))
        y += height
    right = max((spot.right for spot in spots.values()), default=left + BOX)
    return Plan(tuple(lanes), spots, right + _GAP, y + 1)


def draw(flow: Flow, marks: Marks, label: str) -> Markup:
    """Return the drawing."""
    made = plan(flow)
    numbers = {node.key: place for place, node in enumerate(flow.nodes, start=1)}
    parts = [_lane(lane, made.width) for lane in made.lanes]
    parts.extend(_lines(flow, made.spots))
    parts.extend(_step(node, made.spots[node.key], numbers[node.key], marks) for node in flow.nodes)
    return pen.sheet(made.width, made.height, "pic pic-lanes", label, parts)


def _lane(lane: Lane, width: float) -> Markup:
    name = pen.wrap(lane.name, _HEAD - 20, _LINE * 1.05, 4)
    y = lane.y + lane.height / 2 - (len(name) - 1) * _LINE * 0.65 + 4
    return pen.group(
        [
            pen.box(0.5, lane.y, width - 1, lane.height, "p-lane"),
            pen.box(0.5, lane.y, _HEAD, lane.height, "p-who"),
            pen.text(10, y, name, _LINE, "p-lane-name"),
        ],
        "p-band",
    )


def _step(node: Node, spot: Spot, number: int, marks: Marks) -> Markup:
    state = "open" if node.key in marks.open else "done" if node.key in marks.done else ""
    late = state == "open" and marks.open[node.key].late
    css = ["p-step", state and f"p-{state}", late and "p-late", node.aside and "p-wait"]
    parts = []
    if state == "open":
        parts.append(pen.box(spot.x - 5, spot.y - 5, BOX + 10, HIGH + 10, "p-ring", 13))
    parts.append(pen.box(spot.x, spot.y, BOX, HIGH, "p-box", 9))
    head = f"{number}. {node.name}"
    name = pen.wrap(head, BOX - 22, _NAME * 1.05, 2)
    parts.append(pen.text(spot.x + 11, spot.y + 21, name, _NAME, "p-name"))
    y = spot.y + 21 + len(name) * _NAME * 1.3
    for said, more in list(_said(node, marks))[: 4 - len(name)]:
        line = pen.wrap(said, BOX - 22, _LINE, 1)
        parts.append(pen.text(spot.x + 11, y, line, _LINE, f"p-sub {more}".strip()))
        y += _LINE * 1.3
    if state == "done":
        parts.append(pen.dot(spot.right - 4, spot.y + 4, 9, "p-done-dot"))
        parts.append(pen.tick(spot.right - 4, spot.y + 4))
    if node.joins:
        parts.append(pen.box(spot.x - 9, spot.y + 10, 4, HIGH - 20, "p-bar"))
    return pen.group(parts, " ".join(part for part in css if part), head)


def _said(node: Node, marks: Marks) -> Iterator[tuple[str, str]]:
    if node.key in marks.open:
        here = marks.open[node.key]
        yield here.who, "p-here"
        yield here.due or node.length, "p-here p-bad" if here.late else "p-here"
        return
    if node.kind == "WORK":
        yield node.who, ""
    else:
        yield f"{words.KINDS.get(node.kind, node.kind)} · {node.who}", ""
    yield node.length, ""


def _lines(flow: Flow, spots: Mapping[str, Spot]) -> Iterator[Markup]:
    """Yield every way from step to step; boxes are drawn over them later."""
    drawn: set[tuple[str, str]] = set()
    for edge in flow.edges:
        if (edge.source, edge.target) in drawn or edge.source == edge.target:
            continue
        drawn.add((edge.source, edge.target))
        start, end = spots[edge.source], spots[edge.target]
        if edge.way is Way.ON:
            yield _on(start, end, list(spots.values()))
            yield _label(flow, edge, start)
        elif edge.way is Way.BACK:
            yield _back(start, end, track=len(drawn) % 3)
        elif edge.way is Way.ASIDE:
            yield _aside(start, end, track=len(drawn) % 2)


def _on(start: Spot, end: Spot, all_spots: Sequence[Spot]) -> Markup:
    """Return the way on: straight where nothing stands between, else through the nearest gap."""
    gap = end.x - _GAP / 2
    between = [
        s for s in all_spots if start.right < s.x < end.x - _GAP and s.middle == start.middle
    ]
    if not between:
        points = f"M{start.right} {start.middle}H{gap}V{end.middle}H{end.x - 3}"
    else:
        channel = start.y - _ROW / 2
        points = (
            f"M{start.right} {start.middle}h{_GAP / 2}V{channel}H{gap}V{end.middle}H{end.x - 3}"
        )
    line = pen.path(points, "p-way p-on")
    return pen.group([line, pen.arrow(end.x - 1, end.middle, "r")], "p-edge")


def _label(flow: Flow, edge: Edge, start: Spot) -> Markup:
    """Return the outcome on a way, where the step has several ways on and takes one."""
    ways = [other for other in flow.out(edge.source, Way.ON) if not other.forks]
    if edge.forks or len({other.target for other in ways}) < 2:  # noqa: PLR2004 - a choice
        return Markup("")
    place = [other.target for other in ways].index(edge.target)
    line = pen.wrap(words.verb(edge.verb), BOX + _GAP, _LINE, 1)
    return pen.text(start.right + 5, start.middle - 6 + place * 18, line, _LINE, "p-sub p-verb")


def _back(start: Spot, end: Spot, *, track: int) -> Markup:
    """Return the way back to an earlier step, below the boxes."""
    low = start.y + HIGH + 6 + track * 4
    before = end.x - 9 - track * 4
    points = f"M{start.x + BOX / 2} {start.y + HIGH}V{low}H{before}V{end.middle + 14}H{end.x - 3}"
    head = pen.arrow(end.x - 1, end.middle + 14, "r")
    return pen.group([pen.path(points, "p-way p-back"), head], "p-edge p-edge-back")


def _aside(start: Spot, end: Spot, *, track: int) -> Markup:
    """Return the way to a wait and home again."""
    x = start.right + 10 + track * 6
    side = end.right if end.x >= start.x else end.x
    y = end.middle + track * 8
    points = f"M{start.right} {start.middle - 14}H{x}V{y}H{side}"
    head = pen.arrow(side + (1 if side == end.right else -1), y, "l" if side == end.right else "r")
    home = pen.arrow(start.right + 1, start.middle - 14, "l")
    return pen.group([pen.path(points, "p-way p-aside"), head, home], "p-edge p-edge-back")
