"""The counter: what somebody came for, who they are, what they brought, and the receipt."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render

from sauro.core.clock import local_day
from sauro.core.errors import Invalid, NotNow
from sauro.core.pages import OFFICIALS, Request, page
from sauro.desk import forms
from sauro.desk.queries import counter
from sauro.desk.services import taking
from sauro.onestop import queries as onestop
from sauro.people import queries as people
from sauro.procedures import queries as procedures
from sauro.ui import qr

_SHOWN = 12


@page(open_to=OFFICIALS)
def choose(request: Request) -> HttpResponse:
    """Ask what somebody came for."""
    centre = counter.centre_of(request.actor, now=request.now)
    text = request.GET.get("q", "").strip()
    hits = procedures.search(text, limit=20) if text else procedures.popular()
    found = [hit for hit in hits if hit.has_full][:_SHOWN]
    context = {"centre": centre, "text": text, "found": found}
    return render(request, "desk/counter_choose.html", context)


@page(open_to=OFFICIALS)
def fill(request: Request, procedure: str) -> HttpResponse:
    """Take in what somebody brought: who they are, where the matter lies, which papers came."""
    reception = counter.reception(
        request.actor,
        procedure,
        place_id=forms.key(request.POST.get("place") or request.GET.get("place")),
        now=request.now,
    )
    if request.method != "POST":
        return _form(request, reception)
    try:
        given = forms.walk_in(
            request.POST,
            version_id=reception.version_id,
            centre_id=reception.centre.id,
            keys=reception.keys,
            on=local_day(request.now),
        )
        opened = taking.receive_walk_in(
            given.person, given.filing, by=request.actor, now=request.now
        )
    except (Invalid, NotNow) as refusal:
        return _form(request, reception, refusal)
    return redirect("desk:counter-done", code=opened.code)


def _form(
    request: Request, reception: counter.Reception, refusal: Invalid | NotNow | None = None
) -> HttpResponse:
    asked = request.GET.get("pid", "").strip()
    known, problem = None, refusal
    try:
        known = people.by_pid(asked)
    except Invalid as wrong:
        problem = wrong
    context = {
        "reception": reception,
        "known": known,
        "asked": asked,
        "typed": request.POST if refusal else {},
        "ticked": set(request.POST.getlist("papers")),
        "refusal": problem,
        "field": getattr(problem, "field", ""),
    }
    status = problem.status if problem else 200
    return render(request, "desk/counter_fill.html", context, status=status)


@page(open_to=OFFICIALS)
def done(request: Request, code: str) -> HttpResponse:
    """Show what to give the person: the code, its QR and the receipt."""
    dossier = onestop.dossier_for(request.actor, code)
    context = {
        "dossier": dossier,
        "qr": qr.svg(f"{settings.PUBLIC_ADDRESS}/ho-so/{dossier.code}"),
    }
    return render(request, "desk/counter_done.html", context)
