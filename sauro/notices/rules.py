"""When a message is tried again, and when it is given up. Pure."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from sauro.core.errors import Invalid
from sauro.core.text import _, bare, tidy

LONGEST_SUBJECT: Final = 200
LONGEST_BODY: Final = 5_000

# After the first, second … failed attempt; the last wait repeats.
_WAITS: Final = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
PATIENCE: Final = timedelta(days=5)
# A message being sent is nobody else's for so long; then its sender is taken to have died.
LEASE: Final = timedelta(minutes=5)


class Channel(StrEnum):
    """A way to reach a person besides the page (kênh gửi)."""

    EMAIL = "EMAIL"
    SMS = "SMS"
    ZALO = "ZALO"
    PUSH = "PUSH"


class State(StrEnum):
    """Where a message is on its way."""

    WAITING = "WAITING"
    SENT = "SENT"
    NOT_CONFIGURED = "NOT_CONFIGURED"
    GAVE_UP = "GAVE_UP"


# What a person is reached by until they choose; Zalo is for those who ask for it.
USUAL: Final = frozenset({Channel.EMAIL, Channel.SMS, Channel.PUSH})
NAMES: Final[Mapping[Channel, str]] = {
    Channel.EMAIL: _("Thư điện tử"),
    Channel.SMS: _("Tin nhắn SMS"),
    Channel.ZALO: _("Zalo"),
    Channel.PUSH: _("Thông báo trên thiết bị"),
}
# A device lets us wake it; a person has few of them.
DEVICES_AT_MOST: Final = 10
LONGEST_ENDPOINT: Final = 1_000
# One text message of the plain alphabet.
LONGEST_SMS: Final = 160

LABELS: Final[Mapping[State, str]] = {
    State.WAITING: _("đang gửi"),
    State.SENT: _("đã gửi"),
    State.NOT_CONFIGURED: _("chưa gửi: kênh này chưa được nối"),
    State.GAVE_UP: _("không gửi được, đã thôi thử"),
}


def next_try(told_at: datetime, attempts: int, now: datetime) -> datetime | None:
    """Return when to try again after `attempts` failures; None to give up.

    The last try falls on the end of the fifth day, whatever the waits add up to.
    """
    end = told_at + PATIENCE
    if now >= end:
        return None
    return min(now + _WAITS[min(attempts, len(_WAITS)) - 1], end)


def check_text(subject: str, body: str, link: str) -> tuple[str, str]:
    """Return subject and body as they are kept.

    :raises Invalid: nothing said, or too much
    :raises ValueError: the link leads out of the platform
    """
    title, text = tidy(subject), "\n".join(tidy(line) for line in body.strip().splitlines())
    if not title or not text:
        raise Invalid(_("Thông báo chưa có tiêu đề hoặc nội dung. Viết đủ rồi gửi lại."))
    if len(title) > LONGEST_SUBJECT or len(text) > LONGEST_BODY:
        raise Invalid(
            _("Thông báo dài quá {limit} ký tự. Rút gọn rồi gửi lại."), limit=LONGEST_BODY
        )
    if link and (not link.startswith("/") or link.startswith("//")):
        raise ValueError(f"link {link!r} leads out")
    return title, text


def short(subject: str, address: str) -> str:
    """Return what one text message says: plain letters, cut to 160; the address stays whole."""
    plain = bare(tidy(subject)).encode("ascii", "ignore").decode()
    room = LONGEST_SMS - (len(address) + 1 if address else 0)
    said = plain if len(plain) <= room else plain[: room - 3].rstrip() + "..."
    return f"{said} {address}".rstrip()


def check_endpoint(endpoint: str, hosts: Collection[str]) -> str:
    """Return the address at which a device is woken, which a browser gave us.

    hosts: whom we speak to, each with all below it; anything else could be a way into our network.

    :raises Invalid: it is none of those
    """
    parts = urlsplit(endpoint if len(endpoint) <= LONGEST_ENDPOINT else "")
    host = (parts.hostname or "").lower()
    is_known = any(host == known or host.endswith(f".{known}") for known in hosts)
    if not is_known or parts.username or parts.scheme != "https":
        raise Invalid(_("Trình duyệt này chưa nhận được thông báo từ tỉnh."))
    return endpoint
