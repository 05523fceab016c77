"""A ward with its centre, its committee and a unit, the people in them, and one procedure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sauro.cases import queries as cases
from sauro.cases import services as case_services
from sauro.cases.models import Case
from sauro.cases.tests.factories import DEFAULT
from sauro.core.actor import SYSTEM, Actor, ActorKind
from sauro.offices.models import Official
from sauro.offices.tests.factories import (
    CommuneFactory,
    OfficeFactory,
    OfficialFactory,
    SpecialDayFactory,
)
from sauro.onestop.rules import DEFAULT_PROCESS, Applicant, Channel, Filing
from sauro.onestop.services import filing
from sauro.people.tests.factories import PersonFactory
from sauro.places.models import Place
from sauro.procedures.models import Procedure, ProcedureVersion

SINCE = date(2025, 7, 1)
MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 08:00 there
RECORD: Mapping[str, Any] = {
    "code": "1.001612",
    "name": "Đăng ký thành lập hộ kinh doanh",
    "field": "Thành lập và hoạt động doanh nghiệp (hộ kinh doanh)",
    "promulgator": "Bộ Tài chính",
    "implementer": ["Phòng Kinh tế, Hạ tầng và Đô thị"],
    "level": ["Cấp xã"],
    "decision": "2353/QĐ-BTC",
    "methods": [
        {
            "channel": channel,
            "duration": 3,
            "unit": "working_day",
            "fees": [{"amount": 100000, "currency": "VND", "note": ""}],
            "note": "",
        }
        for channel in ("direct", "online", "post")
    ],
    "components": [
        {
            "case": "",
            "items": [
                {"name": "Giấy đề nghị đăng ký hộ kinh doanh", "original": 1, "copy": 0},
                {"name": "Bản sao văn bản ủy quyền", "original": 0, "copy": 1},
            ],
        }
    ],
    "results": [{"name": "Giấy chứng nhận đăng ký hộ kinh doanh", "code": "KQ.1"}],
}


@dataclass(frozen=True, kw_only=True)
class World:
    """What `build` made; every official acts in the post named."""

    place: Place
    centre_id: int
    version_id: int
    clerk: Actor
    specialist: Actor
    colleague: Actor
    head: Actor
    stamp: Actor
    stranger: Actor
    others: tuple[Actor, ...] = ()


def build(*, clerks: int = 1) -> World:
    """Return a ward at work: one of each role at the office where the process wants it."""
    for day in (date(2026, 11, 24), date(2027, 1, 1)):
        SpecialDayFactory.create(day=day, name="Ngày nghỉ lễ")
    ward = CommuneFactory.create(name="Phường Tân Lập", short_name="Tân Lập", type_word="Phường")
    committee = OfficeFactory.create(
        code="H15.24133",
        slug="ubnd-phuong",
        name="Ủy ban nhân dân phường Tân Lập",
        kind="COMMITTEE",
        level="COMMUNE",
        place=ward,
    )
    inside = {"kind": "UNIT", "level": "COMMUNE", "place": ward, "parent": committee}
    unit = OfficeFactory.create(
        code="H15.24133.02", slug="phong-kinh-te", name="Phòng Kinh tế, Hạ tầng và Đô thị", **inside
    )
    centre = OfficeFactory.create(
        code="H15.24133.01",
        slug="tt-pvhcc",
        name="Trung tâm Phục vụ hành chính công phường Tân Lập",
        **{**inside, "kind": "CENTRE"},
    )
    elsewhere = OfficeFactory.create(code="H15.99", name="Sở Nội vụ", slug="so-noi-vu")
    procedure = Procedure.objects.create(
        code=RECORD["code"],
        name=RECORD["name"],
        folded="dang ky thanh lap ho kinh doanh",
        field=RECORD["field"],
        promulgator=RECORD["promulgator"],
        level="COMMUNE",
        levels=["COMMUNE"],
        status="CURRENT",
        has_full=True,
    )
    version = ProcedureVersion.objects.create(
        procedure=procedure,
        number=1,
        since=SINCE,
        record=RECORD,
        digest="0" * 64,
        decision=RECORD["decision"],
        source="kiểm thử",
        snapshot_on=SINCE,
    )
    case_services.publish_process(
        DEFAULT_PROCESS, DEFAULT["name"], DEFAULT, since=SINCE, by=SYSTEM, now=MONDAY
    )
    more = tuple(official(centre, "CLERK", f"Cán bộ số {n}") for n in range(1, clerks))
    return World(
        others=more,
        place=ward,
        centre_id=centre.pk,
        version_id=version.pk,
        clerk=official(centre, "CLERK", "Lê Thị Thu Hà"),
        specialist=official(unit, "SPECIALIST", "Trần Quốc Bảo"),
        colleague=official(unit, "SPECIALIST", "Y Blăm Niê"),
        head=official(committee, "HEAD", "Nguyễn Hoàng Nam"),
        stamp=official(committee, "STAMP", "H'Bĭă Mlô"),
        stranger=official(elsewhere, "SPECIALIST", "Ngô Thị Vân"),
    )


def official(office: Any, role: str, name: str) -> Actor:  # noqa: ANN401 - factory_boy's row
    """Return somebody who holds a new post of an office."""
    row: Official = OfficialFactory.create(
        office=office,
        role=role,
        title=f"{role} {office.slug}",
        person=PersonFactory.create(name=name),
    )
    return Actor(
        kind=ActorKind.OFFICIAL,
        label=f"{name}, {row.post.title}",
        person_id=row.person_id,
        official_id=row.pk,
        office_id=office.pk,
        post=role,
        leads=role == "HEAD",
    )


def citizen(name: str = "Y Khoa Êban") -> Actor:
    """Return a registered citizen."""
    person = PersonFactory.create(name=name)
    return Actor(kind=ActorKind.CITIZEN, label=name, person_id=person.pk)


def filed(world: World, by: Actor | None = None, *, now: datetime = MONDAY) -> tuple[int, str]:
    """Return id and code of a dossier that a citizen filed online."""
    by = by or citizen()
    opened = filing.register(given(world, by, Channel.ONLINE), by=by, now=now)
    return opened.id, opened.code


def given(world: World, by: Actor, channel: Channel) -> Filing:
    return Filing(
        version_id=world.version_id,
        centre_id=world.centre_id,
        place_id=world.place.pk,
        applicant=Applicant(
            person_id=by.person_id or 0, name=by.label, pid="900089000001", phone="0500000001"
        ),
        channel=channel,
        answers={"content": "Cà phê rang xay Y Khoa"},
    )


def holder(world: World, case_id: int) -> Actor:
    """Return the official of this world who holds the open task of a case."""
    task = cases.open_task(case_id)
    named = (world.clerk, world.specialist, world.colleague, world.head, world.stamp)
    everyone = (*named, *world.others)
    return next(a for a in everyone if task is not None and a.official_id == task.official_id)


def version_of(case_id: int) -> int:
    """Return the version of a case as a page would show it."""
    return Case.objects.values_list("version", flat=True).get(pk=case_id)
