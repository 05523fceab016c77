"""What a case is, how its process runs and what each of its tasks must make clear. Pure.

processes: steps and what follows them. branches: where a process forks and joins. drawing:
reading a definition and refusing what cannot run. cases: a case, its tasks and its clock.
replaying: a case from its events alone. landing: a running case under another version.
"""

from sauro.cases.rules.branches import Fork, forks
from sauro.cases.rules.cases import (
    CUT_OFF,
    GO_ON,
    MIGRATE,
    PAUSE,
    PROMISE,
    REASSIGN,
    RETIME,
    Assignment,
    CaseKind,
    Clock,
    Held,
    HeldTask,
    Move,
    Visit,
    check_holds,
    check_version,
    next_due,
    offering,
)
from sauro.cases.rules.drawing import Problem, check_process, parse_process, problems
from sauro.cases.rules.landing import landing, length_change
from sauro.cases.rules.processes import At, Kind, Party, Pause, Process, Step
from sauro.cases.rules.replaying import Logged, Replayed, ReplayedTask, replay

__all__ = [
    "CUT_OFF",
    "GO_ON",
    "MIGRATE",
    "PAUSE",
    "PROMISE",
    "REASSIGN",
    "RETIME",
    "Assignment",
    "At",
    "CaseKind",
    "Clock",
    "Fork",
    "Held",
    "HeldTask",
    "Kind",
    "Logged",
    "Move",
    "Party",
    "Pause",
    "Problem",
    "Process",
    "Replayed",
    "ReplayedTask",
    "Step",
    "Visit",
    "check_holds",
    "check_process",
    "check_version",
    "forks",
    "landing",
    "length_change",
    "next_due",
    "offering",
    "parse_process",
    "problems",
    "replay",
]
