"""The payment gateway behind one interface (cổng thanh toán); the sandbox speaks it too.

Everything is signed with a shared key. Nothing here raises for trouble on their side: an order
that could not be made or asked about is simply asked about again.
"""

import json
import logging
from dataclasses import dataclass
from typing import Protocol
from urllib.error import URLError
from urllib.request import Request, urlopen

from django.conf import settings

from sauro.payments.rules import messages
from sauro.payments.rules.messages import BadMessageError, Told

logger = logging.getLogger(__name__)
_SECONDS = 5.0
_MOST_BYTES = 100_000
SIGNATURE = "X-Signature"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An order to be made. back: where the payer returns; call: where the gateway tells us."""

    reference: str
    amount: int
    words: str
    back: str = ""
    call: str = ""
    is_refund: bool = False
    of: str = ""


class Gateway(Protocol):
    """What any gateway must do for us."""

    def make(self, wanted: Wanted) -> str:
        """Make an order and return where it is paid, "" if the gateway did not answer."""

    def ask(self, reference: str) -> Told | None:
        """Return how an order stands, None if the gateway did not answer."""


class SignedGateway:
    """A gateway that speaks JSON signed with HMAC-SHA256 over HTTP."""

    def __init__(self, address: str, key: str) -> None:
        self._address, self._key = address.rstrip("/"), key

    def make(self, wanted: Wanted) -> str:
        """Make an order and return where it is paid, "" if the gateway did not answer."""
        fields = {name: getattr(wanted, name) for name in wanted.__dataclass_fields__}
        body, signature = messages.pack(fields, self._key)
        answer = self._sent("/orders", body, signature)
        return str(answer[0].get("address", "")) if answer else ""

    def ask(self, reference: str) -> Told | None:
        """Return how an order stands, None if no gateway of ours answered."""
        body, signature = messages.pack({"reference": reference}, self._key)
        answer = self._sent("/status", body, signature)
        if answer is None:
            return None
        try:
            return messages.unpack(answer[1], answer[2], self._key)
        except BadMessageError:
            logger.warning("the gateway's answer about %s is not signed by it", reference)
            return None

    def _sent(
        self, path: str, body: bytes, signature: str
    ) -> tuple[dict[str, object], bytes, str] | None:
        request = Request(  # noqa: S310 - the operator's own address
            self._address + path,
            data=body,
            headers={"Content-Type": "application/json", SIGNATURE: signature},
        )
        try:
            with urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
                said = answer.read(_MOST_BYTES)
                return json.loads(said), said, answer.headers.get(SIGNATURE, "")
        except (URLError, OSError, ValueError) as trouble:
            logger.warning("the gateway did not answer: %s", type(trouble).__name__)
            return None


def gateway() -> Gateway:
    """Return the gateway of this installation."""
    return SignedGateway(settings.GATEWAY_ADDRESS, settings.GATEWAY_KEY)
