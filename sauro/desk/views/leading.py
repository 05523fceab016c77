"""The leader's desk: what waits for a signature, what is late; apology, reassigning."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from sauro.core.clock import local_day
from sauro.core.errors import Changed, Invalid, NotNow, Refusal
from sauro.core.pages import OFFICIALS, Request, page
from sauro.desk import forms
from sauro.desk.queries import dossiers, lists
from sauro.desk.services import leading
from sauro.desk.services.leading import Signed
from sauro.desk.views import done
from sauro.desk.views.dossier import show_again
from sauro.offices import queries as offices
from sauro.onestop import queries as onestop


def morning(
    request: Request,
    *,
    signed: list[Signed] | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    """Show a leader the day in one sentence, then what it is made of."""
    roster = offices.roster(local_day(request.now))
    context = {
        "office": roster.office(request.actor.office_id or 0).name,
        "proposals": dossiers.to_sign(request.actor, now=request.now),
        "late": lists.late(request.actor, now=request.now),
        "load": lists.load(request.actor, now=request.now),
        "signed": signed,
        "refusal": refusal,
        "done": done.read(request.GET.get("xong", "")),
    }
    status = refusal.status if refusal else 200
    return render(request, "desk/leader.html", context, status=status)


@page(open_to=OFFICIALS)
@require_POST
def sign(request: Request) -> HttpResponse:
    """Sign the ticked results, and say for each what became of it."""
    try:
        signed = leading.sign_many(forms.chosen(request.POST), by=request.actor, now=request.now)
    except Invalid as refusal:
        return morning(request, refusal=refusal)
    return morning(request, signed=signed)


@page(open_to=OFFICIALS)
@require_POST
def reassign(request: Request, code: str) -> HttpResponse:
    """Give the open step of a dossier to a colleague of who holds it."""
    dossier = onestop.dossier_for(request.actor, code)
    given = forms.decision(request.POST)
    try:
        to = leading.reassign(
            dossier.case_id,
            forms.key(request.POST.get("official")),
            given.note,
            task_id=forms.key(request.POST.get("task")) or None,
            seen=given.seen,
            by=request.actor,
            now=request.now,
        )
    except (Changed, Invalid, NotNow) as refusal:
        return show_again(request, code, refusal, "giao-lai")
    line = done.sign(dossier.code, f"Đã giao cho {to.name}")
    return redirect(f"{reverse('desk:dossier', args=[dossier.code])}?xong={line}")


@page(open_to=OFFICIALS)
@require_POST
def apologise(request: Request, code: str) -> HttpResponse:
    """Apologise for a delay and give the one new promise (Mẫu 04)."""
    dossier = onestop.dossier_for(request.actor, code)
    given = forms.decision(request.POST)
    try:
        leading.apologise(
            dossier.case_id,
            given.note,
            forms.closing_of(request.POST.get("promised_at", "")),
            seen=given.seen,
            by=request.actor,
            now=request.now,
        )
    except (Changed, Invalid, NotNow) as refusal:
        return show_again(request, code, refusal, "xin-loi")
    line = done.sign(dossier.code, "Đã xin lỗi và hẹn lại")
    return redirect(f"{reverse('desk:dossier', args=[dossier.code])}?xong={line}")
