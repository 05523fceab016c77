"""One dossier: everything of it on one page, its files and papers, and the decision."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from sauro.cases.picture import picture
from sauro.core.clock import local_day
from sauro.core.errors import Changed, Invalid, NotFound, NotNow, Refusal
from sauro.core.pages import OFFICIALS, Request, page
from sauro.core.text import _
from sauro.desk import forms, rules, signing
from sauro.desk.forms import Decision
from sauro.desk.queries import marking, sheet
from sauro.desk.queries.panes import panes
from sauro.desk.queries.queue import Queue, queue
from sauro.desk.rules import Action
from sauro.desk.services import printing, taking, visiting
from sauro.desk.views import done
from sauro.documents import queries as documents
from sauro.documents import serving
from sauro.documents.rules import Form
from sauro.onestop import queries as onestop
from sauro.onestop.pauses import BY_WORD, REASONS
from sauro.onestop.rules import Outcome
from sauro.onestop.services import handling, intake, papers, pausing, returning, waiting

_NO_SUCH_ACTION = _("Không có việc này trên hồ sơ. Mở lại hồ sơ rồi chọn việc.")


@page(open_to=OFFICIALS)
def show(request: Request, code: str) -> HttpResponse:
    """Show a dossier beside the queue."""
    return _shown(request, code)


def show_again(request: Request, code: str, refusal: Refusal, action: str) -> HttpResponse:
    """Show a dossier as it is now, with why the decision was not made and what was typed."""
    return _shown(request, code, refusal=refusal, action=action)


def opened(request: Request, code: str, mine: Queue) -> HttpResponse:
    """Show the queue with its first dossier open beside it; on a phone, the queue alone."""
    return _shown(request, code, mine=mine)


def _shown(
    request: Request,
    code: str,
    *,
    refusal: Refusal | None = None,
    action: str = "",
    mine: Queue | None = None,
) -> HttpResponse:
    at_home = mine is not None
    mine = mine or queue(request.actor, now=request.now)
    task_id = forms.key(request.POST.get("task") or request.GET.get("viec"))
    whole = sheet.sheet(request.actor, code, task_id=task_id, now=request.now)
    first = mine.next_after()
    asked = at_home or bool(request.GET.get("tiep"))
    is_first = asked and first is not None and first.code == whole.code
    context = {
        "sheet": whole,
        "signs": settings.SIGNS_RESULTS,
        "dossier": whole.dossier,
        "queue": mine,
        "at_home": at_home,
        "why": mine.reason(first) if first and is_first else "",
        "panes": panes(whole, request.GET.get("giay", "")),
        "done": done.read(request.GET.get("xong", "")),
        "grounds": rules.GROUNDS,
        "pauses": {reason.value: REASONS[reason] for reason in BY_WORD},
        "refusal": refusal,
        "action": action,
        "typed": request.POST if refusal else {},
        "chosen": request.POST.getlist("items"),
    }
    status = refusal.status if refusal else 200
    return render(request, "desk/dossier.html", context, status=status)


@page(open_to=OFFICIALS)
def drawn(request: Request, code: str) -> HttpResponse:
    """Show the whole process of a dossier as a picture, with where the dossier stands."""
    dossier = onestop.dossier_for(request.actor, code)
    process, marks = marking.marked(dossier, now=request.now)
    context = {"dossier": dossier, "process": process, "picture": picture(process, marks)}
    return render(request, "desk/drawn.html", context)


@page(open_to=OFFICIALS)
def file(request: Request, code: str, file_id: int) -> FileResponse:
    """Send a file of a dossier to be looked at, never to be run."""
    row = sheet.file_of(request.actor, code, file_id)
    path, media_type = documents.open_file(row.file_id)
    return serving.respond(path, media_type, row.name, inline=True)


@page(open_to=OFFICIALS)
def paper(request: Request, code: str, form: str) -> FileResponse:
    """Send a paper of a dossier as PDF, printing it if it was not printed yet."""
    dossier = onestop.dossier_for(request.actor, code)
    if form in _PAPERS:
        printed = _PAPERS[form](dossier.case_id, by=request.actor, now=request.now)
    elif form in _SLIPS:
        printed = printing.print_slip(code, _SLIPS[form], by=request.actor, now=request.now)
    else:
        raise NotFound(_("Không có loại giấy này. Mở lại hồ sơ để xem các giấy đã có."))
    path, media_type = documents.open_file(printed.file_id)
    return serving.respond(path, media_type, printed.file_name, inline=True)


_PAPERS = {
    "mau-01": papers.receipt,
    "mau-04": papers.apology,
    "ket-qua": papers.result,
}
_SLIPS = {
    "mau-02": Form.MAU_02,
    "mau-03": Form.MAU_03,
    "mau-05": Form.MAU_05,
    "mau-06": Form.MAU_06,
}


@page(open_to=OFFICIALS)
@require_POST
def decide(request: Request, code: str, action: str) -> HttpResponse:
    """Make a decision and open the next dossier, with a line that says what was done."""
    dossier = onestop.dossier_for(request.actor, code)
    act = _ACTS.get(action)
    if act is None:
        raise NotFound(_NO_SUCH_ACTION)
    try:
        given = forms.decision(request.POST)
        given = replace(given, items=sheet.named(dossier, given.items))
        said = act(dossier.case_id, given, request)
    except (Changed, Invalid, NotNow) as refusal:
        return show_again(request, code, refusal, action)
    line = done.sign(dossier.code, said or rules.SAID[action])
    first = queue(request.actor, now=request.now).next_after(dossier.code)
    if first is None:
        return redirect(f"{reverse('desk:home')}?xong={line}")
    return redirect(f"{reverse('desk:dossier', args=[first.code])}?tiep=1&xong={line}")


_Act = Callable[[int, Decision, Request], str | None]


def _approve(case_id: int, given: Decision, request: Request) -> None:
    signing.sign(case_id, given.pin, seen=given.seen, by=request.actor, now=request.now)


def _issue(case_id: int, given: Decision, request: Request) -> None:
    signing.stamp(case_id, given.pin, seen=given.seen, by=request.actor, now=request.now)


def _take_in(case_id: int, given: Decision, request: Request) -> str:
    went = taking.take_in(case_id, seen=given.seen, by=request.actor, now=request.now)
    return _("Đã tiếp nhận và chuyển xử lý") if went else _("Đã tiếp nhận, sáng mai chuyển xử lý")


def _propose(outcome: Outcome) -> _Act:
    def propose(case_id: int, given: Decision, request: Request) -> None:
        handling.propose(
            case_id, outcome, given.draft, seen=given.seen, by=request.actor, now=request.now
        )

    return propose


def _ask(case_id: int, given: Decision, request: Request) -> None:
    waiting.ask(
        case_id,
        given.items,
        given.note,
        task_id=given.task_id,
        seen=given.seen,
        by=request.actor,
        now=request.now,
    )


def _reject(case_id: int, given: Decision, request: Request) -> None:
    intake.reject(case_id, forms.reason(given), seen=given.seen, by=request.actor, now=request.now)


def _visit(case_id: int, given: Decision, request: Request) -> None:
    upload = request.FILES.get("minutes")
    visiting.record_visit(
        case_id,
        forms.day_of(given.visited_on, local_day(request.now)),
        given.note,
        (upload, upload.name or "") if isinstance(upload, UploadedFile) else None,
        task_id=given.task_id,
        seen=given.seen,
        by=request.actor,
        now=request.now,
    )


def _pause(case_id: int, given: Decision, request: Request) -> None:
    reason, expected_on = forms.pause_of(given)
    pausing.pause(
        case_id,
        reason,
        given.note,
        expected_on,
        seen=given.seen,
        by=request.actor,
        now=request.now,
    )


def _plain(command: Callable[..., object]) -> _Act:
    """Return the act of a command that needs nothing but the version seen."""

    def act(case_id: int, given: Decision, request: Request) -> None:
        command(case_id, seen=given.seen, by=request.actor, now=request.now)

    return act


def _noted(command: Callable[..., object]) -> _Act:
    """Return the act of a command that needs a reason."""

    def act(case_id: int, given: Decision, request: Request) -> None:
        command(case_id, given.note, seen=given.seen, by=request.actor, now=request.now)

    return act


def _in_branch(command: Callable[..., object]) -> _Act:
    """Return the act of a command that takes words and is about one branch of several."""

    def act(case_id: int, given: Decision, request: Request) -> None:
        command(
            case_id,
            given.note,
            task_id=given.task_id,
            seen=given.seen,
            by=request.actor,
            now=request.now,
        )

    return act


_ACTS: Mapping[str, _Act] = {
    Action.TAKE_IN: _take_in,
    Action.HAND_OVER: _plain(intake.hand_over),
    Action.PROPOSE: _propose(Outcome.GRANTED),
    Action.REFUSE: _propose(Outcome.REFUSED),
    Action.ADVANCE: _in_branch(handling.advance),
    Action.VISIT: _visit,
    Action.ASK_FEE: _in_branch(waiting.ask_fee),
    Action.PAID: _noted(waiting.paid),
    Action.APPROVE: _approve,
    Action.SEND_BACK: _in_branch(handling.send_back),
    Action.ISSUE: _issue,
    Action.HAND_BACK: _plain(returning.hand_back),
    Action.COMPLETE: _plain(taking.take_supplement),
    Action.AGREE_WITHDRAWAL: _plain(waiting.agree_withdrawal),
    Action.ASK: _ask,
    Action.REJECT: _reject,
    Action.STOP: _noted(handling.stop),
    Action.REOPEN: _noted(handling.reopen),
    Action.PAUSE: _pause,
    Action.GO_ON: _plain(pausing.go_on),
}
