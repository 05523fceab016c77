"""The offices of the province and who works in them (người giả định): a plan, loaded set-wise.

The structure is the two-tier government since 2025-07-01: the province's committee, departments
and public service centre, ministries' agencies, and for each commune its committee, units,
centre, police and military command, named as in the template of the data folder. Codes below
the province's own are ours, by Decision 20/2020/QĐ-TTg: H15.01 for a department, H15.24133 for
a commune's committee, H15.24133.TT for its centre, which dossier codes begin with.
Officials do not exist; each office draws its own from one seed, so that a change in one place
changes nobody elsewhere.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from random import Random
from typing import Any

from django.conf import settings

from sauro.core.actor import SYSTEM
from sauro.core.text import fold
from sauro.deployment import names
from sauro.offices import services as offices
from sauro.offices.rules import Kind, Level, NewOffice, NewPost, Role
from sauro.offices.services import Loaded
from sauro.people.rules import NewPerson
from sauro.places.queries import PlaceRow

SINCE = date(2025, 7, 1)
SEED = "Sáu Rõ 2026"
_LARGE, _LARGER = 25_000, 40_000
_USUAL_POPULATION = 25_000
_OFFICIALS_OF_A_COMMUNE = 50
_OFFICIALS_OF_THE_PROVINCE = 1_900_000


@dataclass(frozen=True, slots=True)
class Plan:
    """Offices and posts to load. Offices above come before those below."""

    offices: list[NewOffice] = field(default_factory=list)
    posts: list[NewPost] = field(default_factory=list)


def load(province: PlaceRow, communes: Sequence[PlaceRow], *, h_code: str, now: datetime) -> Loaded:
    """Open the offices of a province and fill their posts; what exists stays as it is."""
    planned = plan(province, communes, h_code=h_code)
    return offices.load_offices(planned.offices, planned.posts, by=SYSTEM, now=now)


def plan(province: PlaceRow, communes: Sequence[PlaceRow], *, h_code: str) -> Plan:
    """Return every office of the province and its posts with their holders."""
    return _Planner(province, communes, h_code).planned()


class _Planner:
    """Builds one plan. `_office` adds an office, `_staff` posts to it."""

    def __init__(self, province: PlaceRow, communes: Sequence[PlaceRow], h_code: str) -> None:
        folder = settings.DATA_DIR / "offices"
        self.template = json.loads((folder / "template.json").read_text("utf-8"))
        self.staffing = json.loads((folder / "staffing.json").read_text("utf-8"))
        self.province = province
        self.communes = sorted(communes, key=lambda place: place.code)
        self.h_code = h_code
        self.home: dict[int | None, PlaceRow] = {place.id: place for place in self.communes}
        self.serials: dict[int, Iterator[int]] = defaultdict(count)
        self.agencies: dict[str, str] = {}
        self.plan = Plan()

    def planned(self) -> Plan:
        self._province()
        for place in self.communes:
            self._commune(place)
        return self.plan

    def _province(self) -> None:
        name = f"Ủy ban nhân dân {_lower(self.province.name)}"
        top = self._office(
            self.province,
            code=self.h_code,
            slug="ubnd-tinh",
            name=name,
            short="UBND tỉnh",
            kind=Kind.COMMITTEE,
        )
        self._staff(
            top,
            (Role.HEAD, "Chủ tịch"),
            *[(Role.DEPUTY, "Phó Chủ tịch")] * 3,
            (Role.STAMP, "Văn thư"),
        )
        for number, given in enumerate(self.template["province_departments"], start=1):
            self._department(given, f"{self.h_code}.{number:02}")
        for name, given in self.staffing["vertical"].items():
            self._agency(name, given)

    def _department(self, given: dict[str, str], code: str) -> None:
        is_centre = given["slug"] == "tt-pvhcc"
        office = self._office(
            self.province,
            code=code,
            slug=given["slug"],
            name=given["name"],
            short=given["short"],
            kind=Kind.CENTRE if is_centre else Kind.DEPARTMENT,
            parent=self.h_code,
        )
        if is_centre:
            clerks = [(Role.CLERK, "Cán bộ một cửa")] * 6
            self._staff(office, (Role.HEAD, "Giám đốc"), (Role.DEPUTY, "Phó Giám đốc"), *clerks)
        else:
            self._staff_divisions(office, self.staffing["departments"][given["slug"]])

    def _agency(self, name: str, given: dict[str, Any]) -> None:
        same = sum(o.code.startswith(given["ministry"]) for o in self.plan.offices)
        code = f"{given['ministry']}.{self.h_code}.{same + 1:02}"
        slug = fold(name).replace(" ", "-")
        office = self._office(
            self.province,
            code=code,
            slug=slug,
            name=name,
            short=given["short"],
            kind=Kind.VERTICAL,
        )
        self._staff_divisions(office, given)
        self.agencies[slug] = code

    def _staff_divisions(self, office: NewOffice, given: dict[str, Any]) -> None:
        divisions = given["divisions"]
        least = 4 if office.kind is Kind.DEPARTMENT else 2
        specialists = [divisions[n % len(divisions)] for n in range(max(least, len(divisions)))]
        self._staff(
            office,
            (Role.HEAD, given.get("head", "Giám đốc")),
            *[(Role.DEPUTY, given.get("deputy", "Phó Giám đốc"))] * 2,
            *[(Role.SPECIALIST, f"Chuyên viên {division}") for division in specialists],
            (Role.STAMP, "Văn thư"),
        )

    def _commune(self, place: PlaceRow) -> None:
        people = place.population or _USUAL_POPULATION
        here = _lower(place.name)
        committee = self._office(
            place,
            code=f"{self.h_code}.{place.code}",
            slug="ubnd-xa",
            name=f"Ủy ban nhân dân {here}",
            short=f"UBND {here}",
            kind=Kind.COMMITTEE,
            parent=self.h_code,
        )
        self._staff(
            committee,
            (Role.HEAD, "Chủ tịch"),
            *[(Role.DEPUTY, "Phó Chủ tịch")] * 2,
            (Role.STAMP, "Văn thư"),
        )
        units = self.template["commune_units"]["phuong" if here.startswith("phường") else "xa"]
        for title in units:
            bare = title.removesuffix(" xã").removesuffix(" phường")
            if bare.startswith("Trung tâm"):
                self._centre(bare, committee, place, people)
            else:
                self._unit(bare, committee, place, people)
        for given in self.staffing["attached"]:
            self._attached(place, given)

    def _centre(self, bare: str, committee: NewOffice, place: PlaceRow, people: int) -> None:
        here = _lower(place.name)
        centre = self._office(
            place,
            code=f"{committee.code}.TT",
            slug="trung-tam",
            name=f"{bare} {here}",
            short=f"Trung tâm {here}",
            kind=Kind.CENTRE,
            parent=committee.code,
        )
        clerks = [(Role.CLERK, "Cán bộ một cửa")] * (3 if people >= _LARGE else 2)
        self._staff(centre, (Role.HEAD, "Giám đốc"), *clerks)

    def _unit(self, bare: str, committee: NewOffice, place: PlaceRow, people: int) -> None:
        given = next(g for name, g in self.staffing["commune_units"].items() if name in bare)
        unit = self._office(
            place,
            code=f"{committee.code}.{given['code']}",
            slug=given["slug"],
            name=f"{bare} {_lower(place.name)}",
            short=bare,
            kind=Kind.UNIT,
            parent=committee.code,
        )
        deputies = [(Role.DEPUTY, given["deputy"])] if people >= _LARGER else []
        titles = given["specialists"][: 3 if people >= _LARGER else 2]
        self._staff(
            unit,
            (Role.HEAD, given["head"]),
            *deputies,
            *[(Role.SPECIALIST, title) for title in titles],
        )

    def _attached(self, place: PlaceRow, given: dict[str, str]) -> None:
        """Add an office of a provincial agency in a commune, such as its police."""
        above = self.agencies[given["above"]]
        here = _lower(place.name)
        office = self._office(
            place,
            code=f"{above.rpartition('.')[0]}.{place.code}",
            slug=given["slug"],
            name=f"{given['name']} {here}",
            short=f"{given['short']} {here}",
            kind=Kind.VERTICAL,
            parent=above,
        )
        self._staff(office, (Role.HEAD, given["head"]), (Role.SPECIALIST, given["specialist"]))

    def _office(
        self,
        place: PlaceRow,
        *,
        code: str,
        slug: str,
        name: str,
        short: str,
        kind: Kind,
        parent: str = "",
    ) -> NewOffice:
        is_provincial = place is self.province
        office = NewOffice(
            code=code,
            slug=slug,
            name=name,
            short_name=short,
            kind=kind,
            level=Level.PROVINCE if is_provincial else Level.COMMUNE,
            parent=parent,
            place_id=place.id,
            address="" if is_provincial else place.seat or f"Trụ sở UBND {_lower(place.name)}",
            phone=names.phone_of_nobody(900_000 + len(self.plan.offices)),
            since=SINCE,
            source=self.staffing["source"],
            is_synthetic=True,
        )
        self.plan.offices.append(office)
        return office

    def _staff(self, office: NewOffice, *posts: tuple[Role, str]) -> None:
        rng = Random(f"{SEED} {office.code}")  # noqa: S311 - people of a demo, not a secret
        home = self.home.get(office.place_id)
        roles = [role for role, _title in posts]
        for turn, (role, title) in enumerate(posts):
            person = names.official_of(rng, home or self.communes, self._serial(home))
            self.plan.posts.append(
                NewPost(
                    office=office.code,
                    role=role,
                    number=roles[: turn + 1].count(role),
                    title=title,
                    since=SINCE,
                    holder=NewPerson(**person, place_id=(home or self.province).id),
                )
            )

    def _serial(self, home: PlaceRow | None) -> int:
        """Return the next number kept for the officials of a commune, or of the province."""
        first = int(home.code) * _OFFICIALS_OF_A_COMMUNE if home else _OFFICIALS_OF_THE_PROVINCE
        return first + next(self.serials[first])


def _lower(name: str) -> str:
    """Return "xã Ea Kao" for "Xã Ea Kao", as it stands inside a sentence."""
    return name[:1].lower() + name[1:]
