from typing import ClassVar

from django.db import models
from django.db.models import Q

from sauro.queueing.rules import Line, Priority, State


class Window(models.Model):
    """A place at the counter of a centre (quầy), open while an official sits there.

    in_a_row: how many who go first were just called one after another.
    """

    office = models.ForeignKey("offices.Office", on_delete=models.PROTECT)
    number = models.IntegerField()
    lines = models.JSONField(default=list)
    official = models.ForeignKey("offices.Official", null=True, on_delete=models.PROTECT)
    opened_at = models.DateTimeField(null=True)
    in_a_row = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="window_has_its_number_at_a_centre", fields=["office", "number"]
            ),
            models.UniqueConstraint(name="official_sits_at_one_window", fields=["official"]),
            models.CheckConstraint(
                name="window_is_open_while_somebody_sits_there",
                condition=Q(official__isnull=True) ^ Q(opened_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.number}"


class Ticket(models.Model):
    """A place in the queue of a day (số thứ tự). It says nothing of who holds it.

    key: what its own address is made of. minutes: from the call to the end of serving.
    """

    key = models.UUIDField(unique=True)
    office = models.ForeignKey("offices.Office", on_delete=models.PROTECT)
    day = models.DateField()
    line = models.CharField(max_length=1)
    number = models.IntegerField()
    code = models.CharField(max_length=8)
    priority = models.CharField(max_length=16, blank=True)
    state = models.CharField(max_length=16)
    taken_at = models.DateTimeField()
    calls = models.IntegerField(default=0)
    window = models.ForeignKey(Window, null=True, on_delete=models.PROTECT)
    called_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="ticket_has_its_code_on_a_day", fields=["office", "day", "code"]
            ),
            models.CheckConstraint(
                name="ticket_line_is_known", condition=Q(line__in=[x.value for x in Line])
            ),
            models.CheckConstraint(
                name="ticket_priority_is_known",
                condition=Q(priority__in=[p.value for p in Priority]),
            ),
            models.CheckConstraint(
                name="ticket_state_fits_its_instants",
                condition=Q(state=State.WAITING, ended_at__isnull=True)
                | Q(state=State.CALLED, called_at__isnull=False, ended_at__isnull=True)
                | Q(
                    state__in=[State.SERVED.value, State.NO_SHOW.value],
                    called_at__isnull=False,
                    ended_at__isnull=False,
                ),
            ),
            models.UniqueConstraint(
                name="window_serves_one_ticket_at_a_time",
                fields=["window"],
                condition=Q(state=State.CALLED),
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="ticket_by_day", fields=["office", "day", "state", "taken_at"])
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.code}"
