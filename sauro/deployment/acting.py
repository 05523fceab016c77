"""Which act of an official a step of any process asks for. Pure."""

from sauro.cases.rules import Kind, Process, Step
from sauro.offices.rules import LEADING
from sauro.onestop.rules import Verb, is_signed

_BY_VERB = (
    (Verb.ACCEPT, "receive"),
    (Verb.HAND_OVER, "hand_over"),
    (Verb.FINISH, "stamp"),
    (Verb.HAND_BACK, "return"),
    (Verb.COMPLETE, "supplement"),
    (Verb.COMPLETE_AT_INTAKE, "supplement"),
    (Verb.PAID, "payment"),
    (Verb.ASK_FEE, "fee"),
)
_BY_KIND = {Kind.VISIT: "visit", Kind.OPINION: "opinion"}


def act_of(step: Step, process: Process) -> str:
    """Return what whoever holds the step does next: the name of an act of the simulation."""
    if step.kind in _BY_KIND:
        return _BY_KIND[step.kind]
    if is_signed(step, process):
        return "sign" if step.post in LEADING else "appraise"
    return next((act for verb, act in _BY_VERB if verb in step.moves), "finish")
