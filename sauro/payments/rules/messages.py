"""What a gateway and we say to each other: fields signed with a shared key (thông điệp). Pure."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """How an order stands at the gateway."""

    PENDING = "PENDING"
    PAID = "PAID"
    FAILED = "FAILED"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the gateway says of an order or a refund. reference: ours; number: theirs."""

    reference: str
    outcome: Outcome
    amount: int
    number: str
    at: datetime


class BadMessageError(Exception):
    """A message that is not the gateway's, or is no message."""


def signed(body: bytes, key: str) -> str:
    """Return the signature of a message: HMAC-SHA256 in hexadecimal."""
    return hmac.new(key.encode(), body, hashlib.sha256).hexdigest()


def pack(fields: Mapping[str, Any], key: str) -> tuple[bytes, str]:
    """Return a message and its signature."""
    body = json.dumps(fields, ensure_ascii=False, sort_keys=True).encode()
    return body, signed(body, key)


def unpack(body: bytes, signature: str, key: str) -> Told:
    """Return what a message says.

    :raises BadMessageError: the signature is not the gateway's, or fields are missing
    """
    if not key or not hmac.compare_digest(signed(body, key), signature.lower()):
        raise BadMessageError("the signature does not fit")
    try:
        said = json.loads(body)
        return Told(
            reference=str(said["reference"]),
            outcome=Outcome(said["outcome"]),
            amount=int(said["amount"]),
            number=str(said["number"]),
            at=datetime.fromisoformat(said["at"]),
        )
    except (ValueError, LookupError, TypeError) as trouble:
        raise BadMessageError(f"no message: {type(trouble).__name__}") from trouble
