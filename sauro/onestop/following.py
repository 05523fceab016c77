"""Sending on the filings of plans whose earlier result is there."""

from datetime import datetime

from sauro.core.actor import SYSTEM
from sauro.core.errors import NotNow, Refusal
from sauro.core.text import _
from sauro.onestop import plans
from sauro.onestop.services import filing, planning


def follow(*, now: datetime) -> int:
    """Send each filing that waited and now can go; return how many went. Safely twice.

    What cannot go by itself is given back to its person with the reason.
    """
    sent = 0
    for waiting in plans.settled():
        try:
            if waiting.is_ready:
                filing.submit_after(waiting.draft_id, by=SYSTEM, now=now)
                sent += 1
                continue
            reason = _("“{before}” không có kết quả. Gửi giấy tờ khác, hoặc bỏ việc này.").format(
                before=waiting.before
            )
        except NotNow:  # the last signature is not on the paper yet
            continue
        except Refusal as refusal:
            reason = str(refusal)
        planning.give_back(waiting.draft_id, reason, by=SYSTEM, now=now)
    return sent
