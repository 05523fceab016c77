"""The pages of lateness, for officials: what is late, why, the week, letters to sign."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from sauro.core.errors import Invalid, NotNow, Refusal
from sauro.core.pages import OFFICIALS, Request, page
from sauro.lateness import forms
from sauro.lateness.queries import facts, letters, overview, weekly
from sauro.lateness.queries import why as one
from sauro.lateness.queries.counting import Page
from sauro.lateness.queries.week import week
from sauro.lateness.services import letters as apologies
from sauro.lateness.services import reminding
from sauro.lateness.services.letters import Signed


@page(open_to=OFFICIALS)
def home(request: Request) -> HttpResponse:
    """Show what is late and what will be, at the official's office or in the province."""
    return _home(request)


def _home(request: Request, refusal: Refusal | None = None) -> HttpResponse:
    late, risk = (forms.page(request.GET.get(name)) for name in ("tre", "se-tre"))
    size = overview.SHOWN
    found = overview.overview(
        request.actor,
        now=request.now,
        late=Page(late * size, size),
        at_risk=Page(risk * size, size),
    )
    context = {
        "found": found,
        "refusal": refusal,
        "nudged": request.GET.get("da-nhac", ""),
        "late_page": late,
        "risk_page": risk,
        "size": size,
    }
    status = refusal.status if refusal else 200
    return render(request, "lateness/home.html", context, status=status)


@page(open_to=OFFICIALS)
def why(request: Request, code: str) -> HttpResponse:
    """Show where the time of one case went and whose delay it is."""
    found = one.why(request.actor, code, now=request.now)
    return render(request, "lateness/why.html", {"why": found, "case": found.case})


@page(open_to=OFFICIALS)
def monday(request: Request) -> HttpResponse:
    """Show the list of the week, to print."""
    found = week(request.actor, now=request.now)
    return render(request, "lateness/week.html", {"week": found, "days": weekly.SILENT_DAYS})


@page(open_to=OFFICIALS)
def to_sign(request: Request) -> HttpResponse:
    """Show the apologies that wait for this leader."""
    return _letters(request)


def _letters(
    request: Request, *, signed: list[Signed] | None = None, refusal: Refusal | None = None
) -> HttpResponse:
    rows = letters.to_sign(request.actor, now=request.now)
    context = {"rows": rows, "signed": signed, "refusal": refusal}
    status = refusal.status if refusal else 200
    return render(request, "lateness/letters.html", context, status=status)


@page(open_to=OFFICIALS)
@require_POST
def sign(request: Request) -> HttpResponse:
    """Sign the ticked letters, and say for each what became of it."""
    try:
        signed = apologies.sign_many(forms.chosen(request.POST), by=request.actor, now=request.now)
    except Invalid as refusal:
        return _letters(request, refusal=refusal)
    return _letters(request, signed=signed)


@page(open_to=OFFICIALS)
@require_POST
def amend(request: Request, code: str) -> HttpResponse:
    """Change the reason or the new day of a draft."""
    case = facts.facts_for(request.actor, code, now=request.now)
    try:
        apologies.amend(
            case.case_id,
            request.POST.get("reason", ""),
            forms.promised(request.POST.get("promised", "")),
            by=request.actor,
            now=request.now,
        )
    except (Invalid, NotNow) as refusal:
        return _letters(request, refusal=refusal)
    return redirect("lateness:letters")


@page(open_to=OFFICIALS)
@require_POST
def nudge(request: Request, code: str) -> HttpResponse:
    """Remind who holds a case; it is logged and they see it on their page."""
    case = facts.facts_for(request.actor, code, now=request.now)
    try:
        reminding.nudge(case.case_id, by=request.actor, now=request.now)
    except NotNow as refusal:
        return _home(request, refusal)
    return redirect(f"{reverse('lateness:home')}?da-nhac={case.code}")
