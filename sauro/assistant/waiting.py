"""Reading what waits for people: talks that were handed over, questions left open."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sauro.assistant.models import Conversation, OpenQuestion
from sauro.core.errors import NotFound
from sauro.core.text import _
from sauro.people.rules import mask_phone

_MOST = 50
WHY = {
    "refuse": _("không có câu trả lời"),
    "clarify": _("phải hỏi lại"),
    "doubt": _("người hỏi nói là chưa đúng"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A talk that was handed over. lines: pairs of asked and said.

    who, phone: of the asker, only where an official of the centre reads it.
    """

    key: UUID
    office: str
    wish: str
    lines: tuple[tuple[str, str], ...]
    asked_at: datetime
    answered_at: datetime | None
    answered_by: str
    reply: str
    who: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRow:
    """A question left open. times: how often it was asked."""

    id: int
    text: str
    why: str
    code: str
    times: int
    last_at: datetime


def talk(key: UUID) -> Talk:
    """Return a talk by its key, without who asked. One query.

    :raises NotFound: there is none
    """
    found = Conversation.objects.select_related("office").filter(key=key).first()
    if found is None:
        raise NotFound(_("Không có câu hỏi này. Xem lại địa chỉ."))
    return _talk(found)


def talks(office_id: int) -> list[Talk]:
    """Return the talks that wait at an office, longest first, at most 50. One query."""
    rows = Conversation.objects.select_related("office", "person").filter(
        office_id=office_id, answered_at__isnull=True
    )
    return [
        _talk(
            row,
            who=row.person.name if row.person else "",
            phone=row.phone or (mask_phone(row.person.phone) if row.person else ""),
        )
        for row in rows.order_by("asked_at")[:_MOST]
    ]


def _talk(row: Conversation, *, who: str = "", phone: str = "") -> Talk:
    return Talk(
        key=row.key,
        office=row.office.name,
        wish=row.wish,
        lines=tuple((asked, said) for asked, said in row.lines),
        asked_at=row.asked_at,
        answered_at=row.answered_at,
        answered_by=row.answered_by,
        reply=row.reply,
        who=who,
        phone=phone,
    )


def open_questions() -> list[OpenRow]:
    """Return the questions left open, most often asked first, at most 50. One query."""
    rows = OpenQuestion.objects.filter(settled_at__isnull=True).order_by("-times", "id")[:_MOST]
    return [
        OpenRow(
            id=row.pk,
            text=row.text,
            why=str(WHY.get(row.why, row.why)),
            code=row.code,
            times=row.times,
            last_at=row.last_at,
        )
        for row in rows
    ]
