from typing import ClassVar

from django.db import models


class Fact(models.Model):
    """What figures are counted from: one row a dossier, folded from the log; never edited.

    Everything here can be counted again from the dossiers. supplemented_at: when papers were
    first asked for. A moment that is null has not come.
    """

    dossier = models.OneToOneField("onestop.Dossier", primary_key=True, on_delete=models.CASCADE)
    code = models.CharField(max_length=64, db_collation="C")
    channel = models.CharField(max_length=16)
    procedure = models.ForeignKey(
        "procedures.Procedure", models.PROTECT, db_index=False, related_name="+"
    )
    place = models.ForeignKey("places.Place", models.PROTECT, db_index=False, related_name="+")
    door = models.ForeignKey("offices.Office", models.PROTECT, db_index=False, related_name="+")
    unit = models.ForeignKey("offices.Office", models.PROTECT, db_index=False, related_name="+")
    outcome = models.CharField(max_length=32, blank=True)
    opened_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    legal_due_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    supplemented_at = models.DateTimeField(null=True)
    rated_at = models.DateTimeField(null=True)
    score = models.IntegerField(null=True)
    is_synthetic = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(name="fact_by_opening", fields=["opened_at"]),
            models.Index(
                name="fact_by_finish",
                fields=["finished_at"],
                condition=models.Q(finished_at__isnull=False),
            ),
            models.Index(
                name="fact_open",
                fields=["unit"],
                condition=models.Q(finished_at__isnull=True, ended_at__isnull=True),
            ),
            models.Index(name="fact_of_procedure", fields=["procedure", "opened_at"]),
            models.Index(
                name="fact_of_procedure_done",
                fields=["procedure", "finished_at"],
                condition=models.Q(finished_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.code}"
