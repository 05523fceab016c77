"""What can be done with notices: tell, choose, mark_read; let_wake; claim and settle later.

A command that tells someone only writes the wish. The worker claims what is due, sends it
outside any transaction, and settles how it went; `jobs` strings the three together.
"""

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q

from sauro.core.actor import Actor
from sauro.core.commands import command
from sauro.core.errors import Invalid, NotFound
from sauro.core.text import _
from sauro.events import services as events
from sauro.notices import queries, rules
from sauro.notices.models import Choice, Delivery, Device, Notice
from sauro.notices.rules import Channel, State
from sauro.people import queries as people

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message claimed for sending; `key` is the same however often it is tried."""

    delivery_id: int
    attempt: int
    channel: Channel
    key: str
    address: str
    subject: str
    body: str
    link: str


@dataclass(frozen=True, slots=True)
class Sending:
    """How one attempt went: sent if `trouble` is ""; for good, if no later attempt can help.

    proof: the number under which the provider took it, "" if it gives none
    """

    delivery_id: int
    attempt: int
    trouble: str = ""
    for_good: bool = False
    proof: str = ""


@command
def tell(
    person_id: int, *, key: str, subject: str, body: str, link: str, by: Actor, now: datetime
) -> int:
    """Tell a person something, on their page and by the channels they want; return its id.

    key: names the occasion; telling it again says nothing new and returns the first.
    link: a path of the platform, or "".

    :raises Invalid: nothing said, or too much
    """
    title, text = rules.check_text(subject, body, link)
    person = people.person(person_id)
    notice, is_new = Notice.objects.get_or_create(
        key=key,
        defaults={
            "person_id": person_id,
            "subject": title,
            "body": text,
            "link": link,
            "told_at": now,
        },
    )
    if not is_new:
        return notice.pk
    Delivery.objects.bulk_create(_ways(notice, person, now))
    events.record("notice.told", notice, by=by, at=now, key=key)
    return notice.pk


@command
def choose(wanted: Collection[Channel], *, by: Actor, now: datetime) -> None:
    """Keep by which channels a person wants to be told; their own page tells them whatever else.

    :raises NotFound: nobody is signed in
    """
    if by.person_id is None:
        raise NotFound(_("Đăng nhập để chọn kênh nhận tin."))
    before = queries.wanted(by.person_id)
    for channel in Channel:
        if (channel in wanted) == (channel in before):
            continue
        chosen = {"is_wanted": channel in wanted, "chosen_at": now}
        choice, _new = Choice.objects.update_or_create(
            person_id=by.person_id, channel=channel, defaults=chosen
        )
        events.record("channel.chosen", choice, by=by, at=now, is_wanted=choice.is_wanted)


@command
def let_wake(endpoint: str, *, by: Actor, now: datetime) -> None:
    """Keep a device that a person wants to be told on; whoever signed in there last owns it.

    :raises NotFound: nobody is signed in
    :raises Invalid: no address of a service that wakes devices, or too many devices
    """
    if by.person_id is None:
        raise NotFound(_("Đăng nhập để nhận thông báo trên thiết bị này."))
    address = rules.check_endpoint(endpoint, settings.PUSH_HOSTS)
    others = Device.objects.filter(person_id=by.person_id).exclude(endpoint=address)
    if others.count() >= rules.DEVICES_AT_MOST:
        raise Invalid(_("Đã có {limit} thiết bị nhận thông báo."), limit=rules.DEVICES_AT_MOST)
    device, _is_new = Device.objects.update_or_create(
        endpoint=address, defaults={"person_id": by.person_id, "since": now}
    )
    events.record("device.let", device, by=by, at=now)


@command
def forget_device(endpoint: str, *, by: Actor, now: datetime) -> None:
    """Wake a device no more: its owner says so, or the service that woke it; twice is once."""
    devices = Device.objects.select_for_update().filter(endpoint=endpoint)
    mine = devices if by.person_id is None else devices.filter(person_id=by.person_id)
    for device in mine:
        events.record("device.forgotten", device, by=by, at=now)
        device.delete()


@command
def mark_read(notice_id: int, *, by: Actor, now: datetime) -> None:
    """Note that its person opened a notice; the first time counts, later ones change nothing.

    :raises NotFound: no such notice, or somebody else's
    """
    mine = Notice.objects.select_for_update().filter(person_id=by.person_id or 0)
    notice = mine.filter(pk=notice_id).first()
    if notice is None:
        raise NotFound(_("Không có thông báo này, hoặc thông báo thuộc tài khoản khác."))
    if notice.read_at is None:
        _read(notice, by, now)


@command
def mark_all_read(*, by: Actor, now: datetime) -> int:
    """Note that a person saw all their notices; return how many were new to them."""
    unread = Notice.objects.select_for_update().filter(
        person_id=by.person_id or 0, read_at__isnull=True
    )
    notices = list(unread.order_by("pk"))
    for notice in notices:
        _read(notice, by, now)
    return len(notices)


@command
def claim(*, limit: int, by: Actor, now: datetime) -> list[Message]:
    """Take up to `limit` messages that are due, oldest first, so that nobody else sends them.

    Whoever does not settle them within `rules.LEASE` is taken to have died.
    """
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
    due = Delivery.objects.filter(free, state=State.WAITING, next_at__lte=now)
    mine = due.select_for_update(of=("self",), skip_locked=True).select_related("notice")
    claimed = list(mine.order_by("next_at", "pk")[:limit])
    for delivery in claimed:
        delivery.attempts += 1
        delivery.leased_until = now + rules.LEASE
        events.record("delivery.tried", delivery, by=by, at=now, attempt=delivery.attempts)
    Delivery.objects.bulk_update(claimed, ["attempts", "leased_until"])
    return [
        Message(
            delivery_id=one.pk,
            attempt=one.attempts,
            channel=Channel(one.channel),
            key=one.notice.key,
            address=one.address,
            subject=one.notice.subject,
            body=one.notice.body,
            link=one.notice.link,
        )
        for one in claimed
    ]


@command
def settle(sending: Sending, *, by: Actor, now: datetime) -> State:
    """Write down how an attempt went; return where the message is now.

    A late report of an attempt that was taken over is refused.

    :raises NotFound: another attempt has begun or the message is settled
    """
    waiting = Delivery.objects.select_for_update(of=("self",)).select_related("notice")
    delivery = waiting.filter(
        pk=sending.delivery_id, state=State.WAITING, attempts=sending.attempt
    ).first()
    if delivery is None:
        raise NotFound(_("Lượt gửi này đã được ghi kết quả ở nơi khác."))
    again = rules.next_try(delivery.notice.told_at, delivery.attempts, now)
    if not sending.trouble:
        delivery.state, delivery.next_at, delivery.sent_at = State.SENT, None, now
    elif sending.for_good or again is None:
        delivery.state, delivery.next_at = State.GAVE_UP, None
        logger.error("gave up sending a notice", extra={"delivery": delivery.pk})
    else:
        delivery.next_at = again
    delivery.leased_until = None
    delivery.trouble = sending.trouble[:300]
    delivery.proof = sending.proof[:200]
    delivery.save()
    _record_settled(delivery, by, now)
    return State(delivery.state)


_SETTLED = {
    State.SENT: "delivery.sent",
    State.GAVE_UP: "delivery.given_up",
    State.WAITING: "delivery.put_off",
}


def _record_settled(delivery: Delivery, by: Actor, now: datetime) -> None:
    verb = _SETTLED[State(delivery.state)]
    attempt, trouble = delivery.attempts, delivery.trouble
    events.record(verb, delivery, by=by, at=now, attempt=attempt, trouble=trouble)


def _ways(notice: Notice, person: people.PersonRow, now: datetime) -> list[Delivery]:
    """Return the ways in which a person wants to be reached; those not connected yet say so."""
    addresses = {
        Channel.EMAIL: person.email,
        Channel.SMS: person.phone,
        Channel.ZALO: person.phone,
        Channel.PUSH: queries.pushed_to(person.id),
    }
    connected = queries.connected()
    return [
        Delivery(
            notice=notice,
            channel=channel,
            address=addresses[channel],
            state=State.WAITING if channel in connected else State.NOT_CONFIGURED,
            next_at=now if channel in connected else None,
        )
        for channel in queries.wanted(person.id)
        if addresses[channel]
    ]


def _read(notice: Notice, by: Actor, now: datetime) -> None:
    notice.read_at = now
    notice.save(update_fields=["read_at"])
    events.record("notice.read", notice, by=by, at=now)
