"""Filing: start_draft, answer, attach, detach, submit; receive for papers handed in."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sauro.cases import services as case_services
from sauro.cases.rules import Clock, Process, Step
from sauro.cases.services import NewCase, Opened
from sauro.core.actor import Actor
from sauro.core.clock import local, local_day
from sauro.core.commands import command, command_at_once
from sauro.core.errors import Changed, Invalid, NotFound, NotNow, NotPermitted
from sauro.core.statements import Beside, execute
from sauro.core.text import _, fold, tidy
from sauro.documents import queries as documents_queries
from sauro.documents import services as documents
from sauro.documents.uploads import Source
from sauro.events import services as events
from sauro.forms import queries as forms
from sauro.onestop import assigning, plans, queries, routing, rules, sheets
from sauro.onestop.models import Dossier, Draft, DraftFile
from sauro.onestop.rules import RESULT, Filing, State, Verb

_FILES_AT_MOST = 30


@command
def start_draft(version_id: int, *, by: Actor, now: datetime) -> str:
    """Begin a filing and return the key of its draft; an unsent one of today is taken up again.

    :raises NotPermitted: nobody is signed in, so the draft would be nobody's
    """
    if by.person_id is None:
        raise NotPermitted(_("Đăng nhập để bắt đầu nộp hồ sơ; bản nháp được giữ lại cho bạn."))
    open_draft = Draft.objects.filter(
        person_id=by.person_id, version_id=version_id, case__isnull=True, plan__isnull=True
    )
    draft = open_draft.order_by("-saved_at", "-pk").first()
    if draft:
        return str(draft.key)
    draft = Draft.objects.create(
        key=uuid4(),
        person_id=by.person_id,
        version_id=version_id,
        form_id=forms.in_force(version_id, on=local_day(now)),
        started_at=now,
        saved_at=now,
    )
    events.record("draft.started", draft, by=by, at=now, version=version_id)
    return str(draft.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What one page of the filing says; what is None stays as it was.

    said: all answers to the form so far, those to questions that no longer concern left out.
    """

    component_case: str | None = None
    centre_id: int | None = None
    place_id: int | None = None
    values: Mapping[str, str] | None = None
    said: Mapping[str, object] | None = None


@command
def answer(key: str, given: Answers, *, seen: int, by: Actor, now: datetime) -> int:
    """Save one page of a draft and return its new revision.

    :raises Changed: the draft was saved elsewhere since the page was opened
    :raises NotFound: no such draft, or not this person's
    """
    draft = _own_draft(key, by)
    if draft.revision != seen:
        raise Changed(
            _("Bản nháp vừa được sửa ở nơi khác. Xem lại nội dung mới rồi điền tiếp; chưa ghi gì.")
        )
    if given.component_case is not None:
        draft.component_case = given.component_case
    if given.centre_id is not None:
        draft.centre_id = given.centre_id
    if given.place_id is not None:
        draft.place_id = given.place_id
    if given.values is not None:
        draft.answers = {
            **draft.answers,
            **{k: tidy(v) for k, v in given.values.items()},
        }
    if given.said is not None:
        draft.said = dict(given.said)
    draft.revision += 1
    draft.saved_at = now
    draft.save()
    if draft.plan_id is not None:
        _tell_the_others(draft, draft.plan_id, now)
    events.record("draft.answered", draft, by=by, at=now, revision=draft.revision)
    return draft.revision


def _tell_the_others(draft: Draft, plan_id: int, now: datetime) -> None:
    """Give the other filings of a plan what they do not know yet: nothing is asked twice."""
    known = {name: said for name, said in draft.answers.items() if name in rules.SHARED}
    beside = Draft.objects.select_for_update().filter(plan=plan_id, case__isnull=True)
    for other in beside.exclude(pk=draft.pk).order_by("pk"):
        other.centre_id = other.centre_id or draft.centre_id
        other.place_id = other.place_id or draft.place_id
        other.answers = {**known, **other.answers}
        other.saved_at = now
        other.save(update_fields=["centre", "place", "answers", "saved_at"])


@command
def attach(
    key: str, component: str, content: Source, *, name: str, by: Actor, now: datetime
) -> None:
    """Put a file under a component of a draft; the same file twice is kept once.

    :raises Invalid: too many files, or a file that cannot be taken
    :raises TooLarge: the file is over the limit
    """
    draft = _own_draft(key, by)
    if draft.draftfile_set.count() >= _FILES_AT_MOST:
        raise Invalid(
            _("Hồ sơ đã có {limit} tệp. Ghép các trang vào một tệp PDF rồi gửi lại."),
            limit=_FILES_AT_MOST,
        )
    stored = documents.store(content, name=name, by=by, now=now)
    DraftFile.objects.get_or_create(
        draft=draft,
        component=component,
        file_id=stored.id,
        defaults={"name": stored.name},
    )
    events.record("draft.file_attached", draft, by=by, at=now, component=component, file=stored.id)


