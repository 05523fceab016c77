from typing import ClassVar

from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.db.models import Q


class Event(models.Model):
    """One thing that happened (sự kiện): written once, never changed.

    Triggers refuse UPDATE and DELETE, number the event within its subject and chain
    it to the subject's previous event: hash = sha256(prev_hash, all that is said here).
    Actor and subject are plain values, not foreign keys, so that the log outlives them.
    """

    txid = models.BigIntegerField(editable=False)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=TransactionNow())
    operation = models.UUIDField()
    verb = models.CharField(max_length=64)
    subject = models.CharField(max_length=64)
    subject_id = models.BigIntegerField()
    seq = models.IntegerField()
    actor_kind = models.CharField(max_length=16)
    actor_label = models.CharField(max_length=200)
    person_id = models.BigIntegerField(null=True)
    official_id = models.BigIntegerField(null=True)
    office_id = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)
    prev_hash = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="event_has_one_place_in_its_chain",
                fields=["subject", "subject_id", "seq"],
            ),
            models.CheckConstraint(name="event_is_numbered_from_one", condition=Q(seq__gte=1)),
        ]
        indexes: ClassVar = [models.Index(name="event_in_commit_order", fields=["txid", "id"])]

    def __str__(self) -> str:
        return f"#{self.pk} {self.verb}"


class Seal(models.Model):
    """A block of events closed by one hash (niêm phong nhật ký), chained to the block before.

    Rows that a chain of one subject cannot protect, such as its last event or a whole subject,
    are protected by the seal: it counts and hashes every event of the block in commit order.
    """

    until_txid = models.BigIntegerField(unique=True)
    events = models.IntegerField()
    sealed_at = models.DateTimeField()
    prev_hash = models.BinaryField()
    hash = models.BinaryField()

    def __str__(self) -> str:
        return f"#{self.pk} until {self.until_txid}"


class Cursor(models.Model):
    """How far a reader of the log has come (con trỏ đọc): up to a transaction, inclusive."""

    reader = models.CharField(max_length=64, primary_key=True)
    txid = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.reader} at {self.txid}"
