"""Rows for tests: provinces and communes of a country that has only what a test asks for."""

from datetime import date

import factory

from sauro.core.text import fold
from sauro.places.models import Place
from sauro.places.rules import Level


class ProvinceFactory(factory.django.DjangoModelFactory[Place]):
    """A province since the merger."""

    class Meta:
        model = Place

    level = Level.PROVINCE.value
    code = factory.Sequence(lambda n: f"{n % 100:02}")
    type_word = "Tỉnh"
    short_name = factory.Sequence(lambda n: f"Tỉnh số {n}")
    name = factory.LazyAttribute(lambda row: f"{row.type_word} {row.short_name}")
    folded = factory.LazyAttribute(lambda row: fold(row.short_name))
    since = date(2025, 7, 1)
    source = "kiểm thử"
    snapshot_on = date(2026, 8, 1)


class PlaceFactory(ProvinceFactory):
    """A commune since the merger, in a province of its own unless one is given."""

    level = Level.COMMUNE.value
    code = factory.Sequence(lambda n: f"{20000 + n:05}")
    type_word = "Xã"
    short_name = factory.Sequence(lambda n: f"Ea Thử {n}")
    parent = factory.SubFactory(ProvinceFactory)
