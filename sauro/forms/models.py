from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class FormVersion(models.Model):
    """A form of a procedure from a day on (mẫu khai); a change is a new version, never an edit.

    schema: of the answers, JSON Schema 2020-12; ui: pages, order and conditions. until: exclusive,
    null for the version in force. A draft and a dossier keep the version they were begun with.
    """

    procedure = models.ForeignKey("procedures.Procedure", on_delete=models.PROTECT)
    number = models.IntegerField()
    since = models.DateField()
    until = models.DateField(null=True)
    schema = models.JSONField()
    ui = models.JSONField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="form_version_has_its_own_number", fields=["procedure", "number"]
            ),
            models.UniqueConstraint(
                name="form_in_force_is_one", fields=["procedure"], condition=Q(until__isnull=True)
            ),
            models.CheckConstraint(name="form_is_numbered_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="form_ends_after_it_begins",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.number}"


class FormDraft(models.Model):
    """A form being edited (bản nháp mẫu khai); one open draft for each procedure.

    revision: grows with every save, so an old page is told. ended_at: published or thrown away.
    """

    procedure = models.ForeignKey("procedures.Procedure", on_delete=models.PROTECT)
    schema = models.JSONField()
    ui = models.JSONField()
    revision = models.IntegerField(default=1)
    saved_by = models.CharField(max_length=200)
    saved_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="form_has_one_open_draft",
                fields=["procedure"],
                condition=Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="form_draft_revision_counts_from_one", condition=Q(revision__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
