"""Reading dossiers and drafts. Who may see what is part of every question."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from sauro.cases.queries import NO_SUCH_CASE, has_branch
from sauro.core.actor import Actor
from sauro.core.errors import Invalid, NotFound
from sauro.core.explain import Explanation, from_data
from sauro.core.text import _, fold
from sauro.core.workdays import Term, Unit, WorkingCalendar
from sauro.offices import queries as offices
from sauro.onestop import rules
from sauro.onestop.models import Apology, Attachment, Dossier, Draft, Rating, SupplementRequest
from sauro.onestop.rules import Applicant, Channel, Filing, Limit, ReturnBy
from sauro.people import queries as people

_NO_DRAFT = _("Không có bản nháp này, hoặc bản nháp thuộc tài khoản khác.")


def is_key(key: str) -> bool:
    """Test whether `key` has the shape of a draft's key."""
    try:
        uuid.UUID(key)
    except ValueError:
        return False
    return True


def calendar(office_id: int) -> WorkingCalendar:
    """Return the working calendar of an office. No query while nothing changed."""
    return offices.working_calendar(office_id)


def code_of(case_id: int) -> str:
    """Return a dossier's code. One query."""
    return Dossier.objects.values_list("case__code", flat=True).get(pk=case_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """A file of a draft or dossier, under its component."""

    id: int
    file_id: int
    component: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPage:
    """A draft as its owner fills it in. code: of the dossier it became, "" before.

    plan: the key of the plan it is part of, if any; after: the version whose result it waits for.
    """

    key: str
    version_id: int
    component_case: str
    centre_id: int | None
    place_id: int | None
    answers: Mapping[str, str]
    form_id: int | None
    said: Mapping[str, object]
    revision: int
    saved_at: datetime
    code: str
    files: Sequence[FileRow]
    plan: str
    after: int | None


def draft(actor: Actor, key: str) -> DraftPage:
    """Return a draft of this person. Two queries.

    :raises NotFound: no such draft, or somebody else's; the two look the same
    """
    mine = Draft.objects.filter(person_id=actor.person_id or 0).select_related(
        "case", "plan", "after"
    )
    row = mine.filter(key=key).first() if is_key(key) else None
    if row is None:
        raise NotFound(_NO_DRAFT)
    files = row.draftfile_set.order_by("pk").values_list("pk", "file_id", "component", "name")
    return DraftPage(
        key=str(row.key),
        version_id=row.version_id,
        component_case=row.component_case,
        centre_id=row.centre_id,
        place_id=row.place_id,
        answers=row.answers,
        form_id=row.form_id,
        said=row.said,
        revision=row.revision,
        saved_at=row.saved_at,
        code=row.case.code if row.case else "",
        files=[FileRow(id=f[0], file_id=f[1], component=f[2], name=f[3]) for f in files],
        plan=str(row.plan.key) if row.plan else "",
        after=row.after.version_id if row.after else None,
    )


def filing_of_draft(draft_id: int) -> Filing:
    """Return what a draft files. Two queries.

    :raises Invalid: a place or a centre is still to be chosen, or the name is missing
    """
    row = Draft.objects.get(pk=draft_id)
    if row.centre_id is None:
        raise Invalid(_("Chọn Trung tâm nhận hồ sơ."), field="centre")
    if row.place_id is None:
        raise Invalid(_("Chọn xã, phường nơi có việc."), field="place")
    person = people.person(row.person_id)
    given = row.answers
    return Filing(
        version_id=row.version_id,
        centre_id=row.centre_id,
        place_id=row.place_id,
        applicant=Applicant(
            person_id=person.id,
            name=person.name,
            pid=person.pid,
            phone=given.get("phone") or person.phone,
            email=given.get("email") or person.email,
            address=given.get("address") or person.address,
        ),
        channel=Channel.ONLINE,
        component_case=row.component_case,
        answers={k: v for k, v in given.items() if k not in {"phone", "email", "address"}},
        form_id=row.form_id,
        said=row.said,
        return_by=ReturnBy(given.get("return_by", ReturnBy.CENTRE)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementRow:
    """What was asked of the applicant."""

    items: Sequence[str]
    reason: str
    asked_at: datetime
    asked_by: str
    due_at: datetime
    completed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierPage:
    """A dossier with everything that was filed and asked; the tasks are in `cases.queries`."""

    case_id: int
    code: str
    title: str
    state: str
    step: str
    case_version: int
    process_id: int
    owed_to_id: int
    place_id: int
    door_id: int
    unit_id: int
    authority_id: int
    opened_at: datetime
    due_at: datetime
    started_at: datetime | None
    legal_due_at: datetime | None
    promised_at: datetime | None
    paused_at: datetime | None
    finished_at: datetime | None
    ended_at: datetime | None
    outcome: str
    version_id: int
    channel: str
    name: str
    pid: str
    phone: str
    email: str
    address: str
    component_case: str
    answers: Mapping[str, str]
    form_id: int | None
    said: Mapping[str, object]
    return_by: str
    fee: int
    fee_note: str
    limit: Limit
    route: Explanation
    proposal: str
    draft: str
    withdrawal_asked_at: datetime | None
    withdrawal_reason: str
    is_synthetic: bool
    supplement: SupplementRow | None
    apology: tuple[str, datetime, datetime] | None
    rating: int | None
    files: Sequence[FileRow]

    @property
    def waits_for_papers(self) -> bool:
        """Test whether the applicant was asked for papers, even while other branches work on."""
        is_asked = self.supplement is not None and self.supplement.completed_at is None
        return is_asked and self.ended_at is None


def dossier_for(actor: Actor, code: str, *, shown: frozenset[str] = frozenset()) -> DossierPage:
    """Return a dossier that this actor may see. Five queries.

    The applicant sees their own; an official one that their office receives, handles or
    decides, or has a branch of (one query more); anyone else only those whose code is in
    `shown`, because they gave the code and the last four digits of the applicant's number.

    :raises NotFound: no such dossier, or not theirs to see; the two look the same
    """
    code = rules.tidy_code(code)
    row = Dossier.objects.select_related("case").filter(case__code=code).first()
    if row is None or not (code in shown or _may_see(actor, row)):
        raise NotFound(NO_SUCH_CASE)
    return _page(row)


def _may_see(actor: Actor, row: Dossier) -> bool:
    case = row.case
    if actor.person_id is not None and actor.person_id == case.owed_to_id:
        return True
    if actor.office_id is None:
        return False
    above = offices.office(case.unit_id).parent_id
    own = {case.door_id, case.unit_id, case.authority_id, above}
    return actor.office_id in own or has_branch(row.pk, actor.office_id)


def may_track(code: str, last_digits: str) -> bool:
    """Test whether `last_digits` are the last four of the applicant's number. One query.

    A wrong code and wrong digits answer alike; the caller limits the number of tries.
    """
    found = Dossier.objects.filter(case__code=rules.tidy_code(code))
    pid = found.values_list("pid", flat=True).first()
    digits = last_digits.strip()
    return bool(pid) and len(digits) == 4 and str(pid).endswith(digits)  # noqa: PLR2004


_CASE_FIELDS = (
    "code",
    "title",
    "state",
    "step",
    "process_id",
    "owed_to_id",
    "place_id",
    "door_id",
    "unit_id",
    "authority_id",
    "opened_at",
    "due_at",
    "started_at",
    "legal_due_at",
    "promised_at",
    "paused_at",
    "finished_at",
    "ended_at",
    "outcome",
)
_DOSSIER_FIELDS = (
    "version_id",
    "channel",
    "name",
    "pid",
    "phone",
    "email",
    "address",
    "component_case",
    "answers",
    "form_id",
    "said",
    "return_by",
    "fee",
    "fee_note",
    "proposal",
    "draft",
    "withdrawal_asked_at",
    "withdrawal_reason",
    "is_synthetic",
)


def _page(row: Dossier) -> DossierPage:
    asked = SupplementRequest.objects.filter(dossier=row).order_by("-number").first()
    apology = Apology.objects.filter(dossier=row).first()
    rating = Rating.objects.filter(dossier=row).values_list("score", flat=True).first()
    files = Attachment.objects.filter(dossier=row).order_by("pk")
    return DossierPage(
        case_id=row.pk,
        case_version=row.case.version,
        limit=Limit(
            Term(row.limit_value, Unit(row.limit_unit)), row.limit_source, row.limit_published
        ),
        route=from_data(row.route),
        supplement=SupplementRow(
            items=asked.items,
            reason=asked.reason,
            asked_at=asked.asked_at,
            asked_by=asked.asked_by,
            due_at=asked.due_at,
            completed_at=asked.completed_at,
        )
        if asked
        else None,
        apology=(apology.reason, apology.promised_before, apology.promised_after)
        if apology
        else None,
        rating=rating,
        files=[
            FileRow(id=f.pk, file_id=f.file_id, component=f.component, name=f.name) for f in files
        ],
        **{name: getattr(row.case, name) for name in _CASE_FIELDS},
        **{name: getattr(row, name) for name in _DOSSIER_FIELDS},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierRow:
    """One line of a list of dossiers."""

    case_id: int
    code: str
    title: str
    who: str
    state: str
    opened_at: datetime
    due_at: datetime
    promised_at: datetime | None
    paused_at: datetime | None
    finished_at: datetime | None
    ended_at: datetime | None


_LIST = """
SELECT c.id AS case_id, c.code, c.title, d.name AS who, c.state, c.opened_at, c.due_at,
       c.promised_at, c.paused_at, c.finished_at, c.ended_at
FROM cases_case c JOIN onestop_dossier d ON d.case_id = c.id
WHERE {where} ORDER BY c.opened_at DESC, c.id DESC LIMIT %(limit)s
"""


def dossiers_of(person_id: int, *, limit: int = 50) -> list[DossierRow]:
    """Return a person's own dossiers, newest first. One query."""
    return _list("c.owed_to_id = %(person)s", {"person": person_id, "limit": limit})


def search(actor: Actor, text: str, *, limit: int = 20) -> list[DossierRow]:
    """Return dossiers of the actor's offices by code or by name, newest first. One query.

    A visitor or a citizen finds nothing here; they track by code.
    """
    if actor.office_id is None or not fold(text):
        return []
    mine = "%(office)s IN (c.door_id, c.unit_id, c.authority_id)"
    given: dict[str, Any] = {"office": actor.office_id, "limit": limit}
    if any(char.isdigit() for char in text):
        given["code"] = f"%{rules.tidy_code(text)}%"
        return _list(f"{mine} AND c.code LIKE %(code)s", given)
    given["name"] = f"%{fold(text)}%"
    return _list(f"{mine} AND d.folded LIKE %(name)s", given)


def _list(where: str, given: Mapping[str, Any]) -> list[DossierRow]:
    with connection.cursor() as cursor:
        cursor.execute(_LIST.format(where=where), given)
        names = [column.name for column in cursor.description]
        return [DossierRow(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsSubject:
    """Whom the news of a dossier is for, and what it is about."""

    person_id: int
    code: str
    title: str
    promised_at: datetime | None


def news_subjects(case_ids: Sequence[int]) -> dict[int, NewsSubject]:
    """Return whom to tell about these dossiers, by case; synthetic ones are left out. One query."""
    rows = Dossier.objects.filter(pk__in=case_ids, is_synthetic=False).values_list(
        "pk", "case__owed_to_id", "case__code", "case__title", "case__promised_at"
    )
    return {
        pk: NewsSubject(person_id=person, code=code, title=title, promised_at=promised)
        for pk, person, code, title, promised in rows
    }
