"""Procedures and versions as rows, and records as the national catalogue writes them."""

from datetime import date
from typing import Any

import factory
from factory.django import DjangoModelFactory

from sauro.core.text import fold
from sauro.procedures.models import Procedure, ProcedureVersion
from sauro.procedures.rules import Level, Status
from sauro.procedures.rules.catalogue import digest


def raw(
    code: str = "1.001193",
    name: str = "Thủ tục đăng ký khai sinh",
    **given: Any,  # noqa: ANN401 - JSON
) -> dict[str, Any]:
    """Return a complete record in the source's form; anything given overrules."""
    return {
        "code": code,
        "name": name,
        "field": "Hộ tịch",
        "promulgator": "Bộ Tư pháp",
        "implementer": ["Ủy ban nhân dân cấp xã"],
        "level": ["Cấp xã"],
        "subjects": ["Công dân Việt Nam"],
        "decision": "163/QĐ-BTP",
        "steps": ["Bước 1: Nộp hồ sơ tại Trung tâm.", "Bước 2: Nhận kết quả."],
        "methods": [
            {
                "channel": "direct",
                "duration": 1,
                "unit": "working_day",
                "fees": [{"amount": 8000, "currency": "VND", "note": "/bản"}],
                "note": "",
            }
        ],
        "components": [
            {"case": "", "items": [{"name": "Tờ khai", "original": 1, "copy": 0, "form": ""}]}
        ],
        "legal_basis": [{"code": "60/2014/QH13", "title": "Luật Hộ tịch"}],
        "results": [{"name": "Giấy khai sinh", "code": "KQ.G15.000001"}],
        "source": "thử nghiệm",
        "source_url": "",
        "snapshot": "2026-07",
        "flags": [],
        **given,
    }


def title(
    code: str, name: str, *, status: str = "listed_2025_04_unverified", **given: str
) -> dict[str, str]:
    """Return a line of the list of names."""
    return {
        "code": code,
        "name": name,
        "field": "Giáo dục",
        "promulgator": "Bộ Giáo dục và Đào tạo",
        "implementer": "Ủy ban nhân dân cấp xã",
        "levels": "",
        "status": status,
        **given,
    }


class ProcedureFactory(DjangoModelFactory[Procedure]):
    """A current procedure of a commune; its version is another row."""

    class Meta:
        model = Procedure

    code = factory.Sequence(lambda n: f"1.{n + 100_000:06}")
    name = "Đăng ký khai sinh"
    folded = factory.LazyAttribute(lambda row: fold(row.name))
    field = "Hộ tịch"
    promulgator = "Bộ Tư pháp"
    level = Level.COMMUNE.value
    levels = factory.LazyFunction(lambda: [Level.COMMUNE.value])
    status = Status.CURRENT.value
    has_full = True


class VersionFactory(DjangoModelFactory[ProcedureVersion]):
    """What is published of a procedure, in force."""

    class Meta:
        model = ProcedureVersion

    procedure = factory.SubFactory(ProcedureFactory)
    number = 1
    since = date(2026, 7, 1)
    record = factory.LazyAttribute(lambda row: raw(row.procedure.code, row.procedure.name))
    digest = factory.LazyAttribute(lambda row: digest(row.record))
    source = "thử nghiệm"
    snapshot_on = date(2026, 7, 1)