@command
def reuse(key: str, component: str, paper_id: int, *, by: Actor, now: datetime) -> None:
    """Put a result that the province gave this person under a component, instead of an upload.

    The signed file itself is used, so the office that receives it can check it again.

    :raises NotFound: no such result is theirs
    """
    draft = _own_draft(key, by)
    dossiers = Dossier.objects.filter(case__owed_to_id=by.person_id).values_list("pk", flat=True)
    found = documents_queries.kept_file(paper_id, sheets.SUBJECT, dossiers)
    if found is None or by.person_id is None:
        raise NotFound(_("Giấy tờ này không có trong kho của Ông/Bà."))
    DraftFile.objects.get_or_create(
        draft=draft, component=component, file_id=found.file_id, defaults={"name": found.name}
    )
    events.record("draft.paper_reused", draft, by=by, at=now, component=component, paper=paper_id)


@command
def detach(key: str, draft_file_id: int, *, by: Actor, now: datetime) -> None:
    """Take a file out of a draft.

    :raises NotFound: the draft has no such file
    """
    draft = _own_draft(key, by)
    gone, _per_model = DraftFile.objects.filter(draft=draft, pk=draft_file_id).delete()
    if not gone:
        raise NotFound(_("Tệp này không còn trong bản nháp."))
    events.record("draft.file_detached", draft, by=by, at=now, file=draft_file_id)


@command
def submit(key: str, *, by: Actor, now: datetime) -> str:
    """Send a draft and return the dossier's code; sending it again returns the same code.

    :raises Invalid: something is still missing; the sentence says what
    :raises NotNow: it waits for the result of another filing of its plan
    """
    draft = _own_draft(key, by)
    if draft.case_id is not None:
        return queries.code_of(draft.case_id)
    if draft.after_id is not None:
        raise NotNow(_("Việc này tự gửi khi có kết quả của việc trước trong kế hoạch."))
    return _send(draft, by, now)


@command
def submit_after(draft_id: int, *, by: Actor, now: datetime) -> str:
    """Send a filing of a plan whose earlier result is there, with that result, by itself.

    Returns the dossier's code; again, the same code. The signed result lies under each paper for
    which the person said so, and beside the papers where they said it of none. A result that was
    handed over on paper alone does not hold the filing up: the person has it and brings it.

    :raises Invalid: something is missing, so the person must look at it again
    :raises NotNow: the result is not there yet, or the person did not send the plan
    """
    draft = Draft.objects.select_for_update().get(pk=draft_id)
    if draft.case_id is not None:
        return queries.code_of(draft.case_id)
    paper = plans.result_before(draft_id)
    if draft.agreed_at is None or not (paper or plans.was_handed_over(draft_id)):
        raise NotNow(_("Việc trước trong kế hoạch chưa có kết quả."))
    if paper is not None:
        said = [name.removeprefix("paper.") for name, how in draft.answers.items() if how == RESULT]
        for component in said or [plans.EARLIER]:
            DraftFile.objects.get_or_create(
                draft=draft,
                component=component,
                file_id=paper.file_id,
                defaults={"name": paper.name},
            )
    return _send(draft, by, now)


def _send(draft: Draft, by: Actor, now: datetime) -> str:
    filing = queries.filing_of_draft(draft.pk)
    opened = _open(filing, State.REGISTERED, by=by, now=now)
    execute(_MOVE_FILES, {"case": opened.id, "draft": draft.pk, "now": now, "by": by.label})
    draft.case_id = opened.id
    draft.saved_at = now
    draft.save(update_fields=["case", "saved_at"])
    events.record("draft.submitted", draft, by=by, at=now, case=opened.id)
    return opened.code


@command_at_once
def receive(filing: Filing, *, by: Actor, now: datetime) -> Opened:
    """Take in complete papers at a counter or from the post: legal time starts (Mẫu 01).

    :raises NotPermitted: the official does not work at that centre
    """
    if by.official_id is None or by.office_id != filing.centre_id:
        raise NotPermitted(_("Chỉ cán bộ của Trung tâm này tiếp nhận được hồ sơ tại quầy."))
    return _open(filing, State.ACCEPTED, by=by, now=now)


