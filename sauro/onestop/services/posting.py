"""By post: came_by_post, send_out, arrived."""

from dataclasses import dataclass
from datetime import datetime

from sauro.cases import queries as cases
from sauro.core.actor import Actor
from sauro.core.commands import command
from sauro.core.errors import Changed, NotNow
from sauro.core.text import _
from sauro.events import services as events
from sauro.onestop.models import Dossier, Parcel
from sauro.onestop.postal import Way, checked_hour, checked_number
from sauro.onestop.rules import Channel, ReturnBy, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A parcel as the record of its hand-over has it."""

    number: str
    handed_at: datetime
    postman: str = ""
    cod: int = 0


@command
def came_by_post(case_id: int, parcel: Carried, *, by: Actor, now: datetime) -> None:
    """Record the parcel in which the papers of a dossier came.

    :raises NotNow: the dossier did not come by post, or the parcel brought another one
    """
    cases.lock(case_id)
    dossier = Dossier.objects.get(pk=case_id)
    if dossier.channel != Channel.POST:
        raise NotNow(_("Hồ sơ này không nộp qua bưu chính."))
    _keep(dossier, Way.IN, parcel, by, now)


@command
def send_out(case_id: int, parcel: Carried, *, by: Actor, now: datetime) -> None:
    """Record that the post took over the result of a dossier.

    :raises NotNow: there is no result yet, it is fetched another way, or it is on its way already
    """
    held = cases.lock(case_id)
    dossier = Dossier.objects.get(pk=case_id)
    if held.state != State.DONE or dossier.return_by != ReturnBy.POST:
        raise NotNow(_("Hồ sơ {code} chưa có kết quả để gửi bưu chính."), code=held.code)
    _keep(dossier, Way.OUT, parcel, by, now)


def _keep(dossier: Dossier, way: Way, parcel: Carried, by: Actor, now: datetime) -> None:
    number = checked_number(parcel.number)
    checked_hour(parcel.handed_at, now=now)
    if Parcel.objects.filter(number=number, way=way).exists():
        raise NotNow(_("Mã bưu gửi {number} đã ghi cho hồ sơ khác."), number=number)
    if Parcel.objects.filter(dossier=dossier, way=way).exists():
        raise NotNow(_("Hồ sơ này đã ghi một bưu gửi. Xem lại danh sách."))
    kept = Parcel.objects.create(
        dossier=dossier,
        way=way,
        number=number,
        handed_at=parcel.handed_at,
        postman=parcel.postman[:100],
        cod=parcel.cod,
    )
    events.record("parcel.handed_over", kept, by=by, at=now, number=number, way=way.value)


@command
def arrived(number: str, delivered_at: datetime, *, by: Actor, now: datetime) -> int:
    """Record that the person has the result in hand and return the id of the dossier.

    :raises NotNow: no such parcel is on its way
    :raises Changed: it arrived before
    """
    stored = checked_number(number)
    parcel = Parcel.objects.select_for_update().filter(number=stored, way=Way.OUT).first()
    if parcel is None:
        raise NotNow(_("Không có bưu gửi {number} nào đang đi."), number=stored)
    if parcel.delivered_at is not None:
        raise Changed(_("Bưu gửi {number} đã ghi là đã phát."), number=stored)
    if not parcel.handed_at <= delivered_at <= now:
        raise NotNow(_("Giờ phát phải sau giờ giao cho bưu chính và không sau lúc này."))
    parcel.delivered_at = delivered_at
    parcel.save(update_fields=["delivered_at"])
    events.record("parcel.arrived", parcel, by=by, at=now, number=stored)
    return int(parcel.dossier_id)
