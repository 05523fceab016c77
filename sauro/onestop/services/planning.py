"""Plans: begin, leave_out, send, go_on. Several filings of one event, answered and sent as one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sauro.core.actor import Actor
from sauro.core.clock import local_day
from sauro.core.commands import command
from sauro.core.errors import Invalid, NotFound, NotNow, NotPermitted
from sauro.core.text import _
from sauro.events import services as events
from sauro.forms import queries as forms
from sauro.notices import services as notices
from sauro.onestop import queries
from sauro.onestop.models import Draft, Plan
from sauro.onestop.rules import RESULT
from sauro.onestop.services import filing


@dataclass(frozen=True, slots=True)
class Part:
    """One filing of a plan. after: which part, by number from 0, gives the result it needs."""

    version_id: int
    after: int | None = None


@command
def begin(event: str, parts: Sequence[Part], *, by: Actor, now: datetime) -> str:
    """Begin a plan with these filings and return its key; an unsent one is taken up again.

    :raises NotPermitted: nobody is signed in
    :raises Invalid: no filing was chosen, or a part waits for one that comes later
    """
    if by.person_id is None:
        raise NotPermitted(_("Đăng nhập để bắt đầu; kế hoạch được giữ lại cho bạn."))
    if not parts:
        raise Invalid(_("Chọn ít nhất một việc."), field="viec")
    for number, part in enumerate(parts):
        if part.after is not None and not 0 <= part.after < number:
            raise ValueError(f"part {number} waits for {part.after}")
    unsent = Plan.objects.filter(person_id=by.person_id, event=event, sent_at__isnull=True)
    known = unsent.order_by("-started_at", "-pk").first()
    if known:
        return str(known.key)
    plan = Plan.objects.create(key=uuid4(), person_id=by.person_id, event=event, started_at=now)
    drafts: list[Draft] = []
    for part in parts:
        draft = Draft.objects.create(
            key=uuid4(),
            person_id=by.person_id,
            version_id=part.version_id,
            form_id=forms.in_force(part.version_id, on=local_day(now)),
            started_at=now,
            saved_at=now,
            plan=plan,
            after=None if part.after is None else drafts[part.after],
        )
        drafts.append(draft)
    events.record("plan.started", plan, by=by, at=now, drafts=[draft.pk for draft in drafts])
    return str(plan.key)


@command
def leave_out(key: str, draft_id: int, *, by: Actor, now: datetime) -> None:
    """Take a filing out of a plan; what waited for it waits no more.

    :raises NotFound: no such plan or filing, or not this person's
    :raises NotNow: the filing is a dossier already
    :raises Invalid: it is the last one
    """
    plan = _own(key, by)
    drafts = list(Draft.objects.select_for_update().filter(plan=plan))
    gone = next((draft for draft in drafts if draft.pk == draft_id), None)
    if gone is None:
        raise NotFound(_("Kế hoạch không có việc này."))
    if gone.case_id is not None:
        raise NotNow(_("Việc này đã nộp. Muốn thôi, mở hồ sơ và chọn rút hồ sơ."))
    if len(drafts) == 1:
        raise Invalid(_("Kế hoạch phải còn ít nhất một việc."))
    Draft.objects.filter(after=gone).update(agreed_at=None)
    gone.delete()
    events.record("plan.part_left_out", plan, by=by, at=now, version=gone.version_id)


@command
def send(key: str, *, by: Actor, now: datetime) -> list[str]:
    """Send a plan and return the codes of the dossiers filed now; the rest go by themselves.

    Sending again files only what is not yet filed.

    :raises NotFound: no such plan, or not this person's
    :raises Invalid: something is missing in one of its filings
    """
    plan = _own(key, by)
    codes = []
    for draft in Draft.objects.select_for_update().filter(plan=plan).order_by("pk"):
        if draft.after_id is None:
            codes.append(filing.submit(str(draft.key), by=by, now=now))
        elif draft.case_id is None:
            queries.filing_of_draft(draft.pk)
            draft.agreed_at = draft.agreed_at or now
            draft.save(update_fields=["agreed_at"])
    plan.sent_at = plan.sent_at or now
    plan.save(update_fields=["sent_at"])
    events.record("plan.sent", plan, by=by, at=now, codes=codes)
    return codes


@command
def give_back(draft_id: int, reason: str, *, by: Actor, now: datetime) -> None:
    """Put a filing that cannot go by itself back into its person's hands, and tell them why.

    :raises NotNow: it does not wait any more
    """
    draft = Draft.objects.select_for_update().get(pk=draft_id)
    if draft.plan is None or draft.agreed_at is None or draft.case_id is not None:
        raise NotNow(_("Việc này không còn chờ."))
    draft.agreed_at = None
    draft.after = None
    draft.answers = {name: how for name, how in draft.answers.items() if how != RESULT}
    draft.revision += 1
    draft.save(update_fields=["agreed_at", "after", "answers", "revision"])
    notices.tell(
        draft.person_id,
        key=f"plan-part-{draft.pk}-{draft.revision}",
        subject=_("Một việc trong kế hoạch cần bạn xem lại"),
        body=reason,
        link=f"/ke-hoach/{draft.plan.key}",
        by=by,
        now=now,
    )
    events.record("plan.part_given_back", draft, by=by, at=now, reason=reason)


def _own(key: str, by: Actor) -> Plan:
    """Lock and return a plan of this person; a stranger's and a missing one look the same."""
    mine = Plan.objects.select_for_update().filter(person_id=by.person_id or 0)
    plan = mine.filter(key=key).first() if queries.is_key(key) else None
    if plan is None:
        raise NotFound(_("Không có kế hoạch này, hoặc kế hoạch thuộc tài khoản khác."))
    return plan
