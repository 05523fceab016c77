"""Telling applicants what happened to their dossiers, and taking silence for consent."""

from datetime import datetime

from sauro.cases import queries as cases
from sauro.core.actor import SYSTEM
from sauro.core.jobs import job
from sauro.onestop.services import consenting, telling


@job(name="onestop.tell", every="*/1 * * * * *")
def tell(*, now: datetime) -> None:
    """Tell applicants about the moves committed since the last run, at once and in order."""
    while telling.tell_next(by=SYSTEM, now=now):
        pass


@job(name="onestop.consent", every="*/1 * * * *")
def consent(*, now: datetime) -> None:
    """Take the consent of those who were asked and kept silent until the end; safely twice."""
    found = cases.unanswered(now)
    while found:
        for case_id, task_id in found:
            consenting.consent_by_silence(case_id, task_id, by=SYSTEM, now=now)
        found = cases.unanswered(now, after=found[-1][1])
