"""E-mail (thư điện tử), spoken to the one mail server of this installation."""

from collections.abc import Generator, Sequence
from hashlib import sha256
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from sauro.core.text import _
from sauro.notices.services import Message, Sending

_PATIENCE: Final = 20
_REFUSED_FOR_GOOD: Final = 500
_FOOT: Final = _(
    "Thư này do hệ thống gửi, không cần trả lời. "
    "Cơ quan nhà nước không bao giờ hỏi mật khẩu hay mã OTP qua thư."
)


def send(messages: Sequence[Message]) -> Generator[Sending, None, None]:
    """Send e-mails over one connection, telling after each how it went.

    A server that cannot be reached, or goes away, fails all that are left at once: they do
    not each wait for it.
    """
    line = get_connection(timeout=_PATIENCE)
    waiting = list(messages)
    try:
        line.open()
        while waiting:
            yield _sent(waiting[0], line)
            waiting.pop(0)
    except (OSError, SMTPException) as trouble:
        # An SMTPException is an OSError; both are named for the reader.
        for message in waiting:
            yield Sending(message.delivery_id, message.attempt, _said(trouble))
    finally:
        _hang_up(line)


def _sent(message: Message, line: Any) -> Sending:  # noqa: ANN401 - any of Django's backends
    """Send one message; what is wrong with this one alone does not stop the others.

    :raises SMTPServerDisconnected: the server went away
    :raises OSError: the network did
    """
    try:
        compose(message, line).send()
    except SMTPRecipientsRefused as refused:
        codes = [code for code, _reason in refused.recipients.values()]
        for_good = all(code >= _REFUSED_FOR_GOOD for code in codes)
        return Sending(message.delivery_id, message.attempt, _said(refused), for_good)
    except SMTPServerDisconnected:
        raise
    except (SMTPException, ValueError) as trouble:
        return Sending(message.delivery_id, message.attempt, _said(trouble))
    return Sending(message.delivery_id, message.attempt, proof=_name(message))


def compose(message: Message, line: Any) -> EmailMessage:  # noqa: ANN401 - as above
    """Return the e-mail; its Message-ID is the same at every attempt, so twins can be told."""
    parts = [message.body]
    if message.link:
        parts.append(settings.PUBLIC_ADDRESS.rstrip("/") + message.link)
    parts.append(_FOOT)
    return EmailMessage(
        subject=message.subject,
        body="\n\n".join(parts),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[message.address],
        headers={
            "Message-ID": _name(message),
            "Auto-Submitted": "auto-generated",
        },
        connection=line,
    )


def _name(message: Message) -> str:
    """Return the Message-ID of a message."""
    name = sha256(message.key.encode()).hexdigest()[:32]
    return f"<{name}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2].rstrip('>')}>"


def _said(trouble: Exception) -> str:
    """Return what went wrong without the address it went wrong for."""
    if isinstance(trouble, SMTPRecipientsRefused):
        codes = sorted({code for code, _reason in trouble.recipients.values()})
        return f"SMTPRecipientsRefused {codes}"
    code = getattr(trouble, "smtp_code", None) or getattr(trouble, "errno", None) or ""
    return f"{type(trouble).__name__} {code}".strip()


def _hang_up(line: Any) -> None:  # noqa: ANN401 - as above
    try:
        line.close()
    except OSError:
        return
