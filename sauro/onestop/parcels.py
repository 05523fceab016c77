"""Reading parcels: those of a dossier, those known, what waits for the post."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from sauro.onestop.models import Dossier, Parcel
from sauro.onestop.postal import Way
from sauro.onestop.rules import Channel, ReturnBy, State

_WAITING_AT_MOST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelRow:
    """A parcel of a dossier: when it changed hands, and when it was in the person's."""

    way: Way
    number: str
    handed_at: datetime
    postman: str
    cod: int
    delivered_at: datetime | None


def of_dossier(case_id: int, channel: str, return_by: str) -> list[ParcelRow]:
    """Return the parcels of a dossier, the first first.

    One query, none where the post has nothing to do with it.
    """
    if channel != Channel.POST and return_by != ReturnBy.POST:
        return []
    rows = Parcel.objects.filter(dossier_id=case_id).order_by("handed_at", "pk")
    return [
        ParcelRow(
            way=Way(row.way),
            number=row.number,
            handed_at=row.handed_at,
            postman=row.postman,
            cod=row.cod,
            delivered_at=row.delivered_at,
        )
        for row in rows
    ]


def known(numbers: Collection[str]) -> dict[tuple[str, Way], str]:
    """Return the code of the dossier by parcel number and way, for those we have. One query."""
    rows = Parcel.objects.filter(number__in=numbers)
    return {
        (number, Way(way)): code
        for number, way, code in rows.values_list("number", "way", "dossier__case__code")
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSend:
    """A result that goes out by post. number: of its parcel once it was handed over."""

    case_id: int
    code: str
    title: str
    name: str
    phone: str
    address: str
    number: str
    handed_at: datetime | None


def to_send(door_id: int) -> Sequence[ToSend]:
    """Return results of a centre that go out by post and have not arrived, oldest first.

    One query.
    """
    rows = (
        Dossier.objects.filter(case__door=door_id, case__state=State.DONE, return_by=ReturnBy.POST)
        .filter(Q(parcel__isnull=True) | Q(parcel__way=Way.OUT) | Q(channel=Channel.POST))
        .order_by("case__finished_at", "pk")
        .values_list(
            "pk",
            "case__code",
            "case__title",
            "name",
            "phone",
            "address",
            "parcel__number",
            "parcel__way",
            "parcel__handed_at",
        )[:_WAITING_AT_MOST]
    )
    found: dict[int, ToSend] = {}
    for pk, code, title, name, phone, address, number, way, handed in rows:
        is_out = way == Way.OUT
        if pk in found and not is_out:
            continue
        found[pk] = ToSend(
            case_id=pk,
            code=code,
            title=title,
            name=name,
            phone=phone,
            address=address,
            number=number if is_out else "",
            handed_at=handed if is_out else None,
        )
    return list(found.values())
