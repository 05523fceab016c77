"""Work for later: judging what finished, watching what is late, the list of the week."""

from datetime import datetime

from sauro.core.actor import SYSTEM
from sauro.core.jobs import job
from sauro.lateness.services import judging, letters, pacing, reminding, watching


@job(name="lateness.judge", every="* * * * * */10")
def judge(*, now: datetime) -> None:
    """Judge the cases that finished since the last run."""
    while judging.judge_next(by=SYSTEM, now=now):
        pass


@job(name="lateness.watch", every="*/5 * * * *")
def watch(*, now: datetime) -> None:
    """Draft, drop and send letters, record breaches, remind and escalate."""
    watching.watch(by=SYSTEM, now=now)


@job(name="lateness.send", every="* * * * * */10")
def send(*, now: datetime) -> None:
    """Send the letters that were signed."""
    while letters.send(by=SYSTEM, now=now):
        pass


@job(name="lateness.pace", every="20 17 * * *")
def pace(*, now: datetime) -> None:
    """Count the pace of every step, at night there (the worker's clock is UTC)."""
    pacing.count_paces(by=SYSTEM, now=now)


@job(name="lateness.week", every="5 0 * * *")
def week(*, now: datetime) -> None:
    """Give heads the list of the week, at seven on its first working day there."""
    reminding.send_weekly(by=SYSTEM, now=now)
