"""Units as rows."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q

from sauro.core.errors import NotFound
from sauro.core.text import _
from sauro.places.models import Boundary, Place, Succession
from sauro.places.rows import SELECT, place_row, select
from sauro.places.rules import Level, PlaceRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many places there are, for the report of a load."""

    provinces: int
    communes: int
    old_provinces: int
    old_districts: int
    old_communes: int
    estimates: int
    successions: int
    partial: int
    outlines: int
    snapshot_on: date | None


_VALID = "(p.since IS NULL OR p.since <= %(on)s) AND (p.until IS NULL OR p.until > %(on)s)"


def place(place_id: int) -> PlaceRow:
    """Return a unit, open or closed. One query.

    :raises NotFound: there is none with that id
    """
    rows = select(f"{SELECT} WHERE p.id = %(id)s", {"id": place_id})
    if not rows:
        raise NotFound(_("Không có đơn vị hành chính này. Chọn lại xã, phường."))
    return place_row(rows[0])


def by_code(level: Level | str, code: str, *, on: date) -> PlaceRow:
    """Return the unit that carries a code on a day. One query.

    :raises NotFound: none does
    """
    given = {"level": str(level), "code": code, "on": on}
    rows = select(f"{SELECT} WHERE p.level = %(level)s AND p.code = %(code)s AND {_VALID}", given)
    if not rows:
        raise NotFound(_("Không có đơn vị hành chính mang mã {code}."), code=code)
    return place_row(rows[0])


def communes(province_code: str, *, on: date) -> list[PlaceRow]:
    """Return the communes of a province on a day, wards first, then by name. One query."""
    where = f"p.level = 'COMMUNE' AND coalesce(top.code, up.code) = %(code)s AND {_VALID}"
    order = "array_position(ARRAY['Phường', 'Đặc khu', 'Thị trấn', 'Xã'], p.type_word)"
    sql = f"{SELECT} WHERE {where} ORDER BY {order}, p.folded, p.code"
    return [place_row(row) for row in select(sql, {"code": province_code, "on": on})]


def provinces(*, on: date) -> list[PlaceRow]:
    """Return the provinces on a day, by name. One query."""
    sql = f"{SELECT} WHERE p.level = 'PROVINCE' AND {_VALID} ORDER BY p.folded, p.code"
    return [place_row(row) for row in select(sql, {"on": on})]


def counts(*, on: date) -> Counts:
    """Return how many places there are, open on a day and ended. Three queries."""
    open_ = (Q(since=None) | Q(since__lte=on)) & (Q(until=None) | Q(until__gt=on))
    found = Place.objects.aggregate(
        provinces=Count("pk", filter=open_ & Q(level=Level.PROVINCE)),
        communes=Count("pk", filter=open_ & Q(level=Level.COMMUNE)),
        old_provinces=Count("pk", filter=~open_ & Q(level=Level.PROVINCE)),
        old_districts=Count("pk", filter=~open_ & Q(level=Level.DISTRICT)),
        old_communes=Count("pk", filter=~open_ & Q(level=Level.COMMUNE)),
        estimates=Count("pk", filter=open_ & Q(population_is_estimate=True)),
        snapshot_on=Max("snapshot_on"),
    )
    edges = Succession.objects.aggregate(
        successions=Count("pk"), partial=Count("pk", filter=Q(is_partial=True))
    )
    return Counts(**found, **edges, outlines=Boundary.objects.count())
