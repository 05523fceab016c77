"""The portal for who reads no Vietnamese: where to go, what people come for, how it stands."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from sauro.core.clock import local
from sauro.core.pages import EVERYONE, Request, page
from sauro.onestop.rules import tidy_code
from sauro.portal import forms, services
from sauro.portal.queries import figures, tracking
from sauro.portal.rules import english
from sauro.portal.views.dossiers import shown
from sauro.portal.views.tracing import Trial, tried

_SAID = {
    Trial.INCOMPLETE: (english.INCOMPLETE, 422),
    Trial.WRONG: (english.WRONG, 404),
    Trial.TOO_MANY: (english.TOO_MANY.format(minutes=services.TRY_MINUTES), 429),
}


@never_cache
@page(open_to=EVERYONE)
def home(request: Request) -> HttpResponse:
    """Show what there is, or open the application whose code and digits belong together."""
    code = tidy_code(request.POST.get("ma", ""))[:64]
    context = {
        "procedures": english.PROCEDURES,
        "centres": figures.figures(request.now).centres,
        "code": code,
        "error": "",
    }
    if request.method != "POST":
        return render(request, "portal/en/home.html", context)
    trial = tried(request, code, forms.digits(request.POST.get("so_cuoi", "")))
    if trial is Trial.OPEN:
        return redirect("portal:en-track", code=code)
    context["error"], status = _SAID[trial]
    return render(request, "portal/en/home.html", context, status=status)


@never_cache
@page(open_to=EVERYONE)
def track(request: Request, code: str) -> HttpResponse:
    """Show how an application stands, to whom it was opened or whose it is."""
    found = tracking.tracking(request.actor, code, now=request.now, shown=shown(request))
    dossier = found.dossier
    said, then = english.standing(dossier.state, dossier.outcome)
    context = {
        "found": found,
        "name": english.PROCEDURES.get(found.procedure_code, ""),
        "said": said,
        "then": then,
        "filed": english.day(local(dossier.opened_at)),
        "promised": english.day(local(dossier.promised_at)) if dossier.promised_at else "",
    }
    return render(request, "portal/en/track.html", context)
