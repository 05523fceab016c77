"""Telling applicants what happened to their dossiers, and taking silence for consent."""

import logging
from datetime import datetime

from sauro.cases import queries as cases
from sauro.core.actor import SYSTEM
from sauro.core.errors import Refusal
from sauro.core.jobs import job
from sauro.onestop.services import consenting, paying, telling
from sauro.payments import calling
from sauro.payments import services as payment_services

logger = logging.getLogger(__name__)


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


@job(name="onestop.payments", every="*/10 * * * * *")
def payments(*, now: datetime) -> None:
    """Ask the gateway what it has not told, owe back what the law gives back; safely twice."""
    while paying.give_back_next(by=SYSTEM, now=now):
        pass
    for told in calling.ask_about_pending(now=now):
        try:
            paying.took(told, by=SYSTEM, now=now)
        except Refusal:
            logger.warning("the gateway tells of %s what cannot be", told.reference)


@job(name="onestop.expire-payments", every="7 * * * *")
def expire_payments(*, now: datetime) -> None:
    """End the payments that nobody finished within a day."""
    payment_services.expire(by=SYSTEM, now=now)
