"""Work for later: the nightly sweep of the shelf, and the time that signatures still lack."""

from datetime import datetime

from sauro.core.actor import SYSTEM
from sauro.core.jobs import job
from sauro.documents import queries, services


@job(name="documents.sweep", every="17 3 * * *")
def sweep(*, now: datetime) -> None:
    """Clear away what crashes left on the disk."""
    services.sweep(by=SYSTEM, now=now)


@job(name="documents.add_time", every="*/1 * * * *")
def add_time(*, now: datetime) -> None:
    """Add the time to signatures made while its authority was silent; stop while it still is."""
    for paper_id in queries.without_time(limit=500):
        if not services.add_time(paper_id, by=SYSTEM, now=now):
            break
