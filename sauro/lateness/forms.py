"""What the pages of lateness read from a form."""

from datetime import date, datetime, time

from django.http import QueryDict

from sauro.core.clock import at_local
from sauro.core.errors import Invalid
from sauro.core.text import _

_CLOSING = time(17, 0)
_LONGEST_KEY = 18


def chosen(post: QueryDict) -> list[int]:
    """Return the ticked cases; what is no number is left out."""
    return [
        int(value)
        for value in post.getlist("chosen")
        if value.isascii() and value.isdigit() and len(value) <= _LONGEST_KEY
    ]


def page(text: str | None) -> int:
    """Return the number of a page, from 0."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 6 else 0  # noqa: PLR2004


def promised(text: str) -> datetime:
    """Return the closing hour of a day as a form gives it.

    :raises Invalid: it is no day
    """
    try:
        return at_local(date.fromisoformat(text.strip()), _CLOSING)
    except ValueError as error:
        raise Invalid(_("Chọn ngày hẹn mới."), field="promised") from error
