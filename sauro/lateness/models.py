from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class Verdict(models.Model):
    """On time or late, by three measures, with every input (kết luận đúng hạn): once a case.

    original: against the first promise; official: against the promise as it stood at the end;
    index_766: Decision 766, by its rule number. target_at: the internal target. inputs: all
    that was compared, as plain data, so that the verdict can be computed again.
    """

    case = models.OneToOneField("cases.Case", primary_key=True, on_delete=models.PROTECT)
    ended_at = models.DateTimeField()
    promised_first = models.DateTimeField()
    promised_last = models.DateTimeField()
    target_at = models.DateTimeField()
    original = models.CharField(max_length=16)
    official = models.CharField(max_length=16)
    index_766 = models.CharField(max_length=16)
    rule_766 = models.IntegerField()
    minutes = models.IntegerField()
    waited = models.IntegerField()
    delay = models.IntegerField()
    inputs = models.JSONField()
    explanation = models.JSONField()
    judged_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="verdict_has_no_negative_time",
                condition=Q(minutes__gte=0) & Q(waited__gte=0) & Q(delay__gte=0),
            ),
        ]
        indexes: ClassVar = [models.Index(name="verdict_by_end", fields=["ended_at", "case"])]

    def __str__(self) -> str:
        return f"#{self.pk} {self.original}"


class Charge(models.Model):
    """What one task has of the time and the delay of its case (phần trách nhiệm).

    The charges of a case sum to its verdict's minutes, waited and delay. caused_by: the task
    whose work came back.
    """

    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT)
    task = models.OneToOneField("cases.Task", primary_key=True, on_delete=models.PROTECT)
    official = models.ForeignKey("offices.Official", on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=64)
    party = models.CharField(max_length=16)
    minutes = models.IntegerField()
    waited = models.IntegerField()
    over = models.IntegerField()
    delay = models.IntegerField()
    caused_by = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="charge_is_not_negative", condition=Q(delay__gte=0)),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.delay}"


class Letter(models.Model):
    """The apology owed for a case (văn bản xin lỗi, Mẫu 04), from draft to sent: once a case.

    office, head: who must sign. send_by: until when the law wants it sent. dropped_at: it was
    not needed after all, because the case was done, or somebody had apologised already.
    """

    case = models.OneToOneField("cases.Case", primary_key=True, on_delete=models.PROTECT)
    office = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="+")
    head = models.ForeignKey("offices.Official", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    promised_before = models.DateTimeField()
    promised_after = models.DateTimeField()
    send_by = models.DateTimeField()
    drafted_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="letter_promises_a_later_day",
                condition=Q(promised_after__gt=F("promised_before")),
            ),
            models.CheckConstraint(
                name="letter_is_signed_before_it_is_sent",
                condition=Q(sent_at__isnull=True) | Q(signed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="letter_is_signed_or_dropped",
                condition=Q(signed_at__isnull=True) | Q(dropped_at__isnull=True),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                name="letter_to_sign",
                fields=["send_by", "case"],
                condition=Q(signed_at__isnull=True, dropped_at__isnull=True),
            ),
            models.Index(
                name="letter_to_send",
                fields=["signed_at"],
                condition=Q(signed_at__isnull=False, sent_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Breach(models.Model):
    """A promise that passed without an apology (vi phạm chậm xin lỗi): once a case.

    office, head: who should have signed. drafted: the letter lay ready for them.
    """

    case = models.OneToOneField("cases.Case", primary_key=True, on_delete=models.PROTECT)
    office = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="+")
    head = models.ForeignKey("offices.Official", on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    drafted = models.BooleanField()
    found_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(name="breach_by_due", fields=["due_at", "case"])]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Nudge(models.Model):
    """A reminder to an official (nhắc việc), by the system or by a head; once under its key.

    case and task are empty for the list of the week.
    """

    key = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=16)
    case = models.ForeignKey("cases.Case", null=True, on_delete=models.PROTECT)
    task = models.ForeignKey("cases.Task", null=True, on_delete=models.PROTECT)
    official = models.ForeignKey("offices.Official", on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()
    told_by = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="nudge_has_a_key", condition=~Q(key="")),
        ]
        indexes: ClassVar = [models.Index(name="nudge_of_case", fields=["case", "-told_at"])]

    def __str__(self) -> str:
        return f"#{self.pk} {self.key}"


class Pace(models.Model):
    """How long a step usually takes (nhịp làm việc), in working minutes, counted from the log.

    office: where it is done; none for the whole process.
    """

    process = models.ForeignKey("cases.Process", on_delete=models.PROTECT)
    step = models.CharField(max_length=64)
    office = models.ForeignKey("offices.Office", null=True, on_delete=models.PROTECT)
    median = models.IntegerField()
    careful = models.IntegerField()
    sample = models.IntegerField()
    counted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="pace_is_one_a_step_and_office",
                fields=["process", "step", "office"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(name="pace_stands_on_something", condition=Q(sample__gte=1)),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.step}"
