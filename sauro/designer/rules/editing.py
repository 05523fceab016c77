"""Changing a draft: every change keeps the case a way through where there was one. Pure."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from sauro.cases.picture import words
from sauro.cases.picture.flow import END, Flow, Way, of_definition, targets
from sauro.core.errors import Invalid, NotFound
from sauro.core.text import _, fold, tidy

STEPS_AT_MOST = 80
_KEY_AT_MOST = 40
_NO_STEP = _("Bước này không còn trong bản nháp. Tải lại trang để xem bản mới.")

Definition = dict[str, Any]
Step = dict[str, Any]


def step_of(definition: Mapping[str, Any], key: str) -> Step:
    """Return a step of a draft.

    :raises NotFound: it has no such step
    """
    for step in definition.get("steps", ()):
        if step["key"] == key:
            return dict(step)
    raise NotFound(_NO_STEP)


def replaced(definition: Mapping[str, Any], key: str, step: Mapping[str, Any]) -> Definition:
    """Return the draft with one step as it is now filled in."""
    step_of(definition, key)
    steps = [dict(step) if s["key"] == key else s for s in definition["steps"]]
    return {**definition, "steps": steps}


def with_about(definition: Mapping[str, Any], about: Mapping[str, Any]) -> Definition:
    """Return the draft with what is said of the whole; an empty part is left out."""
    merged = {**definition, **about}
    return {name: value for name, value in merged.items() if value or name == "steps"}


def added(
    definition: Mapping[str, Any], after: str, name: str, *, beside: bool = False
) -> tuple[Definition, str]:
    """Return the draft with a new step, and its key.

    The new step stands on the way from `after` to where its first outcome led. beside: it runs
    at the same time as `after`, and where `after` leads waits for both.

    :raises Invalid: it has no name, or there are too many steps
    """
    name = tidy(name)
    if not name:
        raise Invalid(_("Đặt tên cho bước mới, ví dụ: Kiểm tra thực địa."), field="name")
    if len(definition.get("steps", ())) >= STEPS_AT_MOST:
        raise Invalid(
            _("Quy trình đã có {limit} bước. Tách bớt trước khi thêm."), "name", limit=STEPS_AT_MOST
        )
    made: Definition = deepcopy(dict(definition))
    steps: list[Step] = made.setdefault("steps", [])
    key = _free_key(steps, name)
    new = _empty(key, name)
    if not steps:
        return {**made, "steps": [{**new, "moves": {"ADVANCE": END}}]}, key
    place = next((n for n, s in enumerate(steps) if s["key"] == after), len(steps) - 1)
    near = steps[place]
    if beside:
        _put_beside(made, near, new)
    else:
        _put_after(made, near, new)
    steps.insert(place + 1, new)
    return made, key


def _empty(key: str, name: str) -> Step:
    return {
        "key": key,
        "name": name,
        "work": "",
        "citizen_work": "",
        "post": "SPECIALIST",
        "at": "UNIT",
        "product": "",
        "term": {"value": 1, "unit": "WORKING_DAY"},
        "moves": {},
    }


def _free_key(steps: Sequence[Step], name: str) -> str:
    wanted = fold(name).replace(" ", "_")[:_KEY_AT_MOST].strip("_") or "buoc"
    taken = {step["key"] for step in steps}
    key, number = wanted, 1
    while key in taken:
        number += 1
        key = f"{wanted}_{number}"
    return key


def _put_after(made: Definition, near: Step, new: Step) -> None:
    verb, move = _main(of_definition(made), near)
    new["moves"] = {"ADVANCE": move}
    near["moves"] = {**(near.get("moves") or {}), verb: new["key"]}


def _put_beside(made: Definition, near: Step, new: Step) -> None:
    flow = of_definition(made)
    into = flow.into(near["key"], Way.ON)
    _verb, move = _main(flow, near)
    if not into or not isinstance(move, str) or move == END:
        raise Invalid(
            _("Bước “{step}” không đứng giữa hai bước nên chưa rẽ nhánh được ở đây."),
            field="name",
            step=near["name"],
        )
    new["moves"] = {"ADVANCE": move}
    for edge in into:
        source = next(s for s in made["steps"] if s["key"] == edge.source)
        together = [*targets(source["moves"][edge.verb]), new["key"]]
        source["moves"] = {**source["moves"], edge.verb: together}
    meeting = next(s for s in made["steps"] if s["key"] == move)
    meeting["joins"] = True


def _main(flow: Flow, step: Step) -> tuple[str, str | list[str]]:
    """Return the outcome that leads on: the first that goes forward, else the first of all."""
    moves: Mapping[str, Any] = step.get("moves") or {}
    on = [edge.verb for edge in flow.out(step["key"], Way.ON)]
    verb = on[0] if on else next((verb for verb, _move in words.ordered(moves)), "ADVANCE")
    return verb, moves.get(verb, END)


def removed(definition: Mapping[str, Any], key: str) -> Definition:
    """Return the draft without a step; what led to it leads to where it led.

    :raises Invalid: it is the only step
    """
    gone = step_of(definition, key)
    if len(definition["steps"]) == 1:
        raise Invalid(_("Quy trình cần ít nhất một bước. Thêm bước khác rồi hãy bỏ bước này."))
    _verb, move = _main(of_definition(definition), gone)
    heirs = [to for to in targets(move) if to != key]
    kept = [_without(step, key, heirs) for step in definition["steps"] if step["key"] != key]
    return {**definition, "steps": kept}


def _without(step: Mapping[str, Any], key: str, heirs: Sequence[str]) -> Step:
    moves: dict[str, Any] = {}
    for verb, move in (step.get("moves") or {}).items():
        if key not in targets(move):
            moves[verb] = move
            continue
        led = [new for to in targets(move) for new in (heirs if to == key else [to])]
        led = [to for to in dict.fromkeys(led) if to != step["key"]]
        if isinstance(move, list) and len(led) > 1:
            led = [to for to in led if to != END]
        if led:
            moves[verb] = led if len(led) > 1 else led[0]
    return {**step, "moves": moves}


def moved(definition: Mapping[str, Any], key: str, by: int) -> Definition:
    """Return the draft with a step further up (-1) or down (+1); at the edge it stays."""
    step_of(definition, key)
    steps = list(definition["steps"])
    place = next(n for n, step in enumerate(steps) if step["key"] == key)
    to = min(max(place + by, 0), len(steps) - 1)
    steps.insert(to, steps.pop(place))
    return {**definition, "steps": steps}


def blank() -> Definition:
    """Return the shortest process that a dossier can go through, to be filled in."""
    steps = (
        ("receive", "Tiếp nhận", "CLERK", "DOOR", {"ACCEPT": "hand_over", "REJECT": ""}),
        ("hand_over", "Chuyển xử lý", "CLERK", "DOOR", {"HAND_OVER": "appraise"}),
        ("appraise", "Giải quyết", "SPECIALIST", "UNIT", {"ADVANCE": "sign"}),
        ("sign", "Ký duyệt", "HEAD", "AUTHORITY", {"FINISH": "return", "SEND_BACK": "appraise"}),
        ("return", "Trả kết quả", "CLERK", "DOOR", {"HAND_BACK": ""}),
    )
    return {
        "steps": [
            {**_empty(key, said), "post": post, "at": at, "moves": moves}
            for key, said, post, at, moves in steps
        ],
    }
