"""The authority of time (cấp dấu thời gian): an RFC 3161 service, ours in the sandbox.

Who signs does not wait for it: without an answer the paper is signed without its time, and
the time is added later as a stamp of its own behind the signature.
"""

from datetime import datetime, timedelta
from typing import Final

from aiohttp import ClientError
from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives import serialization
from django.conf import settings
from pyhanko.sign.timestamps import DummyTimeStamper, HTTPTimeStamper, TimestampRequestError
from pyhanko.sign.timestamps.api import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from sauro.documents import demo_keys

_SECONDS: Final = 3
_REST: Final = timedelta(seconds=60)
UNANSWERED: Final = (TimestampRequestError, OSError, TimeoutError, ClientError)
_silent: dict[str, datetime] = {}


def authority(now: datetime) -> TimeStamper | None:
    """Return who says what time it is; None where nobody is set, and then time stays pending."""
    silent_since = _silent.get(settings.TIME_AUTHORITY)
    if silent_since is not None and silent_since <= now < silent_since + _REST:
        return None
    if settings.TIME_AUTHORITY:
        return HTTPTimeStamper(settings.TIME_AUTHORITY, timeout=_SECONDS)
    return _sandbox(now) if settings.DEMO else None


def note_silence(now: datetime) -> None:
    """Remember that the authority did not answer: nobody waits for it again for a minute."""
    _silent[settings.TIME_AUTHORITY] = now


def answer(request: bytes, now: datetime) -> bytes:
    """Return what the sandbox's authority answers to a request for a time stamp."""
    response = _sandbox(now).request_tsa_response(tsp.TimeStampReq.load(request))
    return bytes(response.dump())


def _sandbox(now: datetime) -> DummyTimeStamper:
    pair = demo_keys.sandbox().clock
    der = pair.certificate.public_bytes(serialization.Encoding.DER)
    key = pair.key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    between = SimpleCertificateStore()
    issuer = demo_keys.sandbox().issuer.certificate
    between.register(asn1.Certificate.load(issuer.public_bytes(serialization.Encoding.DER)))
    return DummyTimeStamper(
        tsa_cert=asn1.Certificate.load(der),
        tsa_key=asn1_keys.PrivateKeyInfo.load(key),
        certs_to_embed=between,
        fixed_dt=now,
    )


def forget() -> None:
    """Forget who was silent; for tests."""
    _silent.clear()
