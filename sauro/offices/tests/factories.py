from datetime import date
from typing import Any, TypeVar

import factory
from django.db.models import Model

from sauro.offices import queries
from sauro.offices.models import Office, Official, Post, SpecialDay
from sauro.people.tests.factories import PersonFactory
from sauro.places.models import Place

SINCE = date(2025, 7, 1)


class ProvinceFactory(factory.django.DjangoModelFactory[Place]):
    """A province that exists since the merger."""

    class Meta:
        model = Place

    code = factory.Sequence(lambda n: f"{n:02}")
    level = "PROVINCE"
    type_word = "Tỉnh"
    name = "Tỉnh Đắk Lắk"
    short_name = "Đắk Lắk"
    folded = "dak lak"
    since = SINCE
    source = "thử"
    snapshot_on = SINCE


class CommuneFactory(ProvinceFactory):
    """A commune of some province."""

    code = factory.Sequence(lambda n: f"{n:05}")
    level = "COMMUNE"
    type_word = "Xã"
    name = "Xã Ea Kao"
    short_name = "Ea Kao"
    folded = "ea kao"
    parent = factory.SubFactory(ProvinceFactory)


M = TypeVar("M", bound=Model)


class _Forgetting(factory.django.DjangoModelFactory[M]):
    """Rows that every process keeps in memory: a new one must be seen by the next question."""

    class Meta:
        abstract = True

    @classmethod
    def _after_postgeneration(
        cls,
        instance: Any,  # noqa: ANN401 - as factory_boy has it
        create: Any,  # noqa: ANN401
        results: Any = None,  # noqa: ANN401
    ) -> None:
        super()._after_postgeneration(instance, create, results)
        queries.forget()


class OfficeFactory(_Forgetting[Office]):
    """A department of the province, open since the merger."""

    class Meta:
        model = Office

    code = factory.Sequence(lambda n: f"H15.T{n}")
    slug = "so-tu-phap"
    name = "Sở Tư pháp"
    short_name = "STP"
    kind = "DEPARTMENT"
    level = "PROVINCE"
    since = SINCE


class PostFactory(_Forgetting[Post]):
    """A specialist's post."""

    class Meta:
        model = Post

    office = factory.SubFactory(OfficeFactory)
    role = "SPECIALIST"
    number = factory.Sequence(lambda n: n + 1)
    title = "Chuyên viên"
    since = SINCE


class OfficialFactory(_Forgetting[Official]):
    """A person in a post of their own; `office=` and `role=` say where and as what."""

    class Meta:
        model = Official

    class Params:
        office = factory.SubFactory(OfficeFactory)
        role = "SPECIALIST"
        title = "Chuyên viên"

    person = factory.SubFactory(PersonFactory)
    post = factory.SubFactory(
        PostFactory,
        office=factory.SelfAttribute("..office"),
        role=factory.SelfAttribute("..role"),
        title=factory.SelfAttribute("..title"),
    )
    since = SINCE


class SpecialDayFactory(_Forgetting[SpecialDay]):
    """A holiday."""

    class Meta:
        model = SpecialDay

    day = date(2026, 9, 2)
    kind = "holiday"
    name = "Quốc khánh"
