"""What is done with questions that the assistant cannot settle.

Verbs: collect, settle, hand_over, reply.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from django.db.models import F

from sauro.assistant.models import Conversation, OpenQuestion
from sauro.assistant.rules import masking
from sauro.core.actor import Actor, ActorKind
from sauro.core.commands import command
from sauro.core.errors import Invalid, NotFound, NotNow, NotPermitted
from sauro.core.text import _, tidy
from sauro.events import services as events
from sauro.notices import services as notices
from sauro.offices import queries as offices
from sauro.people.rules import check_phone

_MOST_LINES, _LONGEST = 6, 2_000
_A_DAY = 20  # talks of one person or number that may wait at once


@command
def collect(question: str, why: str, code: str = "", *, by: Actor, now: datetime) -> int | None:
    """Keep a question that was not answered well, without anybody's data; return its id.

    A question asked again counts once more and is open again. None if nothing is left of it.
    why: "refuse", "clarify" or "doubt". Nothing is recorded about who asked.
    """
    text = masking.masked(question)
    key = masking.key(text)
    if len(key) < 4:  # noqa: PLR2004 - no word
        return None
    kept, is_new = OpenQuestion.objects.get_or_create(
        key=key,
        defaults={"text": text, "why": why, "code": code, "first_at": now, "last_at": now},
    )
    if not is_new:
        OpenQuestion.objects.filter(pk=kept.pk).update(
            times=F("times") + 1, last_at=now, why=why, settled_at=None
        )
    nobody = Actor(kind=by.kind, label=_("Người hỏi trợ lý"))
    events.record("question.left_open", kept, by=nobody, at=now, why=why)
    return kept.pk


@command
def settle(question_id: int, note: str, *, by: Actor, now: datetime) -> None:
    """Say what was done about an open question, so that it leaves the list.

    :raises NotPermitted: only officials improve the assistant
    :raises Invalid: nothing is said
    """
    if by.kind is not ActorKind.OFFICIAL:
        raise NotPermitted(_("Chỉ cán bộ mới ghi được việc đã làm với câu hỏi."))
    said = tidy(note)[:_LONGEST]
    if not said:
        raise Invalid(_("Ghi đã làm gì với câu hỏi này."), field="note")
    found = OpenQuestion.objects.select_for_update().filter(pk=question_id).first()
    if found is None:
        raise NotFound(_("Không còn câu hỏi này trong danh sách."))
    found.note, found.settled_at, found.settled_by = said, now, by.label
    found.save(update_fields=["note", "settled_at", "settled_by"])
    events.record("question.settled", found, by=by, at=now, note=said)


@command
def hand_over(
    office_code: str,
    lines: Sequence[tuple[str, str]],
    *,
    phone: str = "",
    wish: str = "",
    by: Actor,
    now: datetime,
) -> str:
    """Give a talk to the people of a centre and return its key.

    lines: what was asked and said, newest last; the last six are kept. phone: where to call
    back; needed unless the asker is signed in.

    :raises Invalid: no telephone number though nobody is signed in, or nothing is asked
    :raises NotNow: too many talks of the same asker wait already
    """
    centre = offices.office_by_code(office_code)
    number = check_phone(phone) if tidy(phone) else ""
    if by.person_id is None and not number:
        raise Invalid(_("Ghi số điện thoại để Trung tâm gọi lại."), field="phone")
    said = tidy(wish)[:_LONGEST]
    if not lines and not said:
        raise Invalid(_("Ghi điều Ông/Bà muốn hỏi."), field="wish")
    same = {"person_id": by.person_id} if by.person_id else {"phone": number}
    if Conversation.objects.filter(**same, answered_at__isnull=True).count() >= _A_DAY:
        raise NotNow(
            _("Nhiều câu hỏi của Ông/Bà đang chờ trả lời. Xin đợi Trung tâm trả lời trước.")
        )
    talk = Conversation.objects.create(
        key=uuid4(),
        office_id=centre.id,
        person_id=by.person_id,
        phone=number,
        wish=said,
        lines=[list(line) for line in lines[-_MOST_LINES:]],
        asked_at=now,
    )
    events.record("talk.handed_over", talk, by=by, at=now, office_id=centre.id)
    return str(talk.key)


@command
def reply(key: str, text: str, *, by: Actor, now: datetime) -> None:
    """Answer a talk that was handed over; who asked while signed in is told so.

    :raises NotPermitted: the talk waits at another centre
    :raises NotNow: a colleague answered it already
    :raises Invalid: nothing is said
    """
    talk = Conversation.objects.select_for_update(of=("self",)).filter(key=key).first()
    if talk is None:
        raise NotFound(_("Không có câu hỏi này."))
    if by.office_id != talk.office_id:
        raise NotPermitted(_("Câu hỏi này chờ ở Trung tâm khác."))
    if talk.answered_at is not None:
        raise NotNow(_("{who} đã trả lời câu hỏi này."), who=talk.answered_by)
    said = tidy(text)[:_LONGEST]
    if not said:
        raise Invalid(_("Viết câu trả lời, hoặc ghi đã gọi điện trả lời thế nào."), field="text")
    talk.reply, talk.answered_at, talk.answered_by = said, now, by.label
    talk.save(update_fields=["reply", "answered_at", "answered_by"])
    events.record("talk.answered", talk, by=by, at=now)
    if talk.person_id is not None:
        notices.tell(
            talk.person_id,
            key=f"talk:{talk.key}",
            subject=_("Trung tâm đã trả lời câu hỏi của Ông/Bà"),
            body=said,
            link=f"/tro-ly/nho-nguoi/{talk.key}",
            by=by,
            now=now,
        )
