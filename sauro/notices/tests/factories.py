"""Notices that people were told."""

from datetime import UTC, datetime

import factory

from sauro.notices.models import Delivery, Notice
from sauro.people.tests.factories import PersonFactory

TOLD = datetime(2026, 3, 5, 7, 0, tzinfo=UTC)


class NoticeFactory(factory.django.DjangoModelFactory[Notice]):
    """A notice nobody has read."""

    class Meta:
        model = Notice

    person = factory.SubFactory(PersonFactory)
    key = factory.Sequence(lambda n: f"case.due:{n}")
    subject = "Hồ sơ đã có kết quả"
    body = "Kết quả hồ sơ của ông đã có."
    told_at = TOLD


class DeliveryFactory(factory.django.DjangoModelFactory[Delivery]):
    """An e-mail that is due."""

    class Meta:
        model = Delivery

    notice = factory.SubFactory(NoticeFactory)
    channel = "EMAIL"
    address = "ong@thu.example"
    state = "WAITING"
    next_at = TOLD
