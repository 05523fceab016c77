"""How a draft comes to be: from what is in force, from nothing, from a document."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from sauro.core.errors import Invalid, NotNow, Refusal, TooLarge
from sauro.core.pages import OFFICIALS, Request, page
from sauro.designer import forms
from sauro.designer.rules import bpmn
from sauro.designer.services import drafting
from sauro.designer.views.showing import rights


@page(open_to=OFFICIALS)
@require_POST
def start(request: Request, code: str) -> HttpResponse:
    """Begin a draft of a published process, or take up the one that is open."""
    draft_id = drafting.start(code, by=request.actor, now=request.now)
    return redirect("designer:draft", draft_id)


@page(open_to=OFFICIALS)
def new(request: Request) -> HttpResponse:
    """Begin a new process: from the shortest there is."""
    if request.method != "POST":
        return _page(request)
    try:
        name = request.POST.get("name", "")
        draft_id = drafting.begin(name, by=request.actor, now=request.now)
    except (Invalid, NotNow) as refusal:
        return _page(request, refusal)
    return redirect("designer:draft", draft_id)


@page(open_to=OFFICIALS)
@require_POST
def carry_in(request: Request) -> HttpResponse:
    """Begin a draft from a BPMN document; what is missing is listed beside the steps."""
    try:
        read = bpmn.read(forms.document(request.FILES))
        draft_id = drafting.begin(
            read.name or "Quy trình nhập từ BPMN",
            read.definition,
            code=read.code,
            notes=read.notes,
            by=request.actor,
            now=request.now,
        )
    except (Invalid, TooLarge, NotNow) as refusal:
        return _page(request, refusal)
    return redirect("designer:draft", draft_id)


def _page(request: Request, refusal: Refusal | None = None) -> HttpResponse:
    context = {
        "refusal": refusal,
        "wrong": "file" if request.FILES or getattr(refusal, "field", "") == "file" else "name",
        "typed": request.POST.get("name", ""),
        "rights": rights(request),
    }
    status = refusal.status if refusal else 200
    return render(request, "designer/new.html", context, status=status)
