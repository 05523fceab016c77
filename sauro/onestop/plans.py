"""Plans of several filings, drafts, and what a person said before: read-only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sauro.core.actor import Actor
from sauro.core.errors import NotFound
from sauro.core.text import _
from sauro.documents import queries as documents
from sauro.documents.queries import KeptFile
from sauro.onestop import queries, sheets
from sauro.onestop.models import Dossier, Draft, Plan
from sauro.onestop.rules import ENDED, Outcome, State

EARLIER = "earlier"  # where the result of an earlier filing lies if no paper asked for it
_REMEMBERED = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedFiling:
    """One filing of a plan. code, state: of the dossier it became, "" before.

    after: the version whose result it waits for; agreed: it goes by itself.
    """

    id: int
    key: str
    version_id: int
    after: int | None
    agreed: bool
    code: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage:
    """A plan as its owner sees it, its filings in order."""

    key: str
    event: str
    started_at: datetime
    sent_at: datetime | None
    filings: Sequence[PlannedFiling]


def plan(actor: Actor, key: str) -> PlanPage:
    """Return a plan of this person. Two queries.

    :raises NotFound: no such plan, or somebody else's; the two look the same
    """
    mine = Plan.objects.filter(person_id=actor.person_id or 0)
    row = mine.filter(key=key).first() if queries.is_key(key) else None
    if row is None:
        raise NotFound(_("Không có kế hoạch này, hoặc kế hoạch thuộc tài khoản khác."))
    drafts = Draft.objects.filter(plan=row).select_related("case", "after").order_by("pk")
    return PlanPage(
        key=str(row.key),
        event=row.event,
        started_at=row.started_at,
        sent_at=row.sent_at,
        filings=[
            PlannedFiling(
                id=draft.pk,
                key=str(draft.key),
                version_id=draft.version_id,
                after=draft.after.version_id if draft.after else None,
                agreed=draft.agreed_at is not None,
                code=draft.case.code if draft.case else "",
                state=draft.case.state if draft.case else "",
            )
            for draft in drafts
        ],
    )


def plans_of(person_id: int, *, limit: int = 5) -> list[tuple[str, str, datetime]]:
    """Return (key, event, started at) of a person's plans, newest first. One query."""
    rows = Plan.objects.filter(person_id=person_id).order_by("-started_at", "-pk")
    found = rows.values_list("key", "event", "started_at")[:limit]
    return [(str(key), event, started) for key, event, started in found]


def drafts_of(person_id: int, *, limit: int = 20) -> list[tuple[str, int, datetime]]:
    """Return (key, version id, saved at) of drafts of their own, newest first. One query."""
    rows = Draft.objects.filter(person_id=person_id, case__isnull=True, plan__isnull=True)
    found = rows.order_by("-saved_at", "-pk").values_list("key", "version_id", "saved_at")
    return [(str(key), version, saved) for key, version, saved in found[:limit]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A filing that the person sent and that waits. is_ready: what it waits for has ended well."""

    draft_id: int
    person_id: int
    plan: str
    before: str
    is_ready: bool


def settled() -> list[Waiting]:
    """Return the filings that wait for a dossier which has ended, longest first. One query."""
    rows = Draft.objects.filter(
        agreed_at__isnull=False,
        case__isnull=True,
        after__case__state__in=[*ENDED, State.DONE],
    ).order_by("agreed_at", "pk")
    found = rows.values_list(
        "pk", "person_id", "plan__key", "after__case__title", "after__case__outcome"
    )
    return [
        Waiting(
            draft_id=pk,
            person_id=person,
            plan=str(key),
            before=title,
            is_ready=outcome == Outcome.GRANTED,
        )
        for pk, person, key, title, outcome in found
    ]


def was_handed_over(draft_id: int) -> bool:
    """Test whether the result that a filing waits for is in the person's hands. One query."""
    done = Draft.objects.filter(pk=draft_id, after__case__outcome=Outcome.GRANTED)
    return done.filter(after__case__state=State.RETURNED).exists()


def result_before(draft_id: int) -> KeptFile | None:
    """Return the signed result that a filing waits for, once it is whole. Three queries at most."""
    before = Draft.objects.filter(pk=draft_id, after__case__outcome=Outcome.GRANTED)
    case_id = before.values_list("after__case_id", flat=True).first()
    if case_id is None:
        return None
    whole = [p for p in documents.signed_papers(sheets.SUBJECT, [case_id]) if p.is_complete]
    return documents.kept_file(whole[0].id, sheets.SUBJECT, [case_id]) if whole else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """What a person said in an earlier filing. code: its dossier's, "" within the same plan."""

    code: str
    said: Mapping[str, object]
    on: datetime


def remembered(person_id: int, key: str) -> list[Remembered]:
    """Return what a person said before: in this draft's plan, then in dossiers, newest first.

    Two queries.
    """
    beside = Draft.objects.filter(plan__draft__key=key, plan__person_id=person_id)
    drafts = beside.exclude(key=key).exclude(said={}).order_by("-saved_at")
    found = [
        Remembered(code="", said=said, on=on) for said, on in drafts.values_list("said", "saved_at")
    ]
    past = Dossier.objects.filter(case__owed_to_id=person_id).exclude(said={})
    rows = past.order_by("-case__opened_at", "-pk").values_list(
        "case__code", "said", "case__opened_at"
    )
    return found + [
        Remembered(code=code, said=said, on=on) for code, said, on in rows[:_REMEMBERED]
    ]
