from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from sauro.procedures.rules import Level, Status

_LEVELS = [level.value for level in Level]


class Procedure(models.Model):
    """An administrative procedure of the national catalogue (thủ tục hành chính).

    code: the national one, e.g. 1.001193. folded: the name for searching. words: folded words
    of its content, for finding it by what it is about. level: where it is handled here, "" where
    the catalogue does not tell; levels: as published. has_full: a version holds its content.
    gone_on: since when it is no longer published.
    """

    code = models.CharField(max_length=8, unique=True)
    name = models.TextField()
    folded = models.TextField()
    words = models.TextField(blank=True)
    field = models.CharField(max_length=300)
    promulgator = models.CharField(max_length=200)
    implementers = ArrayField(models.TextField(), default=list, blank=True)
    level = models.CharField(max_length=8, blank=True)
    levels = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    status = models.CharField(max_length=8)
    has_full = models.BooleanField(default=False)
    gone_on = models.DateField(null=True)
    flags = ArrayField(models.CharField(max_length=40), default=list, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="procedure_code_is_national", condition=Q(code__regex=r"^[1-9]\.\d{6}$")
            ),
            models.CheckConstraint(
                name="procedure_has_a_name", condition=~Q(name="") & ~Q(folded="")
            ),
            models.CheckConstraint(
                name="procedure_status_is_known",
                condition=Q(status__in=[status.value for status in Status]),
            ),
            models.CheckConstraint(
                name="procedure_levels_are_known",
                condition=Q(levels__contained_by=_LEVELS) & Q(level__in=["", *_LEVELS]),
            ),
            models.CheckConstraint(
                name="procedure_gone_has_a_day",
                condition=Q(status=Status.GONE.value) ^ Q(gone_on__isnull=True),
            ),
            models.CheckConstraint(
                name="procedure_current_has_its_content",
                condition=~Q(status=Status.CURRENT.value) | Q(has_full=True),
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="procedure_by_field", fields=["field", "code"]),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.code}"


class ProcedureVersion(models.Model):
    """What was published of a procedure from a day on; a change is a new version, never an edit.

    record: in the source's own words, read by `rules.parse`. digest: of the record. until:
    exclusive, null for the version in force. A dossier keeps the version it was filed under.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT)
    number = models.IntegerField()
    since = models.DateField()
    until = models.DateField(null=True)
    record = models.JSONField()
    digest = models.CharField(max_length=64)
    decision = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=200)
    source_url = models.CharField(max_length=500, blank=True)
    snapshot_on = models.DateField()
    flags = ArrayField(models.CharField(max_length=40), default=list, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="version_has_its_own_number", fields=["procedure", "number"]
            ),
            models.UniqueConstraint(
                name="version_in_force_is_one",
                fields=["procedure"],
                condition=Q(until__isnull=True),
            ),
            models.CheckConstraint(name="version_is_numbered_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="version_ends_after_it_begins",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
            ),
            models.CheckConstraint(name="version_says_its_source", condition=~Q(source="")),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} of {self.procedure_id}"


class Edition(models.Model):
    """A change of the catalogue (lần cập nhật danh mục): a load, a publication, a withdrawal.

    Its newest row tells every process whether what it keeps in memory is still the catalogue.
    """

    made_at = models.DateTimeField()
    added = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)
    withdrawn = models.IntegerField(default=0)

    def __str__(self) -> str:
        return f"#{self.pk} of {self.made_at:%Y-%m-%d}"
