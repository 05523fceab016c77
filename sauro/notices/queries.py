"""Reading what a person was told, and how it got there."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, OuterRef, Subquery

from sauro.notices import rules
from sauro.notices.models import Delivery, Notice
from sauro.notices.rules import Channel, State


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRow:
    """A notice as its reader sees it; `email` says whether it also went there, "" if not asked."""

    id: int
    subject: str
    body: str
    link: str
    told_at: datetime
    is_read: bool
    email: str


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A message that did not arrive, for the operators; never the person's name."""

    notice_id: int
    channel: Channel
    attempts: int
    told_at: datetime
    trouble: str


def notices_for(person_id: int, limit: int = 20) -> list[NoticeRow]:
    """Return what a person was told, newest first. One query."""
    email = Delivery.objects.filter(notice=OuterRef("pk"), channel=Channel.EMAIL)
    rows = Notice.objects.filter(person_id=person_id).annotate(
        email=Subquery(email.values("state")[:1])
    )
    return [
        NoticeRow(
            id=row.pk,
            subject=row.subject,
            body=row.body,
            link=row.link,
            told_at=row.told_at,
            is_read=row.read_at is not None,
            email=rules.LABELS[State(row.email)] if row.email else "",
        )
        for row in rows.order_by("-told_at", "-pk")[:limit]
    ]


def unread_count(person_id: int) -> int:
    """Return how many notices a person has not read. One query."""
    return Notice.objects.filter(person_id=person_id, read_at__isnull=True).count()


def undelivered(*, limit: int = 100) -> list[Undelivered]:
    """Return the messages given up, newest first. One query."""
    rows = Delivery.objects.filter(state=State.GAVE_UP).order_by("-pk")
    told = rows.values_list("notice_id", "channel", "attempts", F("notice__told_at"), "trouble")
    return [
        Undelivered(notice, Channel(channel), attempts, at, trouble)
        for notice, channel, attempts, at, trouble in told[:limit]
    ]


def waiting_count() -> int:
    """Return how many messages are still to be sent. One query."""
    return Delivery.objects.filter(state=State.WAITING).count()
