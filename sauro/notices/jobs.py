"""Work for later: sending what is due, every ten seconds."""

import logging
from datetime import datetime

from sauro.core.actor import SYSTEM
from sauro.core.errors import NotFound
from sauro.core.jobs import job
from sauro.notices import mailing, services

_AT_ONCE = 100
logger = logging.getLogger(__name__)


@job(name="notices.send_due", every="* * * * * */10")
def send_due(*, now: datetime) -> None:
    """Send the e-mails that are due."""
    send_batch(now=now)


def send_batch(*, now: datetime) -> None:
    """Send up to a hundred e-mails; each attempt is settled by itself, as soon as it ended.

    A worker killed between sending and settling sends that one message again, under the same
    Message-ID; everything else is sent once.
    """
    messages = services.claim(limit=_AT_ONCE, by=SYSTEM, now=now)
    for sending in mailing.send(messages) if messages else ():
        try:
            services.settle(sending, by=SYSTEM, now=now)
        except NotFound:
            logger.warning("a notice was settled elsewhere", extra={"id": sending.delivery_id})
