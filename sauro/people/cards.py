"""The identity card (thẻ căn cước): what its QR code says, read and doubted. Pure.

The code is a line of fields with a bar between them: number, old number, name, day of birth,
sex, residence, day of issue; newer cards add fields after these. A reader types it like a
keyboard, and anybody can print a code of their own: every field is held against the same rules
as one typed by hand, and nothing of it is trusted further than that.
"""

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

from sauro.core.errors import Invalid
from sauro.core.text import _, tidy
from sauro.people.rules import NewPerson, Sex, checked

_BAR = "|"
_FIELDS_AT_LEAST = 6
_FIELDS_AT_MOST = 16
_LONGEST = 1_000
_OLD_NUMBERS = (0, 9, 12)
_SEXES = {"nam": Sex.MALE, "nữ": Sex.FEMALE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a card says, as it is stored. old_number: of the card before, "" for none."""

    person: NewPerson
    old_number: str = ""
    issued_on: date | None = None


def is_card(text: str) -> bool:
    """Test whether what came from the reader is a card, and not a number typed by hand."""
    return _BAR in text


def read_card(text: str, *, on: date) -> Card:
    """Return what the QR code of an identity card says.

    on: today; a card of the future is none.

    :raises Invalid: it is no such code, or a field of it cannot be so; field is "card"
    """
    if len(text) > _LONGEST:
        raise _not_a_card()
    fields = [_seen(part) for part in text.strip().split(_BAR)]
    if not _FIELDS_AT_LEAST <= len(fields) <= _FIELDS_AT_MOST:
        raise _not_a_card()
    number, old, name, born, sex, address = fields[:_FIELDS_AT_LEAST]
    if not number or len(old) not in _OLD_NUMBERS or (old and not _is_digits(old)):
        raise _not_a_card()
    issued = _day(fields[_FIELDS_AT_LEAST]) if len(fields) > _FIELDS_AT_LEAST else None
    born_on = _day(born)
    if issued and (issued > on or (born_on and issued < born_on)):
        raise _not_a_card()
    given = NewPerson(name=name, pid=number, sex=_sex(sex), born_on=born_on, address=address)
    try:
        person = checked(given, on=on)
    except Invalid as refusal:
        raise Invalid(
            _("Mã trên thẻ chưa dùng được: {why}"), field="card", why=str(refusal)
        ) from refusal
    return Card(person=person, old_number=old, issued_on=issued)


def _seen(part: str) -> str:
    """Return a field without characters that nobody sees, or that turn the line around."""
    return tidy("".join(char for char in part if unicodedata.category(char)[0] != "C"))


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _sex(text: str) -> str:
    if not text:
        return ""
    if text.lower() not in _SEXES:
        raise _not_a_card()
    return _SEXES[text.lower()].value


def _day(text: str) -> date | None:
    """Return a day written 12031991; a card may leave it out."""
    if not text:
        return None
    if not (_is_digits(text) and len(text) == len("ddmmyyyy")):
        raise _not_a_card()
    try:
        return datetime.strptime(text, "%d%m%Y").date()  # noqa: DTZ007 - a day, not an instant
    except ValueError as wrong:
        raise _not_a_card() from wrong


def _not_a_card() -> Invalid:
    return Invalid(
        _("Mã vừa quét không đọc được như thẻ căn cước. Quét lại, hoặc gõ 12 số trên thẻ."),
        field="card",
    )
