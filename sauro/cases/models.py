from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from sauro.cases.rules import Kind, Party


class Process(models.Model):
    """A version of a process (quy trình) as data; published rows are never changed."""

    code = models.CharField(max_length=64)
    version = models.IntegerField()
    name = models.CharField(max_length=300)
    definition = models.JSONField()
    since = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="process_version_is_published_once", fields=["code", "version"]
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.code} v{self.version}"


class CodeCounter(models.Model):
    """The last number given out under a prefix of case codes: one row an office and day."""

    prefix = models.CharField(max_length=64, primary_key=True)
    value = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.prefix} {self.value}"


class Case(models.Model):
    """Something the province owes someone, from filing to closing (hồ sơ công việc).

    No index by place, office, process or person alone: nobody is looked up by them across ended
    cases, and a row of a case is written at every step.

    door: the one office that answers for it to the person; unit: the office that handles it;
    authority: the office that decides it. step: the key of the open step, of several branches
    the one open longest, "" once ended.
    """

    code = models.CharField(max_length=64, db_collation="C")
    kind = models.CharField(max_length=32)
    title = models.TextField()
    state = models.CharField(max_length=32)
    step = models.CharField(max_length=64, blank=True)
    version = models.IntegerField(default=1)
    process = models.ForeignKey(Process, models.PROTECT, db_index=False)
    owed_to = models.ForeignKey("people.Person", models.PROTECT, db_index=False)
    place = models.ForeignKey("places.Place", models.PROTECT, db_index=False)
    door = models.ForeignKey("offices.Office", models.PROTECT, db_index=False, related_name="+")
    unit = models.ForeignKey("offices.Office", models.PROTECT, db_index=False, related_name="+")
    authority = models.ForeignKey(
        "offices.Office", models.PROTECT, db_index=False, related_name="+"
    )
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    legal_due_at = models.DateTimeField(null=True)
    promised_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="case_code_is_given_once", fields=["code"]),
            models.CheckConstraint(
                name="case_has_a_step_until_it_ends",
                condition=Q(ended_at__isnull=True) ^ Q(step=""),
            ),
            models.CheckConstraint(
                name="case_with_a_promise_has_started",
                condition=Q(promised_at__isnull=True) | Q(started_at__isnull=False),
            ),
            models.CheckConstraint(
                name="case_ends_after_it_opens",
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("opened_at")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                name="case_open_at_door",
                fields=["door", "due_at", "id"],
                condition=Q(ended_at__isnull=True),
            ),
            models.Index(
                name="case_open_at_unit",
                fields=["unit", "due_at", "id"],
                condition=Q(ended_at__isnull=True),
            ),
            models.Index(
                name="case_open_by_promise",
                fields=["promised_at", "id"],
                condition=Q(ended_at__isnull=True, finished_at__isnull=True),
            ),
            models.Index(name="case_owed_to", fields=["owed_to", "-opened_at"]),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.code}"


class Task(models.Model):
    """One step in one case (nhiệm vụ), with its six clarities; open until done_at.

    A case has one open task, or one in each of its branches.

    official: who; work: what; office and head: whose responsibility; case's process and
    step: by which process; due_at: by when; product: with what result.
    """

    case = models.ForeignKey(Case, models.PROTECT, db_index=False)
    step = models.CharField(max_length=64)
    work = models.CharField(max_length=300)
    product = models.CharField(max_length=300)
    party = models.CharField(max_length=16, default=Party.OFFICE)
    kind = models.CharField(max_length=16, default=Kind.WORK, db_default=Kind.WORK.value)
    official = models.ForeignKey(
        "offices.Official", models.PROTECT, db_index=False, related_name="+"
    )
    office = models.ForeignKey("offices.Office", models.PROTECT, db_index=False, related_name="+")
    head = models.ForeignKey("offices.Official", models.PROTECT, db_index=False, related_name="+")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        "offices.Official", models.PROTECT, db_index=False, null=True, related_name="+"
    )
    outcome = models.CharField(max_length=32, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="task_has_six_clarities",
                condition=~Q(work="") & ~Q(product="") & ~Q(step=""),
            ),
            models.CheckConstraint(
                name="task_party_is_known",
                condition=Q(party__in=[p.value for p in Party]),
            ),
            models.CheckConstraint(
                name="task_kind_is_known",
                condition=Q(kind__in=[k.value for k in Kind]),
            ),
            models.CheckConstraint(
                name="task_is_done_with_an_outcome",
                condition=Q(done_at__isnull=True) ^ ~Q(outcome=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                name="task_open_by_official",
                fields=["official", "due_at", "id"],
                condition=Q(done_at__isnull=True),
            ),
            models.Index(
                name="task_open_by_office",
                fields=["office", "due_at", "id"],
                condition=Q(done_at__isnull=True),
            ),
            models.Index(
                name="task_open_of_case",
                fields=["case"],
                condition=Q(done_at__isnull=True),
            ),
            models.Index(name="task_of_case", fields=["case", "id"]),
            models.Index(
                name="task_open_opinion",
                fields=["due_at", "id"],
                condition=Q(done_at__isnull=True, kind=Kind.OPINION.value),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.step}"


class Visit(models.Model):
    """The visit that finished a task (xác minh thực địa): the day and its minutes (biên bản)."""

    task = models.OneToOneField(Task, primary_key=True, on_delete=models.PROTECT)
    on = models.DateField()
    minutes = models.TextField(blank=True)
    file = models.ForeignKey(
        "documents.StoredFile", null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="visit_has_minutes",
                condition=~Q(minutes="") | Q(file__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.on}"
