"""Work for later: keeping the facts current."""

from datetime import datetime

from sauro.core.jobs import job
from sauro.measures.services import folding


@job(name="measures.fold", every="* * * * * */2")
def fold(*, now: datetime) -> None:  # noqa: ARG001 - every job is given the time
    """Take the newest events into the facts."""
    folding.fold()
