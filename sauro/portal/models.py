from typing import ClassVar

from django.db import models


class FailedTry(models.Model):
    """A try at tracking a dossier with a wrong code or number (lần tra cứu sai).

    who: a keyed hash of the network address, so that tries can be counted and nobody traced.
    """

    who = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(name="failed_try_by_who", fields=["who", "at"])]

    def __str__(self) -> str:
        return f"#{self.pk}"
