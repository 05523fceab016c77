"""Text messages and Zalo behind one interface (nhà cung cấp tin nhắn): whoever sends them for us.

A provider is an address: `https://…` takes signed JSON, `file:///…` is a folder, for the demo.
"""

import hashlib
import hmac
import json
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Protocol
from urllib.error import HTTPError
from urllib.parse import unquote, urlsplit
from urllib.request import Request, urlopen

from django.conf import settings

from sauro.notices import rules
from sauro.notices.rules import Channel
from sauro.notices.services import Message, Sending

_SECONDS = 10.0
_MOST_BYTES = 10_000
# A provider that is busy or tired takes the message later.
_LATER = frozenset({408, 425, 429})
_SERVERS_FAULT = 500
SIGNATURE = "X-Signature"


class RefusedError(Exception):
    """The provider will never take this message, whatever is tried."""


class Provider(Protocol):
    """What any provider must do for us."""

    def deliver(self, key: str, address: str, words: str) -> str:
        """Take a message and return its number there; under the same key it is the same message.

        :raises OSError: it does not answer, or not now
        :raises RefusedError: it will never take this one
        """


class SignedProvider:
    """A provider that takes JSON signed with HMAC-SHA256 over HTTP."""

    def __init__(self, address: str, key: str) -> None:
        self._address, self._key = address.rstrip("/"), key

    def deliver(self, key: str, address: str, words: str) -> str:
        """Take a message and return its number there."""
        fields = {"key": key, "to": address, "words": words}
        body = json.dumps(fields, ensure_ascii=False, sort_keys=True).encode()
        request = Request(  # noqa: S310 - the operator's own address
            f"{self._address}/messages",
            data=body,
            headers={"Content-Type": "application/json", SIGNATURE: signed(body, self._key)},
        )
        try:
            with urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
                return str(json.loads(answer.read(_MOST_BYTES))["number"])
        except HTTPError as refused:
            if refused.code >= _SERVERS_FAULT or refused.code in _LATER:
                raise
            raise RefusedError(str(refused.code)) from refused
        except (ValueError, LookupError, TypeError) as trouble:
            raise OSError("no number in the answer") from trouble


class FolderProvider:
    """A folder in which every message becomes a file: what the demo shows."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def deliver(self, key: str, address: str, words: str) -> str:
        """Take a message and return the name of its file."""
        self._folder.mkdir(parents=True, exist_ok=True)
        file = self._folder / f"{signed(key.encode(), '')[:32]}.txt"
        file.write_text(f"{address}\n{words}\n")
        return file.name


def provider(channel: Channel) -> Provider:
    """Return who sends by a channel here.

    :raises LookupError: nobody does
    """
    address, key = settings.PROVIDERS[channel.value]
    parts = urlsplit(address)
    if parts.scheme == "file":
        return FolderProvider(Path(unquote(parts.path)))
    if parts.scheme not in {"http", "https"}:
        raise LookupError(f"nobody sends by {channel}")
    return SignedProvider(address, key)


def send(messages: Sequence[Message]) -> Generator[Sending, None, None]:
    """Send messages of one channel, telling after each how it went.

    A provider that does not answer fails all that are left at once: they do not each wait.
    """
    waiting = list(messages)
    try:
        there = provider(waiting[0].channel)
        while waiting:
            yield _sent(waiting[0], there)
            waiting.pop(0)
    except (OSError, LookupError) as trouble:
        for message in waiting:
            yield Sending(message.delivery_id, message.attempt, _said(trouble))


def _sent(message: Message, there: Provider) -> Sending:
    link = settings.PUBLIC_ADDRESS.rstrip("/") + message.link if message.link else ""
    words = f"{message.subject}\n{message.body}\n{link}".rstrip()
    if message.channel is Channel.SMS:
        words = rules.short(message.subject, link)
    try:
        number = there.deliver(f"{message.channel}:{message.key}", message.address, words)
    except RefusedError as refused:
        return Sending(message.delivery_id, message.attempt, f"refused {refused}", for_good=True)
    return Sending(message.delivery_id, message.attempt, proof=number)


def _said(trouble: Exception) -> str:
    """Return what went wrong without the number it went wrong for."""
    code = getattr(trouble, "code", None) or getattr(trouble, "errno", None) or ""
    return f"{type(trouble).__name__} {code}".strip()


def signed(body: bytes, key: str) -> str:
    """Return the signature of a message: HMAC-SHA256 in hexadecimal."""
    return hmac.new(key.encode(), body, hashlib.sha256).hexdigest()
