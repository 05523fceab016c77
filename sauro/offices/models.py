from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from sauro.offices.rules import DayKind, DayStatus, Kind, Level, Role


class Office(models.Model):
    """An office of the province or of a commune (cơ quan, đơn vị); closed with a date.

    slug: what it is, the same in every commune. until: the first day it is no longer open.
    source: where the row comes from. is_synthetic: its code or people are ours, for the demo.
    """

    code = models.CharField(max_length=35, unique=True)
    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=100, blank=True)
    kind = models.CharField(max_length=16)
    level = models.CharField(max_length=16)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT)
    place = models.ForeignKey("places.Place", null=True, on_delete=models.PROTECT)
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)
    source = models.TextField(blank=True)
    is_synthetic = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="office_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="office_kind_is_known", condition=Q(kind__in=[kind.value for kind in Kind])
            ),
            models.CheckConstraint(
                name="office_level_is_known",
                condition=Q(level__in=[level.value for level in Level]),
            ),
            models.CheckConstraint(
                name="office_of_a_commune_is_somewhere",
                condition=~Q(level=Level.COMMUNE.value) | Q(place__isnull=False),
            ),
            models.CheckConstraint(
                name="office_closes_after_it_opens",
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.code}"


class Post(models.Model):
    """A place in an office that one person at a time holds (vị trí việc làm).

    number: tells the posts of one role in an office apart. until: exclusive.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT)
    role = models.CharField(max_length=16)
    number = models.SmallIntegerField()
    title = models.CharField(max_length=200)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="post_has_its_own_number", fields=["office", "role", "number"]
            ),
            models.CheckConstraint(name="post_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="post_role_is_known", condition=Q(role__in=[role.value for role in Role])
            ),
            models.CheckConstraint(
                name="post_ends_after_it_begins",
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.title}"


class Official(models.Model):
    """A person in a post, for the time they hold it (cán bộ, công chức); never deleted.

    until: the first day they no longer hold it. Two people never hold a post on the same day:
    an exclusion constraint (official_holds_a_post_alone, in the migration) sees to it.
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT)
    post = models.ForeignKey(Post, on_delete=models.PROTECT)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="official_leaves_after_they_came",
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class SpecialDay(models.Model):
    """A day that is not what its weekday says (ngày nghỉ lễ, ngày hoán đổi), and who said so.

    office: whose local day it is, with the offices below it; null for the whole province.
    by_hand: set on a page, so that loading the yearly data again leaves it as it is.
    """

    day = models.DateField()
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT)
    kind = models.CharField(max_length=16)
    name = models.CharField(max_length=200)
    source = models.TextField(blank=True)
    status = models.CharField(max_length=16, default=DayStatus.OFFICIAL.value)
    by_hand = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="special_day_is_set_once",
                fields=["day", "office"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="special_day_kind_is_known",
                condition=Q(kind__in=[kind.value for kind in DayKind]),
            ),
            models.CheckConstraint(
                name="special_day_status_is_known",
                condition=Q(status__in=[status.value for status in DayStatus]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"


class OpeningHours(models.Model):
    """The hours that an office is open from a day on (giờ làm việc); null office: the province.

    sessions: [["07:00", "11:30"], …]; week: those of a weekday ("0" is Monday) that differ.
    """

    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT)
    since = models.DateField()
    sessions = models.JSONField()
    week = models.JSONField(default=dict)
    source = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="opening_hours_are_set_once",
                fields=["office", "since"],
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.since:%Y-%m-%d}"


class Revision(models.Model):
    """The transaction that last changed what every process keeps in memory (số hiệu bản dữ liệu).

    One row for the working calendar, one for the roster; a process that sees a new number
    reads again. Numbers of transactions are never used twice, not even after a rollback.
    """

    name = models.CharField(max_length=32, unique=True)
    number = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.number}"
