"""Why a case is at its step (vì sao hồ sơ ở đây): rule, inputs and version. Pure."""

from dataclasses import dataclass
from datetime import datetime

from sauro.cases.rules import At, Process, Step
from sauro.core.explain import Explanation, Line
from sauro.core.text import _
from sauro.lateness.rules.charging import Span
from sauro.lateness.rules.verdicts import said
from sauro.offices.rules import ROLE_LABELS, Role
from sauro.onestop.rules import Verb

_OFFICES = {
    At.DOOR: _("nơi tiếp nhận"),
    At.UNIT: _("đơn vị giải quyết"),
    At.AUTHORITY: _("cơ quan có thẩm quyền"),
}
_DONE = {
    Verb.ACCEPT: _("tiếp nhận"),
    Verb.HAND_OVER: _("chuyển xử lý"),
    Verb.ADVANCE: _("làm xong, chuyển tiếp"),
    Verb.SEND_BACK: _("trả lại, ghi ý kiến"),
    Verb.ASK: _("yêu cầu bổ sung giấy tờ"),
    Verb.ASK_FEE: _("yêu cầu nộp tiền"),
    Verb.COMPLETE: _("nhận đủ giấy tờ bổ sung"),
    Verb.COMPLETE_AT_INTAKE: _("nhận đủ giấy tờ bổ sung"),
    Verb.PAID: _("xác nhận đã nộp tiền"),
    Verb.FINISH: _("cấp số, đóng dấu"),
    Verb.REOPEN: _("thu lại kết quả để sửa"),
}


@dataclass(frozen=True, slots=True)
class Moved:
    """How the case came to its step: when (local), by whom, with which verb and words."""

    at: datetime
    who: str
    verb: str
    note: str


def why_here(
    process: Process, span: Span, moved: Moved | None, *, who: str, office: str, case_id: int
) -> Explanation:
    """Return the lines that led a case to the step it is at."""
    step = process.step(span.step)
    version = _("{name}, bản {version}").format(name=process.name, version=process.version)
    lines = []
    if moved is not None:
        came_from = [s.name for s in process.steps if step.key in s.moves.get(moved.verb, ())]
        lines.append(
            Line(
                _("{who} chuyển lúc {at}").format(who=moved.who, at=said(moved.at)),
                _rule(moved.verb, came_from, step),
                version,
                moved.note,
            )
        )
    lines += [
        Line(
            _("Bước {step} do {role} của {office} làm").format(
                step=step.name, role=ROLE_LABELS[Role(step.post)].lower(), office=_OFFICES[step.at]
            ),
            _("Tới {office}").format(office=office),
            version,
        ),
        Line(
            _("Hồ sơ số thứ tự {n}").format(n=case_id),
            _("Chia lần lượt theo số thứ tự: tới {who}").format(who=who),
            _("Quy tắc phân công lần lượt, hoặc lãnh đạo giao lại"),
        ),
        Line(
            _limit(step),
            _("Hạn của bước: {due}").format(due=said(span.due_at)),
            version,
        ),
    ]
    return Explanation(step.name, tuple(lines))


def _rule(verb: str, came_from: list[str], step: Step) -> str:
    if not came_from:
        return _("Bước đầu tiên, hoặc được giao lại trong cùng bước “{step}”").format(
            step=step.name
        )
    return _("Từ bước “{before}”, việc “{verb}” dẫn tới bước “{step}”").format(
        before="”, “".join(came_from), verb=said_verb(verb), step=step.name
    )


def said_verb(verb: str) -> str:
    """Return a verb of the process in words; one that is new to us as it stands."""
    return _DONE.get(Verb(verb), verb) if verb in set(Verb) else verb


def _limit(step: Step) -> str:
    if step.term is not None:
        return _("Thời hạn riêng của bước: {term}").format(term=step.term)
    return _("Bước này có {share}% thời hạn của hồ sơ").format(share=step.share)
