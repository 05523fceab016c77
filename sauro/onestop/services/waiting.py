"""Waiting for the person: ask, add_file, remove_file, complete; ask_fee, paid; withdrawal."""

from collections.abc import Sequence
from datetime import datetime

from sauro.cases import queries as cases
from sauro.cases.rules import Held, check_holds
from sauro.core.actor import Actor
from sauro.core.clock import local, local_day
from sauro.core.commands import command
from sauro.core.errors import Invalid, NotFound, NotNow, NotPermitted
from sauro.core.text import _, tidy
from sauro.documents import services as documents
from sauro.documents.uploads import Source
from sauro.events import services as events
from sauro.onestop import assigning, queries, rules
from sauro.onestop.limits import limit_of
from sauro.onestop.models import Attachment, Dossier, SupplementRequest
from sauro.onestop.rules import State, Verb
from sauro.onestop.services.moving import move_on

_PAPERS = frozenset({Verb.COMPLETE, Verb.COMPLETE_AT_INTAKE})
_MONEY = frozenset({Verb.PAID, Verb.PAID_AT_INTAKE})
_FILES_AT_MOST = 60
_NOT_WAITING = _("Hồ sơ này không chờ bổ sung giấy tờ.")
_NOT_PAYING = _("Hồ sơ này không chờ nộp tiền.")


@command
def ask(
    case_id: int,
    items: Sequence[str],
    reason: str,
    *,
    task_id: int | None = None,
    seen: int | None = None,
    by: Actor,
    now: datetime,
) -> None:
    """Ask the applicant for all that is missing, once and completely (Mẫu 02); time stops.

    :raises Invalid: nothing is asked, or no reason is given
    :raises NotNow: it was asked before in this phase (Decree 118/2025 article 17.2a)
    """
    held = check_holds(by.official_id, cases.lock(case_id, seen=seen), task_id)
    wanted = [tidy(item) for item in items if item.strip()]
    if not wanted:
        raise Invalid(_("Chọn hoặc ghi ít nhất một giấy tờ cần bổ sung."), field="items")
    note = rules.check_note(reason)
    asked = SupplementRequest.objects.filter(dossier_id=case_id).count()
    if asked >= rules.SUPPLEMENTS_AT_MOST.on(local_day(now)):
        raise NotNow(
            _(
                "Hồ sơ này đã yêu cầu bổ sung một lần. Luật chỉ cho yêu cầu một lần, đầy đủ; "
                "hãy giải quyết với giấy tờ đang có hoặc trình không giải quyết, nêu rõ lý do."
            )
        )
    at_intake = held.state == State.REGISTERED
    SupplementRequest.objects.create(
        dossier_id=case_id,
        number=asked + 1,
        items=wanted,
        reason=note,
        asked_at=now,
        asked_by=by.label,
        due_at=rules.supplement_due(queries.calendar(held.unit_id), local(now)),
    )
    verb = Verb.ASK_AT_INTAKE if at_intake else Verb.ASK
    move_on(held, verb, held.clock, by=by, now=now, note=note)


@command
def add_file(
    case_id: int, component: str, content: Source, *, name: str, by: Actor, now: datetime
) -> None:
    """Put a file that was asked for into a dossier; the same file twice is kept once.

    :raises NotPermitted: neither the applicant nor the one who holds the case
    :raises NotNow: the dossier does not wait for papers
    :raises Invalid: too many files, or a file that cannot be taken
    :raises TooLarge: the file is over the limit
    """
    _waiting(cases.lock(case_id), _PAPERS, by)
    if Attachment.objects.filter(dossier_id=case_id).count() >= _FILES_AT_MOST:
        raise Invalid(
            _("Hồ sơ đã có {limit} tệp. Ghép các trang vào một tệp PDF rồi gửi lại."),
            field="files",
            limit=_FILES_AT_MOST,
        )
    stored = documents.store(content, name=name, by=by, now=now)
    attachment, _is_new = Attachment.objects.get_or_create(
        dossier_id=case_id,
        component=component,
        file_id=stored.id,
        defaults={"name": stored.name, "added_at": now, "added_by": by.label},
    )
    events.record(
        "dossier.file_added", attachment, by=by, at=now, case=case_id, component=component
    )


@command
def remove_file(case_id: int, attachment_id: int, *, by: Actor, now: datetime) -> None:
    """Take out a file that was added since the papers were asked for, before they are complete.

    :raises NotFound: the dossier has no such file, or it was there before
    """
    _waiting(cases.lock(case_id), _PAPERS, by)
    asked = SupplementRequest.objects.filter(dossier_id=case_id, completed_at=None).first()
    added = Attachment.objects.filter(dossier_id=case_id, pk=attachment_id)
    fresh = added.filter(added_at__gte=asked.asked_at).first() if asked else None
    if fresh is None:
        raise NotFound(_("Tệp này không có trong lần bổ sung đang làm."))
    events.record("dossier.file_removed", fresh, by=by, at=now, case=case_id, file=fresh.file_id)
    fresh.delete()


