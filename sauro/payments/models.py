from typing import ClassVar

from django.db import models
from django.db.models import Q

from sauro.payments.rules.ledger import Account, Kind


class Bill(models.Model):
    """What somebody owes for one matter (khoản phải nộp).

    subject, subject_id: the matter, such as a dossier; code: what people call it by. office_id: of
    the centre that collects. why: how the amount came about. receipt: its number, once paid.
    """

    key = models.UUIDField(unique=True)
    subject = models.TextField()
    subject_id = models.BigIntegerField()
    code = models.TextField()
    payer = models.TextField()
    person_id = models.BigIntegerField(null=True)
    office_id = models.BigIntegerField()
    amount = models.BigIntegerField()
    why = models.TextField()
    state = models.TextField(default="OPEN")
    made_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)
    paid_by = models.TextField(blank=True)
    receipt = models.TextField(blank=True)
    is_online = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="matter_has_one_open_bill",
                fields=["subject", "subject_id"],
                condition=~Q(state="CANCELLED"),
            ),
            models.CheckConstraint(name="bill_is_above_zero", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="paid_bill_has_its_receipt",
                condition=Q(paid_at__isnull=True) | ~Q(receipt=""),
            ),
            models.CheckConstraint(
                name="bill_state_is_known",
                condition=Q(state__in=["OPEN", "PAID", "CANCELLED", "TO_REFUND", "REFUNDED"]),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.code}"


class Order(models.Model):
    """One attempt to pay a bill, or to pay it back, through the gateway (lệnh thanh toán).

    reference: ours, never used twice; number: the gateway's; of: the payment that a refund gives
    back; address: where it is paid. asked_at: when we last asked how it stands.
    """

    bill = models.ForeignKey(Bill, on_delete=models.PROTECT)
    reference = models.TextField(unique=True)
    is_refund = models.BooleanField(default=False)
    amount = models.BigIntegerField()
    state = models.TextField(default="PENDING")
    of = models.TextField(blank=True)
    address = models.TextField(blank=True)
    number = models.TextField(blank=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                name="pending_orders_by_time", fields=["made_at"], condition=Q(state="PENDING")
            )
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="order_state_is_known",
                condition=Q(state__in=["PENDING", "PAID", "FAILED", "EXPIRED"]),
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.reference}"


class Posting(models.Model):
    """A happening with money in the ledger (bút toán); never changed, never removed.

    key: names the happening, so that it is written once however often it is told.
    """

    key = models.TextField(unique=True)
    kind = models.TextField(choices=[(kind.value, kind.value) for kind in Kind])
    bill = models.ForeignKey(Bill, null=True, on_delete=models.PROTECT)
    reference = models.TextField(blank=True)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind}"


class Entry(models.Model):
    """One line of a posting; those of one posting sum to zero, which the database itself holds."""

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT)
    account = models.TextField(choices=[(account.value, account.value) for account in Account])
    amount = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(name="entries_by_account", fields=["account"])]

    def __str__(self) -> str:
        return f"#{self.pk} {self.account} {self.amount}"


class Statement(models.Model):
    """What the gateway says of one day (sao kê), as it was brought in. lines: as read."""

    day = models.DateField(unique=True)
    lines = models.JSONField()
    brought_at = models.DateTimeField()
    brought_by = models.TextField()

    def __str__(self) -> str:
        return f"#{self.pk} {self.day}"
