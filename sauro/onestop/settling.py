"""One round of settling money: what the gateway has not told, and what the law gives back."""

import logging
from datetime import datetime

from sauro.core.actor import SYSTEM
from sauro.core.errors import Refusal
from sauro.onestop.services import paying
from sauro.payments import calling

logger = logging.getLogger(__name__)


def settle(*, now: datetime) -> int:
    """Owe back what the law gives back, then ask the gateway; return of how many orders it told.

    Safely twice, and beside itself: every happening is written down once.
    """
    while paying.give_back_next(by=SYSTEM, now=now):
        pass
    told = calling.ask_about_pending(now=now)
    for each in told:
        try:
            paying.took(each, by=SYSTEM, now=now)
        except Refusal:
            logger.warning("the gateway tells of %s what cannot be", each.reference)
    return len(told)
