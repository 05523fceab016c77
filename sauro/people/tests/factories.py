from datetime import date

import factory
from django.contrib.auth.hashers import make_password

from sauro.core.text import fold
from sauro.people.models import Account, Person

PASSWORD = "mat-khau-dung"
_HASH = make_password(PASSWORD)


class PersonFactory(factory.django.DjangoModelFactory[Person]):
    """A citizen with all details, each with their own identification number."""

    class Meta:
        model = Person

    name = "Phạm Văn Lợi"
    folded_name = factory.LazyAttribute(lambda person: fold(person.name))
    pid = factory.Sequence(lambda n: f"900089{n:06}")
    sex = "M"
    born_on = date(1989, 3, 5)
    phone = factory.Sequence(lambda n: f"0500{n:06}")
    email = ""
    address = "42 Nguyễn Văn Cừ"
    is_synthetic = True


class AccountFactory(factory.django.DjangoModelFactory[Account]):
    """An account whose password is `PASSWORD`."""

    class Meta:
        model = Account

    person = factory.SubFactory(PersonFactory)
    login = factory.Sequence(lambda n: f"nguoidan{n}")
    password = _HASH
