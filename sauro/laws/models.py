from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from sauro.laws.rules.force import Ending


class Law(models.Model):
    """A legal document (văn bản): a code, a law, or one that procedures cite by its number.

    number: e.g. 68/2020/QH14, "" for some before 1996. slug: its address. name: the title without
    number and year; folded: the same for searching. since: the day it came into force, null where
    its text does not say; since_article: which article says so. until: the first day it is no
    longer in force, null while nothing here ends it; ended_by: the number of the document that
    ends it, ending: how that is known. articles: how many are held, 0 where only the number is
    known. cited: by how many procedures. digest: of the text as it was loaded.
    """

    number = models.CharField(max_length=60, blank=True)
    slug = models.CharField(max_length=160, unique=True)
    title = models.TextField()
    name = models.TextField()
    folded = models.TextField()
    kind = models.CharField(max_length=12)
    year = models.IntegerField(null=True)
    since = models.DateField(null=True)
    since_article = models.CharField(max_length=12, blank=True)
    until = models.DateField(null=True)
    ended_by = models.CharField(max_length=60, blank=True)
    ending = models.CharField(max_length=12, blank=True)
    is_amending = models.BooleanField(default=False)
    articles = models.IntegerField(default=0)
    cited = models.IntegerField(default=0)
    digest = models.CharField(max_length=64)
    source = models.CharField(max_length=200)
    snapshot_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="law_has_a_title", condition=~Q(title="") & ~Q(slug="") & ~Q(folded="")
            ),
            models.CheckConstraint(
                name="law_ends_after_it_begins",
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
            ),
            models.CheckConstraint(
                name="law_that_ends_says_how_it_is_known",
                condition=Q(until__isnull=True, ending="", ended_by="")
                | Q(until__isnull=False, ending__in=[ending.value for ending in Ending]),
            ),
            models.CheckConstraint(name="law_says_its_source", condition=~Q(source="")),
        ]
        indexes: ClassVar = [
            models.Index(name="law_by_number", fields=["number"]),
            models.Index(name="law_by_name", fields=["folded"]),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.number or self.slug}"


class Article(models.Model):
    """An article (điều) of a law, in the words of the source.

    number: as printed, 12 or 12a. position: its place in the law, from 1. words: its folded words
    for searching, those of the title weighing more.
    """

    law = models.ForeignKey(Law, on_delete=models.CASCADE)
    position = models.IntegerField()
    number = models.CharField(max_length=12)
    title = models.TextField(blank=True)
    body = models.TextField()
    words = SearchVectorField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="article_has_its_own_place", fields=["law", "position"]),
            models.CheckConstraint(
                name="article_has_number_and_text", condition=~Q(number="") & ~Q(body="")
            ),
        ]
        indexes: ClassVar = [GinIndex(name="article_by_words", fields=["words"])]

    def __str__(self) -> str:
        return f"#{self.pk} {self.number} of {self.law_id}"


class Collection(models.Model):
    """A load of law texts (lần nạp văn bản) that changed something."""

    made_at = models.DateTimeField()
    added = models.IntegerField()
    changed = models.IntegerField()

    def __str__(self) -> str:
        return f"#{self.pk} of {self.made_at:%Y-%m-%d}"
