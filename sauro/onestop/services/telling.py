"""Telling applicants: tell_next follows the log and writes one notice for each news."""

from collections.abc import Mapping
from datetime import datetime

from django.db import connection

from sauro.core.actor import Actor
from sauro.core.clock import local
from sauro.core.commands import command
from sauro.events import queries as log
from sauro.events import services as events
from sauro.events.queries import LogRow
from sauro.notices import services as notices
from sauro.onestop import queries
from sauro.onestop.queries import NewsSubject
from sauro.onestop.rules import State, Verb

_READER = "onestop.telling"
_BATCH = 200


@command
def tell_next(*, by: Actor, now: datetime) -> int:
    """Write the notices for the next events of the log; return how many were read.

    The cursor moves in the same transaction, so each event is told exactly once. Dossiers of
    the simulation are passed over: nobody is waiting for their mail.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [_READER])
    rows = log.unread(_READER, "cases.case", limit=_BATCH)
    if not rows:
        return 0
    about = queries.news_subjects([row.subject_id for row in rows])
    for row in rows:
        subject = about.get(row.subject_id)
        news = _news(row, subject) if subject else None
        if subject and news:
            notices.tell(
                subject.person_id,
                key=f"case-event-{row.id}",
                subject=f"Hồ sơ {subject.code}: {news[0]}",
                body=news[1],
                link=f"/ho-so/{subject.code}",
                by=by,
                now=now,
            )
    events.advance(_READER, rows[-1].txid)
    return len(rows)


_ASKED: Mapping[str, str] = {
    Verb.ASK: State.SUPPLEMENT_REQUESTED,
    Verb.ASK_FEE: State.PAYMENT_REQUESTED,
}


def _news(row: LogRow, subject: NewsSubject) -> tuple[str, str] | None:
    """Return the headline and the text for one event, or None where there is no news."""
    after, verb = str(row.data.get("to", "")), str(row.data.get("verb", ""))
    note = str(row.data.get("note", ""))
    promise = f"{local(subject.promised_at):%H:%M ngày %d/%m/%Y}" if subject.promised_at else ""
    if verb in {Verb.ADVANCE, Verb.SEND_BACK}:
        return None
    # In one branch of several the applicant is asked while the others work on.
    after = _ASKED.get(verb, after)
    told = {
        State.REGISTERED: (
            "đã nộp",
            f"Chúng tôi đã nhận {subject.title}. Trung tâm kiểm tra giấy tờ và trả lời bạn.",
        ),
        State.ACCEPTED: ("đã tiếp nhận", f"Hẹn trả kết quả lúc {promise}."),
        State.REJECTED: ("không tiếp nhận", f"Lý do: {note}"),
        State.SUPPLEMENT_REQUESTED: (
            "cần bổ sung giấy tờ",
            f"{note} Mở hồ sơ để xem cần bổ sung gì.",
        ),
        State.PAYMENT_REQUESTED: ("cần nộp tiền", f"{note} Mở hồ sơ để xem cách nộp."),
        State.WITHDRAWN: ("đã rút", "Hồ sơ đã dừng theo đề nghị của bạn."),
        State.STOPPED: ("dừng giải quyết", f"Lý do: {note}"),
        State.DONE: ("có kết quả", "Mở hồ sơ để xem và nhận kết quả."),
        State.RETURNED: ("đã trả kết quả", "Mời bạn đánh giá việc phục vụ, chỉ mất một phút."),
    }
    if verb == "PROMISE":
        return (
            "hẹn lại ngày trả",
            f"Chúng tôi xin lỗi vì trễ hẹn. Hẹn mới: {promise}. Lý do: {note}",
        )
    if verb == "PAUSE":
        return ("tạm dừng tính thời hạn", f"Lý do: {note} Chúng tôi báo bạn khi tính tiếp.")
    if verb == "GO_ON":
        return ("tính tiếp thời hạn", f"Hẹn trả kết quả lúc {promise}.")
    return told.get(State(after)) if after in set(State) else None
