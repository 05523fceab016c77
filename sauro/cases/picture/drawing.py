"""The picture as other pages take it: both drawings and the table that says the same. Pure."""

from markupsafe import Markup

from sauro.cases.picture import lanes as lanes_drawing
from sauro.cases.picture import rails as rails_drawing
from sauro.cases.picture import words
from sauro.cases.picture.flow import END, Flow, Marks, Node, Way, of_process
from sauro.cases.rules import Process

_NO_MARKS = Marks()


def picture(process: Process | Flow, marks: Marks = _NO_MARKS) -> Markup:
    """Return the picture of a process, with where a case stands: for any page.

    It needs the style sheet `cases/picture.css`. On a narrow screen it reads downwards, on a
    wide one it lies in lanes; the table under it says the same in words.
    """
    flow = process if isinstance(process, Flow) else of_process(process)
    frame = Markup(
        '<figure class="picture"><div class="pic-wide scroll" tabindex="0" role="region"'
        ' aria-label="Sơ đồ theo cơ quan">{}</div><div class="pic-narrow">{}</div>'
        "<figcaption>{}</figcaption></figure>"
    )
    label = said(flow, marks)
    wide = lanes_drawing.draw(flow, marks, label)
    return frame.format(wide, rails_drawing.draw(flow, marks, label), _twin(flow, marks))


def rails(process: Process | Flow, marks: Marks = _NO_MARKS) -> Markup:
    """Return only the drawing that reads downwards, for a narrow column."""
    flow = process if isinstance(process, Flow) else of_process(process)
    return rails_drawing.draw(flow, marks, said(flow, marks))


def said(flow: Flow, marks: Marks = _NO_MARKS) -> str:
    """Return the picture in one sentence, for those who do not see it."""
    main = [node.name for node in flow.nodes if not node.aside]
    waits = [node.name for node in flow.nodes if node.aside]
    parts = [f"Sơ đồ quy trình, {len(main)} bước: {', '.join(main)}."]
    if waits:
        parts.append(f"Ngoài ra có lúc chờ: {', '.join(dict.fromkeys(waits))}.")
    parts.extend(
        f"Đang ở bước {flow.node(key).name}, {here.who}."
        for key, here in marks.open.items()
        if any(node.key == key for node in flow.nodes)
    )
    return " ".join(parts)


def _twin(flow: Flow, marks: Marks) -> Markup:
    heads = ["Bước", "Ai làm", "Hạn", "Rồi tới đâu"]
    if marks.open or marks.done:
        heads.append("Hồ sơ này")
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(text) for text in heads)
    rows = Markup("").join(
        _row(flow, node, number, marks if len(heads) > 4 else None)  # noqa: PLR2004 - the mark
        for number, node in enumerate(flow.nodes, start=1)
    )
    return Markup(
        '<details class="pic-table"><summary>Xem dạng bảng</summary><div class="scroll"'
        ' tabindex="0" role="region" aria-label="Các bước dạng bảng"><table class="tb">'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div></details>"
    ).format(head, rows)


def _row(flow: Flow, node: Node, number: int, marks: Marks | None) -> Markup:
    kind = "" if node.kind == "WORK" else f" ({words.KINDS.get(node.kind, node.kind).lower()})"
    cells = [
        ("", f"{number}. {node.name}{kind}"),
        ("Ai làm", ", ".join(part for part in (node.who, node.whose) if part)),
        ("Hạn", node.length),
        ("Rồi tới đâu", "; ".join(_ways(flow, node))),
    ]
    if marks is not None:
        cells.append(("Hồ sơ này", _mark(node, marks)))
    return Markup("<tr>{}</tr>").format(
        Markup("").join(Markup('<td data-l="{}">{}</td>').format(*cell) for cell in cells)
    )


def _mark(node: Node, marks: Marks) -> str:
    if node.key in marks.open:
        here = marks.open[node.key]
        return ", ".join(part for part in ("đang làm", here.who, here.due) if part)
    return f"xong {marks.done[node.key]}".strip() if node.key in marks.done else "chưa tới"


def _ways(flow: Flow, node: Node) -> list[str]:
    """Return the outcomes of a step in words, those taken together in one."""
    found: dict[str, list[str]] = {}
    for edge in flow.out(node.key, *Way):
        found.setdefault(edge.verb, []).append(flow.node(edge.target).name)
    said = [f"{words.verb(verb)} → {' + '.join(names)}" for verb, names in found.items()]
    said.extend(f"{words.verb(verb)} → kết thúc" for verb in node.ends)
    if node.silence:
        said.append(f"quá hạn im lặng là “{words.verb(node.silence)}”")
    return said


__all__ = ["END", "picture", "rails", "said"]
