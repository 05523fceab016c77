from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from sauro.places.rules import Level


class Place(models.Model):
    """An administrative unit for the time it exists (đơn vị hành chính); closed with a date.

    since: null where the data does not go back so far. until: the first day it is no more.
    code: the statistical code; a successor may carry the code of a predecessor.
    name: with the word for its kind, "Phường Tuy Hòa"; short_name without: "Tuy Hòa".
    folded: the short name for searching. seat: where its people's committee sits.
    flags: what to know before trusting the row, see `rules.FLAGS`.
    """

    code = models.CharField(max_length=5)
    level = models.CharField(max_length=8)
    type_word = models.CharField(max_length=12)
    name = models.CharField(max_length=80)
    short_name = models.CharField(max_length=60)
    folded = models.CharField(max_length=60)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    lat = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    lon = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    area_km2 = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    population = models.IntegerField(null=True)
    population_is_estimate = models.BooleanField(default=False)
    seat = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=200)
    snapshot_on = models.DateField()
    flags = ArrayField(models.CharField(max_length=40), default=list, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="place_begins_once",
                fields=["level", "code", "since"],
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                name="place_is_open_once",
                fields=["level", "code"],
                condition=Q(until__isnull=True),
            ),
            models.CheckConstraint(
                name="place_level_is_known",
                condition=Q(level__in=[level.value for level in Level]),
            ),
            models.CheckConstraint(
                name="place_ends_after_it_begins",
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gt=F("since")),
            ),
            models.CheckConstraint(
                name="place_is_in_another_unless_a_province",
                condition=Q(level=Level.PROVINCE.value) ^ Q(parent__isnull=False),
            ),
            models.CheckConstraint(
                name="place_has_a_name",
                condition=~Q(name="") & ~Q(short_name="") & ~Q(folded=""),
            ),
            models.CheckConstraint(
                name="place_population_is_counted_in_people",
                condition=Q(population__isnull=True) | Q(population__gte=0),
            ),
            models.CheckConstraint(
                name="place_estimate_is_of_something",
                condition=Q(population_is_estimate=False) | Q(population__isnull=False),
            ),
            models.CheckConstraint(name="place_says_its_source", condition=~Q(source="")),
        ]
        indexes: ClassVar = [
            GinIndex(name="place_by_similar_name", fields=["folded"], opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.level} {self.code}"


class Spelling(models.Model):
    """A place as addresses write it (cách viết), derived from the other tables by each load.

    key: its short name as `rules.key_of` has it. districts, provinces, old_provinces: keys of
    the units that may be written after it: those above it, above what went into it and above
    what it went into; provinces are today's.
    """

    place = models.OneToOneField(Place, on_delete=models.PROTECT)
    key = models.CharField(max_length=60, db_index=True)
    districts = ArrayField(models.CharField(max_length=60))
    provinces = ArrayField(models.CharField(max_length=60))
    old_provinces = ArrayField(models.CharField(max_length=60))

    def __str__(self) -> str:
        return f"#{self.pk} {self.key}"


class Succession(models.Model):
    """A unit went into another on a day (kế thừa địa bàn); is_partial: only part of it did."""

    old = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    new = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    is_partial = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="succession_is_said_once", fields=["old", "new"]),
            models.CheckConstraint(
                name="succession_is_to_another_place", condition=~Q(old=F("new"))
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.old_id} → {self.new_id}"


class Boundary(models.Model):
    """The simplified outline of a place (ranh giới), for maps; it has no legal weight.

    outline: a GeoJSON geometry, degrees with four decimals, longitude first.
    """

    place = models.OneToOneField(Place, on_delete=models.PROTECT)
    outline = models.JSONField()

    def __str__(self) -> str:
        return f"#{self.pk} of {self.place_id}"


class Edition(models.Model):
    """A load of places that changed something (bản dữ liệu địa bàn): what it brought, and when."""

    loaded_at = models.DateTimeField()
    snapshot_on = models.DateField()
    places = models.IntegerField()
    added = models.IntegerField()
    changed = models.IntegerField()

    def __str__(self) -> str:
        return f"#{self.pk} of {self.snapshot_on:%Y-%m-%d}"
