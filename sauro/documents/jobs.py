"""Work for later: the nightly sweep of the shelf."""

from datetime import datetime

from sauro.core.actor import SYSTEM
from sauro.core.jobs import job
from sauro.documents import services


@job(name="documents.sweep", every="17 3 * * *")
def sweep(*, now: datetime) -> None:
    """Clear away what crashes left on the disk."""
    services.sweep(by=SYSTEM, now=now)
