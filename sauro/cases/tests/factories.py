import json
from datetime import date
from pathlib import Path

import factory

from sauro.cases.models import Process

DEFAULT = json.loads(
    (Path(__file__).parents[3] / "data/processes/default.json").read_text(encoding="utf-8")
)


class ProcessFactory(factory.django.DjangoModelFactory[Process]):
    """The default process, published."""

    class Meta:
        model = Process

    code = factory.Sequence(lambda n: f"process-{n}")
    version = 1
    name = "Quy trình mặc định"
    definition = DEFAULT
    since = date(2025, 7, 1)
