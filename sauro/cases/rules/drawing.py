"""Reading the definition of a process, and everything that speaks against publishing it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sauro.cases.rules import branches, timing
from sauro.cases.rules.processes import At, Kind, Party, Pause, Process, Step
from sauro.core.errors import Invalid
from sauro.core.text import _
from sauro.core.workdays import Term, Unit
from sauro.core.workflow import Workflow
from sauro.offices.rules import Role

_ROLES = frozenset(role.value for role in Role)
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a process cannot be published. step: key of the step at fault, "" for the whole."""

    step: str
    sentence: str


def parse_process(pk: int, code: str, version: int, name: str, data: Mapping[str, Any]) -> Process:
    """Return the process that `data` describes.

    :raises Invalid: it is not a process; the sentence says what to mend, `field` at which step
    """
    steps, found = _read_steps(data)
    process = (
        _process(data, steps, pk=pk, code=code, version=version, name=name) if not found else None
    )
    if process is not None:
        found = list(_graph(process))
    if found or process is None:
        raise Invalid("{sentence}", found[0].step, sentence=found[0].sentence)
    return process


def check_process(process: Process) -> None:
    """Refuse a process in which a step is unclear, unreachable or never ends.

    :raises Invalid: the sentence says what to mend, `field` at which step
    """
    for problem in _graph(process):
        raise Invalid("{sentence}", problem.step, sentence=problem.sentence)


def problems(data: Mapping[str, Any], *, workflow: Workflow | None = None) -> tuple[Problem, ...]:
    """Return all that speaks against publishing a definition, in the order of its steps.

    workflow: of the kind of case that will run by it, to know its verbs; None leaves them
    unchecked. Steps are looked at one by one first; how they hang together only when each is
    whole by itself.
    """
    steps, found = _read_steps(data)
    if not found:
        process = _process(data, steps, pk=0, code="", version=0, name="")
        found = [*_graph(process), *_limits(process), *_verbs(process, workflow)]
    order = {step.get("key"): n for n, step in enumerate(_listed(data))}
    return tuple(sorted(found, key=lambda problem: order.get(problem.step, -1)))


def _process(
    data: Mapping[str, Any], steps: Sequence[Step], *, pk: int, code: str, version: int, name: str
) -> Process:
    return Process(
        id=pk,
        code=code,
        version=version,
        name=name,
        basis=data.get("basis", ""),
        steps=tuple(steps),
        procedures=tuple(data.get("procedures", ())),
        limit=_term(data.get("limit")),
        leads=branches.leads(steps),
    )


