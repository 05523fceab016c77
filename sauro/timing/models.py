from typing import ClassVar

from django.db import models


class CalendarChange(models.Model):
    """One change of the working calendar (đợt thay đổi lịch làm việc), and what it did.

    settings, before: the special days as they were set, and as they had been, so that the last
    change can be undone. office: whose calendar, null for the whole province.
    """

    office = models.ForeignKey("offices.Office", null=True, on_delete=models.PROTECT)
    summary = models.TextField()
    source = models.TextField(blank=True)
    settings = models.JSONField()
    before = models.JSONField()
    affected = models.IntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(name="calendar_change_newest", fields=["-made_at"])]

    def __str__(self) -> str:
        return f"#{self.pk} {self.summary}"


class AffectedCase(models.Model):
    """A case that a change of the calendar gave other due dates (hồ sơ bị ảnh hưởng).

    is_step: the legal term stays, only the open step is due at another time. Rows are written
    by the ten thousand and never changed; neither cases nor changes are ever deleted, so the
    database is not asked to check each of them.
    """

    change = models.ForeignKey(
        CalendarChange, on_delete=models.PROTECT, db_constraint=False, db_index=False
    )
    case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, db_constraint=False, db_index=False
    )
    promised_at = models.DateTimeField(null=True)
    due_before = models.DateTimeField()
    due_after = models.DateTimeField()
    is_step = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="case_is_affected_once", fields=["change", "case"]),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
