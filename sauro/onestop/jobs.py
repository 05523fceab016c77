"""Telling applicants what happened to their dossiers, and taking silence for consent."""

from datetime import datetime

from sauro.cases import queries as cases
from sauro.core.actor import SYSTEM
from sauro.core.jobs import job
from sauro.onestop import following, settling
from sauro.onestop.services import consenting, telling
from sauro.payments import services as payment_services


@job(name="onestop.tell", every="* * * * * */1")
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


@job(name="onestop.payments", every="* * * * * */10")
def payments(*, now: datetime) -> None:
    """Ask the gateway what it has not told, owe back what the law gives back; safely twice."""
    settling.settle(now=now)


@job(name="onestop.plans", every="* * * * * */5")
def plans(*, now: datetime) -> None:
    """Send what waited for an earlier result of its plan; safely twice."""
    following.follow(now=now)


@job(name="onestop.expire-payments", every="7 * * * *")
def expire_payments(*, now: datetime) -> None:
    """End the payments that nobody finished within a day."""
    payment_services.expire(by=SYSTEM, now=now)