def _listed(data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    steps = data.get("steps")
    return [step for step in steps if isinstance(step, Mapping)] if isinstance(steps, list) else []


def _read_steps(data: Mapping[str, Any]) -> tuple[list[Step], list[Problem]]:
    """Return the steps that can be read, and what is wrong with each step by itself."""
    listed = _listed(data)
    keys = Counter(step.get("key") for step in listed)
    if not keys or "" in keys or None in keys or max(keys.values()) > 1:
        sentence = _("Quy trình phải có ít nhất một bước và mỗi bước một mã riêng.")
        return [], [Problem("", sentence)]
    try:
        _term(data.get("limit"))
    except (KeyError, TypeError, ValueError):
        return [], [Problem("", _("Thời hạn của quy trình cần một số từ 1 và một đơn vị."))]
    steps: list[Step] = []
    found: list[Problem] = []
    for item in listed:
        try:
            step = _read_step(item)
        except (KeyError, TypeError, ValueError, AttributeError) as cause:
            sentence = _("Bước “{step}” chưa điền đủ, hoặc có giá trị không chọn được{what}.")
            what = f" ({cause.args[0]})" if isinstance(cause, KeyError) else ""
            said = sentence.format(step=item.get("name") or item["key"], what=what)
            found.append(Problem(item["key"], said))
            continue
        steps.append(step)
        found += [Problem(step.key, said) for said in _alone(step, keys)]
        if step.kind is Kind.WAIT and "kind" in item and not item.get("pause"):
            sentence = _("Bước chờ “{step}” chưa nói thời hạn tạm dừng thế nào trong lúc chờ.")
            found.append(Problem(step.key, sentence.format(step=step.name)))
    return steps, found


def _read_step(data: Mapping[str, Any]) -> Step:
    party = Party(data.get("party") or Party.OFFICE)
    kind = Kind(data.get("kind") or (Kind.WORK if party is Party.OFFICE else Kind.WAIT))
    # Older definitions wait for the citizen without saying so: papers restart the term.
    was_silent = "kind" not in data and party is Party.CITIZEN
    return Step(
        key=data["key"],
        name=data["name"],
        work=data["work"],
        citizen_work=data["citizen_work"],
        post=data["post"],
        at=At(data["at"]),
        product=data["product"],
        share=int(data.get("share") or 0),
        term=_term(data.get("term")),
        party=party,
        kind=kind,
        moves={verb: _targets(to) for verb, to in data["moves"].items()},
        joins=bool(data.get("joins", False)),
        silence=data.get("silence") or "",
        pause=Pause(data.get("pause") or (Pause.RESTART if was_silent else Pause.NONE)),
        agency=data.get("agency") or "",
        note=data.get("note") or "",
        basis=data.get("basis") or "",
    )


def _targets(to: str | Sequence[str]) -> tuple[str, ...]:
    if isinstance(to, str):
        return (to,) if to else ()
    return tuple(to)


def _term(data: Mapping[str, Any] | None) -> Term | None:
    return Term(int(data["value"]), Unit(data["unit"])) if data else None


def _alone(step: Step, keys: Mapping[Any, int]) -> Iterator[str]:
    """Say what is wrong with a step whatever the others are."""
    name = step.name or step.key
    if not (step.name and step.work and step.citizen_work and step.product and step.moves):
        yield _("Bước “{step}” chưa rõ việc, kết quả hoặc bước tiếp.").format(step=name)
    if (step.term is None) == (step.share == 0) or not 0 <= step.share <= _WHOLE:
        yield _("Bước “{step}” cần đúng một cách tính hạn.").format(step=name)
    if step.post not in _ROLES:
        yield _("Bước “{step}” giao cho vị trí “{post}” không có. Chọn lại vị trí.").format(
            step=name, post=step.post
        )
    if any(key not in keys for key in step.targets):
        yield _("Bước “{step}” dẫn tới bước không có.").format(step=name)
    if any(len(set(to)) != len(to) for to in step.moves.values()):
        yield _("Bước “{step}” chia hai nhánh tới cùng một bước.").format(step=name)
    yield from _of_its_kind(step)


def _of_its_kind(step: Step) -> Iterator[str]:
    if step.silence and step.kind is not Kind.OPINION:
        yield _("Chỉ bước lấy ý kiến mới có “im lặng là đồng ý”; bước “{step}” thì không.").format(
            step=step.name
        )
    elif step.silence and step.silence not in step.moves:
        yield _("Bước “{step}” không có việc để tự làm khi hết hạn mà im lặng.").format(
            step=step.name
        )
    if step.kind is not Kind.WAIT:
        if step.party is not Party.OFFICE or step.stops_clock:
            yield _("Bước “{step}” không phải bước chờ nên không có bên chờ, tạm dừng.").format(
                step=step.name
            )
        return
    if step.party is Party.OFFICE:
        yield _("Bước chờ “{step}” chưa nói chờ ai: người dân hay cơ quan khác.").format(
            step=step.name
        )
    if step.party is Party.OTHER and not step.agency:
        yield _("Bước chờ “{step}” chưa ghi tên cơ quan được chờ.").format(step=step.name)


def _graph(process: Process) -> Iterator[Problem]:
    """Say what is wrong with how the steps hang together."""
    steps = {step.key: step for step in process.steps}
    ending = _ending(process)
    for step in process.steps:
        if step.key not in ending:
            sentence = _("Từ bước “{step}” không có đường nào tới kết thúc.")
            yield Problem(step.key, sentence.format(step=step.name))
    reached = branches.reached(steps, process.first.key)
    for step in process.steps:
        if step.key not in reached:
            sentence = _("Không đường nào dẫn tới bước “{step}”.")
            yield Problem(step.key, sentence.format(step=step.name))
    yield from _partings(process)


def _partings(process: Process) -> Iterator[Problem]:
    first = process.first
    if any(len(to) > 1 for to in first.moves.values()):
        yield Problem(first.key, _("Bước đầu tiên chưa chia nhánh được; thêm một bước trước đó."))
    partings = branches.forks(process.steps)
    for fork in partings:
        if fork.reason:
            yield Problem(fork.at_fault, fork.reason)
    met = {fork.join for fork in partings}
    broken = any(fork.reason for fork in partings)
    for step in process.steps:
        if step.joins and step.key not in met and not broken:
            sentence = _("Bước “{step}” là nơi các nhánh gặp nhau nhưng không có nhánh nào tới.")
            yield Problem(step.key, sentence.format(step=step.name))


def _ending(process: Process) -> set[str]:
    """Return the steps from which the end can be reached."""
    ending = {step.key for step in process.steps if () in step.moves.values()}
    while True:
        more = {s.key for s in process.steps if ending & s.targets} - ending
        if not more:
            return ending
        ending |= more


def _limits(process: Process) -> Iterator[Problem]:
    """Say where the longest way takes longer than the law gives (spec 2.13)."""
    way = timing.longest(process)
    if way.share > _WHOLE:
        sentence = _("Đường dài nhất, qua bước “{step}”, cộng lại {share}% thời hạn, quá 100%.")
    elif process.limit and way.minutes > timing.minutes(process.limit):
        sentence = _("Đường dài nhất, qua bước “{step}”, cần {over}, quá thời hạn {limit}.")
    else:
        return
    on_it = (process.step(key) for key in way.steps)
    slowest = max(on_it, key=lambda step: timing.own(step, process.limit))
    facts = {"share": way.share, "over": timing.words(way.minutes), "limit": process.limit}
    yield Problem(slowest.key, sentence.format(step=slowest.name, **facts))


def _verbs(process: Process, workflow: Workflow | None) -> Iterator[Problem]:
    """Say which verbs the kind of case does not know, or would not end or go on by."""
    if workflow is None:
        return
    into: dict[str, set[bool]] = {}
    for (_before, verb), after in workflow.moves.items():
        into.setdefault(verb, set()).add(after in workflow.ended)
    for step in process.steps:
        for verb, to in step.moves.items():
            if verb not in into:
                sentence = _("Bước “{step}” có việc “{verb}” mà hồ sơ không có.")
                yield Problem(step.key, sentence.format(step=step.name, verb=verb))
            elif (not to) not in into[verb]:
                sentence = (
                    _("Việc “{verb}” ở bước “{step}” không kết thúc hồ sơ, cần bước tiếp.")
                    if not to
                    else _("Việc “{verb}” ở bước “{step}” kết thúc hồ sơ, không có bước tiếp.")
                )
                yield Problem(step.key, sentence.format(step=step.name, verb=verb))
