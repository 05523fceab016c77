"""What keeps a draft from being published, each thing beside the step it belongs to. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sauro.cases import rules
from sauro.cases.picture import words
from sauro.cases.picture.flow import END, Flow, Node, Way, of_definition, targets
from sauro.cases.rules import At, Party
from sauro.core.text import _
from sauro.core.workdays import Unit
from sauro.core.workflow import Workflow
from sauro.designer.rules import reconciling
from sauro.offices.rules import Role

_WORDS_AT_MOST = 300
_TERM_AT_MOST = 999
_NEEDED = (
    ("name", _("Đặt tên cho bước.")),
    ("work", _("Ghi việc phải làm ở bước này.")),
    ("citizen_work", _("Ghi điều người dân đọc thấy khi hồ sơ ở bước này.")),
    ("product", _("Ghi kết quả: làm xong thì giao ra cái gì.")),
)
_PAUSES = frozenset({"RESTART", "RESUME", "NONE"})
_BRANCHES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to mend. step: the key of the step, "" for the whole. field: of its form."""

    step: str = ""
    field: str = ""
    sentence: str


def problems(definition: Mapping[str, Any], workflow: Workflow | None = None) -> list[Problem]:
    """Return everything to mend before the draft can be published, in the order of its steps.

    workflow: of the cases it is for, to test whether each outcome can be taken where it stands.
    """
    steps: Sequence[Mapping[str, Any]] = definition.get("steps", ())
    if not steps:
        return [Problem(sentence=_("Quy trình chưa có bước nào. Thêm bước đầu tiên."))]
    flow = of_definition(definition)
    found = [problem for step in steps for problem in _step(step, steps)]
    found += [*_ways(flow), *_forks(flow, steps)]
    if workflow is not None:
        found += _states(steps, workflow)
    found += [Problem(step=k, field="length", sentence=s) for k, s in reconciling.over(definition)]
    if not found:  # what the engine itself would refuse must never come as a surprise
        refused = rules.problems(definition, workflow=workflow)
        found = [Problem(step=problem.step, sentence=problem.sentence) for problem in refused]
    order = {step["key"]: place for place, step in enumerate(steps)}
    return sorted(dict.fromkeys(found), key=lambda p: order.get(p.step, -1))


