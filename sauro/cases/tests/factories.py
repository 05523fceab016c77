import json
from datetime import date
from pathlib import Path

import factory

from sauro.cases.models import Process
from sauro.offices.models import Office, Official, Post
from sauro.offices.rules import Kind, Level, Role
from sauro.people.tests.factories import PersonFactory
from sauro.places.models import Place

DEFAULT = json.loads(
    (Path(__file__).parents[3] / "data/processes/default.json").read_text(encoding="utf-8")
)


class ProvinceFactory(factory.django.DjangoModelFactory[Place]):
    """The province itself."""

    class Meta:
        model = Place
        django_get_or_create = ("code", "level")

    code = "66"
    level = "PROVINCE"
    type_word = "Tỉnh"
    name = "Tỉnh Đắk Lắk"
    short_name = "Đắk Lắk"
    folded = "dak lak"
    since = date(2025, 7, 1)
    source = "test"
    snapshot_on = date(2025, 7, 1)


class CommuneFactory(factory.django.DjangoModelFactory[Place]):
    """A commune of the province."""

    class Meta:
        model = Place

    code = factory.Sequence(lambda n: f"{24000 + n}")
    level = "COMMUNE"
    type_word = "Xã"
    name = "Xã Ea Kao"
    short_name = "Ea Kao"
    folded = "ea kao"
    parent = factory.SubFactory(ProvinceFactory)
    since = date(2025, 7, 1)
    source = "test"
    snapshot_on = date(2025, 7, 1)


class OfficeFactory(factory.django.DjangoModelFactory[Office]):
    """An office of a commune."""

    class Meta:
        model = Office

    code = factory.Sequence(lambda n: f"H15.{24000 + n}")
    slug = "ubnd"
    name = "Ủy ban nhân dân xã Ea Kao"
    kind = Kind.COMMITTEE.value
    level = Level.COMMUNE.value
    place = factory.SubFactory(CommuneFactory)
    since = date(2025, 7, 1)


class PostFactory(factory.django.DjangoModelFactory[Post]):
    """A post of an office."""

    class Meta:
        model = Post

    office = factory.SubFactory(OfficeFactory)
    role = Role.CLERK.value
    number = factory.Sequence(lambda n: n)
    title = "Công chức"
    since = date(2025, 7, 1)


class OfficialFactory(factory.django.DjangoModelFactory[Official]):
    """A person in a post."""

    class Meta:
        model = Official

    person = factory.SubFactory(PersonFactory)
    post = factory.SubFactory(PostFactory)
    since = date(2025, 7, 1)


class ProcessFactory(factory.django.DjangoModelFactory[Process]):
    """The default process, published."""

    class Meta:
        model = Process

    code = factory.Sequence(lambda n: f"process-{n}")
    version = 1
    name = "Quy trình mặc định"
    definition = DEFAULT
    since = date(2025, 7, 1)