@command_at_once
def register(filing: Filing, *, by: Actor, now: datetime) -> Opened:
    """Register a filing that came in whole from elsewhere, such as another system or a replay."""
    return _open(filing, State.REGISTERED, by=by, now=now)


def _own_draft(key: str, by: Actor) -> Draft:
    """Lock and return a draft of this person; a stranger's and a missing one look the same."""
    mine = Draft.objects.select_for_update().filter(person_id=by.person_id or 0)
    draft = mine.filter(key=key).first() if queries.is_key(key) else None
    if draft is None:
        raise NotFound(_("Không có bản nháp này, hoặc bản nháp thuộc tài khoản khác."))
    return draft


# The facts are one parameter: of a statement with more than fifty the driver keeps no plan.
_DOSSIER = """
INSERT INTO onestop_dossier (case_id, version_id, channel, name, pid, phone, email, address,
    folded, component_case, answers, form_id, said, copies, return_by, fee, fee_note,
    limit_value, limit_unit, limit_source, limit_published, route,
    proposal, draft, withdrawal_reason, is_synthetic)
SELECT opened.id, f.version_id, f.channel, f.name, f.pid, f.phone, f.email, f.address,
    f.folded, f.component_case, f.answers, f.form_id, f.said, 1, f.return_by, f.fee, f.fee_note,
    f.limit_value, f.limit_unit, f.limit_source, f.limit_published, %(route)s::jsonb,
    '', '', '', f.is_synthetic
FROM opened, jsonb_populate_record(NULL::onestop_dossier, %(facts)s::jsonb) AS f
"""
_MOVE_FILES = """
INSERT INTO onestop_attachment (dossier_id, file_id, component, name, added_at, added_by)
SELECT %(case)s, file_id, component, name, %(now)s, %(by)s
FROM onestop_draftfile WHERE draft_id = %(draft)s
"""


def _open(filing: Filing, state: State, *, by: Actor, now: datetime) -> Opened:
    """Open the case of a filing and keep what was filed."""
    day = local_day(now)
    desk = routing.desk(day)
    route = routing.route(filing.version_id, filing.place_id, on=day)
    seed = filing.applicant.person_id + int(now.timestamp())
    process = routing.process(route.procedure, on=day)
    limit = routing.limit(route, filing.channel, on=day)
    if state is State.REGISTERED:
        clock = Clock(due_at=rules.reply_due(desk.calendars.of(filing.centre_id), local(now)))
        step = process.first
    else:
        clock = assigning.started(now, limit, desk.calendars.of(route.unit_id))
        step = _after_acceptance(process)
    at = assigning.Offices(filing.centre_id, route.unit_id, route.authority_id)
    return case_services.open_case(
        NewCase(
            kind=rules.DOSSIER.code,
            state=state,
            title=route.title,
            code_prefix=rules.code_prefix(desk.roster.office(filing.centre_id).code, day),
            process_id=process.id,
            owed_to_id=filing.applicant.person_id,
            place_id=filing.place_id,
            door_id=at.door,
            unit_id=at.unit,
            authority_id=at.authority,
            clock=clock,
            task=assigning.task(step, at, seed, clock, limit, desk=desk, now=now),
        ),
        Beside(_DOSSIER, _facts(filing, route, limit)),
        by=by,
        now=now,
    )


def _after_acceptance(process: Process) -> Step:
    steps = process.after(process.first.key, Verb.ACCEPT)
    if not steps:
        raise ValueError(f"process {process.code} ends at acceptance")
    return steps[0]


def _facts(filing: Filing, route: routing.Route, limit: rules.Limit) -> dict[str, object]:
    who = filing.applicant
    fee = route.fees[filing.channel]
    facts = {
        "version_id": filing.version_id,
        "channel": filing.channel.value,
        "name": who.name,
        "pid": who.pid,
        "phone": who.phone,
        "email": who.email,
        "address": who.address,
        "folded": fold(who.name),
        "component_case": filing.component_case,
        "answers": dict(filing.answers or {}),
        "form_id": filing.form_id,
        "said": dict(filing.said or {}),
        "return_by": filing.return_by.value,
        "fee": fee.amount,
        "fee_note": fee.note,
        "limit_value": limit.term.value,
        "limit_unit": limit.term.unit.value,
        "limit_source": limit.source,
        "limit_published": limit.published,
        "is_synthetic": filing.is_synthetic,
    }
    return {"facts": json.dumps(facts), "route": route.explained}
