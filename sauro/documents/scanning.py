"""Virus scanning (quét mã độc) by a ClamAV daemon on this machine, where one is set up.

Without one, or when it does not answer, files are kept as "not scanned" and shown as such.
"""

import logging
import socket
import struct
from io import BytesIO

from django.conf import settings

from sauro.core.errors import Invalid
from sauro.core.text import _
from sauro.documents.rules import Scan

_PATIENCE = 5.0
_CHUNK = 1 << 16
logger = logging.getLogger(__name__)


def scan(content: bytes) -> Scan:
    """Return whether `content` was read and found clean, or not read at all.

    :raises Invalid: the scanner recognised something in it
    """
    address = getattr(settings, "CLAMAV_SOCKET", "")
    if not address:
        return Scan.NOT_SCANNED
    try:
        answer = _ask(address, content)
    except OSError:
        logger.exception("the virus scanner did not answer")
        return Scan.NOT_SCANNED
    if answer.endswith(b"FOUND"):
        raise Invalid(
            _("Tệp này có mã độc nên không nhận. Quét máy của bạn, rồi gửi một bản tệp khác.")
        )
    return Scan.CLEAN if answer.endswith(b"OK") else Scan.NOT_SCANNED


def _ask(address: str, content: bytes) -> bytes:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(_PATIENCE)
        line.connect(address)
        line.sendall(b"zINSTREAM\0")
        stream = BytesIO(content)
        while chunk := stream.read(_CHUNK):
            line.sendall(struct.pack(">I", len(chunk)) + chunk)
        line.sendall(struct.pack(">I", 0))
        answer = b""
        while part := line.recv(4096):
            answer += part
    return answer.rstrip(b"\0\n")
