"""One round of the watch, as the worker and the simulation call it: watch.

Every part is a command of its own and safe to run twice; a round that is cut short goes on
with the next.
"""

from dataclasses import dataclass
from datetime import datetime

from sauro.core.actor import Actor
from sauro.core.commands import command
from sauro.lateness.services import duties, letters, reminding


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What one round did."""

    drafted: int
    dropped: int
    sent: int
    breaches: int
    reminded: int


@command
def watch(*, reminds: bool = True, by: Actor, now: datetime) -> Watched:
    """Run one round: drop, send, draft, record breaches, then remind (unless told not to)."""
    dropped = letters.drop(by=by, now=now)
    sent = letters.send(by=by, now=now)
    breaches = duties.record_breaches(by=by, now=now)
    drafted = letters.draft(by=by, now=now)
    reminded = 0
    if reminds:
        reminded = reminding.remind_letters(by=by, now=now) + reminding.remind(by=by, now=now)
    return Watched(
        drafted=drafted, dropped=dropped, sent=sent, breaches=breaches, reminded=reminded
    )
