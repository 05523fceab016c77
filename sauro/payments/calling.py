"""Speaking to the gateway, outside any transaction: opening orders, and asking how they stand."""

from datetime import datetime, timedelta

from django.conf import settings

from sauro.core.errors import NotFound, NotNow
from sauro.core.text import _
from sauro.payments import gateway as gateways
from sauro.payments.gateway import Wanted
from sauro.payments.models import Order
from sauro.payments.rules.messages import Outcome, Told

_ASK_AGAIN = timedelta(seconds=20)
_CALL = "/api/thanh-toan"


def opened(reference: str, *, back: str) -> str:
    """Open an order at the gateway and return where it is paid; opened again it is the same.

    :raises NotNow: the gateway does not answer; the order stays and is asked about
    """
    order = Order.objects.filter(reference=reference).first()
    if order is None:
        raise NotFound(_("Không có lệnh thanh toán này."))
    if order.address:
        return order.address
    address = gateways.gateway().make(_wanted(order, back=back))
    if not address:
        raise NotNow(_("Cổng thanh toán chưa trả lời. Thử lại sau ít phút, hoặc chuyển khoản."))
    Order.objects.filter(pk=order.pk).update(address=address)
    return address


def ask_about_pending(*, now: datetime, limit: int = 200) -> list[Told]:
    """Ask the gateway about orders it has not told us of; return what it says, oldest first.

    A refund that it has not heard of is sent, under the same reference however often.
    """
    speaker = gateways.gateway()
    told: list[Told] = []
    waiting = Order.objects.filter(state="PENDING").exclude(asked_at__gt=now - _ASK_AGAIN)
    for order in waiting.order_by("made_at", "id")[:limit]:
        said = speaker.ask(order.reference)
        Order.objects.filter(pk=order.pk).update(asked_at=now)
        if said is not None and said.outcome is Outcome.UNKNOWN and order.is_refund:
            speaker.make(_wanted(order))
            said = speaker.ask(order.reference)
        if said is not None:
            told.append(said)
    return told


def _wanted(order: Order, *, back: str = "") -> Wanted:
    return Wanted(
        reference=order.reference,
        amount=order.amount,
        words=order.reference,
        back=back,
        call=settings.PUBLIC_ADDRESS + _CALL,
        is_refund=order.is_refund,
        of=order.of,
    )
