"""The pen: lines, boxes and text that wraps, as SVG. Pure.

Nothing in a page may carry a style of its own, so every shape says its class and the style
sheet of the picture its colour.
"""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

_NARROW, _WIDE = set("iIlíìịỉĩ.,:;'’|!()[]tfrj· "), set("mwMWQƠỜỚỢÔỒỐỘĐ%@")
_LINE = 1.3


def width(text: str, size: float) -> float:
    """Return about how wide a text is: letters of three widths are near enough to wrap by."""
    units = sum(0.32 if c in _NARROW else 0.9 if c in _WIDE else 0.57 for c in text)
    return units * size


def wrap(text: str, room: float, size: float, most: int) -> list[str]:
    """Return a text in at most so many lines; what does not fit ends in "…"."""
    lines: list[str] = []
    for word in text.split():
        if lines and width(f"{lines[-1]} {word}", size) <= room:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], _shortened(f"{lines[most - 1]} {lines[most]}", room, size)]
    return [_shortened(line, room, size) for line in lines]


def _shortened(text: str, room: float, size: float) -> str:
    if width(text, size) <= room:
        return text
    while text and width(f"{text}…", size) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def text(x: float, y: float, lines: Sequence[str], size: float, css: str = "") -> Markup:
    """Return lines of text, the base of the first at y."""
    step = size * _LINE
    rows = Markup("").join(
        Markup('<tspan x="{}" y="{}">{}</tspan>').format(_n(x), _n(y + step * row), line)
        for row, line in enumerate(lines)
    )
    return Markup('<text class="{}" font-size="{}">{}</text>').format(css, _n(size), rows)


def path(points: str, css: str) -> Markup:
    """Return a line along a path."""
    return Markup('<path class="{}" d="{}"/>').format(css, points)


def box(  # noqa: PLR0917 - as in SVG
    x: float, y: float, w: float, h: float, css: str, corner: float = 0
) -> Markup:
    """Return a rectangle."""
    shape = Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="{}"/>')
    return shape.format(css, _n(x), _n(y), _n(w), _n(h), _n(corner))


def dot(x: float, y: float, r: float, css: str) -> Markup:
    """Return a circle."""
    return Markup('<circle class="{}" cx="{}" cy="{}" r="{}"/>').format(css, _n(x), _n(y), _n(r))


def tick(x: float, y: float) -> Markup:
    """Return the mark of something done, centred."""
    return path(f"M{_n(x - 4)} {_n(y)}l3 3.2 5-6", "p-tick")


def arrow(x: float, y: float, way: str) -> Markup:
    """Return the head of an arrow whose tip is at x, y; way: "r", "l", "u" or "d"."""
    wings = {"r": "-7-4v8z", "l": "7-4v8z", "u": "-4 7h8z", "d": "-4-7h8z"}[way]
    return path(f"M{_n(x)} {_n(y)}l{wings}", "p-head")


def group(parts: Iterable[Markup], css: str, title: str = "") -> Markup:
    """Return shapes that belong together."""
    inner = Markup("").join(parts)
    said = Markup("<title>{}</title>").format(title) if title else Markup("")
    return Markup('<g class="{}">{}{}</g>').format(css, said, inner)


def sheet(w: float, h: float, css: str, label: str, parts: Iterable[Markup]) -> Markup:
    """Return the whole drawing, which says in words what it shows."""
    opening = Markup(
        '<svg class="{}" viewBox="0 0 {} {}" width="{}" height="{}" role="img" aria-label="{}">'
    )
    said = opening.format(css, _n(w), _n(h), _n(w), _n(h), label)
    return said + Markup("").join(parts) + Markup("</svg>")


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
