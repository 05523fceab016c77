"""Giving the result and answering for delay: hand_back, rate, apologise."""

from dataclasses import replace
from datetime import datetime

from sauro.cases import queries as cases
from sauro.cases import services as case_services
from sauro.cases.rules import check_holds
from sauro.core.actor import Actor
from sauro.core.commands import command
from sauro.core.errors import Invalid, NotNow, NotPermitted
from sauro.core.text import _
from sauro.events import services as events
from sauro.onestop import rules
from sauro.onestop.models import Apology, Dossier, Rating
from sauro.onestop.rules import State, Verb
from sauro.onestop.services.moving import move_on

_RATED = frozenset({State.DONE, State.RETURNED})


@command
def hand_back(case_id: int, *, seen: int | None = None, by: Actor, now: datetime) -> None:
    """Give the result to the applicant, who signs for it (Mẫu 07). The dossier ends."""
    held = check_holds(by.official_id, cases.lock(case_id, seen=seen))
    move_on(held, Verb.HAND_BACK, held.clock, by=by, now=now, note=_("Đã trả kết quả"))


@command
def rate(case_id: int, score: int, comment: str, *, by: Actor, now: datetime) -> None:
    """Keep what the applicant thought of the service, once.

    :raises Invalid: not a score of 1 to 5
    :raises NotNow: the result is not there yet, or it was rated before
    :raises NotPermitted: the dossier is not this person's
    """
    held = cases.lock(case_id)
    if by.person_id is None or by.person_id != held.owed_to_id:
        raise NotPermitted(_("Chỉ người nộp đánh giá được hồ sơ này."))
    if held.state not in _RATED:
        raise NotNow(_("Đánh giá được mở khi có kết quả."))
    if Rating.objects.filter(pk=case_id).exists():
        raise NotNow(_("Bạn đã đánh giá hồ sơ này. Cảm ơn bạn."))
    rating = Rating.objects.create(
        dossier_id=case_id,
        score=rules.check_rating(score),
        comment=comment.strip()[: rules.LONGEST_NOTE],
        rated_at=now,
    )
    events.record("dossier.rated", rating, by=by, at=now, score=score)


@command
def apologise(
    case_id: int, reason: str, promised_at: datetime, *, by: Actor, now: datetime
) -> None:
    """Apologise for a delay and give the one new promise (Mẫu 04, article 19.9).

    :raises NotPermitted: the actor does not head an office
    :raises NotNow: it was done before, or the dossier is not being handled
    :raises Invalid: no reason, or the new day is not after the old one
    """
    held = cases.lock(case_id)
    if not by.leads:
        raise NotPermitted(_("Văn bản xin lỗi do thủ trưởng cơ quan ký."))
    if held.clock.promised_at is None or held.state not in {
        State.ACCEPTED,
        State.PROCESSING,
    }:
        raise NotNow(_("Hồ sơ này không trong lúc giải quyết nên không hẹn lại."))
    if Apology.objects.filter(pk=case_id).exists():
        raise NotNow(_("Hồ sơ này đã hẹn lại một lần. Luật không cho hẹn lại lần nữa."))
    if promised_at <= max(now, held.clock.promised_at):
        raise Invalid(_("Ngày hẹn mới phải sau hôm nay và sau ngày hẹn cũ."), field="promised_at")
    note = rules.check_note(reason, field="reason")
    apology = Apology.objects.create(
        dossier=Dossier.objects.get(pk=case_id),
        reason=note,
        promised_before=held.clock.promised_at,
        promised_after=promised_at,
        signed_at=now,
        signed_by=by.label,
    )
    clock = replace(held.clock, promised_at=promised_at, due_at=promised_at)
    case_services.promise_again(held, clock, note, by=by, now=now)
    events.record("dossier.apologised", apology, by=by, at=now, promised=promised_at.isoformat())
