"""Mail servers as they are in life: away, refusing, or going away in the middle."""

from collections.abc import Sequence
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import ClassVar

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class MailServer(BaseEmailBackend):
    """A server that can be away; what it took is in `taken`, opened connections in `calls`."""

    is_away: ClassVar[bool] = False
    hangs_up_after: ClassVar[int] = 1_000_000
    refused: ClassVar[dict[str, int]] = {}
    taken: ClassVar[list[EmailMessage]] = []
    calls: ClassVar[int] = 0

    @classmethod
    def restart(cls) -> None:
        cls.is_away, cls.hangs_up_after, cls.refused = False, 1_000_000, {}
        cls.taken, cls.calls = [], 0

    def open(self) -> bool:
        MailServer.calls += 1
        if MailServer.is_away:
            raise ConnectionRefusedError(111, "Connection refused")
        return True

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            if len(MailServer.taken) >= MailServer.hangs_up_after:
                raise SMTPServerDisconnected("gone")
            code = MailServer.refused.get(message.to[0])
            if code:
                raise SMTPRecipientsRefused({message.to[0]: (code, b"no")})
            MailServer.taken.append(message)
        return len(email_messages)
