from typing import ClassVar

from django.db import models
from django.db.models import Q


class ProcessDraft(models.Model):
    """A process being drawn (bản nháp quy trình); one open draft for each process.

    base_version: the version it was begun from, 0 for a new process. owner: who began it;
    saved_by: who saved it last. revision: grows with every save, so an old page is told.
    ended_at: it was published or thrown away; published_version: 0 unless published.
    """

    code = models.CharField(max_length=64)
    name = models.CharField(max_length=300)
    definition = models.JSONField()
    base_version = models.IntegerField(default=0)
    owner = models.ForeignKey("offices.Official", on_delete=models.PROTECT, related_name="+")
    saved_by = models.ForeignKey("offices.Official", on_delete=models.PROTECT, related_name="+")
    revision = models.IntegerField(default=1)
    notes = models.JSONField(default=list)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    published_version = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="process_has_one_open_draft",
                fields=["code"],
                condition=Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="published_draft_has_ended",
                condition=Q(published_version=0) | Q(ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="draft_revision_counts_from_one", condition=Q(revision__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.code}"
