"""Waking devices (thông báo đẩy): the maker of the browser is asked to wake it, and told nothing.

The message carries no words: the device then says that there is news, and the person reads it with
us. Requests are signed with our key (RFC 8292); a device that is gone is forgotten (RFC 8030).
"""

import json
import os
from base64 import urlsafe_b64encode
from collections.abc import Generator, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from django.conf import settings

from sauro.core.actor import SYSTEM
from sauro.core.clock import now
from sauro.notices import queries, services
from sauro.notices.services import Message, Sending

_SECONDS = 10.0
_GONE = frozenset({404, 410})
_VALID = 12 * 3_600
_KEPT_FOR = 86_400
_BYTES = 32


def public_key() -> str:
    """Return our key as browsers take it: the point, in base64 for addresses."""
    point = serialization.PublicFormat.UncompressedPoint
    key = _key(settings.PUSH_KEY).public_key()
    return _coded(key.public_bytes(serialization.Encoding.X962, point))


def send(messages: Sequence[Message]) -> Generator[Sending, None, None]:
    """Wake the devices of those who are told, telling after each message how it went."""
    for message in messages:
        woken, trouble = 0, ""
        for endpoint in queries.devices(int(message.address.removeprefix("#"))):
            try:
                woken += _woken(endpoint)
            except OSError as wrong:
                code = getattr(wrong, "code", "") or getattr(wrong, "errno", "") or ""
                trouble = f"{type(wrong).__name__} {code}".strip()
        if woken:
            yield Sending(message.delivery_id, message.attempt, proof=f"{woken}")
        else:
            said = trouble or "no device left"
            yield Sending(message.delivery_id, message.attempt, said, for_good=not trouble)


def _woken(endpoint: str) -> bool:
    """Wake a device and return whether it is still there; one that is gone is forgotten.

    :raises OSError: whoever wakes it does not answer, or not now
    """
    request = Request(  # noqa: S310 - a host of the list, checked when it was kept
        endpoint,
        data=b"",
        headers={"TTL": str(_KEPT_FOR), "Urgency": "normal", "Authorization": _signed(endpoint)},
    )
    try:
        urlopen(request, timeout=_SECONDS).close()  # noqa: S310
    except HTTPError as refused:
        if refused.code not in _GONE:
            raise
        services.forget_device(endpoint, by=SYSTEM, now=now())
        return False
    return True


def _signed(endpoint: str) -> str:
    parts = urlsplit(endpoint)
    said = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int(now().timestamp()) + _VALID,
        "sub": f"mailto:{settings.DEFAULT_FROM_EMAIL}",
    }
    head = _coded(json.dumps({"typ": "JWT", "alg": "ES256"}).encode())
    signed = f"{head}.{_coded(json.dumps(said).encode())}"
    made = _key(settings.PUSH_KEY).sign(signed.encode(), ec.ECDSA(hashes.SHA256()))
    numbers = (number.to_bytes(_BYTES, "big") for number in decode_dss_signature(made))
    return f"vapid t={signed}.{_coded(b''.join(numbers))}, k={public_key()}"


def _coded(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


@lru_cache(maxsize=2)
def _key(path: Path) -> ec.EllipticCurvePrivateKey:
    """Return our key, made when it is first asked for and readable by us alone."""
    if not path.exists():
        made = ec.generate_private_key(ec.SECP256R1()).private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("wb", dir=path.parent) as file:
            file.write(made)
            file.flush()
            with suppress(FileExistsError):  # another process was faster: there is one key
                os.link(file.name, path)
    key = serialization.load_pem_private_key(path.read_bytes(), None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{path} is no key of an elliptic curve")
    return key
