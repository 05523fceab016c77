"""Reading what a person was told, and how it got there."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import F, Prefetch

from sauro.notices import rules
from sauro.notices.models import Choice, Delivery, Device, Notice
from sauro.notices.rules import Channel, State


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRow:
    """A notice as its reader sees it; `ways` says by what else it went, "" if by nothing."""

    id: int
    subject: str
    body: str
    link: str
    told_at: datetime
    is_read: bool
    ways: str


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A message that did not arrive, for the operators; never the person's name."""

    notice_id: int
    channel: Channel
    attempts: int
    told_at: datetime
    trouble: str


def notices_for(person_id: int, limit: int = 20) -> list[NoticeRow]:
    """Return what a person was told, newest first. Two queries."""
    rows = Notice.objects.filter(person_id=person_id).prefetch_related(
        Prefetch("delivery_set", Delivery.objects.order_by("channel"))
    )
    return [
        NoticeRow(
            id=row.pk,
            subject=row.subject,
            body=row.body,
            link=row.link,
            told_at=row.told_at,
            is_read=row.read_at is not None,
            ways="; ".join(
                f"{rules.NAMES[Channel(way.channel)]}: {rules.LABELS[State(way.state)]}"
                for way in row.delivery_set.all()
            ),
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


def connected() -> frozenset[Channel]:
    """Return the channels that this installation can send by: e-mail, and those with a provider."""
    others = {Channel(name) for name, (address, _key) in settings.PROVIDERS.items() if address}
    return frozenset(others | {Channel.EMAIL, Channel.PUSH})


def devices(person_id: int) -> list[str]:
    """Return where the devices of a person are woken, oldest first. One query."""
    rows = Device.objects.filter(person_id=person_id).order_by("pk")
    return list(rows.values_list("endpoint", flat=True))


def pushed_to(person_id: int) -> str:
    """Return the address of a message to all devices of a person, "" if there are none. One query.

    It names the person: which devices they have is asked when it is sent.
    """
    return f"#{person_id}" if Device.objects.filter(person_id=person_id).exists() else ""


def wanted(person_id: int) -> list[Channel]:
    """Return the channels that a person wants to be told by: chosen, or the usual. One query."""
    chosen = dict(Choice.objects.filter(person_id=person_id).values_list("channel", "is_wanted"))
    return [channel for channel in Channel if chosen.get(channel, channel in rules.USUAL)]
