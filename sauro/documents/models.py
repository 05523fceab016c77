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
    a paper outlives its subject. file: the newest version; those before are the files of its
    signatures. order: whose signatures it wants, empty for a paper that is not signed.
    """

    form = models.CharField(max_length=16)
    number = models.CharField(max_length=64, blank=True)
    subject = models.CharField(max_length=64)
    subject_id = models.BigIntegerField()
    data = models.JSONField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=200)
    check_code = models.CharField(max_length=16, unique=True, null=True)
    order = models.JSONField(default=list)

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


class Certificate(models.Model):
    """Whose signature a key makes (chứng thư số): an official's, or the seal of an office.

    Subject and subject_id name the holder as in the event log. key: "file", or "pkcs11:" and
    the label on the token. Wrong PINs are counted here.
    """

    subject = models.CharField(max_length=64)
    subject_id = models.BigIntegerField()
    name = models.CharField(max_length=200)
    serial = models.CharField(max_length=64, unique=True)
    pem = models.TextField()
    key = models.CharField(max_length=200)
    since = models.DateTimeField()
    until = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    is_demo = models.BooleanField()
    failed_count = models.IntegerField(default=0)
    locked_until = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="certificate_ends_after_it_begins",
                condition=Q(until__gt=models.F("since")),
            ),
            models.CheckConstraint(
                name="certificate_is_revoked_for_a_reason",
                condition=Q(revoked_at=None) | ~Q(reason=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="certificate_of_holder", fields=["subject", "subject_id", "-since"])
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name} {self.serial}"


class Signature(models.Model):
    """One signature on a paper (chữ ký số): who, in which post that day, when, with what.

    file and digest: the paper's bytes with this signature as its last. timed_at: when the
    authority of time answered, null while it is pending; timed_file, timed_digest: the bytes
    with its stamp, where that came later.
    """

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT)
    turn = models.IntegerField()
    part = models.CharField(max_length=16)
    signer_name = models.CharField(max_length=200)
    post = models.CharField(max_length=200)
    office = models.CharField(max_length=300)
    official_id = models.BigIntegerField(null=True)
    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT)
    signed_at = models.DateTimeField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, db_index=True)
    timed_at = models.DateTimeField(null=True)
    timed_file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, related_name="+", null=True
    )
    timed_digest = models.CharField(max_length=64, blank=True, db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="signature_has_its_turn", fields=["paper", "turn"]),
            models.CheckConstraint(
                name="signature_is_of_a_known_part",
                condition=Q(part__in=["INITIAL", "LEADER", "SEAL"]),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                name="signature_without_its_time",
                fields=["signed_at"],
                condition=Q(timed_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.part} {self.signer_name}"