def _step(step: Mapping[str, Any], steps: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    key = step["key"]
    for field, sentence in _NEEDED:
        said = step.get(field)
        if not said:
            yield Problem(step=key, field=field, sentence=sentence)
        elif len(str(said)) > _WORDS_AT_MOST:
            short = _("Rút gọn còn nhiều nhất {limit} chữ cái.").format(limit=_WORDS_AT_MOST)
            yield Problem(step=key, field=field, sentence=short)
    if step.get("post") not in set(Role):
        yield Problem(step=key, field="post", sentence=_("Chọn vị trí làm bước này."))
    if step.get("at") not in set(At):
        yield Problem(step=key, field="at", sentence=_("Chọn nơi làm bước này."))
    yield from _length(step)
    yield from _moves(step, {s["key"] for s in steps})
    yield from _kind(step)


def _length(step: Mapping[str, Any]) -> Iterator[Problem]:
    share, term = step.get("share") or 0, step.get("term")
    sentence = ""
    if bool(share) == bool(term):
        sentence = _("Chọn một cách tính hạn: phần trăm thời hạn, hoặc hạn riêng.")
    elif share and not (isinstance(share, int) and 1 <= share <= 100):  # noqa: PLR2004 - percent
        sentence = _("Phần trăm thời hạn là số từ 1 đến 100.")
    elif term and not _is_term(term):
        sentence = _("Hạn riêng là một số từ 1 trở lên và đơn vị tính.")
    if sentence:
        yield Problem(step=step["key"], field="length", sentence=sentence)


def _is_term(term: object) -> bool:
    if not isinstance(term, dict):
        return False
    value = term.get("value")
    return isinstance(value, int) and 1 <= value <= _TERM_AT_MOST and term.get("unit") in set(Unit)


def _moves(step: Mapping[str, Any], keys: set[str]) -> Iterator[Problem]:
    moves: Mapping[str, Any] = step.get("moves") or {}
    said = []
    if not moves:
        said.append(_("Ghi ít nhất một kết quả: xong bước này thì tới đâu."))
    for verb, move in moves.items():
        if verb not in words.VERBS:
            said.append(_("Kết quả “{verb}” chưa ứng với việc nào. Chọn lại.").format(verb=verb))
        led = targets(move)
        if not isinstance(move, str) and (len(led) < _BRANCHES or END in led):
            said.append(_("Rẽ nhánh cần ít nhất hai bước, không nhánh nào là kết thúc."))
        if len(set(led)) != len(led):
            said.append(_("Một nhánh được chọn hai lần. Bỏ bớt một."))
        if any(to and to not in keys for to in led):
            said.append(
                _("“{verb}” dẫn tới bước không còn. Chọn lại.").format(verb=words.verb(verb))
            )
    yield from (Problem(step=step["key"], field="moves", sentence=sentence) for sentence in said)


def _kind(step: Mapping[str, Any]) -> Iterator[Problem]:
    key, kind = step["key"], step.get("kind", "WORK")
    silence = step.get("silence")
    if kind not in words.KINDS:
        yield Problem(step=key, field="kind", sentence=_("Chọn loại bước."))
    if silence and (kind != "OPINION" or silence not in (step.get("moves") or {})):
        sentence = _("Im lặng chỉ thay được một kết quả có trong bước lấy ý kiến. Chọn lại.")
        yield Problem(step=key, field="silence", sentence=sentence)
    if kind == "WAIT":
        if step.get("party") not in {Party.CITIZEN, Party.OTHER}:
            yield Problem(step=key, field="party", sentence=_("Chọn đang chờ ai."))
        if step.get("party") == Party.OTHER and not step.get("agency"):
            yield Problem(step=key, field="agency", sentence=_("Ghi tên cơ quan được chờ."))
        if step.get("pause") not in _PAUSES:
            sentence = _("Chọn đồng hồ làm gì trong lúc chờ.")
            yield Problem(step=key, field="pause", sentence=sentence)


def _ways(flow: Flow) -> Iterator[Problem]:
    """Yield the steps that nothing leads to, and those from which no way leads to the end."""
    keys = [node.key for node in flow.nodes]
    reached, todo = {keys[0]}, [keys[0]]
    while todo:
        more = {edge.target for edge in flow.out(todo.pop(), *Way)} - reached
        reached |= more
        todo.extend(more)
    ending = {node.key for node in flow.nodes if node.ends}
    grows = True
    while grows:
        more = {edge.source for edge in flow.edges if edge.target in ending} - ending
        ending |= more
        grows = bool(more)
    for key in keys:
        if key not in reached:
            yield Problem(
                step=key, sentence=_("Không đường nào dẫn tới bước này. Nối nó vào, hoặc bỏ.")
            )
        if key not in ending:
            yield Problem(
                step=key,
                field="moves",
                sentence=_("Từ bước này không có đường nào tới kết thúc."),
            )


def _forks(flow: Flow, steps: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    """Yield the forks whose branches never meet, and the meetings that nothing leads to apart."""
    met: set[str] = set()
    for step in steps:
        for move in (step.get("moves") or {}).values():
            led = [to for to in targets(move) if to]
            if isinstance(move, str) or len(led) < _BRANCHES:
                continue
            meetings = [_meeting(flow, to) for to in led]
            together = set.intersection(*meetings)
            met |= together
            if not together:
                sentence = _(
                    "Các nhánh rẽ từ đây chưa gặp lại ở bước nào. "
                    "Ở bước chúng gặp nhau, đánh dấu “Đợi mọi nhánh xong”."
                )
                yield Problem(step=step["key"], field="moves", sentence=sentence)
    for node in flow.nodes:
        if node.joins and node.key not in met:
            sentence = _("Bước này đợi nhiều nhánh, nhưng không chỗ nào rẽ nhánh tới đây.")
            yield Problem(step=node.key, field="joins", sentence=sentence)


def _meeting(flow: Flow, start: str) -> set[str]:
    """Return the steps that wait for branches which a branch comes to first."""
    found: set[str] = set()
    seen, todo = {start}, [start]
    while todo:
        key = todo.pop()
        node: Node | None = next((n for n in flow.nodes if n.key == key), None)
        if node is not None and node.joins:
            found.add(key)
            continue
        more = {edge.target for edge in flow.out(key, Way.ON, Way.ASIDE, Way.HOME)} - seen
        seen |= more
        todo.extend(more)
    return found


def _states(steps: Sequence[Mapping[str, Any]], workflow: Workflow) -> Iterator[Problem]:
    """Yield the outcomes that a case cannot take in the state it is in when it comes there."""
    states = states_of(steps, workflow)
    for step in steps:
        for verb, move in (step.get("moves") or {}).items():
            here = states[step["key"]]
            after = {workflow.moves.get((state, verb), "") for state in here} - {""}
            sentence = ""
            if here and verb in words.VERBS and not after:
                sentence = _("Khi hồ sơ “{state}” thì chưa làm được việc “{verb}”. Chọn việc khác.")
            elif after and after <= workflow.ended and targets(move) != (END,):
                sentence = _("“{verb}” khép lại hồ sơ, nên sau đó phải là kết thúc.")
            elif after and not after & workflow.ended and END in targets(move):
                sentence = _("“{verb}” chưa khép lại hồ sơ, nên chọn bước tiếp theo.")
            if sentence:
                labels = ", ".join(sorted(workflow.labels.get(s, s) for s in here))
                said = sentence.format(state=labels, verb=words.verb(verb))
                yield Problem(step=step["key"], field="moves", sentence=said)


def states_of(steps: Sequence[Mapping[str, Any]], workflow: Workflow) -> dict[str, set[str]]:
    """Return the states that a case may be in at each step, from those it can begin in."""
    moves = {step["key"]: step.get("moves") or {} for step in steps}
    first = next(iter(moves), "")
    begins = {
        state
        for state in workflow.first
        if any((state, verb) in workflow.moves for verb in moves.get(first, {}))
    }
    found: dict[str, set[str]] = {key: set() for key in moves}
    todo = [(first, state) for state in begins] if first else []
    while todo:
        key, state = todo.pop()
        if key not in found or state in found[key]:
            continue
        found[key].add(state)
        for verb, move in moves[key].items():
            after = workflow.moves.get((state, verb))
            if after is not None and after not in workflow.ended:
                todo.extend((to, str(after)) for to in targets(move))
    return found
