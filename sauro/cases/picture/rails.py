"""The drawing that reads downwards: a rail with a stop for each step, as on a bus map. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from sauro.cases.picture import order, pen, words
from sauro.cases.picture.flow import Edge, Flow, Marks, Node, Way

WIDTH = 340
_LEFT, _RAIL, _STOP, _BEND = 16, 22, 11, 20
_NAME, _LINE = 15, 13
_TOP, _GAP = 18, 20


@dataclass(frozen=True, slots=True)
class _Row:
    node: Node
    x: float
    y: float
    number: int


def draw(flow: Flow, marks: Marks, label: str) -> Markup:
    """Return the drawing; a row is as high as its words need."""
    plan = order.rails(flow)
    at = _LEFT + plan.width * _RAIL + 4
    numbers = {node.key: place for place, node in enumerate(flow.nodes, start=1)}
    rows: dict[str, _Row] = {}
    texts: list[Markup] = []
    y = float(_TOP)
    for node in plan.rows:
        x = _LEFT + plan.rail[node.key] * _RAIL
        rows[node.key] = _Row(node, x, y, numbers[node.key])
        drawn, height = _words(flow, node, marks, at, y)
        texts.append(drawn)
        y += max(height, 2 * _STOP) + _GAP
    last = [row for row in rows.values() if row.node.ends and not flow.out(row.node.key, Way.ON)]
    last = [row for row in last if not row.node.aside]
    lines = list(_lines(flow, rows))
    if last:
        lines.extend(_ended(last, y))
        texts.append(pen.text(at, y + 4, ["Kết thúc"], _LINE, "p-sub"))
        y += _STOP + _GAP
    stops = [_stop(row, marks) for row in rows.values()]
    return pen.sheet(WIDTH, y, "pic pic-rails", label, [*lines, *stops, *texts])


def _ended(last: Sequence[_Row], y: float) -> Iterator[Markup]:
    end = min(row.x for row in last)
    for row in last:
        bend = f"V{y - _BEND}" + (_bend(row.x, y - _BEND, end) if row.x != end else f"V{y}")
        yield pen.path(f"M{row.x} {row.y}{bend}", "p-way")
    yield pen.dot(end, y, 6, "p-end")


def _lines(flow: Flow, rows: Mapping[str, _Row]) -> Iterator[Markup]:
    for edge in flow.edges:
        if edge.source in rows and edge.target in rows and edge.way in {Way.ON, Way.ASIDE}:
            start, end = rows[edge.source], rows[edge.target]
            if edge.way is Way.ASIDE and start.y > end.y:
                continue
            yield pen.path(_along(start, end, list(rows.values())), f"p-way p-{edge.way.lower()}")


def _along(start: _Row, end: _Row, rows: Sequence[_Row]) -> str:
    """Return the path from a stop down to another, on a rail with no stop in between."""
    between = {row.x for row in rows if start.y < row.y < end.y}
    free = [x for x in (end.x, start.x) if x not in between]
    x = free[0] if free else max(between) + _RAIL
    drawn, y = f"M{start.x} {start.y}", start.y
    if x != start.x:
        drawn += f"V{y + _STOP}" + _bend(start.x, y + _STOP, x)
        y += _STOP + _BEND
    if x != end.x:
        drawn += f"V{end.y - _STOP - _BEND}" + _bend(x, end.y - _STOP - _BEND, end.x)
    return f"{drawn}V{end.y}"


def _bend(x: float, y: float, to: float) -> str:
    half = y + _BEND / 2
    return f"C{x} {half} {to} {half} {to} {y + _BEND}"


def _stop(row: _Row, marks: Marks) -> Markup:
    node, y = row.node, row.y
    state = "open" if node.key in marks.open else "done" if node.key in marks.done else ""
    late = state == "open" and marks.open[node.key].late
    css = " ".join(
        part
        for part in ("p-stop", state and f"p-{state}", late and "p-late", node.aside and "p-wait")
        if part
    )
    parts = [pen.dot(row.x, y, _STOP + 5, "p-ring")] if state == "open" else []
    parts.append(pen.dot(row.x, y, _STOP, "p-dot"))
    number = str(row.number)
    parts.append(
        pen.tick(row.x, y)
        if state == "done"
        else pen.text(row.x - 4 * len(number), y + 4.5, [number], _LINE, "p-number")
    )
    if node.joins:
        parts.append(pen.box(row.x - 10, y - _STOP - 6, 20, 3, "p-bar"))
    return pen.group(parts, css)


def _words(flow: Flow, node: Node, marks: Marks, x: float, y: float) -> tuple[Markup, float]:
    room = WIDTH - x - 4
    name = pen.wrap(node.name, room, _NAME * 1.04, 3)
    parts = [pen.text(x, y + 5, name, _NAME, "p-name")]
    below = y + 5 + len(name) * _NAME * 1.3
    for said, css in _said(flow, node, marks):
        lines = pen.wrap(said, room, _LINE, 3)
        parts.append(pen.text(x, below, lines, _LINE, f"p-sub {css}".strip()))
        below += len(lines) * _LINE * 1.3
    return Markup("").join(parts), below - y - 14


def _said(flow: Flow, node: Node, marks: Marks) -> Iterator[tuple[str, str]]:
    """Yield what stands below the name of a step, with its class."""
    yield from _about(flow, node)
    if node.key in marks.open:
        here = marks.open[node.key]
        yield here.who, "p-here"
        if here.due:
            yield here.due, "p-here p-bad" if here.late else "p-here"
    elif marks.done.get(node.key):
        yield marks.done[node.key], "p-was"


def _about(flow: Flow, node: Node) -> Iterator[tuple[str, str]]:
    kind = words.KINDS.get(node.kind, node.kind) if node.kind != "WORK" else ""
    yield " · ".join(part for part in (kind, node.whose, node.who) if part), ""
    if node.length:
        yield node.length, ""
    branches = [edge for edge in flow.out(node.key, Way.ON) if edge.forks]
    if branches:
        yield f"rồi rẽ {len(branches)} nhánh cùng lúc", "p-note"
    if node.joins:
        yield "mở khi mọi nhánh đã xong", "p-note"
    if node.silence:
        yield f"quá hạn im lặng là “{words.verb(node.silence)}”", "p-note"
    for edge in _others(flow, node):
        yield f"↩ {words.verb(edge.verb)}: về “{flow.node(edge.target).name}”", ""


def _others(flow: Flow, node: Node) -> list[Edge]:
    found = flow.out(node.key, Way.BACK, Way.HOME)
    return list({edge.target: edge for edge in found}.values())
