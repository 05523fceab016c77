from typing import ClassVar

from django.db import models
from django.db.models import Q


class StoredFile(models.Model):
    """Bytes kept once under their own hash (tệp), never changed.

    scan: CLEAN only when a virus scanner has read the bytes; NOT_SCANNED is shown as such.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=64)
    pages = models.IntegerField(null=True)
    scan = models.CharField(max_length=16)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="stored_file_is_named_by_a_sha256",
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
            ),
            models.CheckConstraint(name="stored_file_is_not_empty", condition=Q(size__gt=0)),
            models.CheckConstraint(
                name="stored_file_is_scanned_or_said_not_to_be",
                condition=Q(scan__in=["NOT_SCANNED", "CLEAN"]),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.media_type} {self.sha256[:12]}"


class Paper(models.Model):
    """An official paper as it was issued (giấy tờ hành chính); `data` is what it says.

    Subject and subject_id name what it is about as in the event log: plain values, so that
    a paper outlives its subject.
    """

    form = models.CharField(max_length=16)
    number = models.CharField(max_length=64, blank=True)
    subject = models.CharField(max_length=64)
    subject_id = models.BigIntegerField()
    data = models.JSONField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="paper_is_on_a_known_form",
                condition=Q(
                    form__in=[
                        "MAU_01",
                        "MAU_02",
                        "MAU_03",
                        "MAU_04",
                        "MAU_05",
                        "MAU_06",
                        "MAU_07",
                        "RESULT",
                        "REFUSAL",
                        "RECEIPT",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="paper_has_a_number_unless_a_control_sheet_or_register",
                condition=~Q(number="") | Q(form__in=["MAU_06", "MAU_07"]),
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="paper_of_subject", fields=["subject", "subject_id", "issued_at"])
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.form} {self.number}"


class Counter(models.Model):
    """The last number given out in a book this year (sổ cấp số)."""

    book = models.CharField(max_length=100)
    year = models.IntegerField()
    value = models.IntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="counter_is_one_a_book_and_year", fields=["book", "year"]),
            models.CheckConstraint(name="counter_counts_from_one", condition=Q(value__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.book} {self.year}: {self.value}"
