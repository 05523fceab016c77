"""Pauses of the legal time (tạm dừng thời hạn): why it stands still, and how it goes on. Pure.

Decree 61/2018/NĐ-CP article 19.4 lets the whole term run again after a supplement; other
pauses only put the end off by exactly the working time that they took. A step of a process
may say otherwise, because special laws do.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from sauro.cases.rules import Clock
from sauro.core.clock import local
from sauro.core.law import Legal, Provision
from sauro.core.text import _
from sauro.core.workdays import WorkingCalendar


class Reason(StrEnum):
    """What legal time waits for; `REASONS` for people."""

    SUPPLEMENT = "SUPPLEMENT"
    PAYMENT = "PAYMENT"
    OTHER_AGENCY = "OTHER_AGENCY"
    FORCE_MAJEURE = "FORCE_MAJEURE"


REASONS = {
    Reason.SUPPLEMENT: _("Chờ người nộp bổ sung giấy tờ"),
    Reason.PAYMENT: _("Chờ người nộp thực hiện nghĩa vụ tài chính"),
    Reason.OTHER_AGENCY: _("Chờ cơ quan khác trả lời"),
    Reason.FORCE_MAJEURE: _("Sự kiện bất khả kháng"),
}


# What an official may let the time stand still for; papers are asked for by a step.
BY_WORD = (Reason.OTHER_AGENCY, Reason.FORCE_MAJEURE, Reason.PAYMENT)


class Policy(StrEnum):
    """How the term goes on after a pause: from its beginning, or from where it stood."""

    RESTART = "RESTART"
    RESUME = "RESUME"


_LAW_61 = "Nghị định 61/2018/NĐ-CP, Điều 19 khoản 4"
_SETTING = "Cấu hình của tỉnh"
DEFAULTS: Mapping[Reason, Legal[Policy]] = {
    Reason.SUPPLEMENT: Legal("cách tính", {date(2018, 6, 21): Provision(Policy.RESTART, _LAW_61)}),
    **{
        reason: Legal(
            "cách tính", {date(2018, 6, 21): Provision(Policy.RESUME, _SETTING, checked=False)}
        )
        for reason in (Reason.PAYMENT, Reason.OTHER_AGENCY, Reason.FORCE_MAJEURE)
    },
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """The policy of a pause and where it comes from."""

    policy: Policy
    source: str


def policy_of(reason: Reason, said: str, process: str, day: date) -> Chosen:
    """Return how the term goes on after a pause: as the step says, else as the law does.

    said: what the step of the process says, "" for nothing; process: its name, for the source.
    """
    if said:
        return Chosen(Policy(said), process)
    provision = DEFAULTS[reason].provision(day)
    return Chosen(provision.value, provision.source)


def resumed(clock: Clock, calendar: WorkingCalendar, now: datetime) -> tuple[Clock, int]:
    """Return the clock that goes on from where it stood, and the working minutes it stood.

    Every end that was still to come moves by exactly those minutes; one that had passed before
    the pause stays where it was.
    """
    since = clock.paused_at or now
    stood = calendar.minutes_between(local(since), local(now))

    def later(end: datetime | None) -> datetime | None:
        if end is None or end <= since or not stood:
            return end
        return moved(calendar, end, since, now)

    return (
        replace(
            clock,
            paused_at=None,
            legal_due_at=later(clock.legal_due_at),
            promised_at=later(clock.promised_at),
            due_at=later(clock.due_at) or clock.due_at,
        ),
        stood,
    )


def moved(calendar: WorkingCalendar, end: datetime, since: datetime, until: datetime) -> datetime:
    """Return an end put off by a pause: after it, as many working minutes are left as before it."""
    left = calendar.minutes_between(local(since), local(end))
    if left < 1:
        return max(end, until)
    return calendar.after_minutes(local(until), left)
