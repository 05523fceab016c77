"""Work for later: sending what is due, every ten seconds."""

import logging
from datetime import datetime
from itertools import groupby

from sauro.core.actor import SYSTEM
from sauro.core.errors import NotFound
from sauro.core.jobs import job
from sauro.notices import mailing, providers, pushing, services
from sauro.notices.rules import Channel
from sauro.notices.services import Message

_AT_ONCE = 100
_SENDERS = {Channel.EMAIL: mailing.send, Channel.PUSH: pushing.send}
logger = logging.getLogger(__name__)


@job(name="notices.send_due", every="* * * * * */10")
def send_due(*, now: datetime) -> None:
    """Send the messages that are due."""
    send_batch(now=now)


def send_batch(*, now: datetime) -> None:
    """Send up to a hundred messages; each attempt is settled by itself, as soon as it ended.

    A worker killed between sending and settling sends that one message again, under the same
    Message-ID or key; everything else is sent once.
    """
    messages = services.claim(limit=_AT_ONCE, by=SYSTEM, now=now)
    for channel, group in groupby(sorted(messages, key=_channel), key=_channel):
        send = _SENDERS.get(channel, providers.send)
        for sending in send(list(group)):
            try:
                services.settle(sending, by=SYSTEM, now=now)
            except NotFound:
                logger.warning("a notice was settled elsewhere", extra={"id": sending.delivery_id})


def _channel(message: Message) -> Channel:
    return message.channel
