"""The QR code of a bank transfer (VietQR): text in the form of EMVCo's merchant-presented QR. Pure.

Fields are two digits of a name, two of a length, and the value; 38 holds the transfer by NAPAS:
A000000727 in 00, the bank and the account in 01, the service in 02. 63 is a CRC-16 (CCITT-FALSE)
over all before it and its own head.
"""

import re
from dataclasses import dataclass

from sauro.core.text import fold

_NAPAS, _TO_ACCOUNT = "A000000727", "QRIBFTTA"
_BANK = re.compile(r"^\d{6}$")
_ACCOUNT = re.compile(r"^[0-9A-Za-z]{1,19}$")
_MOST, _LONGEST_WORDS = 999_999_999_999, 25


@dataclass(frozen=True, slots=True)
class Transfer:
    """A transfer to be made. bank: the six digits of its BIN; words: what the transfer says."""

    bank: str
    account: str
    amount: int
    words: str


def code(transfer: Transfer) -> str:
    """Return the text of the QR code.

    :raises ValueError: a bank, account, amount or text that no bank would take
    """
    words = plain(transfer.words)
    if not _BANK.match(transfer.bank) or not _ACCOUNT.match(transfer.account):
        raise ValueError(f"no such account: {transfer.bank} {transfer.account}")
    if not 0 < transfer.amount <= _MOST or not words:
        raise ValueError(f"no such transfer: {transfer.amount} {transfer.words!r}")
    receiver = _field("00", transfer.bank) + _field("01", transfer.account)
    napas = _field("00", _NAPAS) + _field("01", receiver) + _field("02", _TO_ACCOUNT)
    body = (
        _field("00", "01")
        + _field("01", "12")
        + _field("38", napas)
        + _field("53", "704")
        + _field("54", str(transfer.amount))
        + _field("58", "VN")
        + _field("62", _field("08", words))
        + "6304"
    )
    return body + f"{crc(body):04X}"


def plain(words: str) -> str:
    """Return words as banks carry them: capitals without marks, digits and spaces, at most 25."""
    return " ".join(re.findall(r"[A-Z0-9]+", fold(words).upper()))[:_LONGEST_WORDS].strip()


def crc(text: str) -> int:
    """Return the CRC-16 of a text: polynomial 0x1021 from 0xFFFF, nothing reflected."""
    value = 0xFFFF
    for byte in text.encode("ascii"):
        value ^= byte << 8
        for _bit in range(8):
            value = (value << 1) ^ 0x1021 if value & 0x8000 else value << 1
            value &= 0xFFFF
    return value


def read(text: str) -> dict[str, str]:
    """Return the outermost fields of such a text, as a bank's application would.

    :raises ValueError: it is cut, or its checksum is another
    """
    if len(text) < 4 or f"{crc(text[:-4]):04X}" != text[-4:]:  # noqa: PLR2004 - of the checksum
        raise ValueError("the checksum does not fit")
    return fields(text)


def fields(text: str) -> dict[str, str]:
    """Return the fields of a text or of a field that holds some.

    :raises ValueError: a field that is longer than what is there
    """
    found: dict[str, str] = {}
    while text:
        name, length, rest = text[:2], text[2:4], text[4:]
        if not length.isdecimal() or len(rest) < int(length):
            raise ValueError(f"field {name} is cut")
        found[name], text = rest[: int(length)], rest[int(length) :]
    return found


def _field(name: str, value: str) -> str:
    return f"{name}{len(value):02}{value}"