@command
def complete(case_id: int, *, by: Actor, now: datetime) -> None:
    """Take the supplement as complete: the legal term starts again, or goes on, as the step has it.

    The applicant says so online, or the clerk who watches the case when papers come in.

    :raises NotPermitted: neither the applicant nor the one who holds the case
    """
    held, verb = _waiting(cases.lock(case_id), _PAPERS, by)
    SupplementRequest.objects.filter(dossier_id=case_id, completed_at=None).update(completed_at=now)
    clock = held.clock
    if clock.started_at is None:
        clock = assigning.started(now, limit_of(case_id), queries.calendar(held.unit_id))
    move_on(held, verb, clock, by=by, now=now, note=_("Đã bổ sung đủ"))


@command
def ask_fee(
    case_id: int,
    note: str,
    *,
    task_id: int | None = None,
    seen: int | None = None,
    by: Actor,
    now: datetime,
) -> None:
    """Tell the applicant what to pay before the work can go on, such as a tax notice (Điều 22).

    :raises Invalid: nothing says what is to be paid and how
    """
    held = check_holds(by.official_id, cases.lock(case_id, seen=seen), task_id)
    note = rules.check_note(note)
    verb = Verb.ASK_FEE_AT_INTAKE if held.state == State.REGISTERED else Verb.ASK_FEE
    move_on(held, verb, held.clock, by=by, now=now, note=note)


@command
def paid(case_id: int, receipt: str, *, seen: int | None = None, by: Actor, now: datetime) -> None:
    """Confirm that the applicant has paid, by the number of the receipt (biên lai, chứng từ).

    :raises NotNow: the dossier does not wait for money
    :raises NotPermitted: only who watches the payment confirms it
    """
    held, verb = _waiting(cases.lock(case_id, seen=seen), _MONEY, by)
    check_holds(by.official_id, held)
    clock = held.clock
    if clock.started_at is None:
        clock = assigning.started(now, limit_of(case_id), queries.calendar(held.unit_id))
    note = _("Đã nộp tiền, chứng từ {receipt}").format(receipt=rules.check_note(receipt))
    move_on(held, verb, clock, by=by, now=now, note=note)


def _waiting(held: Held, verbs: frozenset[Verb], by: Actor) -> tuple[Held, Verb]:
    """Return the case on its task that waits for papers or money, and the verb that ends that.

    :raises NotPermitted: neither the applicant nor the one who watches that task
    :raises NotNow: no open task waits for it
    """
    is_applicant = by.person_id == held.owed_to_id and by.person_id is not None
    if not is_applicant:
        check_holds(by.official_id, held)
    process = cases.process(held.process_id)
    for task in held.tasks:
        for verb in sorted(verbs & set(process.step(task.step).moves)):
            if is_applicant or task.official_id == by.official_id:
                return held.on(task.id), Verb(verb)
    raise NotNow(_NOT_WAITING if verbs is _PAPERS else _NOT_PAYING)


@command
def ask_withdrawal(case_id: int, reason: str, *, by: Actor, now: datetime) -> None:
    """Ask to withdraw an accepted dossier; the agency has yet to agree, so nothing moves.

    :raises NotPermitted: the dossier is not this person's
    :raises NotNow: it has ended, or its result is ready
    """
    held = cases.lock(case_id)
    if by.person_id != held.owed_to_id:
        raise NotPermitted(_("Chỉ người nộp rút được hồ sơ này."))
    if (held.state, Verb.AGREE_WITHDRAWAL) not in rules.WORKFLOW.moves:
        raise NotNow(_("Hồ sơ đã có kết quả hoặc đã kết thúc nên không rút được nữa."))
    dossier = Dossier.objects.get(pk=case_id)
    dossier.withdrawal_asked_at = now
    dossier.withdrawal_reason = reason.strip()[: rules.LONGEST_NOTE]
    dossier.save(update_fields=["withdrawal_asked_at", "withdrawal_reason"])
    events.record("dossier.withdrawal_asked", dossier, by=by, at=now)


@command
def agree_withdrawal(case_id: int, *, seen: int | None = None, by: Actor, now: datetime) -> None:
    """Agree to a withdrawal: papers go back, the dossier ends.

    :raises NotNow: nobody asked for it
    """
    held = check_holds(by.official_id, cases.lock(case_id, seen=seen))
    asked = Dossier.objects.filter(pk=case_id, withdrawal_asked_at__isnull=False).exists()
    if not asked:
        raise NotNow(_("Người nộp chưa đề nghị rút hồ sơ này."))
    move_on(
        held,
        Verb.AGREE_WITHDRAWAL,
        held.clock,
        by=by,
        now=now,
        note=_("Người nộp đề nghị rút"),
    )
