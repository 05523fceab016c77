from typing import ClassVar

from django.db import models
from django.db.models import Q


class OpenQuestion(models.Model):
    """A question that was not answered well, without anybody's data (câu hỏi cần bổ sung).

    key: its words without marks; why: "refuse", "clarify" or "doubt"; code: what was answered
    from. note: what was done about it, once settled.
    """

    key = models.TextField(unique=True)
    text = models.TextField()
    why = models.CharField(max_length=16)
    code = models.TextField(blank=True)
    times = models.IntegerField(default=1)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.TextField(blank=True)
    note = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                name="open_questions_by_times",
                fields=["-times", "id"],
                condition=Q(settled_at__isnull=True),
            )
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="settled_question_says_by_whom",
                condition=Q(settled_at__isnull=True) | ~Q(settled_by=""),
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.key}"


class Conversation(models.Model):
    """A talk handed over to a person at a centre (nhờ người trả lời).

    lines: pairs of what was asked and what was said, as they stood. person: who asked, if signed
    in; phone: where to call back otherwise.
    """

    key = models.UUIDField(unique=True)
    office = models.ForeignKey("offices.Office", on_delete=models.PROTECT)
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT)
    phone = models.TextField(blank=True)
    wish = models.TextField(blank=True)
    lines = models.JSONField(default=list)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.TextField(blank=True)
    reply = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["office", "asked_at"],
                name="waiting_talks_by_office",
                condition=Q(answered_at__isnull=True),
            )
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="talk_can_be_answered_somewhere",
                condition=Q(person__isnull=False) | ~Q(phone=""),
            ),
            models.CheckConstraint(
                name="answered_talk_has_its_reply",
                condition=Q(answered_at__isnull=True) | (~Q(reply="") & ~Q(answered_by="")),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.key}"
