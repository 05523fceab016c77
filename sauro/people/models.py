from typing import ClassVar

from django.db import models
from django.db.models import Q

from sauro.people.rules import Sex


class Person(models.Model):
    """A person as the province knows them (người dân), by their identification number if given.

    pid: null where it is not known, so that it is unique wherever it is. folded_name: the name
    for searching. address: house, street or village; the commune is `place`. is_synthetic: the
    person does not exist.
    """

    name = models.CharField(max_length=100)
    folded_name = models.CharField(max_length=100)
    pid = models.CharField(max_length=12, null=True, unique=True)
    sex = models.CharField(max_length=1, blank=True)
    born_on = models.DateField(null=True)
    phone = models.CharField(max_length=11, blank=True)
    email = models.EmailField(blank=True)
    address = models.CharField(max_length=300, blank=True)
    place = models.ForeignKey("places.Place", null=True, on_delete=models.PROTECT)
    is_synthetic = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="person_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="person_number_has_twelve_digits",
                condition=Q(pid__isnull=True) | Q(pid__regex=r"^[0-9]{12}$"),
            ),
            models.CheckConstraint(
                name="person_sex_is_known_or_empty",
                condition=Q(sex__in=["", *(sex.value for sex in Sex)]),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                name="person_by_folded_name",
                fields=["folded_name"],
                opclasses=["varchar_pattern_ops"],
            ),
            models.Index(name="person_by_phone", fields=["phone"], condition=~Q(phone="")),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Account(models.Model):
    """How a person signs in (tài khoản): a login and an Argon2 hash of the password.

    failed_count: wrong passwords in a row. locked_until: nobody signs in before that.
    """

    person = models.OneToOneField(Person, on_delete=models.PROTECT)
    login = models.CharField(max_length=50, unique=True)
    password = models.CharField(max_length=128)
    is_active = models.BooleanField(default=True)
    failed_count = models.SmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="account_password_is_a_hash",
                condition=Q(password__startswith="argon2$"),  # noqa: S106 - a form, no password
            ),
            models.CheckConstraint(
                name="account_login_is_plain", condition=Q(login__regex=r"^[a-z0-9][a-z0-9._-]+$")
            ),
            models.CheckConstraint(
                name="account_failures_are_counted_up", condition=Q(failed_count__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.login}"
