"""Telling applicants what happened to their dossiers, by following the log."""

from datetime import datetime

from sauro.core.actor import SYSTEM
from sauro.core.jobs import job
from sauro.onestop.services import telling


@job(name="onestop.tell", every="*/1 * * * * *")
def tell(*, now: datetime) -> None:
    """Tell applicants about the moves committed since the last run, at once and in order."""
    while telling.tell_next(by=SYSTEM, now=now):
        pass
