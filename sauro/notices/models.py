from typing import ClassVar

from django.db import models
from django.db.models import Q


class Notice(models.Model):
    """Something a person was told (thông báo), once under its key; shown on their page."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT)
    key = models.CharField(max_length=200, unique=True)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    link = models.CharField(max_length=300, blank=True)
    told_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="notice_has_a_key", condition=~Q(key="")),
            models.CheckConstraint(
                name="notice_says_something", condition=~Q(subject="") & ~Q(body="")
            ),
            models.CheckConstraint(
                name="notice_leads_into_the_platform",
                condition=Q(link="") | Q(link__startswith="/"),
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="notice_of_person", fields=["person", "-told_at", "-id"]),
            models.Index(
                name="notice_unread", fields=["person"], condition=Q(read_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.key}"


class Delivery(models.Model):
    """A notice on its way by one channel (lượt gửi); the rows that wait are the outbox.

    leased_until: someone is sending it now; if they die it is free again then.
    trouble: why the last attempt failed, for the operators.
    proof: the number under which the provider took it, "" until then.
    """

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT)
    channel = models.CharField(max_length=16)
    address = models.CharField(max_length=254)
    state = models.CharField(max_length=16)
    attempts = models.IntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=300, blank=True)
    proof = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="delivery_is_one_a_notice_and_channel", fields=["notice", "channel"]
            ),
            models.CheckConstraint(
                name="delivery_has_a_known_channel",
                condition=Q(channel__in=["EMAIL", "SMS", "ZALO", "PUSH"]),
            ),
            models.CheckConstraint(
                name="delivery_has_a_known_state",
                condition=Q(state__in=["WAITING", "SENT", "NOT_CONFIGURED", "GAVE_UP"]),
            ),
            models.CheckConstraint(
                name="delivery_waits_for_a_time",
                condition=Q(state="WAITING", next_at__isnull=False)
                | (~Q(state="WAITING") & Q(next_at__isnull=True, leased_until__isnull=True)),
            ),
            models.CheckConstraint(
                name="delivery_sent_says_when",
                condition=Q(state="SENT", sent_at__isnull=False)
                | (~Q(state="SENT") & Q(sent_at__isnull=True)),
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="delivery_due", fields=["next_at"], condition=Q(state="WAITING"))
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.channel} {self.state}"


class Choice(models.Model):
    """Whether a person wants to be told by a channel (kênh nhận tin); no row: as is usual."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT)
    channel = models.CharField(max_length=16)
    is_wanted = models.BooleanField()
    chosen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="choice_is_one_a_person_and_channel", fields=["person", "channel"]
            ),
            models.CheckConstraint(
                name="choice_of_a_known_channel",
                condition=Q(channel__in=["EMAIL", "SMS", "ZALO", "PUSH"]),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.person_id} {self.channel} {self.is_wanted}"


class Device(models.Model):
    """A browser that a person lets us wake (thiết bị nhận thông báo): where, and since when."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT)
    endpoint = models.CharField(max_length=1_000, unique=True)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"#{self.pk} of #{self.person_id}"
